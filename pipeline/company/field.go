package company

// Field names one property of a company. The names stand in stores and in
// JSON output: add new ones, never rename.
type Field string

// The fields a source can fill. Values are canonical strings; the comment
// gives the form.
const (
	FieldNameFull      Field = "name.full"      // legal name as registered
	FieldNameShort     Field = "name.short"     // short legal name
	FieldNameBrand     Field = "name.brand"     // what the sign over the door says
	FieldDescription   Field = "description"    // what a directory says the firm is
	FieldOGRN          Field = "ogrn"           // 13 or 15 digits
	FieldKPP           Field = "kpp"            // 9 characters
	FieldOKVEDMain     Field = "okved.main"     // main code as declared
	FieldOKVEDExtra    Field = "okved.extra"    // additional codes as declared
	FieldOKVEDReported Field = "okved.reported" // main code by the firm's own reporting
	FieldOKVEDRepExtra Field = "okved.reported_extra"
	FieldRubric        Field = "rubric"   // a directory's rubric
	FieldRegion        Field = "region"   // two digits, code of the subject
	FieldCity          Field = "city"     // settlement, ordinary spelling
	FieldDistrict      Field = "district" // district inside the region
	FieldAddress       Field = "address"
	FieldZone          Field = "zone"        // IANA name
	FieldPhone         Field = "phone"       // E.164, then ";ext=NNN" if any
	FieldEmail         Field = "email"       // lower case
	FieldSite          Field = "site"        // address with scheme
	FieldHeadcount     Field = "headcount"   // keyed by year; persons
	FieldRevenue       Field = "revenue"     // keyed by year; whole roubles
	FieldProfit        Field = "profit"      // keyed by year; whole roubles
	FieldSME           Field = "sme"         // 1 micro, 2 small, 3 medium
	FieldSMESince      Field = "sme.since"   // YYYY-MM-DD
	FieldRegistered    Field = "registered"  // YYYY-MM-DD
	FieldStatus        Field = "status"      // a Status
	FieldStatusText    Field = "status.text" // the source's own words
	FieldBranch        Field = "branch"      // keyed by the source's key; address
	FieldHours         Field = "hours"       // opening hours as printed
	FieldHeadName      Field = "head.name"   // a person
	FieldHeadPost      Field = "head.post"
	FieldLicence       Field = "licence" // licensed activity
	FieldProduct       Field = "product" // ОКПД2 code
	FieldCard          Field = "card"    // address of the source's own page

	FieldExpense      Field = "expense"       // keyed by year; whole roubles
	FieldTax          Field = "tax"           // keyed by year; all taxes paid, whole roubles
	FieldDebt         Field = "debt"          // keyed by day YYYY-MM-DD; owed to the budget, whole roubles
	FieldFine         Field = "fine"          // keyed by year; for tax offences, whole roubles
	FieldRegime       Field = "regime"        // special tax regime: УСН, АУСН, ЕСХН, СРП, ПСН, НПД
	FieldCapital      Field = "capital"       // charter capital, whole roubles
	FieldManager      Field = "manager"       // company that acts as the head: name and ИНН
	FieldAddressDoubt Field = "address.doubt" // the registry's own words that the address is not to be trusted

	// What a site or a card prints without vouching for it: evidence of whose it is.
	FieldPrintedINN  Field = "printed.inn"  // 10 or 12 digits with a valid checksum
	FieldPrintedOGRN Field = "printed.ogrn" // 13 or 15 digits with a valid checksum

	FieldMessenger Field = "messenger" // "telegram:@name", "whatsapp:+79070000001", "viber:+7…", "max:…", "skype:…"

	// Whom to ask for, keyed by contact: the facts of one key are one contact.
	FieldContactDuty  Field = "contact.duty"  // a Duty
	FieldContactPost  Field = "contact.post"  // post or department as printed: «Начальник отдела снабжения»
	FieldContactName  Field = "contact.name"  // a person
	FieldContactPhone Field = "contact.phone" // as FieldPhone
	FieldContactEmail Field = "contact.email" // as FieldEmail
	FieldContactPage  Field = "contact.page"  // address of the page where it stands

	// What a company is buying, keyed by the notice's number.
	FieldTenderDeadline Field = "tender.deadline" // last day for offers, YYYY-MM-DD
	FieldTenderSubject  Field = "tender.subject"  // what is bought, in the customer's words
	FieldTenderPage     Field = "tender.page"     // address of the notice

	FieldTenderDay   Field = "tender.day"   // day of the notice, YYYY-MM-DD
	FieldTenderPrice Field = "tender.price" // most that is to be paid, whole roubles

	// From whom a company buys what we sell, keyed by the contract's number: a
	// competitor's client.
	FieldSupplyDay     Field = "supply.day"     // signed on, YYYY-MM-DD
	FieldSupplySubject Field = "supply.subject" // what is supplied, in the contract's words
	FieldSupplyFrom    Field = "supply.from"    // supplier: name and ИНН
	FieldSupplyPrice   Field = "supply.price"   // whole roubles
	FieldSupplyPage    Field = "supply.page"    // address of the contract

	// Where a company exhibits, keyed by the fair: "metalloobrabotka-2026".
	FieldFairTitle Field = "fair.title" // the fair as people call it: «Металлообработка-2026»
	FieldFairDay   Field = "fair.day"   // first day of the fair, YYYY-MM-DD
	FieldFairStand Field = "fair.stand" // hall and stand as printed

	FieldRisk Field = "risk" // a Risk, with the registry's own words as the remark
)

