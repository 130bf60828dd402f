package table

import "strings"

// preset is what is known of one kind of export.
type preset struct {
	name     string
	title    string // Russian
	licence  string
	terms    string // address of the terms
	verified bool   // the titles were seen in a real file or in the code that reads or writes it

	names      nameMeaning
	unit       unit     // of money columns whose title tells none
	place      bool     // a row is one door of a firm
	needName   bool     // a row without a name is nothing
	byPhone    bool     // firms with foreign phones only are foreign
	weakINN    bool     // several ИНН in a cell are no error, and tell nothing
	companyTyp []string // what a column of types says of a firm, folded
	otherTyp   []string // what it says of things that are no firms

	columns []column
	needs   [][]role   // of each group at least one
	signs   [][]string // titles that give the export away: all of one group
}

// column gives the titles of one meaning, best first.
type column struct {
	role   role
	titles []string
}

// nameMeaning says what stands in a column that is just "name".
type nameMeaning int

const (
	nameGuess nameMeaning = iota // legal if it has a legal form, else a sign
	nameLegal
	nameSign
)

// Presets lists the names that the option "preset" takes.
func Presets() []string {
	var out []string
	for i := range presetTable {
		out = append(out, presetTable[i].name)
	}
	return out
}

func findPreset(name string) (*preset, bool) {
	for i := range presetTable {
		if presetTable[i].name == strings.ToLower(name) {
			return &presetTable[i], true
		}
	}
	return nil, false
}

func genericPreset() *preset { return &presetTable[len(presetTable)-1] }

var identity = []role{roleINN, roleINNKPP, roleOGRN, roleName, roleNameFull, roleNameShort, roleBrand}

const vendorTerms = "the operator's own export; the vendor's terms decide what it may be used for"

