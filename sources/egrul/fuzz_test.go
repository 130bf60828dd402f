package egrul

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// FuzzDecode: whatever the bytes, no panic; the counts hold; observations and
// rejects keep their promises, with and without persons; a file that is refused
// gives nothing but a gap; who is held is taken.
func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("testdata", "*.xml"))
	if err != nil || len(names) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(cp1251(f, string(text))), true)
	}
	f.Add([]byte(exchange(firm(1, "45.20"), firm(1, "45.31"))), false)
	for _, c := range broken(f) {
		if len(c.text) < 10_000 {
			f.Add([]byte(c.text), false)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, persons bool) {
		in := []files.Input{files.FromBytes("a.xml", data)}
		all := fuzzPull(t, in, pipeline.Request{Persons: persons})
		everyone := &company.INNSet{}
		for _, o := range all.Observations {
			everyone.Add(o.INN)
		}
		none := pipeline.Wanted{Codes: []company.OKVED{"00"}}
		kept := fuzzPull(t, in, pipeline.Request{Persons: persons, Wanted: none, Held: everyone})
		for _, o := range all.Observations {
			if !slices.ContainsFunc(kept.Observations, func(k company.Observation) bool { return k.INN == o.INN }) {
				t.Errorf("%s is held and not taken", o.INN)
			}
		}
		if kept.Counts.Quarantined != all.Counts.Quarantined || kept.Counts.Read != all.Counts.Read {
			t.Errorf("another filter reads otherwise: %+v, %+v", all.Counts, kept.Counts)
		}
	})
}

// fuzzPull returns the one batch of a file and holds it to its promises.
func fuzzPull(t *testing.T, in []files.Input, req pipeline.Request) (one pipeline.Batch) {
	read, batches := false, 0
	for b, err := range New("егрюл", in, Options{Workers: 1}).Pull(t.Context(), req) {
		if err != nil {
			if read {
				t.Errorf("an error after a file that was read: %v", err)
			}
			continue
		}
		one = b
		batches++
		if err := b.Counts.Check(); err != nil {
			t.Error(err)
		}
		read = len(b.Gaps) == 0
		if !read && (len(b.Observations) > 0 || len(b.Rejects) > 0 || b.Counts.Read > 0) {
			t.Errorf("a refused file gives %d observations, %d rejects, %+v", len(b.Observations), len(b.Rejects), b.Counts)
		}
		if read && b.Counts.Unread > 0 {
			t.Errorf("unread rows without a gap: %+v", b.Counts)
		}
		for _, o := range b.Observations {
			if err := sourcetest.CheckObservation(&o, req.Persons); err != nil {
				t.Errorf("observation %q: %v", o.Key, err)
			}
		}
		for _, r := range b.Rejects {
			if r.Row < 1 || r.Row > b.Counts.Declared || len(r.Raw) > pipeline.RawLimit || len(r.Detail) > 1000 {
				t.Errorf("reject of row %d of %d, %d bytes kept, %d of detail", r.Row, b.Counts.Declared, len(r.Raw), len(r.Detail))
			}
		}
		for _, g := range b.Gaps {
			if len(g.Detail) > 1000 {
				t.Errorf("a gap of %d bytes", len(g.Detail))
			}
		}
	}
	if batches != 1 {
		t.Errorf("%d batches of one file", batches)
	}
	return one
}