// Cardinality tells how values of a field from several sources combine.
type Cardinality uint8

// The three ways.
const (
	Single Cardinality = iota // one value wins
	Set                       // all distinct values stay
	Keyed                     // one value wins for each key (year, branch)
)

// FieldInfo describes a field for code that treats all fields alike.
type FieldInfo struct {
	Field       Field
	Cardinality Cardinality
	Title       string // Russian, for people
	Person      bool   // names a natural person whatever the kind of subject
}

var fieldTable = []FieldInfo{
	{FieldNameFull, Single, "Полное наименование", false},
	{FieldNameShort, Single, "Краткое наименование", false},
	{FieldNameBrand, Set, "Вывеска", false},
	{FieldDescription, Set, "Описание", false},
	{FieldOGRN, Single, "ОГРН", false},
	{FieldKPP, Single, "КПП", false},
	{FieldOKVEDMain, Single, "Основной ОКВЭД", false},
	{FieldOKVEDExtra, Set, "Дополнительные ОКВЭД", false},
	{FieldOKVEDReported, Single, "ОКВЭД по отчётности", false},
	{FieldOKVEDRepExtra, Set, "Прочие ОКВЭД по отчётности", false},
	{FieldRubric, Set, "Рубрика справочника", false},
	{FieldRegion, Single, "Регион", false},
	{FieldCity, Single, "Город", false},
	{FieldDistrict, Single, "Район", false},
	{FieldAddress, Single, "Адрес", false},
	{FieldZone, Single, "Часовой пояс", false},
	{FieldPhone, Set, "Телефон", false},
	{FieldEmail, Set, "E-mail", false},
	{FieldSite, Set, "Сайт", false},
	{FieldHeadcount, Keyed, "Сотрудники", false},
	{FieldRevenue, Keyed, "Выручка, ₽", false},
	{FieldProfit, Keyed, "Прибыль, ₽", false},
	{FieldSME, Single, "Категория МСП", false},
	{FieldSMESince, Single, "В реестре МСП с", false},
	{FieldRegistered, Single, "Дата регистрации", false},
	{FieldStatus, Single, "Статус", false},
	{FieldStatusText, Single, "Статус словами", false},
	{FieldBranch, Keyed, "Точка", false},
	{FieldHours, Single, "Часы работы", false},
	{FieldHeadName, Single, "Руководитель", true},
	{FieldHeadPost, Single, "Должность руководителя", false},
	{FieldLicence, Set, "Лицензия", false},
	{FieldProduct, Set, "Продукция (ОКПД2)", false},
	{FieldCard, Set, "Страница источника", false},
	{FieldExpense, Keyed, "Расходы, ₽", false},
	{FieldTax, Keyed, "Уплачено налогов, ₽", false},
	{FieldDebt, Keyed, "Недоимка, ₽", false},
	{FieldFine, Keyed, "Штрафы за налоговые нарушения, ₽", false},
	{FieldRegime, Set, "Налоговый режим", false},
	{FieldCapital, Single, "Уставный капитал, ₽", false},
	{FieldManager, Single, "Управляющая организация", false},
	{FieldAddressDoubt, Single, "Адрес под сомнением", false},
	{FieldPrintedINN, Set, "ИНН, как напечатан", false},
	{FieldPrintedOGRN, Set, "ОГРН, как напечатан", false},
	{FieldMessenger, Set, "Мессенджер", false},
	{FieldContactDuty, Keyed, "Контакт: чем занят", false},
	{FieldContactPost, Keyed, "Контакт: должность или отдел", false},
	{FieldContactName, Keyed, "Контакт: имя", true},
	{FieldContactPhone, Keyed, "Контакт: телефон", false},
	{FieldContactEmail, Keyed, "Контакт: e-mail", false},
	{FieldContactPage, Keyed, "Контакт: страница", false},
	{FieldTenderDeadline, Keyed, "Тендер: срок подачи", false},
	{FieldTenderSubject, Keyed, "Тендер: предмет", false},
	{FieldTenderPage, Keyed, "Тендер: страница", false},
	{FieldTenderDay, Keyed, "Тендер: размещён", false},
	{FieldTenderPrice, Keyed, "Тендер: начальная цена, ₽", false},
	{FieldSupplyDay, Keyed, "Контракт: заключён", false},
	{FieldSupplySubject, Keyed, "Контракт: предмет", false},
	{FieldSupplyFrom, Keyed, "Контракт: поставщик", false},
	{FieldSupplyPrice, Keyed, "Контракт: сумма, ₽", false},
	{FieldSupplyPage, Keyed, "Контракт: страница", false},
	{FieldFairTitle, Keyed, "Выставка", false},
	{FieldFairDay, Keyed, "Выставка: начало", false},
	{FieldFairStand, Keyed, "Выставка: стенд", false},
	{FieldRisk, Set, "Риск", false},
}

