package resolve

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/memory"
)

// world is content of a store that changes at random. It is made of few
// phones, domains, names and towns, so that everything collides.
type world struct {
	rng     *rand.Rand
	firms   int // at most
	cards   int
	names   []string
	content map[string]map[string]company.Observation // source → key
	decided map[store.ObservationID]map[company.INN]bool
	off     map[string]bool
}

func newWorld(seed uint64, firms, cards int) *world {
	w := &world{
		rng: rand.New(rand.NewPCG(seed, 7)), firms: firms, cards: cards,
		names: []string{
			"Альтаир", "Альтаир Урал", "Альтаер", "Бетельгейзе", "Бетельгейзе Кассиопея", "Кассиопея", "Автосервис",
			"Дуб", "Сириус Плюс", "Пегас", "Пегас Эридан", "Пегасс", "Эридан",
		},
		content: map[string]map[string]company.Observation{"rsmp": {}, "fns": {}, "gis": {}, "yell": {}},
		decided: map[store.ObservationID]map[company.INN]bool{},
		off:     map[string]bool{},
	}
	for i := range firms {
		w.put(w.firm(i))
	}
	for range cards {
		w.put(w.card())
	}
	return w
}

func (w *world) pick(s ...string) string { return s[w.rng.IntN(len(s))] }

func (w *world) put(o company.Observation) { w.content[o.Source][o.Key] = o }

func (w *world) contacts(o *company.Observation) {
	for range w.rng.IntN(3) {
		n := w.rng.IntN(w.firms)
		if w.rng.IntN(4) == 0 { // of a few that many have
			n = w.rng.IntN(1 + w.firms/20)
		}
		o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", n))
	}
	if w.rng.IntN(3) == 0 {
		o.Add(company.FieldSite, fmt.Sprintf("https://firma%d.example", w.rng.IntN(w.firms/2+1)))
	}
	if w.rng.IntN(4) == 0 {
		o.Add(company.FieldEmail, fmt.Sprintf("info@firma%d.example", w.rng.IntN(w.firms/2+1)))
	}
	switch w.rng.IntN(4) {
	case 0:
		o.Add(company.FieldRegion, "59")
		o.Add(company.FieldCity, "Пермь")
		o.Add(company.FieldAddress, fmt.Sprintf("улица Лесная, %d", 1+w.rng.IntN(5)))
	case 1:
		o.Add(company.FieldRegion, "02")
		o.Add(company.FieldCity, "Уфа")
	case 2:
		o.Add(company.FieldRegion, "59")
	}
}

func (w *world) name() string {
	return w.pick("ООО ", "АО ", "") + w.names[w.rng.IntN(len(w.names))]
}

// firm is some state of a company.
func (w *world) firm(n int) company.Observation {
	o := firmOf(n, fShort, w.name(), fOGRN, validOGRN(n))
	if w.rng.IntN(3) == 0 {
		o.Source = "fns"
	}
	w.contacts(&o)
	o.Sort()
	return o
}

func (w *world) card() company.Observation {
	o := obs(w.pick("gis", "yell"), fmt.Sprintf("%03d", w.rng.IntN(w.cards)), "", fBrand, w.name())
	w.contacts(&o)
	switch w.rng.IntN(12) {
	case 0:
		o.Add(company.FieldPrintedINN, string(validINN(w.rng.IntN(w.firms))))
	case 1:
		o.INN = validINN(w.rng.IntN(w.firms)) // a directory that knows it
	}
	o.Sort()
	return o
}

func (w *world) someFirm() company.INN { return validINN(w.rng.IntN(w.firms + 1)) }

func (w *world) someCard() store.ObservationID {
	return store.ObservationID{Source: w.pick("gis", "yell"), Key: fmt.Sprintf("%03d", w.rng.IntN(w.cards))}
}

// change does something to the store and to the world alike.
func (w *world) change(t *testing.T, s store.Store) {
	switch w.rng.IntN(9) {
	case 0, 1: // a company comes, changes or is told by another source
		o := w.firm(w.rng.IntN(w.firms))
		w.put(o)
		commit(t, s, o)
	case 2, 3, 4:
		o := w.card()
		w.put(o)
		commit(t, s, o)
	case 5: // some are gone
		source := w.pick(slices.Sorted(maps.Keys(w.content))...)
		for key := range w.content[source] {
			if w.rng.IntN(8) == 0 {
				delete(w.content[source], key)
			}
		}
		w.rewrite(t, s, source)
	case 6, 7:
		id, inn, same := w.someCard(), w.someFirm(), w.rng.IntN(2) == 0
		if w.decided[id] == nil {
			w.decided[id] = map[company.INN]bool{}
		}
		w.decided[id][inn] = same
		decide(t, s, id, inn, same)
	case 8:
		if source := w.pick("fns", "yell"); w.rng.IntN(2) == 0 {
			w.off[source] = !w.off[source]
		}
	}
}

