package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// houseWords are the parts of an address behind the street.
var houseWords = map[string]bool{
	"д": true, "дом": true, "к": true, "корп": true, "корпус": true, "кор": true, "стр": true, "строение": true, "с": true, "соор": true, "сооружение": true, "лит": true,
	"литер": true, "литера": true, "литерa": true, "оф": true, "офис": true, "кв": true, "квартира": true, "пом": true, "помещ": true, "помещение": true,
	"эт": true, "этаж": true, "ком": true, "комната": true, "каб": true, "кабинет": true, "под": true, "подъезд": true, "вл": true, "влд": true,
	"владение": true, "секция": true, "бокс": true, "павильон": true, "пав": true, "блок": true, "участок": true, "уч": true, "зд": true, "здание": true,
	"ч": true, "часть": true, "бц": true, "п": true, "подвал": true, "цоколь": true, "ряд": true, "место": true, "км": true, "км.": true, "помещения": true, "комнаты": true, "оффис": true, "ст": true,
}

// houseAt is where the number of the house begins, -1 if a street without one
// is told or the words between are no name. A number may belong to the name of
// the street: «ул. 8 Марта, 5».
func houseAt(text, low string, at int) int {
	n := digitAt(low[at:min(len(low), at+mostStreet+1)])
	if n < 0 || n > mostStreet {
		return -1
	}
	if end := numberedName(text, low, at, at+n); end > 0 {
		if house := houseAt(text, low, end); house >= 0 && houseLike(low, house) {
			return house
		}
	}
	gap := low[at : at+n]
	if hasAny(gap, ";", "|", "@", "•", "тел", "http", "работ") || strings.Count(gap, ",") > 2 || strings.Count(gap, " ") > 7 || strings.Contains(gap, ": ") {
		return -1
	}
	if phoneStart(low, at) <= at+n {
		return -1
	}
	return at + n
}

// addressEnd is the end of numbers, letters and parts of a house.
func addressEnd(text, low string, at int) int {
	end := at
	phone := phoneStart(low, at+1)
	for i := at; i < len(low) && i < phone; {
		from, to := nextWord(low, i)
		if from < 0 || from >= phone {
			break
		}
		gap := low[i:from]
		if strings.ContainsAny(gap, ";|:@+•·\\") || strings.Contains(gap, "—") || len(gap) > 6 {
			break
		}
		w := low[from:to]
		digits := countDigits(w)
		switch {
		case digits > 0 && digits <= 4, digits == 6 && len(w) == 6 && w[0] != '0':
		case digits > 0:
			return end
		case houseWords[w], utf8.RuneCountInString(w) == 1 && i > at && loneLetter(text, low, i, from, to):
		default:
			return end
		}
		if digits > 0 || !houseWords[w] || end > at {
			end = to
		}
		if end == to && houseWords[w] && digits == 0 && !numberSoon(low, to) {
			return len(strings.TrimRight(low[:i], " ,.")) // «д. 5, офис в центре»
		}
		i = to
	}
	return end
}

// placeEnd goes on over the city, the region and the country where they stand
// behind the house: «…, 37, г. Энск, 123456».
func placeEnd(text, low string, at int) int {
	end := at
	for i, within := at, false; ; {
		from, to := nextWord(low, i)
		around := " ,."
		if within {
			around = " ,.()" // «Респ. Саха (Якутия)»
		}
		if from < 0 || from-i > 3 || strings.Trim(low[i:from], around) != "" {
			break
		}
		w := low[from:to]
		r, _ := utf8.DecodeRuneInString(text[from:])
		isPlace := placeWords[w]
		switch {
		case isPlace && strings.ContainsRune(low[end:from], ','):
			within = true
		case isPlace && within, indexAt(w) == 0 && len(w) == 6, within && unicode.IsUpper(r), low[i:from] == ", " && regionSoon(low, to):
		default:
			return closeQuote(low, end)
		}
		if utf8.RuneCountInString(w) > 2 || unicode.IsUpper(r) {
			end = to
		}
		i = to
	}
	return closeQuote(low, end)
}

// regionSoon tells that the next word is the kind of a region.
func regionSoon(low string, at int) bool {
	from, to := nextWord(low, at)
	switch {
	case from < 0:
		return false
	case low[at:from] == ", ": // «Энск, Респ. Коми»
		return hasWord(low[from:to], "респ", "республика")
	}
	return from-at <= 1 && hasWord(low[from:to], "обл", "область", "край", "район", "р-н")
}

// closeQuote takes in the mark behind a quoted letter: «дом 8 „А“».
func closeQuote(low string, at int) int {
	r, n := utf8.DecodeRuneInString(low[at:])
	if n > 0 && strings.ContainsRune(closeQuotes, r) {
		prev, size := utf8.DecodeLastRuneInString(low[:at])
		if unicode.IsLetter(prev) && at > size+1 {
			if open, _ := utf8.DecodeLastRuneInString(low[:at-size]); strings.ContainsRune(openQuotes, open) {
				return at + n
			}
		}
	}
	return at
}

// numberSoon tells that a number or a letter follows a house word.
func numberSoon(low string, at int) bool {
	from, to := nextWord(low, at)
	if from < 0 || from-at > 4 {
		return false
	}
	w := low[from:to]
	return countDigits(w) > 0 || utf8.RuneCountInString(w) <= 3 && !small[w] || houseWords[w]
}

// small are words that go on behind an address, not in it.
var small = wordSet("в", "во", "на", "и", "у", "по", "с", "со", "от", "до", "за", "к")

// loneLetter tells a letter of a house, «5 а», from the small words «и», «с».
func loneLetter(text, low string, i, from, to int) bool {
	w := low[from:to]
	if gap := low[i:from]; strings.Contains(gap, ",") || to < len(low) && low[to] == '.' {
		return false
	}
	if w == "и" || w == "с" || w == "в" && to < len(low) && low[to] == ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[from:to])
	return unicode.IsUpper(r) || from-i <= 2
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}
