package resolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// slab is a Base of two sorted slices, so that the benchmark times the
// matcher and not a store.
type slab struct {
	listings []company.Observation
	dossiers []store.Dossier
}

func (s slab) WithoutINN(_ context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	i, found := slices.BinarySearchFunc(s.listings, after, func(o company.Observation, id store.ObservationID) int {
		return store.ObservationID{Source: o.Source, Key: o.Key}.Compare(id)
	})
	if found {
		i++
	}
	return s.listings[i:min(len(s.listings), i+limit)], nil
}

func (s slab) Dossiers(_ context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	i, found := slices.BinarySearchFunc(s.dossiers, after, func(d store.Dossier, inn company.INN) int { return cmp.Compare(d.INN, inn) })
	if found {
		i++
	}
	return s.dossiers[i:min(len(s.dossiers), i+limit)], nil
}

// invent makes companies with a name, a city and, every third, contacts; and
// listings of which about half belong to one of them.
func invent(companies, listings int) slab {
	var s slab
	for i := range companies {
		inn := validINN(i)
		o := obs("rsmp", string(inn), inn, fFull, fmt.Sprintf(`ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КОМПАНИЯ ЯСЕНЬ-%d"`, i), fCity, fmt.Sprintf("Город%d", i%300), fRegion, "59")
		if i%3 == 0 {
			o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", i))
			o.Add(company.FieldSite, fmt.Sprintf("https://yasen%d.ru", i))
		}
		s.dossiers = append(s.dossiers, store.Dossier{INN: inn, Observations: []company.Observation{o}})
	}
	slices.SortFunc(s.dossiers, func(a, b store.Dossier) int { return cmp.Compare(a.INN, b.INN) })
	for i := range listings {
		n := i * 7 % (companies * 2)
		s.listings = append(s.listings, obs("2gis", fmt.Sprintf("%09d", i), "",
			fBrand, fmt.Sprintf("Компания Ясень-%d", n), fCity, fmt.Sprintf("Город%d", n%300), fRegion, "59",
			fPhone, fmt.Sprintf("+7907%07d", n), fEmail, fmt.Sprintf("info@yasen%d.ru", n)))
	}
	return s
}

func BenchmarkExact(b *testing.B) {
	const companies, listings = 100_000, 20_000
	base := invent(companies, listings)
	m := NewExact(testConfig())
	b.ReportAllocs()
	joined := 0
	for b.Loop() {
		res, err := m.Match(b.Context(), base, nil)
		if err != nil {
			b.Fatal(err)
		}
		if joined = len(res.Joins); joined < listings/3 || len(res.Joins)+len(res.Unresolved) != listings {
			b.Fatalf("%d joined, %d not", joined, len(res.Unresolved))
		}
	}
	seconds := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(listings/seconds, "listings/s")
	b.ReportMetric(companies/seconds, "companies/s")
	b.ReportMetric(float64(joined), "joined")
}
