package egrul

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// address is one line that people read, part by part.
type address struct {
	index string
	parts []string
}

func (a *address) add(part string) {
	if part != "" && (len(a.parts) == 0 || a.parts[len(a.parts)-1] != part) {
		a.parts = append(a.parts, part)
	}
}

// String is «150044, Ярославская область, г. Ярославль, ул. Полушкина Роща,
// д. 9»; "" when nothing but the index is known.
func (a *address) String() string {
	if len(a.parts) == 0 {
		return ""
	}
	parts := a.parts
	if index := members.Line(a.index); len(index) == 6 && strings.Trim(index, "0123456789") == "" && index != "000000" {
		parts = append([]string{index}, parts...)
	}
	return members.Line(strings.Join(parts, ", "))
}

// kindWords are kinds that are written out or without their point.
var kindWords = map[string]string{
	"улица": "ул.", "ул": "ул.", "проспект": "пр-кт", "пр-кт": "пр-кт", "переулок": "пер.", "пер": "пер.", "шоссе": "ш.", "ш": "ш.",
	"проезд": "проезд", "бульвар": "б-р", "б-р": "б-р", "площадь": "пл.", "пл": "пл.", "набережная": "наб.", "наб": "наб.",
	"тупик": "туп.", "туп": "туп.", "микрорайон": "мкр.", "мкр": "мкр.", "квартал": "кв-л", "кв-л": "кв-л",
	"город": "г.", "г": "г.", "поселок": "п.", "посёлок": "п.", "п": "п.", "село": "с.", "с": "с.", "деревня": "д.", "д": "д.",
	"станица": "ст-ца", "ст-ца": "ст-ца", "хутор": "х.", "х": "х.", "рп": "р.п.", "р.п": "р.п.", "рабочий поселок": "р.п.",
	"пгт": "пгт", "поселок городского типа": "пгт", "тер": "тер.", "помещ": "помещ.", "кв": "кв.", "стр": "стр.", "к": "к.",
	"область": "область", "край": "край", "республика": "республика", "район": "р-н", "р-н": "р-н",
}

// text is «ул. Тамбовская», «помещ. 12».
func (n named) text() string { return n.with(calm(n.name)) }

// number is «д. 16», «помещ. 5 литер А».
func (n named) number() string { return n.with(smallKinds(members.Line(n.name))) }

func (n named) with(name string) string {
	kind := strings.ToLower(members.Line(n.kind))
	if short, ok := kindWords[strings.TrimSuffix(kind, ".")]; ok {
		kind = short
	}
	switch {
	case name == "" || kind == "":
		return name
	case strings.Trim(kind, "0123456789") == "":
		return name // a code, no word
	default:
		return kind + " " + name
	}
}

// city is the bare name of a settlement.
func (n named) city() string { return company.CleanCity(members.Line(n.name)) }

// town tells a kind that is a town.
func (n named) town() bool {
	switch strings.TrimSuffix(strings.ToLower(members.Line(n.kind)), ".") {
	case "г", "гор", "город":
		return true
	default:
		return false
	}
}

// district is «Ярославский район», or the bare name where the kind is another.
func (n named) district() string {
	name := calm(n.name)
	if name == "" {
		return ""
	}
	switch strings.TrimSuffix(strings.ToLower(members.Line(n.kind)), ".") {
	case "р-н", "район", "м.р-н", "муниципальный район":
		return name + " район"
	case "у", "улус":
		return name + " улус"
	case "г.о", "городской округ":
		return name + " городской округ"
	case "м.о", "муниципальный округ":
		return name + " муниципальный округ"
	default:
		return name
	}
}

// cityOf is the town that is a region by itself.
func cityOf(r company.Region) string {
	if r.Kind == "город" {
		return company.CleanCity(r.Name)
	}
	return ""
}

// smallWords stay small inside a name.
var smallWords = map[string]bool{
	"и": true, "на": true, "в": true, "им.": true, "имени": true, "лет": true, "км": true,
	"округ": true, "район": true, "поселение": true, "территория": true, "муниципальный": true, "городской": true,
}

// calm writes a name of capitals as people write it: «ПОЛУШКИНА РОЩА»,
// «РОСТОВ-НА-ДОНУ», «60 ЛЕТ ОКТЯБРЯ», «ВЛКСМ», «102Б». A name with a small
// letter stays as it is.
func calm(s string) string {
	s = members.Line(s)
	if strings.IndexFunc(s, unicode.IsLower) >= 0 {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		parts := strings.Split(w, "-")
		for j, p := range parts {
			if parts[j] = calmWord(p, i+j > 0); j > 0 && ordinal(parts[j-1], p) {
				parts[j] = strings.ToLower(p)
			}
		}
		words[i] = strings.Join(parts, "-")
	}
	return strings.Join(words, " ")
}

// ordinal tells the ending of «1-Я», «40-ЛЕТИЯ».
func ordinal(before, ending string) bool {
	return before != "" && strings.Trim(before, "0123456789") == "" && !strings.ContainsFunc(ending, unicode.IsDigit)
}

func calmWord(w string, inside bool) string {
	low := strings.ToLower(w)
	switch {
	case inside && smallWords[low]:
		return low
	case strings.ContainsFunc(w, unicode.IsDigit), !strings.ContainsAny(low, "аеёиоуыэюя"):
		return w // a number with its letter, an abbreviation
	}
	return company.Capitals(low)
}

// gluedKind is a kind that no space parts from its number: «Д.30».
var gluedKind = regexp.MustCompile(`(\p{L}\.)(\d)`)

// smallKinds writes the words of «ЭТАЖ 5», «ЛИТЕР А», «ПОМЕЩ.1/1 ОФИС 5» in
// small letters and leaves numbers and single letters as they are.
func smallKinds(s string) string {
	words := strings.Fields(gluedKind.ReplaceAllString(s, "$1 $2"))
	for i, w := range words {
		word := strings.TrimRight(w, ".")
		letters := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 && word != ""
		if letters && (word != w || i == 0 || utf8.RuneCountInString(word) > 2) {
			words[i] = strings.ToLower(w)
		}
	}
	return strings.Join(words, " ")
}
