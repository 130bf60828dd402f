package bolt_test

import (
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// BenchmarkAnnex loads a set of short records beside a registry that has one of
// five of them, and rows that are not stale.
func BenchmarkAnnex(b *testing.B) {
	m := newMix("rsmp")
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			m.load(b, s, 0, benchFirms, func(n int) (int, bool) { return 0, n%5 == 0 })
			replaceRows(b, s, 10)
			b.StartTimer()
			if d := loadAnnex(b, s, "sshr", 0); d.New != benchFirms {
				b.Fatal(d)
			}
		})
	}
	rate(b, benchFirms)
	b.ReportMetric(float64(len(annexContent())+len(mixINN(0))+len(annexOrigin)+8), "B/rec")
}

const annexOrigin = "data-20261001-structure-20180801.zip/12345.xml"

// annexContent is without ИНН, and says another thing of each n.
func annexContent() []byte {
	o := company.Observation{Facts: []company.Fact{{Field: company.FieldHeadcount, Key: "2025", Value: "12"}}}
	return record.AppendContent(nil, &o)[1:]
}

func loadAnnex(b *testing.B, s *bolt.Store, source string, day int) store.Delta {
	b.Helper()
	r := store.Replacement{Source: source, Day: firstDay + company.Date(day), Annex: true, Release: pipeline.Release{Whole: true}}
	template := annexContent()
	d, err := s.Replace(b.Context(), r, func(yield func(record.Packed, error) bool) {
		var content []byte
		for n := range benchFirms {
			inn := mixINN(n)
			content = append(append(content[:0], byte(len(inn))), inn...)
			content = append(content, template...)
			content[len(content)-1] = byte('0' + (n+day)%10)
			if !yield(record.Packed{Source: source, Key: string(inn), INN: inn, Origin: annexOrigin, Content: content}, nil) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return d
}
