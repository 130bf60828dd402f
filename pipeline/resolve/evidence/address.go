package evidence

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// address is a house in a street.
type address struct {
	text    string // as printed
	place   uint64 // the KindAddress token: city, street and house
	brought bool   // by a joined listing
}

// streetKinds stand beside the name of a street.
var streetKinds = wordSet("ул улица пр пр-кт пркт проспект просп пр-т пер переулок ш шоссе б-р бул бульвар наб набережная пл площадь " +
	"проезд пр-д туп тупик мкр мкрн микрорайон кв-л квартал аллея ал тракт линия промзона тер территория снт гск км")

// houseKinds stand before the number of a house, and what is behind it.
var houseKinds = wordSet("д дом зд здание двлд домовладение влд вл владение уч участок стр строение с соор сооружение к корп корпус " +
	"лит литер литера а б в г е ж оф офис пом помещ помещение ком комната каб эт этаж кв квартира бокс секция подъезд пав павильон")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		for _, part := range strings.Split(w, "-") {
			m[part] = m[part] || part == w
		}
		m[strings.ReplaceAll(w, "-", " ")] = true
	}
	return m
}

// maxAddress is the longest address that is read, in bytes.
const maxAddress = 600

// houseOf finds street and house in an address: «150044, г. Ярославль, ул.
// Полушкина Роща, д. 9 стр. 2», «Шахтёров, 35», «Ленина пр-т 12а». The house is
// its number alone, for letters and buildings are written in many ways or left
// out. The words of the street are sorted: «Розы Люксембург» is «Люксембург
// Розы».
func houseOf(text string) (street, house string) {
	if len(text) > maxAddress {
		return "", ""
	}
	before := ""
	for part := range strings.SplitSeq(text, ",") {
		var stack [128]byte
		folded := string(company.AppendFolded(stack[:0], part))
		var list [maxWords]string
		words := splitWords(list[:0], folded)
		if len(words) == 0 {
			continue
		}
		name, isStreet, inside := streetPart(words)
		switch {
		case isStreet && inside != "":
			return name, inside
		case isStreet:
			before = name
		case before != "" && houseWords(words) != "":
			return before, houseWords(words)
		case inside != "":
			return name, inside
		case strings.Trim(words[0], "0123456789") != "" || len(words) > 1:
			before = name
		}
	}
	return "", ""
}

// streetPart reads a part as a street, with the house if it stands in the same
// part.
func streetPart(words []string) (name string, marked bool, house string) {
	own := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case i+1 < len(words) && streetKinds[w+" "+words[i+1]]:
			marked = true
			i++
		case streetKinds[w]:
			marked = true
		case len(own) > 0 && house == "" && startsWithDigit(w) && houseWords(words[i:]) != "":
			house = numberOf(w)
			i = len(words)
		case len(own) > 0 && houseKinds[w] && houseWords(words[i:]) != "":
			house = houseWords(words[i:])
			i = len(words)
		case w == "имени" || w == "им" || len(w) <= len("а") && !startsWithDigit(w):
		default:
			own = append(own, w)
		}
	}
	slices.Sort(own)
	return strings.Join(own, " "), marked && len(own) > 0, house
}

// houseWords gives the number if the words are of a house and what is in it.
func houseWords(words []string) string {
	house := ""
	for _, w := range words {
		switch {
		case startsWithDigit(w):
			if house == "" {
				house = numberOf(w)
			}
		case !houseKinds[w] && len(w) > len("а"):
			return ""
		}
	}
	if len(house) > 4 {
		return "" // a post index
	}
	return house
}

func startsWithDigit(w string) bool { return w != "" && '0' <= w[0] && w[0] <= '9' }

func numberOf(w string) string {
	n := 0
	for n < len(w) && '0' <= w[n] && w[n] <= '9' {
		n++
	}
	return w[:n]
}