// presetTable holds every preset; the generic one stands last and lends its
// titles to the others.
var presetTable = []preset{
	{
		// Columns as the exporter writes them over its versions; empty numbered
		// columns are left out by it, and a lone number 1 loses its number.
		name: "2gis", title: "2ГИС", verified: true, licence: vendorTerms, terms: "https://law.2gis.ru/",
		names: nameSign, place: true, needName: true, companyTyp: []string{"branch"},
		otherTyp: []string{
			"parking", "street", "road", "crossroad", "station", "station_entrance", "station_platform", "route", "gate",
			"building", "attraction", "coordinate", "coordinate_additional", "kilometer_road_sign", "foreign_city",
			"adm_div", "adm_div.city", "adm_div.country", "adm_div.district", "adm_div.district_area",
			"adm_div.division", "adm_div.living_area", "adm_div.place", "adm_div.region", "adm_div.settlement",
		},
		columns: []column{
			{roleKey, []string{"2GIS URL"}},
			{roleName, []string{"Наименование"}},
			{roleDescription, []string{"Описание"}},
			{roleRubric, []string{"Рубрики"}},
			{roleAddress, []string{"Адрес"}},
			{roleAddressNote, []string{"Комментарий к адресу"}},
			{roleDistrict, []string{"Район", "Округ"}},
			{roleCity, []string{"Город"}},
			{roleRegion, []string{"Регион"}},
			{roleCountry, []string{"Страна"}},
			{roleHours, []string{"Часы работы"}},
			{roleOffset, []string{"Часовой пояс"}},
			{rolePhone, []string{"Телефон"}},
			{roleEmail, []string{"E-mail"}},
			{roleSite, []string{"Веб-сайт"}},
			{roleType, []string{"Тип"}},
			{roleIgnore, []string{
				"Почтовый индекс", "Микрорайон", "Рейтинг", "Количество отзывов", "Instagram", "Twitter",
				"Facebook", "ВКонтакте", "WhatsApp", "Viber", "Telegram", "YouTube", "Skype", "Широта", "Долгота",
			}},
		},
		needs: [][]role{{roleName}, {roleKey, rolePhone, roleEmail, roleSite, roleAddress}},
		signs: [][]string{{"2GIS URL"}, {"Комментарий к адресу", "Рубрики", "Часовой пояс"}},
	},
	{
		// Header as an importer of such files reads it, with older variants.
		name: "kompas", title: "Контур.Компас", verified: true, licence: vendorTerms, terms: "https://kontur.ru/compass",
		names: nameLegal, unit: thousands,
		columns: []column{
			{roleINN, []string{"ИНН"}},
			{roleName, []string{"Наименование"}},
			{roleKPP, []string{"КПП"}},
			{roleOGRN, []string{"ОГРН"}},
			{roleHeadName, []string{"ФИО руководителя", "Ген.директор"}},
			{roleHeadPost, []string{"Должность руководителя"}},
			{rolePhone, []string{"Номер телефона", "Телефон", "Дополнительный телефон"}},
			{roleEmail, []string{"Электронная почта", "E-MAIL", "Дополнительная электронная почта"}},
			{roleAddress, []string{"Адрес"}},
			{roleRegion, []string{"Регион по адресу", "Регион регистрации"}},
			{roleSite, []string{"Ссылка на сайт"}},
			{roleCard, []string{"Карточка в Фокусе"}},
			{roleStatus, []string{"Статус"}},
			{roleRevenue, []string{"Выручка, тыс. руб"}},
			{roleProfit, []string{"Чистая прибыль/ убыток, тыс. руб"}},
			{roleHeadcount, []string{"Количество сотрудников"}},
			{roleLicence, []string{"Полученные лицензии"}},
			{roleRegistered, []string{"Дата регистрации"}},
			{roleSME, []string{"Реестр МСП"}},
			{roleOKVEDMain, []string{"Основной вид деятельности"}},
			{roleOKVEDExtra, []string{"Другие виды деятельности"}},
			{roleIgnore, []string{"Филиалы"}},
		},
		needs: [][]role{{roleINN}, {roleName, roleNameFull, roleNameShort}},
		signs: [][]string{
			{"Карточка в Фокусе"},
			{"Регион по адресу", "Наименование"},
			{"Чистая прибыль/ убыток, тыс. руб", "Реестр МСП"},
			{"Ген.директор", "Наименование"},
		},
	},
	{
		// No list export was seen: titles by synonyms, sums in roubles as in
		// the vendor's other outputs.
		name: "focus", title: "Контур.Фокус", licence: vendorTerms, terms: "https://focus.kontur.ru/",
		names: nameLegal, unit: roubles,
		columns: []column{
			{roleINN, []string{"ИНН"}},
			{roleNameShort, []string{"Краткое наименование", "Сокращенное наименование"}},
			{roleNameFull, []string{"Полное наименование"}},
			{roleCard, []string{"Ссылка на Фокус", "Карточка Фокуса", "Ссылка на карточку"}},
			{roleOKVEDMain, []string{"Основной ОКВЭД", "Основной вид деятельности"}},
			{roleStatus, []string{"Статус", "Состояние"}},
		},
		needs: [][]role{{roleINN, roleOGRN}, {roleName, roleNameFull, roleNameShort}},
		signs: [][]string{{"Ссылка на Фокус"}, {"Карточка Фокуса"}},
	},
	{
		// No list export was seen: titles by synonyms.
		name: "sbis", title: "СБИС (Saby)", licence: vendorTerms, terms: "https://saby.ru/",
		names: nameLegal, unit: roubles,
		columns: []column{
			{roleINN, []string{"ИНН"}},
			{roleName, []string{"Название", "Наименование", "Контрагент"}},
			{roleHeadName, []string{"Руководитель", "Директор"}},
			{roleCard, []string{"Карточка в СБИС", "Ссылка на СБИС", "Карточка в Saby"}},
			{roleAddress, []string{"Юридический адрес", "Адрес", "Фактический адрес"}},
			{roleOKVEDMain, []string{"Основной вид деятельности", "ОКВЭД"}},
		},
		needs: [][]role{{roleINN, roleINNKPP, roleOGRN}, {roleName, roleNameFull, roleNameShort}},
		signs: [][]string{{"Карточка в СБИС"}, {"Ссылка на СБИС"}, {"Карточка в Saby"}},
	},
	{
		// Lists of exhibitors taken from a fair's catalogue; many are foreign.
		name: "exhibitors", title: "Участники выставки", verified: true,
		licence: "an open catalogue of a fair; its terms are not known",
		names:   nameGuess, byPhone: true, needName: true,
		columns: []column{
			{roleName, []string{"название", "Экспонент", "Участник", "Компания"}},
			{roleSite, []string{"сайт"}},
			{rolePhone, []string{"телефон"}},
			{roleEmail, []string{"E-mail"}},
			{roleRubric, []string{"рубрика", "Рубрики", "Тематика", "Разделы выставки"}},
			{roleIgnore, []string{"Стенд", "Номер стенда", "Павильон", "Зал", "Выставка"}},
		},
		needs: [][]role{{roleName}, {rolePhone, roleEmail, roleSite, roleCountry}},
		signs: [][]string{{"название", "сайт", "рубрика"}, {"Экспонент"}, {"Стенд"}, {"Номер стенда"}},
	},
	{
		// Mobiles and landlines apart; the ИНН is read from the firm's own site.
		name: "yandex", title: "Яндекс.Карты", licence: vendorTerms, terms: "https://yandex.ru/legal/maps_termsofuse/",
		names: nameSign, place: true, needName: true, weakINN: true,
		columns: []column{
			{roleKey, []string{"ID"}},
			{roleName, []string{"Название"}},
			{roleRubric, []string{"Категории"}},
			{roleCountry, []string{"Страна"}},
			{roleRegion, []string{"Регион"}},
			{roleDistrict, []string{"Район"}},
			{roleCity, []string{"Город"}},
			{roleAddress, []string{"Полный адрес"}},
			{rolePhone, []string{"Немобильные", "Мобильные", "Все телефоны"}},
			{roleSite, []string{"Сайт", "Все сайты"}},
			{roleEmail, []string{"Email с сайта компании"}},
			{roleINN, []string{"ИНН с сайта компании"}},
			{roleHours, []string{"График"}},
			{roleCard, []string{"Карточка организации"}},
			{roleIgnore, []string{
				"Запрос", "Индекс", "Широта", "Долгота", "Оценок", "Отзывов", "Рейтинг", "ID сети", "Сеть", "Услуги",
			}},
		},
		needs: [][]role{{roleName}, {roleKey, rolePhone, roleAddress}},
		signs: [][]string{{"Немобильные"}, {"ИНН с сайта компании"}, {"Карточка организации", "Категории"}},
	},
	{
		// Open data of the ФНС merged by ИНН, as a public scraper flattens them.
		name: "klerk", title: "Открытые данные ФНС (плоская выгрузка)", verified: true,
		licence: "open data of the ФНС; the terms of the page they came through are not known",
		names:   nameLegal, unit: roubles,
		columns: []column{
			{roleINN, []string{"INN"}},
			{roleOKVEDMain, []string{"okved_main_code"}},
			{roleNameShort, []string{"short_name"}},
			{roleNameFull, []string{"org_name"}},
			{roleAddress, []string{"place_info"}},
			{roleHeadcount, []string{"employees"}},
			{roleRevenue, []string{"revenue"}},
			{roleYear, []string{"revenue_date"}},
			{roleIgnore, []string{"okved_main_name", "expenses"}},
		},
		needs: [][]role{{roleINN}, {roleOKVEDMain, roleNameShort, roleNameFull}},
		signs: [][]string{{"INN", "okved_main_code"}},
	},
	generic,
}
