package resolve

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// sieve dismisses most names and addresses of companies that no listing has,
// by their bytes alone. It may pass what matches nothing; it never dismisses
// what would match. The nil sieve passes everything. It may be asked by many
// goroutines.
//
// A name passes if all words of a listed key are among its words: folding
// keeps a word's skeleton, and no word of a key comes from anywhere but the
// name, save the abbreviations of usual descriptions.
type sieve struct {
	anchors map[uint64]int32 // one word of each key, the rarest: its first need
	needs   []need
	words   []uint64
	hosts   map[uint64]bool
	closed  *marks // keys that are settled
}

// need is what must stand in a name beside the anchor.
type need struct {
	mark     int32 // of the key
	from, to int32 // among sieve.words
	next     int32 // need of the same anchor, -1 = none
}

// descriptions are those that company.Name.Key abbreviates, by the
// abbreviation: the words with which the long spellings begin.
var descriptions = func() map[string][]string {
	first := map[string][]string{}
	for long, short := range company.Descriptions() {
		first[short] = append(first[short], long[0])
	}
	return first
}()

// newSieve makes the sieve for the names and domains among the tokens, but for
// names that are closed by and by.
func newSieve(tokens *interner, closed *marks) *sieve {
	s := &sieve{anchors: map[uint64]int32{}, hosts: map[uint64]bool{}, closed: closed}
	rare := s.countWords(tokens)
	for id := range int32(tokens.len()) {
		switch value := tokens.at(id); tokens.space(id) {
		case spaceName:
			s.addKey(id, value, rare)
		case spaceDomain:
			if h, ok := hashHost(value); ok {
				s.hosts[h] = true
			}
		case spaceOGRN, spacePhone: // are looked up as they are
		}
	}
	return s
}

// countWords tells in how many keys a word stands.
func (s *sieve) countWords(tokens *interner) map[uint64]int32 {
	rare := map[uint64]int32{}
	var words []uint64
	for id := range int32(tokens.len()) {
		if tokens.space(id) != spaceName {
			continue
		}
		words, _ = hashWords(words[:0], tokens.at(id))
		for _, w := range words {
			rare[w]++
		}
	}
	return rare
}

func (s *sieve) addKey(mark int32, key string, rare map[uint64]int32) {
	var own []uint64
	for w := range strings.FieldsSeq(key) {
		if _, ok := descriptions[w]; ok {
			continue // may stand in a name spelled out
		}
		var plain bool
		if own, plain = hashWords(own, w); !plain {
			return // names that are not plain are never dismissed
		}
	}
	if len(own) == 0 {
		s.addAbbreviation(mark, key)
		return
	}
	anchor := slices.MinFunc(own, func(a, b uint64) int { return int(rare[a] - rare[b]) })
	slices.Sort(own)
	own = slices.DeleteFunc(slices.Compact(own), func(w uint64) bool { return w == anchor })
	s.addNeed(mark, anchor, own)
}

// addAbbreviation is for keys of nothing else.
func (s *sieve) addAbbreviation(mark int32, key string) {
	first, _, _ := strings.Cut(key, " ")
	for _, w := range append([]string{first}, descriptions[first]...) {
		words, _ := hashWords(nil, w)
		s.addNeed(mark, words[0], nil)
	}
}

func (s *sieve) addNeed(mark int32, anchor uint64, words []uint64) {
	next, ok := s.anchors[anchor]
	if !ok {
		next = -1
	}
	from := int32(len(s.words))
	s.words = append(s.words, words...)
	s.needs = append(s.needs, need{mark, from, int32(len(s.words)), next})
	s.anchors[anchor] = int32(len(s.needs) - 1)
}

// name tells whether ParseName(name).Key() may be a listed key that is not
// closed. The scratch is written over.
func (s *sieve) name(name string, scratch *[]uint64) bool {
	if s == nil {
		return true
	}
	words, plain := hashWords((*scratch)[:0], name)
	*scratch = words
	if !plain || len(name) > wholeName {
		return true
	}
	for _, w := range words {
		if first, ok := s.anchors[w]; ok && s.satisfied(first, words) {
			return true
		}
	}
	return false
}

// wholeName is a length in bytes up to which ParseName surely reads a name
// whole.
const wholeName = 4096

func (s *sieve) satisfied(at int32, words []uint64) bool {
	for ; at >= 0; at = s.needs[at].next {
		n := &s.needs[at]
		if !s.closed.has(n.mark) && !slices.ContainsFunc(s.words[n.from:n.to], func(w uint64) bool { return !slices.Contains(words, w) }) {
			return true
		}
	}
	return false
}
