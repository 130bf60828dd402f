package resolve

import (
	"hash/maphash"
	"strings"
)

// texts keeps many short strings in one piece of memory, numbered from 0.
type texts struct {
	all  strings.Builder
	ends []int
}

func (t *texts) add(s string) int32 {
	t.all.WriteString(s)
	t.ends = append(t.ends, t.all.Len())
	return int32(len(t.ends) - 1)
}

func (t *texts) at(i int32) string {
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all.String()[from:t.ends[i]]
}

func (t *texts) len() int { return len(t.ends) }

// interner gives equal strings of one space the same number. Once filled it may
// be asked by many goroutines. Asking makes no garbage.
type interner struct {
	texts
	spaces []spaceKind
	seed   maphash.Seed
	slots  []int32 // number+1 by hash; 0 = free; at least half are
}

func newInterner() *interner {
	return &interner{seed: maphash.MakeSeed(), slots: make([]int32, 64)}
}

func (t *interner) find(space spaceKind, s string) (int32, bool) {
	at := t.slot(space, s)
	return t.slots[at] - 1, t.slots[at] != 0
}

func (t *interner) intern(space spaceKind, s string) int32 {
	at := t.slot(space, s)
	if t.slots[at] != 0 {
		return t.slots[at] - 1
	}
	id := t.add(s)
	t.spaces = append(t.spaces, space)
	t.slots[at] = id + 1
	if 2*t.len() > len(t.slots) {
		t.grow()
	}
	return id
}

// slot is where the string stands or would stand.
func (t *interner) slot(space spaceKind, s string) int {
	mask := len(t.slots) - 1
	at := int(maphash.String(t.seed, s)+uint64(space)) & mask
	for t.slots[at] != 0 {
		if id := t.slots[at] - 1; t.spaces[id] == space && t.at(id) == s {
			break
		}
		at = (at + 1) & mask
	}
	return at
}

func (t *interner) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	for id := range int32(t.len()) {
		t.slots[t.slot(t.spaces[id], t.at(id))] = id + 1
	}
}
