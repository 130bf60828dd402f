package contact

import (
	"strings"
	"unicode"
)

// calledAs are the ways in which pages write the messengers of a number, in
// small letters.
var calledAs = map[string]string{
	"whatsapp": "whatsapp", "whats": "whatsapp", "watsapp": "whatsapp", "ватсап": "whatsapp", "вотсап": "whatsapp", "вацап": "whatsapp", "ватсапп": "whatsapp",
	"viber": "viber", "вайбер": "viber", "telegram": "telegram", "телеграм": "telegram", "телеграмм": "telegram",
}

// besideNumber are the other words that stand beside a number and its
// messengers and say no more of it.
var besideNumber = map[string]bool{
	"тел": true, "телефон": true, "моб": true, "мобильный": true, "сот": true, "сотовый": true, "номер": true, "app": true,
	"и": true, "или": true, "в": true, "по": true, "есть": true, "также": true,
}

// namesNumbered is the quick test of a line for messengers of a number.
func namesNumbered(s string) bool {
	for _, part := range [...]string{"hats", "HATS", "atsapp", "ватс", "Ватс", "вотс", "Вотс", "вацап", "Вацап", "iber", "IBER", "айбер", "elegram", "елеграм"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// mostNumbered is the longest line that is read so, in bytes.
const mostNumbered = 160

// numberedMessengers reads a line that says of its only number, and of nothing
// else, in which messengers it answers: «+7 907 … (WhatsApp, Viber)».
func (r *reader) numberedMessengers(text string) {
	if len(text) > mostNumbered || !namesNumbered(text) {
		return
	}
	all := numbers(text, func(int, int) bool { return true })
	if len(all) != 1 || fakePhone(all[0].phone.E164) {
		return
	}
	rest := text[:all[0].from] + " " + text[all[0].to:]
	var kinds []string
	for _, w := range strings.FieldsFunc(strings.ToLower(rest), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		switch kind := calledAs[w]; {
		case kind != "":
			kinds = append(kinds, kind)
		case !besideNumber[w]:
			return
		}
	}
	for _, kind := range kinds {
		r.messenger(kind + ":" + all[0].phone.E164)
	}
}
