package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// streetWords are the kinds of streets in small letters; a point behind them
// is theirs.
var streetWords = wordSet(
	"ул", "улица", "пр-т", "пр-кт", "проспект", "пр", "просп", "пер", "переулок", "шоссе", "ш", "наб", "набережная", "б-р", "бул", "бульвар",
	"пл", "площадь", "проезд", "пр-д", "тракт", "мкр", "микрорайон", "мкрн", "квартал", "кв-л", "тупик", "линия", "промзона", "промплощадка",
	"аллея", "тер", "территория", "дорога", "км", "переезд", "спуск", "зона",
)

// placeWords are the kinds of places and countries.
var placeWords = wordSet(
	"г", "гор", "город", "обл", "область", "край", "республика", "респ", "район", "р-н", "россия", "рф", "пос", "поселок", "посёлок", "п", "с", "село",
	"дер", "деревня", "пгт", "ст-ца", "станица", "хутор", "москва", "санкт-петербург", "мо", "рп",
)

// houseWords are the parts of an address behind the street.
var houseWords = map[string]bool{
	"д": true, "дом": true, "к": true, "корп": true, "корпус": true, "кор": true, "стр": true, "строение": true, "с": true, "соор": true, "сооружение": true, "лит": true,
	"литер": true, "литера": true, "литерa": true, "оф": true, "офис": true, "кв": true, "квартира": true, "пом": true, "помещ": true, "помещение": true,
	"эт": true, "этаж": true, "ком": true, "комната": true, "каб": true, "кабинет": true, "под": true, "подъезд": true, "вл": true, "влд": true,
	"владение": true, "секция": true, "бокс": true, "павильон": true, "пав": true, "блок": true, "участок": true, "уч": true, "зд": true, "здание": true,
	"ч": true, "часть": true, "бц": true, "п": true, "подвал": true, "цоколь": true, "ряд": true, "место": true, "км": true, "км.": true, "помещения": true, "комнаты": true, "оффис": true,
}

