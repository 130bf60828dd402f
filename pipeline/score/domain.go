package score

import (
	"strings"
	"unicode"

	"obzvon/pipeline/company"
)

// Latin spellings of Russian words vary (zapchasti, zapchasty; h, kh), and
// short ones stand in anything. So both sides are brought to one plain
// spelling, a word must have domainPrefix letters to be looked for at the
// beginning of a part of a domain, and domainInside to be looked for anywhere.
const (
	domainPrefix = 5
	domainInside = 7
)

// spelling brings words to plain Latin letters.
type spelling struct {
	letters, pairs, tidy *strings.Replacer
}

func newSpelling() spelling {
	return spelling{
		letters: strings.NewReplacer(
			"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z",
			"и", "i", "й", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r",
			"с", "s", "т", "t", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch",
			"ъ", "", "ы", "i", "ь", "", "э", "e", "ю", "u", "я", "a"),
		pairs: strings.NewReplacer(
			"shch", "sch", "kh", "h", "ts", "c", "tc", "c", "yu", "u", "ju", "u", "ya", "a", "ja", "a",
			"yo", "e", "jo", "e", "y", "i", "j", "i", "w", "v", "x", "ks"),
		tidy: strings.NewReplacer("iu", "u", "ia", "a", "ii", "i"),
	}
}

func (s spelling) plain(word string) string {
	return s.tidy.Replace(s.pairs.Replace(s.letters.Replace(strings.ToLower(word))))
}

// domainWords finds the segments' words in Latin domain names.
type domainWords struct {
	spelling spelling
	words    []domainWord
}

type domainWord struct {
	owner int
	plain string
}

func newDomainWords() *domainWords { return &domainWords{spelling: newSpelling()} }

func (d *domainWords) add(owner int, entries []string) {
	for _, e := range entries {
		words := company.FoldWords(e)
		if len(words) != 1 {
			continue // a phrase is not written as one in an address
		}
		if p := d.spelling.plain(words[0]); len(p) >= domainPrefix {
			d.words = append(d.words, domainWord{owner, p})
		}
	}
}

// find looks at all labels but the last («ru»).
func (d *domainWords) find(host string, found func(owner int)) {
	labels, _, ok := cutLast(host)
	if !ok {
		return
	}
	for part := range strings.FieldsFuncSeq(labels, func(r rune) bool { return r == '-' || r == '.' }) {
		part = d.spelling.plain(part)
		for _, w := range d.words {
			if strings.HasPrefix(part, w.plain) || len(w.plain) >= domainInside && strings.Contains(part, w.plain) {
				found(w.owner)
			}
		}
	}
}

func cutLast(host string) (labels, last string, ok bool) {
	i := strings.LastIndexByte(host, '.')
	if i < 0 {
		return "", "", false
	}
	return host[:i], host[i+1:], true
}

func isLatin(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) {
			return false
		}
	}
	return true
}
