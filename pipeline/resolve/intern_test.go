package resolve

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestInternerIsAMap(t *testing.T) {
	type entry struct {
		space spaceKind
		text  string
	}
	rng := rand.New(rand.NewPCG(41, 42))
	in, model := newInterner(), map[entry]int32{}
	for range 20_000 {
		e := entry{spaceKind(rng.IntN(4)), strconv.Itoa(rng.IntN(3000))}
		if rng.IntN(100) == 0 {
			e.text = ""
		}
		known, ok := in.find(e.space, e.text)
		want, there := model[e]
		if ok != there || ok && known != want {
			t.Fatalf("%v: found %v %d, want %v %d", e, ok, known, there, want)
		}
		id := in.intern(e.space, e.text)
		if model[e] = id; there && id != want || !there && int(id) != len(model)-1 {
			t.Fatalf("%v: number %d of %d, was %d", e, id, len(model), want)
		}
	}
	for e, id := range model {
		if in.space(id) != e.space || in.at(id) != e.text {
			t.Errorf("number %d is %d %q, want %v", id, in.space(id), in.at(id), e)
		}
	}
	if n := testing.AllocsPerRun(100, func() { in.find(spacePhone, "+79070000001") }); n != 0 {
		t.Errorf("%v allocations to ask", n)
	}
}
