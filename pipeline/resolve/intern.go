package resolve

import "strings"

// interner numbers tokens from 0, equal ones alike. Once filled it may be asked
// by many goroutines. Asking makes no garbage.
type interner struct {
	numbers map[token]int32
	tokens  []token
}

func newInterner() *interner { return &interner{numbers: map[token]int32{}} }

func (t *interner) find(space spaceKind, s string) (int32, bool) {
	id, ok := t.numbers[token{space, s}]
	return id, ok
}

// intern keeps a copy of what is new: s may be a piece of a whole page.
func (t *interner) intern(space spaceKind, s string) int32 {
	if id, ok := t.find(space, s); ok {
		return id
	}
	id, own := int32(len(t.tokens)), token{space, strings.Clone(s)}
	t.tokens = append(t.tokens, own)
	t.numbers[own] = id
	return id
}

func (t *interner) at(id int32) string { return t.tokens[id].value }

func (t *interner) space(id int32) spaceKind { return t.tokens[id].space }

func (t *interner) len() int { return len(t.tokens) }
