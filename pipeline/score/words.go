package score

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// abbreviation is the length in letters up to which a word of the segments
// file must stand as a whole word: СТО must not find «столица».
const abbreviation = 3

// lexicon finds beginnings of words in folded texts.
type lexicon struct {
	phrases map[string][]phrase // by the first part
	lengths []int               // of the first parts in bytes, distinct
}

// phrase is one entry of the segments file: a beginning of a word or several
// that follow each other («ремонт грузов»).
type phrase struct {
	owner int // number of the segment
	first stem
	rest  []stem
}

type stem struct {
	text  string
	whole bool
}

// fits tells whether the word begins with the stem, or is it.
func (s stem) fits(word string) bool {
	if s.whole {
		return word == s.text
	}
	return strings.HasPrefix(word, s.text)
}

func (l *lexicon) add(owner int, entries []string) {
	if l.phrases == nil {
		l.phrases = map[string][]phrase{}
	}
	for _, e := range entries {
		var stems []stem
		for _, w := range company.FoldWords(e) {
			stems = append(stems, stem{w, utf8.RuneCountInString(w) <= abbreviation})
		}
		if len(stems) == 0 {
			continue
		}
		first := stems[0].text
		l.phrases[first] = append(l.phrases[first], phrase{owner, stems[0], stems[1:]})
		if n := len(first); !slices.Contains(l.lengths, n) {
			l.lengths = append(l.lengths, n)
		}
	}
}

// find calls found for every phrase in the text with the words it matched.
func (l *lexicon) find(words []string, found func(owner int, matched []string)) {
	for i, w := range words {
		for _, n := range l.lengths {
			if n > len(w) {
				continue
			}
			for _, p := range l.phrases[w[:n]] {
				if end := i + 1 + len(p.rest); p.first.fits(w) && end <= len(words) && follow(words[i+1:end], p.rest) {
					found(p.owner, words[i:end])
				}
			}
		}
	}
}

func follow(words []string, stems []stem) bool {
	for i, s := range stems {
		if !s.fits(words[i]) {
			return false
		}
	}
	return true
}