// fieldSlots finds a field by a hash that is read off three bytes, since ranks
// are asked for by the hundred million. A slot that is taken gives way to the
// next.
var fieldSlots = func() (slots [1 << fieldBits]fieldSlot) {
	for i, f := range fieldTable {
		at := f.Field.slot()
		for slots[at].field != "" {
			at = (at + 1) % len(slots)
		}
		slots[at] = fieldSlot{f.Field, i}
	}
	return slots
}()

const fieldBits = 8

type fieldSlot struct {
	field Field
	rank  int
}

func (f Field) slot() int {
	n := len(f)
	return (n*37 + int(f[0])*3 + int(f[n/2])*11 + int(f[n-1])*7) % (1 << fieldBits)
}

// Fields lists every known field in the order in which people read them.
func Fields() []FieldInfo { return append([]FieldInfo(nil), fieldTable...) }

// Info describes f; ok is false for a field this version does not know.
func (f Field) Info() (info FieldInfo, ok bool) {
	i := f.rank()
	if i == len(fieldTable) {
		return FieldInfo{Field: f, Cardinality: Set, Title: string(f)}, false
	}
	return fieldTable[i], true
}

// rank is the place of a field in the order of reading; those that this version
// does not know come last.
func (f Field) rank() int {
	if f == "" {
		return len(fieldTable)
	}
	for at := f.slot(); fieldSlots[at].field != ""; at = (at + 1) % len(fieldSlots) {
		if fieldSlots[at].field == f {
			return fieldSlots[at].rank
		}
	}
	return len(fieldTable)
}

// Status is a company's legal state as far as a caller cares.
type Status string

// The states. StatusUnknown is the zero value: the source says nothing.
const (
	StatusUnknown      Status = ""
	StatusActive       Status = "active"
	StatusReorganizing Status = "reorganizing"
	StatusLiquidating  Status = "liquidating"
	StatusLiquidated   Status = "liquidated"
	StatusBankrupt     Status = "bankrupt"
)
