package score

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// abbreviation is the length in letters up to which a word of the segments
// file must stand as a whole word: СТО must not find «столица».
const abbreviation = 3

// lexicon finds beginnings of words in folded texts.
type lexicon struct {
	beginnings trie
	phrases    map[int][]phrase // by the node of the first part, until it is sealed
	at         [][]phrase       // the same by node
	lengths    []int            // of the first parts in bytes, distinct
	count      int
}

// phrase is one entry of the segments file: a beginning of a word or several
// that follow each other («ремонт грузов»).
type phrase struct {
	owner int // number of the segment
	order order
	whole bool // the first part is a whole word
	rest  []stem
}

// order is in which turn the phrases that one word begins are told: by the
// lengths of their first parts as the file brings them up, then as the file
// has them.
type order struct{ length, place int }

type stem struct {
	text  []byte
	whole bool
}

func newStem(word string) stem {
	return stem{[]byte(word), utf8.RuneCountInString(word) <= abbreviation}
}

// fits tells whether the word begins with the stem, or is it.
func (s *stem) fits(word []byte) bool {
	return bytes.HasPrefix(word, s.text) && (!s.whole || len(word) == len(s.text))
}

func (l *lexicon) add(owner int, entries []string) {
	if l.phrases == nil {
		l.phrases = map[int][]phrase{}
	}
	for _, e := range entries {
		words := company.FoldWords(e)
		if len(words) == 0 {
			continue
		}
		p := phrase{owner: owner, order: order{l.length(len(words[0])), l.count}, whole: newStem(words[0]).whole}
		for _, w := range words[1:] {
			p.rest = append(p.rest, newStem(w))
		}
		node := l.beginnings.add(words[0])
		l.phrases[node] = append(l.phrases[node], p)
		l.count++
	}
}

// length is in which turn a length of first parts comes.
func (l *lexicon) length(n int) int {
	i := slices.Index(l.lengths, n)
	if i < 0 {
		i = len(l.lengths)
		l.lengths = append(l.lengths, n)
	}
	return i
}

// seal ends the filling: now texts may be looked through.
func (l *lexicon) seal() {
	l.beginnings.seal()
	l.at = make([][]phrase, l.beginnings.nodes+1)
	for node, list := range l.phrases {
		l.at[node] = list
	}
	l.phrases = nil
}

// hit is a phrase that was found up to a byte of the text.
type hit struct {
	*phrase
	end int
}

// find calls found for every phrase in the text, folded words with one space
// between them, with the words it matched.
func (l *lexicon) find(text []byte, found func(owner int, matched []byte)) {
	var few [8]hit
	for start := 0; start < len(text); {
		end := wordEnd(text, start)
		hits := l.word(text, start, end, few[:0])
		if len(hits) > 1 {
			slices.SortFunc(hits, func(a, b hit) int {
				return cmp.Or(cmp.Compare(a.order.length, b.order.length), cmp.Compare(a.order.place, b.order.place))
			})
		}
		for _, h := range hits {
			found(h.owner, text[start:h.end])
		}
		start = end + 1
	}
}

// word appends the phrases that begin with the word.
func (l *lexicon) word(text []byte, start, end int, hits []hit) []hit {
	node := 0
	for i := start; i < end; i++ {
		if node = l.beginnings.step(node, text[i]); node == 0 {
			break
		}
		for p := range l.at[node] {
			p := &l.at[node][p]
			if p.whole && i+1 != end {
				continue
			}
			if last, ok := p.follow(text, end); ok {
				hits = append(hits, hit{p, last})
			}
		}
	}
	return hits
}

// follow tells whether the rest of the phrase stands behind the word that ends
// there, and where it ends.
func (p *phrase) follow(text []byte, end int) (last int, ok bool) {
	for i := range p.rest {
		if end == len(text) {
			return 0, false
		}
		next := wordEnd(text, end+1)
		if !p.rest[i].fits(text[end+1 : next]) {
			return 0, false
		}
		end = next
	}
	return end, true
}

// wordEnd is where the word that begins there ends.
func wordEnd(text []byte, start int) int {
	if n := bytes.IndexByte(text[start:], ' '); n >= 0 {
		return start + n
	}
	return len(text)
}
