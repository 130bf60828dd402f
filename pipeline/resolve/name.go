package resolve

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

const (
	// minName is the number of letters below which a name says too little.
	minName = 5
	// commonName is the number of companies of one name, anywhere, from which
	// on the name says too little even where the city has but one of them.
	commonName = 10
)

// genericStems begin the words that tell a trade, a kind of firm or a place of
// sale and not a firm. A name of nothing else («Автозапчасти», «Шинный
// центр») identifies nobody.
var genericStems = []string{
	"авто", "агро", "азс", "апк", "база", "бизнес", "бюро", "все", "гараж", "гк", "груз", "группа", "групп", "двор",
	"деталь", "детали", "диагност", "дизель", "для", "дом", "завод", "запчаст", "и", "инструмент", "кафе", "комбинат",
	"компани", "комплекс", "комплект", "крепеж", "кузов", "легков", "магазин", "маркет", "масл", "мастерск", "материал",
	"металл", "мир", "мойк", "мото", "на", "оборудовани", "оптов", "опт", "офис", "подшипник", "пкф", "по", "предприяти",
	"прокат", "пром", "производств", "пункт", "ремонт", "розничн", "рынок", "салон", "сервис", "сеть", "склад", "спец", "станция",
	"станци", "сто", "строй", "строит", "супермаркет", "тд", "тех", "техцентр", "тк", "торг", "транспорт", "трейд", "ук",
	"фабрик", "филиал", "фирма", "холдинг", "хозяйств", "центр", "цех", "шин", "электро",
}

// genericTails end compounds of generic stems: «автосервис», «техцентр».
var genericTails = []string{
	"", "а", "ы", "и", "ь", "я", "е", "й", "ый", "ая", "ое", "ой", "ные", "ный", "ная", "ное", "ка", "ки", "ей", "ов", "ия", "ие",
	"монтаж", "сервис", "центр", "запчасти", "детали", "маркет", "мойка", "торг", "строй", "пром", "комплект", "техника", "ремонт",
	"магазин", "салон", "стекло", "эмали", "масла", "шины", "диски", "опт", "снаб", "техцентр", "материалы", "прокат", "транс", "мир", "дом",
}

func generic(word string) bool {
	if utf8.RuneCountInString(word) < 2 || strings.Trim(word, "0123456789") == "" {
		return true
	}
	for _, stem := range genericStems {
		if rest, ok := strings.CutPrefix(word, stem); ok && slices.Contains(genericTails, rest) {
			return true
		}
	}
	return false
}

// telling tells whether a name key can be evidence.
func telling(key string) bool {
	letters, own := 0, false
	for w := range strings.FieldsSeq(key) {
		letters += utf8.RuneCountInString(w)
		own = own || !generic(w)
	}
	return own && letters >= minName
}

// identity is what is left of a name when the trade is taken away, so that
// «Вега», «Автосервис Вега» and «Вега, магазин» count as one firm at a phone.
func identity(key string) string {
	var own []string
	for w := range strings.FieldsSeq(key) {
		if !generic(w) {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return key
	}
	slices.Sort(own)
	return strings.Join(slices.Compact(own), " ")
}

// sameForm tells whether two forms may be those of one company: an unknown one
// may be any, and joint-stock companies were renamed by the law of 2014.
func sameForm(a, b company.LegalForm) bool {
	return a == "" || b == "" || stock(a) == stock(b)
}

func stock(f company.LegalForm) company.LegalForm {
	switch f {
	case company.FormPAO, company.FormZAO, company.FormOAO, "НАО":
		return company.FormAO
	}
	return f
}