func (w *world) rewrite(t testing.TB, s store.Store, source string) {
	var all []company.Observation
	for _, key := range slices.Sorted(maps.Keys(w.content[source])) {
		all = append(all, w.content[source][key])
	}
	replace(t, s, source, all)
}

// anew makes a store of the world's content, in some order.
func (w *world) anew(t testing.TB) *memory.Store {
	s := newStore(t)
	w.fill(t, s)
	return s
}

func (w *world) fill(t testing.TB, s store.Store) {
	var all []company.Observation
	for _, source := range slices.Sorted(maps.Keys(w.content)) {
		for _, key := range slices.Sorted(maps.Keys(w.content[source])) {
			all = append(all, w.content[source][key])
		}
	}
	w.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	commit(t, s, all...)
	for id, firms := range w.decided {
		for inn, same := range firms {
			decide(t, s, id, inn, same)
		}
	}
}

func (w *world) view(s store.Store) (seen, Options) {
	v := seen{s, maps.Clone(w.off)}
	return v, Options{ReviewAtMost: 1000, Basis: v.basis(), crowd: 70}
}

// Whatever changed in whatever order, the outcome is that of a store that was
// filled at once and matched for the first time.
func TestHistoryDecidesNothing(t *testing.T) {
	sizes := []struct {
		firms, cards, worlds, nights int
	}{
		{6, 12, 30, 10},
		{40, 60, 8, 8},
		{150, 160, 1, 8}, // names that more than CarrierLimit have
	}
	joined, kept, nights := 0, 0, 0
	for i, size := range sizes {
		for seed := range size.worlds {
			w := newWorld(uint64(100*i+seed), size.firms, size.cards)
			s := w.anew(t)
			for range size.nights {
				for range w.rng.IntN(4) {
					w.change(t, s)
				}
				v, o := w.view(s)
				got := stateOf(t, s, v, o)
				fresh := w.anew(t)
				v, o = w.view(fresh)
				want := stateOf(t, fresh, v, o)
				if diff := differ(got, want); diff != "" {
					t.Fatalf("%d firms, seed %d: %s", size.firms, seed, diff)
				}
				checkWords(t, &want)
				joined += len(want.joins)
				kept += len(want.report.Review)
				nights++
			}
		}
	}
	t.Logf("%d nights with %d joins and %d rows for review", nights, joined, kept)
	if joined < 5*nights || kept < 5*nights {
		t.Errorf("%d nights, %d joins, %d rows: they show little", nights, joined, kept)
	}
}

// The same over the store on disk.
func TestHistoryDecidesNothingOnDisk(t *testing.T) {
	for seed := range uint64(2) {
		w := newWorld(500+seed, 8, 14)
		s, err := bolt.Open(t.Context(), bolt.Options{Dir: t.TempDir(), Command: "test"})
		if err != nil {
			t.Fatal(err)
		}
		w.fill(t, s)
		for range 6 {
			for range w.rng.IntN(4) {
				w.change(t, s)
			}
			v, o := w.view(s)
			got := stateOf(t, s, v, o)
			fresh := w.anew(t)
			v, o = w.view(fresh)
			if diff := differ(got, stateOf(t, fresh, v, o)); diff != "" {
				t.Errorf("seed %d: %s", seed, diff)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// checkWords holds all that people read to be sentences, and every kind of
// evidence to have a name in Russian.
func checkWords(t *testing.T, s *state) {
	t.Helper()
	pieces := []store.Evidence{}
	for _, row := range s.report.Review {
		checkSentence(t, row.Why)
		for _, c := range row.Candidates {
			pieces = append(pieces, c.Evidence...)
		}
	}
	for _, j := range s.joins {
		pieces = append(pieces, j.Evidence...)
	}
	for _, e := range pieces {
		if _, ok := kindTexts[e.Kind]; !ok {
			t.Errorf("%s has no name", e.Kind)
		}
		if e.Kind != kindPrior && Said(e) == strings.TrimSpace(e.Kind+" "+e.Value) {
			t.Errorf("%+v reads %q", e, Said(e))
		}
	}
}
