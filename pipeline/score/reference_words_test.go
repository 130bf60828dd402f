package score

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// What follows is matching written the plain way, by maps of words and codes:
// what rows and evidence are held to.

type refCodes map[company.OKVED][]refCodeRule

type refCodeRule struct {
	segment int
	level   Level
	second  bool // this very code needs a second sign
}

func (t refCodes) add(segment int, s *config.Segment) {
	second := map[config.Code]bool{}
	for _, c := range s.SecondSign {
		second[c] = true
	}
	levels := []struct {
		level Level
		codes []config.Code
	}{{LevelCore, s.Codes.Core}, {LevelAdjacent, s.Codes.Adjacent}, {LevelWeak, s.Codes.Weak}, {LevelWeak, s.SecondSign}}
	seen := map[config.Code]bool{}
	for _, l := range levels {
		for _, c := range l.codes {
			if seen[c] {
				continue // named twice: the better level stands
			}
			seen[c] = true
			t[c.OKVED()] = append(t[c.OKVED()], refCodeRule{segment, l.level, second[c]})
		}
	}
}

func (t refCodes) find(code company.OKVED, found func(segment int, level Level, second bool)) {
	var done uint32
	for path := code; path != ""; path = parentCode(path) {
		for _, r := range t[path] {
			if done&(1<<r.segment) == 0 {
				done |= 1 << r.segment
				found(r.segment, r.level, r.second && path == code)
			}
		}
	}
}

type refLexicon struct {
	phrases map[string][]refPhrase // by the first part
	lengths []int                  // of the first parts in bytes, distinct
}

type refPhrase struct {
	owner int // number of the segment
	first refStem
	rest  []refStem
}

type refStem struct {
	text  string
	whole bool
}

func (s refStem) fits(word string) bool {
	if s.whole {
		return word == s.text
	}
	return strings.HasPrefix(word, s.text)
}

func (l *refLexicon) add(owner int, entries []string) {
	if l.phrases == nil {
		l.phrases = map[string][]refPhrase{}
	}
	for _, e := range entries {
		var stems []refStem
		for _, w := range company.FoldWords(e) {
			stems = append(stems, refStem{w, utf8.RuneCountInString(w) <= abbreviation})
		}
		if len(stems) == 0 {
			continue
		}
		first := stems[0].text
		l.phrases[first] = append(l.phrases[first], refPhrase{owner, stems[0], stems[1:]})
		if n := len(first); !slices.Contains(l.lengths, n) {
			l.lengths = append(l.lengths, n)
		}
	}
}

func (l *refLexicon) find(words []string, found func(owner int, matched []string)) {
	for i, w := range words {
		for _, n := range l.lengths {
			if n > len(w) {
				continue
			}
			for _, p := range l.phrases[w[:n]] {
				if end := i + 1 + len(p.rest); p.first.fits(w) && end <= len(words) && refFollow(words[i+1:end], p.rest) {
					found(p.owner, words[i:end])
				}
			}
		}
	}
}

func refFollow(words []string, stems []refStem) bool {
	for i, s := range stems {
		if !s.fits(words[i]) {
			return false
		}
	}
	return true
}

type refSpelling struct {
	letters, pairs, tidy *strings.Replacer
}

func newRefSpelling() refSpelling {
	return refSpelling{
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

func (s refSpelling) plain(word string) string {
	return s.tidy.Replace(s.pairs.Replace(s.letters.Replace(strings.ToLower(word))))
}

type refDomains struct {
	spelling refSpelling
	words    []refDomainWord
}

type refDomainWord struct {
	owner int
	plain string
}

func newRefDomains() *refDomains { return &refDomains{spelling: newRefSpelling()} }

func (d *refDomains) add(owner int, entries []string) {
	for _, e := range entries {
		words := company.FoldWords(e)
		if len(words) != 1 {
			continue // a refPhrase is not written as one in an address
		}
		if p := d.spelling.plain(words[0]); len(p) >= domainPrefix {
			d.words = append(d.words, refDomainWord{owner, p})
		}
	}
}

func (d *refDomains) find(host string, found func(owner int)) {
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

type refNameRule struct {
	words refLexicon // looked for anywhere
	forms refLexicon // looked for in the form
}

func (r *refNameRule) add(entries []string) {
	for _, e := range entries {
		words := company.FoldWords(e)
		r.forms.add(0, []string{e})
		if len(words) > 1 || len(words) == 1 && utf8.RuneCountInString(words[0]) > abbreviation {
			r.words.add(0, []string{e})
		}
	}
}

func (r *refNameRule) find(form company.LegalForm, name []string, found func(owner int, matched []string)) {
	forms := name[:min(len(name), 1)]
	if form != "" {
		forms = company.FoldWords(string(form))
	}
	r.forms.find(forms, found)
	r.words.find(name, found)
}
