package main

import (
	"strings"

	"obzvon/config"
	"obzvon/exports/web/analyst"
)

// offer is something that could be read, with what an analyst asks of it.
type offer struct {
	title         string // as its adapter calls it, or the beginning of that
	brings, needs string
}

const (
	needsTerms = "Нужно: прочитать условия, записать день в terms_accepted и положить выгрузку."
	needsOpen  = "Нужно: строка в настройках, файлы программа возьмёт сама с сайта ФНС."
)

// offers are what the adapters of this program could bring, the most telling first.
var offers = []offer{
	{"Реестр малого и среднего бизнеса", "Все малые и средние компании по вашим кодам ОКВЭД: ИНН, коды, регион, категория.", needsOpen},
	{"ЕГРЮЛ", "Полные сведения о компаниях: статус, дополнительные коды, лицензии, дата регистрации.", "Нужно: соглашение с ФНС о доступе к архиву ЕГРЮЛ и ЕГРИП."},
	{"2ГИС", "Вывески, телефоны, рубрики и точки: без справочника звонить почти некуда.", needsTerms},
	{"Контур.Компас", "Телефоны, выручка и число сотрудников по ИНН.", needsTerms},
	{"Контур.Фокус", "Телефоны и показатели по ИНН.", needsTerms},
	{"СБИС", "Телефоны и показатели по ИНН.", needsTerms},
	{"Яндекс.Карты", "Вывески, телефоны, рубрики и точки.", needsTerms},
	{"Участники выставки", "Компании, которые сами приехали на выставку, с сайтами и продукцией.", needsTerms},
	{"Среднесписочная численность", "Число сотрудников: признак «Число сотрудников» станет известен почти у всех.", needsOpen},
	{"Доходы и расходы", "Выручка и расходы за год: признак «Выручка».", needsOpen},
	{"Уплаченные налоги", "Сколько налогов заплачено: видно, кто работает на деле.", needsOpen},
	{"Задолженность", "Кто должен бюджету: повод осторожнее давать отсрочку.", needsOpen},
	{"Специальные налоговые режимы организаций", "На каком режиме компания: нужен ли ей НДС.", needsOpen},
	{"Специальные налоговые режимы ИП", "На каком режиме предприниматель.", needsOpen},
	{"Налоговые правонарушения", "Штрафы за налоговые нарушения.", needsOpen},
}

// offers are those that no enabled source brings.
func (h *house) offers() []analyst.Offer {
	var here []string
	for _, s := range h.config.Sections(config.Sources) {
		if s.Enabled {
			here = append(here, h.sourceTitle(s))
		}
	}
	var out []analyst.Offer
	for _, o := range offers {
		if !startsOne(here, o.title) {
			out = append(out, analyst.Offer{Title: o.title, Brings: o.brings, Needs: o.needs})
		}
	}
	return out
}

func startsOne(titles []string, beginning string) bool {
	for _, t := range titles {
		if strings.HasPrefix(t, beginning) {
			return true
		}
	}
	return false
}

// licenceText puts the terms of an adapter, which it tells operators, in Russian.
func licenceText(s string) string { return translated(licences, s) }

// rhythmText does so for how often new data comes.
func rhythmText(s string) string { return translated(rhythms, s) }

// translated is what the first word that stands in a text comes to. What is Russian
// already stays.
func translated(words [][2]string, s string) string {
	low := strings.ToLower(s)
	for _, w := range words {
		if strings.Contains(low, w[0]) {
			return w[1]
		}
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 'а' && r <= 'я' }) {
		return s
	}
	return ""
}

var rhythms = [][2]string{
	{"daily changes", "изменения каждый день, полный архив раз в год"},
	{"monthly, on the 10th", "раз в месяц, около 10-го"},
	{"monthly, about the 25th", "раз в месяц, около 25-го"},
	{"1 december", "раз в год, 1 декабря"},
	{"yearly", "раз в год"},
	{"monthly", "раз в месяц"},
	{"new export", "когда кто-то делает новую выгрузку"},
	{"version of the program", "с новой версией программы"},
	{"change their sites", "по мере того, как компании меняют сайты"},
}

var licences = [][2]string{
	{"129-", "открыто по 129-ФЗ, статья 6; массовый доступ — по соглашению с ФНС; имена людей — персональные данные"},
	{"rsmp", "открытые данные ФНС; имена предпринимателей — персональные данные"},
	{"came through", "открытые данные ФНС; условия страницы, откуда они взяты, неизвестны"},
	{"open data of фнс", "открытые данные ФНС"},
	{"минцифры", "открытые данные Минцифры России, 149-ФЗ, статья 7"},
	{"vendor's terms", "ваша собственная выгрузка; что с ней можно делать, решают условия поставщика"},
	{"catalogue of a fair", "открытый каталог выставки; условия неизвестны"},
	{"operator's own table", "ваша собственная таблица"},
	{"firms publish of themselves", "то, что компании сами пишут о себе; для имён людей — 152-ФЗ, статья 10.1"},
}
