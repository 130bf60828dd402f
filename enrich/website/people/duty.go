package people

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// DutyOf tells what the holder of a post or a department does; "" for a text
// that names neither. Rules stand in order, the first that fits decides: whose
// business is buying first, then whose is the machinery, the director last, so
// that «заместитель директора по снабжению» buys and «коммерческий директор»
// sells.
func DutyOf(post string) company.Duty {
	words := company.FoldWords(cutText(post, maxPost))
	for _, rule := range dutyRules {
		if rule.fits(words) {
			return rule.duty
		}
	}
	for _, w := range words {
		if isHead(w) {
			return company.DutyOther
		}
	}
	return ""
}

// dutyRule fits when each word group of all has one of its beginnings among
// the words, and none of not is there.
type dutyRule struct {
	duty company.Duty
	all  [][]string
	not  []string
}

func of(stems ...string) []string { return stems }

func (r *dutyRule) fits(words []string) bool {
	for _, group := range r.all {
		if !hasStem(words, group) {
			return false
		}
	}
	return !hasStem(words, r.not)
}

// hasStem tells that a word begins with a stem; a stem with a point behind it
// is a whole word.
func hasStem(words, stems []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.ContainsFunc(stems, func(s string) bool {
			if whole, ok := strings.CutSuffix(s, "."); ok {
				return w == whole
			}
			return strings.HasPrefix(w, s)
		})
	})
}

var dutyRules = []dutyRule{
	{company.DutySupply, [][]string{of("снабж", "закуп", "мто.", "омтс.", "омто.", "умтс.", "тендер", "снабжен", "комплектаци", "комплектации")}, nil},
	{company.DutySupply, [][]string{of("материально"), of("техническ")}, nil},
	{company.DutySupply, [][]string{of("материальн"), of("обеспечени")}, nil},
	{company.DutySupply, [][]string{of("поставщикам", "поставщиками", "поставщиков")}, nil},
	{company.DutySupply, [][]string{of("категорийн"), of("менеджер")}, nil},
	{company.DutySupply, [][]string{of("бюро"), of("материал", "металлопрокат", "инструмент", "ферросплав", "огнеупор", "металлолом", "запчаст", "рти.", "гсм.")}, of("сбыт", "продаж")},
	{company.DutySupply, [][]string{of("отдел", "специалист", "менеджер"), of("поставок", "поставки")}, of("продаж", "сбыт")},
	{company.DutyStaff, [][]string{of("кадр", "персонал", "hr.", "подбор", "рекрут", "трудоустройств", "вакансии", "вакансиям", "отиз.")}, nil},
	{company.DutyMechanic, [][]string{of("механик", "огм.", "завгар", "автогараж")}, nil},
	{company.DutyMechanic, [][]string{of("ремонтн"), of("служб", "отдел", "цех", "участ", "бригад", "начальник")}, nil},
	{company.DutyMechanic, [][]string{of("начальник", "заведующ", "зав.", "нач.", "руководител"), of("гараж", "автоколонн", "автопарк", "автотранспорт", "ремонт", "транспортн")}, nil},
	{company.DutyMechanic, [][]string{of("сервис"), of("главн"), of("инженер")}, nil},
	{company.DutyEngineer, [][]string{of("энергетик", "огэ.", "электрик", "гл.", "главн"), of("инженер", "энергетик", "электрик", "конструктор", "огэ.")}, of("продаж", "сбыт")},
	{company.DutyEngineer, [][]string{of("энергетик", "огэ.", "пто.", "кипиа.", "гип.")}, nil},
	{company.DutyEngineer, [][]string{of("техническ"), of("директор", "отдел", "дирекци", "развити", "вопрос", "служб", "руководител", "част", "политик")}, of("поддержк", "продаж", "техподдержк")},
	{company.DutyAccounts, [][]string{of("бухгалт", "главбух", "финанс", "экономист", "эконом", "касса.", "кассир", "взаиморасчет", "пэо.")}, of("развити")},
	{company.DutySales, [][]string{of("продаж", "сбыт", "коммерч", "маркетинг", "реализаци", "дилер", "оптов", "опт.", "розниц", "рознич", "экспорт", "внешнеэконом", "вэд.", "клиент", "аккаунт", "продавец", "маркетолог", "реклам", "покупател")}, nil},
	{company.DutySales, [][]string{of("прием", "стол", "отдел", "оформлени"), of("заказ", "заявок")}, nil},
	{company.DutyProduction, [][]string{of("производств", "цех", "мастерск", "агроном", "зоотехник", "технолог", "прораб", "мастер.", "мастера.", "бригадир", "выпуск")}, of("технологий.", "информационн")},
	{company.DutyProduction, [][]string{of("начальник", "нач.", "производител"), of("участк", "смены", "работ.", "карьер", "стройк", "строительств", "фермы", "комплекса.")}, nil},
	{company.DutyProduction, [][]string{of("агрономич", "растениеводств", "животноводств")}, nil},
	{company.DutyEngineer, [][]string{of("инженер", "конструктор")}, of("сервисн", "охран", "труд")},
	{company.DutyReception, [][]string{of("приемн", "секретар", "ресепш", "канцеляр", "делопроизвод", "справочн", "референт", "регистратур")}, nil},
	{company.DutyReception, [][]string{of("помощник", "ассистент"), of("директор", "руководител", "председател", "управляющ")}, nil},
	{company.DutyReception, [][]string{of("офис", "администратор")}, of("склад")},
	{company.DutyOther, [][]string{of("директор"), of("качеств", "ит.", "it.", "информационн", "безопасност", "логистик", "юридич", "правов", "строительств", "связ")}, nil},
	{company.DutyOther, [][]string{of("заместител", "зам."), of("качеств", "информационн", "безопасност", "логистик", "юридич", "правов", "идеолог", "режим", "транспорт")}, nil},
	{company.DutyOther, [][]string{of("помощник", "советник")}, nil},
	{company.DutyHead, [][]string{of("директор", "гендиректор", "председател", "президент", "глава.", "главы.", "управляющ", "собственник", "владел", "предпринимател", "основател", "дирекци", "администраци", "руководств")}, of("отдел", "проект")},
	{company.DutyHead, [][]string{of("руководител", "начальник", "рук.")}, of("отдел", "служб", "групп", "направлен", "проект", "склад", "сектор", "департамент", "цех", "лаборат", "бюро", "управлени", "охран")},
	{company.DutySales, [][]string{of("менеджер")}, nil},
}
