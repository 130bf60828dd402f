package resolve

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// counted counts what a run asks of a store.
type counted struct {
	store.Store
	companies, listings, entries, lookups, builds, patches atomic.Int64
}

func (c *counted) reset() {
	for _, n := range []*atomic.Int64{&c.companies, &c.listings, &c.entries, &c.lookups, &c.builds, &c.patches} {
		n.Store(0)
	}
}

func (c *counted) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	c.companies.Add(1)
	return c.Store.Dossier(ctx, inn)
}

func (c *counted) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	page, err := c.Store.Dossiers(ctx, after, limit)
	c.companies.Add(int64(len(page)))
	return page, err
}

func (c *counted) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	c.listings.Add(1)
	return c.Store.Get(ctx, id)
}

func (c *counted) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	page, err := c.Store.WithoutINN(ctx, after, limit)
	c.listings.Add(int64(len(page)))
	return page, err
}

func (c *counted) ListingEntries(ctx context.Context, after store.ObservationID, limit int) ([]store.Entry, error) {
	page, err := c.Store.ListingEntries(ctx, after, limit)
	c.entries.Add(int64(len(page)))
	return page, err
}

func (c *counted) Carriers(ctx context.Context, tokens []uint64, limit int) ([]store.Carriers, error) {
	c.lookups.Add(int64(len(tokens)))
	return c.Store.Carriers(ctx, tokens, limit)
}

func (c *counted) ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.Entry, error]) error {
	c.builds.Add(1)
	return c.Store.ReplaceIndex(ctx, tag, mark, seq)
}

func (c *counted) PatchIndex(ctx context.Context, seq iter.Seq2[store.Entry, error]) error {
	return c.Store.PatchIndex(ctx, func(yield func(store.Entry, error) bool) {
		for e, err := range seq {
			c.patches.Add(1)
			if !yield(e, err) {
				return
			}
		}
	})
}

// Words of which names are made, so that some are shared and most are not.
var (
	firstWords  = strings.Fields("Вектор Альянс Восток Сатурн Меридиан Прогресс Гарант Каскад Магистраль Орион Радуга Спектр Уран Эталон Юпитер Авангард Базис Гермес Диалог Заря Импульс Квадрат Лотос Оазис Пирамида Титан Феникс Эверест Ямал Атлант Барс Витязь")
	secondWords = strings.Fields("Лидер Партнёр Триумф Империя Фаворит Регион Север Формула Экспресс Дельта Единство Зенит Исток Колос Легион Маяк Нива Олимп Премиум Родник Стандарт Темп Успех Фортуна Эксперт Янтарь Арсенал Бастион Вымпел Гранит Динамо Искра")
)

// nameOf is that of the nth company: four have the same, however many there
// are.
func nameOf(n int) string {
	var b strings.Builder
	b.WriteString(firstWords[n%32] + " " + secondWords[n/32%32])
	for n /= 4096; n > 0; n /= 16 {
		b.WriteString([]string{"ва", "ло", "ми", "ру", "те", "ки", "со", "на", "ди", "го", "бе", "за", "пу", "фе", "хо", "ча"}[n%16])
	}
	return b.String()
}

// manyFirms and manyCards are a region's, all in order of their keys. Of
// the cards each third prints its firm's number, another third has its phone.
func manyFirms(n int) []company.Observation {
	out := make([]company.Observation, n)
	for i := range out {
		out[i] = firmOf(i, perm(fShort, fmt.Sprintf("ООО «%s»", nameOf(i)), fOGRN, validOGRN(i),
			fPhone, fmt.Sprintf("+7907%07d", i), fAddress, fmt.Sprintf("улица Лесная, %d", i%400))...)
	}
	return out
}

func manyCards(n, firms int) []company.Observation {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]company.Observation, n)
	for i := range out {
		f := rng.IntN(firms)
		facts := perm(fBrand, nameOf(f))
		switch i % 3 {
		case 0:
			facts = append(facts, fPrinted, string(validINN(f)))
		case 1:
			facts = append(facts, fPhone, fmt.Sprintf("+7907%07d", f))
		case 2:
			facts = append(facts, fPhone, fmt.Sprintf("+7907%07d", 1_000_000+i))
		}
		out[i] = card(fmt.Sprintf("%07d", i), facts...)
	}
	return out
}

