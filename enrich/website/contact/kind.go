package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// other tells numbers of another kind by what stands before and after them.
func other(s string, r run) bool {
	after := strings.ToLower(strings.TrimLeft(head(s[r.to:], 16), " "))
	for _, u := range units {
		if rest, ok := strings.CutPrefix(after, u); ok {
			next, _ := utf8.DecodeRuneInString(rest)
			if !unicode.IsLetter(next) || len(u) > 3 {
				return true
			}
		}
	}
	before := strings.ToLower(tail(s[:r.from], 40))
	before = strings.TrimRight(before, " :.№#-–—=(")
	if i := strings.LastIndexAny(before, " ,;"); i >= 0 && phoneWord(before[i:]) {
		return false
	}
	for _, m := range marks {
		if strings.HasSuffix(before, m) {
			rest := strings.TrimSuffix(before, m)
			last, _ := utf8.DecodeLastRuneInString(rest)
			return !unicode.IsLetter(last) || len(m) > 8
		}
	}
	return false
}

// units follow quantities.
var units = []string{
	"руб", "₽", "р.", "р/", "тыс", "млн", "шт", "кг", "мм", "км", "м2", "м²", "м³", "%", "°", "тонн", "чел", "лет", "года", "коп", "$", "€",
}

// marks precede numbers of registers, accounts and goods.
var marks = []string{
	"инн", "кпп", "огрн", "огрнип", "окпо", "окато", "октмо", "оквэд", "окогу", "бик", "унп", "унн", "бин", "иин", "снилс",
	"р/с", "р/сч", "р\\с", "к/с", "к/сч", "счет", "счёт", "сч", "расчетный", "карта", "карты", "артикул", "арт", "код", "лицензия",
	"лицензии", "свидетельство", "свидетельства", "сертификат", "сертификата", "серия", "номер заказа", "договор", "договора",
	"гост", "ту", "isbn", "id", "цена", "сумма", "vin", "мест", "реестровый номер", "регистрационный номер", "рег. номер",
	"кадастровый номер",
}

// tail and head are at most n bytes of a text, whole letters.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
