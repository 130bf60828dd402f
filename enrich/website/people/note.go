package people

import (
	"strings"
)

// Notes stand between a department and its number and end nothing: where it is
// and when it works.

// streetWords are those of addresses that are met in nothing else; placeMarks
// are those that need one of them beside them.
const (
	streetWords = `ул улица проспект пр-т пр-кт просп пер переулок наб набережная шоссе бульвар б-р проезд тракт площадь пл мкр микрорайон
		корп корпус стр строение офис оф этаж дом обл область край р-н район пос поселок село деревня россия рф республика респ квартал промзона км кв пом помещение литер литера каб кабинет`
	placeMarks = `г гор город д с п пгт х ст ш пр лит`
)

const maxNote = 240 // bytes

// isAddress tells a short text that is a place: «г. Пермь, ул. Садовая, 5»,
// «614000, Пермь», «каб. 12».
func isAddress(s string) bool { return len(s) <= maxNote && addressOf(s, splitWords(s)) }

func addressOf(s string, words []word) bool {
	if strings.ContainsAny(s, "@?!") {
		return false
	}
	streets, marks := 0, 0
	for i, w := range words {
		switch {
		case w.is(streetWord):
			streets++
		case w.is(placeMark) && i+1 < len(words) && (words[i+1].shape == capital || words[i+1].shape == caps):
			marks++
		}
	}
	return len(words) > 0 && (streets > 1 || streets > 0 && (digitsIn(s) || marks > 0) || marks > 0 && words[0].is(placeMark) || postcode(s))
}

// postcode tells a text that begins with six digits and goes on behind them.
func postcode(s string) bool {
	const digits = 6
	if len(s) <= digits || '0' <= s[digits] && s[digits] <= '9' {
		return false
	}
	for i := range digits {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

const hoursWords = `пн вт ср чт пт сб вс суб воскр понедельник вторник среда четверг пятница суббота воскресенье понедельника пятницу пятница
	субботу воскресеньям субботам будни будням будние выходной выходные выходным дни дням праздники праздничные ежедневно круглосуточно рабочее рабочие
	часы часов час время времени режим график работы работаем приема перерыв обед обеденный без выходных перерыва мск московское по с c до в и от на ч мин`

// isHours tells a text of nothing but days and times, or their label.
func isHours(s string) bool { return len(s) <= maxNote && hoursOf(s, splitWords(s)) }

func hoursOf(s string, words []word) bool {
	said := false
	for _, w := range words {
		if !w.is(hoursWord) {
			return false
		}
		said = said || len(w.low) > len("по") || digitsIn(s) && strings.IndexByte(s, ':') > 0
	}
	return said
}

func isNoteText(s string) bool {
	if len(s) > maxNote {
		return false
	}
	words := splitWords(s)
	return addressOf(s, words) || hoursOf(s, words)
}

// isRemark tells what stands behind a number and says little: «(Пермь)», «или».
func isRemark(raw string) bool {
	raw = strings.Trim(raw, " ,;.")
	switch raw {
	case "или", "либо", "и", "а также":
		return true
	}
	const longest = 300 // bytes
	return strings.HasPrefix(raw, "(") && strings.HasSuffix(raw, ")") && len(raw) < longest && strings.Count(raw, "(") == 1
}

// fieldWords are names of fields besides the labels of numbers; unlike those
// they are no part of what tidyPost drops.
const fieldWords = `бесплатный бесплатно бесплатные городской городские дополнительный дополнительные дополнительно местный общий основной номер номера skype скайп icq тел/факс карта схема проезда`

// placeTitle tells «Адрес производства», whose number is not that of the
// department, from «Адрес:» and «Адрес электронной почты».
func placeTitle(words []word) bool {
	return len(words) > 1 && words[0].low == "адрес" && words[1].is(head)
}