// Of ten thousand listings only those are compared that a change concerns.
func TestOnlyWhatChangedIsCompared(t *testing.T) {
	const firms, cards = 4000, 10_000
	s := &counted{Store: newStore(t)}
	replace(t, s, "rsmp", manyFirms(firms))
	all := manyCards(cards, firms)
	replace(t, s, "gis", all)
	first := resolved(t, s, Options{ReviewAtMost: 10})
	if first.Compared != cards || first.Joined < cards/4 || s.builds.Load() != 1 {
		t.Fatalf("%d of %d compared, %d joined, %d builds", first.Compared, cards, first.Joined, s.builds.Load())
	}
	other := all[77]
	other.Facts = nil
	other.Add(company.FieldNameBrand, "Прогресс Гранит")
	other.Add(company.FieldPhone, "+79070000123")
	hours := all[78]
	hours.Add(company.FieldHours, "09:00-18:00")
	hours.Sort()
	moved := manyFirms(firms)[500]
	moved.Add(company.FieldSite, "https://moved.example")
	moved.Sort()
	tests := []struct {
		name                        string
		change                      func()
		compared, weighed, patched  int64 // at most
		comparedLeast, companiesToo int64
		unchanged                   bool
	}{
		{"nothing", func() {}, 0, 0, 0, 0, 10, true},
		{"a listing says what concerns nobody", func() { commit(t, s, hours) }, 0, 0, 0, 0, 10, false},
		{"a listing", func() { commit(t, s, other) }, 40, 400, 100, 1, 200, false},
		{"a company", func() { commit(t, s, moved) }, 60, 600, 200, 1, 300, false},
		{"a new listing", func() { commit(t, s, card("new", perm(fBrand, "Заря Олимп", fPhone, "+79070000321")...)) }, 40, 400, 100, 1, 200, false},
		{"a listing is gone", func() { replace(t, s, "gis", append(all[:5000:5000], all[5001:]...)) }, 60, 600, 200, 0, 300, false},
		{"a decision", func() { decide(t, s, cardID(all[8].Key), validINN(7), true) }, 40, 400, 100, 1, 200, false},
	}
	for _, tt := range tests {
		tt.change()
		s.reset()
		rep := resolved(t, s, Options{ReviewAtMost: 10})
		t.Logf("%s: %d listings compared, %d pairs weighed, %d companies read, %d tokens looked up, %d entries written",
			tt.name, rep.Compared, rep.Weighed, s.companies.Load(), s.lookups.Load(), s.patches.Load())
		if rep.Compared > tt.compared || rep.Weighed > tt.weighed || rep.Compared < tt.comparedLeast || s.patches.Load() > tt.patched ||
			s.companies.Load() > tt.companiesToo || s.builds.Load() != 0 || rep.Unchanged != tt.unchanged {
			t.Errorf("%s: too much: %d builds, unchanged %v", tt.name, s.builds.Load(), rep.Unchanged)
		}
		if tt.unchanged && (s.entries.Load() > 0 || s.listings.Load() > int64(len(rep.Review))) {
			t.Errorf("%s: %d entries read, %d listings", tt.name, s.entries.Load(), s.listings.Load())
		}
		if rep.Listings < cards-1 {
			t.Errorf("%s: %d listings", tt.name, rep.Listings)
		}
	}
}

// A registry without listings is not read, however often that is asked.
func TestNoListings(t *testing.T) {
	s := &counted{Store: newStore(t, firmOf(1, fShort, "ООО Клён"), firmOf(2, fShort, "ООО Дуб"))}
	for n := range 3 {
		rep := once(t, s)
		if rep.Listings != 0 || s.companies.Load() != 0 || s.builds.Load() != 0 || rep.Unchanged != (n > 0) {
			t.Errorf("%+v, %d companies read, %d builds", rep, s.companies.Load(), s.builds.Load())
		}
	}
	commit(t, s, card("1", perm(fBrand, "Клён", fPrinted, string(validINN(1)))...))
	if rep := once(t, s); rep.Joined != 1 {
		t.Errorf("%+v", rep)
	}
	replace(t, s, "gis", nil)
	for range 2 {
		if rep := once(t, s); rep.Listings != 0 || len(joinsOf(t, s)) != 0 {
			t.Errorf("%+v, joins %v", rep, joinsOf(t, s))
		}
	}
}
