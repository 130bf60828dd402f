package bolt_test

import (
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

func replaceRows(b *testing.B, s *bolt.Store, n int) {
	b.Helper()
	state, err := s.RowState(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	row := make([]byte, 64)
	err = s.ReplaceRows(b.Context(), "t", state.Mark, each(n, func(i int) store.ScoreRow { return store.ScoreRow{INN: mixINN(i), Data: row} }))
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkReplaceRows(b *testing.B) {
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			b.StartTimer()
			replaceRows(b, s, benchFirms)
		})
	}
	rate(b, benchFirms)
}

// BenchmarkPatchRows writes one row of thirty.
func BenchmarkPatchRows(b *testing.B) {
	s := benchStore(b)
	replaceRows(b, s, benchFirms)
	row := make([]byte, 64)
	const patched = benchFirms / 30
	for b.Loop() {
		row[0]++
		err := s.PatchRows(b.Context(), 0, each(patched, func(i int) store.ScoreRow { return store.ScoreRow{INN: mixINN(30 * i), Data: row} }))
		if err != nil {
			b.Fatal(err)
		}
	}
	rate(b, patched)
}

func BenchmarkRows(b *testing.B) {
	s := benchStore(b)
	replaceRows(b, s, benchFirms)
	for b.Loop() {
		scan(b, benchFirms, func(after company.INN) ([]store.ScoreRow, error) { return s.Rows(b.Context(), after, 10_000) },
			func(r store.ScoreRow) company.INN { return r.INN })
	}
	rate(b, benchFirms)
}

func BenchmarkDossiers(b *testing.B) {
	m := newMix("rsmp")
	s := benchStore(b)
	m.load(b, s, 0, benchFirms, every)
	loadAnnex(b, s, "sshr", 0)
	for b.Loop() {
		scan(b, benchFirms, func(after company.INN) ([]store.Dossier, error) { return s.Dossiers(b.Context(), after, 1000) },
			func(d store.Dossier) company.INN { return d.INN })
	}
	rate(b, benchFirms)
}

// scan reads all pages.
func scan[T any](b *testing.B, want int, read func(after company.INN) ([]T, error), inn func(T) company.INN) {
	b.Helper()
	seen := 0
	for after := company.INN(""); ; {
		page, err := read(after)
		if err != nil {
			b.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		seen += len(page)
		after = inn(page[len(page)-1])
	}
	if seen != want {
		b.Fatalf("%d of %d", seen, want)
	}
}
