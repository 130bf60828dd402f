package requisite

import (
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// streetWords are the kinds of streets in small letters; a point behind them
// is theirs.
var streetWords = wordSet(
	"ул", "улица", "пр-т", "пр-кт", "проспект", "пр", "просп", "пер", "переулок", "шоссе", "ш", "наб", "набережная", "б-р", "бул", "бульвар",
	"пл", "площадь", "проезд", "пр-д", "тракт", "мкр", "микрорайон", "мкрн", "квартал", "кв-л", "тупик", "линия", "промзона", "промплощадка",
	"аллея", "тер", "территория", "дорога", "км", "переезд", "спуск", "зона",
)

// weakStreets are those that are more often something else: «площадь 120 м²»,
// «горячая линия». They need a place beside them.
var weakStreets = wordSet(
	"площадь", "пл", "линия", "зона", "дорога", "переезд", "спуск", "территория", "тер", "аллея", "квартал", "км",
)

// sited tells an address with a place or an index.
func sited(text, low string) bool {
	if hasPlace(low) || indexAt(low) >= 0 {
		return true
	}
	_, ok := company.AddressRegion(text)
	return ok
}

// placeWords are the kinds of places and countries.
var placeWords = wordSet(
	"г", "гор", "город", "обл", "область", "край", "республика", "респ", "район", "р-н", "россия", "рф", "пос", "поселок", "посёлок", "п", "с", "село",
	"дер", "деревня", "пгт", "ст-ца", "станица", "хутор", "москва", "санкт-петербург", "мо", "рп",
)

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

// hasStreet is asked of most lines, and of some by each of their neighbours.
func (l *line) hasStreet() bool { return l.street.of(func() bool { return hasStreet(l.lower) }) }

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
		if to > from && to-from < mostAddress && (!weakStreets[low[street:behind]] || sited(text[from:to], low[from:to])) {
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

// addressStart is where the address begins: at its index or country, else
// behind a label, else at the beginning of the line.
func addressStart(text, low string, least, street int) int {
	from := max(least, street-mostFront)
	for from < street && !utf8.RuneStart(low[from]) {
		from++
	}
	front := low[from:street]
	for _, stop := range []string{":", ";", "|", "•", "·", "@", " — ", " – ", "\\", "©"} {
		if i := lastIndex(front, stop); i >= 0 {
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
	if i := indexAt(front); i > mostCity || i >= 0 && !strings.HasSuffix(strings.TrimRight(front[:i], " "), ",") && !townAlone(text[from:from+i]) {
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

// townAlone tells the name of a town and nothing else: «Пермь», «г. Пермь».
func townAlone(s string) bool {
	name := company.CleanCity(strings.Trim(s, " ,"))
	if name == "" || countDigits(name) > 0 {
		return false
	}
	_, ok := company.TownRegion(name)
	return ok
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

var phoneMarks = []string{"+7", "+ 7", " 8-8", " 8-9", " 8-4", " 8 8", " 8 9", " 8 4", "тел.", "тел:", "телефон", "e-mail", "email", "факс"}

// phoneStart is where a telephone number or its label begins behind a place,
// the length of the text if there is none.
func phoneStart(low string, at int) int {
	end := len(low)
	window := low[at:min(len(low), at+mostAddress)]
	for _, mark := range phoneMarks {
		if i := strings.Index(window, mark); i >= 0 {
			end = min(end, at+i)
		}
	}
	for _, mark := range [...]string{" 8 (", " 8(", " ("} { // the code follows
		for i := strings.Index(window, mark); i >= 0; {
			behind := i + len(mark)
			if behind+2 < len(window) && countDigits(window[behind:behind+3]) == 3 {
				end = min(end, at+i)
				break
			}
			next := strings.Index(window[behind:], mark)
			if next < 0 {
				break
			}
			i = behind + next
		}
	}
	return end
}