func wordSet(words ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

// wordOf is the first word of a set at or behind a place, -1 if there is none.
func wordOf(set map[string]bool, low string, at int) (from, to int) {
	for {
		from, to = nextWord(low, at)
		if from < 0 || set[low[from:to]] {
			return from, to
		}
		at = to
	}
}

func hasStreet(low string) bool {
	from, _ := wordOf(streetWords, low, 0)
	return from >= 0
}

func hasPlace(low string) bool {
	from, _ := wordOf(placeWords, low, 0)
	return from >= 0
}

const (
	mostStreet = 90  // bytes between the kind of street and the house
	mostFront  = 220 // bytes before it
	mostCity   = 60  // bytes before the index
	// mostAddress is how far an address is followed, in bytes.
	mostAddress = 400
)

// addressAt finds the first address at or behind a place: a street with a
// house number, and what belongs to it on both sides.
func addressAt(text, low string, at int) (from, to int, ok bool) {
	for at < len(low) {
		street, behind := streetAt(low, at)
		if street < 0 {
			return 0, 0, false
		}
		house := houseAt(text, low, behind)
		if house < 0 {
			at = behind
			continue
		}
		to = placeEnd(text, low, addressEnd(text, low, house))
		from = addressStart(text, low, at, street)
		if to > from && to-from < mostAddress {
			return from, to, true
		}
		at = behind
	}
	return 0, 0, false
}

// streetAt is the first kind of street; short ones need their point, or a name
// in capitals beside them.
func streetAt(low string, at int) (from, to int) {
	for {
		from, to = wordOf(streetWords, low, at)
		if from < 0 {
			return from, to
		}
		w := low[from:to]
		point := to < len(low) && low[to] == '.'
		if utf8.RuneCountInString(w) > 2 || point || w == "ул" || w == "км" {
			return from, to
		}
		at = to
	}
}

// houseAt is where the number of the house begins, -1 if a street without one
// is told or the words between are no name.
func houseAt(text, low string, at int) int {
	n := digitAt(low[at:min(len(low), at+mostStreet+1)])
	if n < 0 || n > mostStreet {
		return -1
	}
	gap := low[at : at+n]
	if hasAny(gap, ";", "|", "@", "•", "тел", "http", "работ") || strings.Count(gap, ",") > 2 || strings.Count(gap, " ") > 7 || strings.Contains(gap, ": ") {
		return -1
	}
	if phoneStart(low, at) <= at+n && !strings.HasPrefix(low[at+n:], "8") {
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
			return trimEnd(low, i, end)
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
		if from < 0 || from-i > 3 || strings.Trim(low[i:from], " ,.") != "" {
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
	return from >= 0 && from-at <= 1 && hasWord(low[from:to], "обл", "область", "край", "район", "р-н")
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

// trimEnd gives back the end before a house word that nothing follows.
func trimEnd(low string, before, _ int) int {
	return len(strings.TrimRight(low[:before], " ,."))
}

// numberSoon tells that a number or a letter follows a house word.
func numberSoon(low string, at int) bool {
	from, to := nextWord(low, at)
	if from < 0 || from-at > 4 {
		return false
	}
	w := low[from:to]
	return countDigits(w) > 0 || utf8.RuneCountInString(w) <= 3 || houseWords[w]
}

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

// addressStart is where the address begins: at its index or country, else
// behind a label, else at the beginning of the line.
func addressStart(text, low string, least, street int) int {
	from := max(least, street-mostFront)
	for from < street && !utf8.RuneStart(low[from]) {
		from++
	}
	front := low[from:street]
	for _, stop := range []string{":", ";", "|", "•", "·", "@", " — ", " – ", "\\", "©"} {
		if i := strings.LastIndex(front, stop); i >= 0 {
			from += i + len(stop)
			front = low[from:street]
		}
	}
	for _, word := range []string{"по адресу", "адрес", "находится на", "находится по", "находится в"} {
		if i := findWord(front, word, 0); i >= 0 {
			from += i + len(word)
			front = low[from:street]
			break
		}
	}
	// «Санкт-Петербург, 190000, …»: a city may stand before the index.
	if i := indexAt(front); i > mostCity || i >= 0 && !strings.HasSuffix(strings.TrimRight(front[:i], " "), ",") {
		return from + i
	}
	if i := lastSentence(front); i > 0 {
		from += i
		front = low[from:street]
	}
	// Prose leads to it: begin at the place.
	if strings.Count(front, " ") > 9 {
		start := street
		if i, _ := wordOf(placeWords, front, 0); i >= 0 {
			start = from + i
		}
		from = start
	}
	return from + len(low[from:street]) - len(strings.TrimLeft(low[from:street], " ,.)»\""))
}

// lastSentence is behind the last point that ends a sentence: the word before
// it is no abbreviation.
func lastSentence(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if i+1 >= len(s) || s[i] != '.' && s[i] != '!' && s[i] != '?' || s[i+1] != ' ' {
			continue
		}
		word := s[strings.LastIndexAny(s[:i], " ,.")+1 : i]
		if utf8.RuneCountInString(word) > 5 {
			return i + 2
		}
	}
	return 0
}

// indexAt is the place of a post index: six digits, the first 1 to 6.
func indexAt(s string) int {
	run := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isDigit(s[i]) {
			run++
			continue
		}
		if run == 6 && s[i-6] >= '1' && s[i-6] <= '6' {
			return i - 6
		}
		run = 0
	}
	return -1
}

// phoneStart is where a telephone number or its label begins behind a place,
// the length of the text if there is none.
func phoneStart(low string, at int) int {
	end := len(low)
	for _, mark := range []string{"+7", "+ 7", " 8 (", " 8(", " 8-8", " 8-9", " 8-4", " 8 8", " 8 9", " (8", "тел.", "тел:", "телефон", "e-mail", "email", "факс"} {
		if i := strings.Index(low[at:min(len(low), at+mostAddress)], mark); i >= 0 {
			end = min(end, at+i)
		}
	}
	return end
}
