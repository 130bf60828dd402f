package dump

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/sources/rsmp"
	"obzvon/sources/table"
)

const docs = 8 * MemberDocs

func wanted(t testing.TB) []company.OKVED {
	t.Helper()
	_, seg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return seg.WantedCodes()
}

func options(t testing.TB, share float64) Options {
	return Options{Seed: 3, Docs: docs, Share: share, Wanted: wanted(t), Date: company.NewDate(2026, 10, 10)}
}

func made(t testing.TB, opt Options) ([]byte, Stats) {
	t.Helper()
	g, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	stats, err := g.Write(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	if stats.Zip != int64(b.Len()) || stats.Members != g.Members() {
		t.Errorf("%+v of %d bytes and %d members", stats, b.Len(), g.Members())
	}
	return b.Bytes(), stats
}

type read struct {
	counts pipeline.Counts
	found  map[company.INN]company.Observation
}

// pulled reads a release as the program does.
func pulled(t testing.TB, data []byte, want []company.OKVED) read {
	t.Helper()
	r := read{found: map[company.INN]company.Observation{}}
	source := rsmp.New("rsmp", []files.Input{files.FromBytes("data-10102026-structure-10062025.zip", data)}, rsmp.Options{})
	for b, err := range source.Pull(t.Context(), pipeline.Request{Wanted: pipeline.Wanted{Codes: want}}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Gaps)+len(b.Rejects) > 0 {
			t.Fatalf("%s: gaps %v, %d rejects", b.Unit, b.Gaps, len(b.Rejects))
		}
		r.counts = r.counts.Add(b.Counts)
		for _, o := range b.Observations {
			if _, ok := r.found[o.INN]; ok {
				t.Fatalf("ИНН %s twice", o.INN)
			}
			r.found[o.INN] = o
		}
	}
	return r
}

// The form is what the program's own source takes, and as many documents are
// wanted as were asked for.
func TestReleaseIsRead(t *testing.T) {
	for _, share := range []float64{0.12, 0.30, 0.70} {
		opt := options(t, share)
		data, stats := made(t, opt)
		r := pulled(t, data, opt.Wanted)
		if r.counts.Read != docs || stats.Docs != docs || r.counts.Taken != stats.Wanted || int64(len(r.found)) != stats.Wanted {
			t.Errorf("share %g: read %+v of %+v, %d found", share, r.counts, stats, len(r.found))
		}
		if got := float64(stats.Wanted) / docs; got < share*0.9 || got > share*1.1 {
			t.Errorf("share %g came out as %.3f", share, got)
		}
		if ratio := float64(stats.XML) / float64(stats.Zip); ratio < 10 || ratio > 14 {
			t.Errorf("share %g: deflate ratio %.1f, published releases have 10 to 13", share, ratio)
		}
	}
}

// The mix is that of published members.
func TestMix(t *testing.T) {
	opt := options(t, 0.3)
	data, stats := made(t, opt)
	all := pulled(t, data, nil)
	var extra, sole, town, ogrn, reported float64
	for _, o := range all.found {
		extra += float64(len(o.All(company.FieldOKVEDExtra)))
		sole += one(o.INN.Person())
		town += one(o.First(company.FieldCity) != "")
		ogrn += one(o.First(company.FieldOGRN) != "")
		reported += one(o.First(company.FieldOKVEDReported) != "")
	}
	n := float64(len(all.found))
	for _, c := range []struct {
		what          string
		got, from, to float64
	}{
		{"documents by ИНН", n, docs, docs},
		{"additional codes", extra / n, 7, 9},
		{"sole proprietors", sole / n, 0.6, 0.66},
		{"towns named", town / n, 0.7, 1},
		{"ОГРН with the right control digit", ogrn / n, 1, 1},
		{"reported codes", reported / n, 0.2, 0.4},
		{"bytes of a document", float64(stats.XML) / n, 2500, 4000},
	} {
		if c.got < c.from || c.got > c.to {
			t.Errorf("%s: %.3f, want %g to %g", c.what, c.got, c.from, c.to)
		}
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestSameSeedSameBytes(t *testing.T) {
	opt := options(t, 0.3)
	opt.Docs = 5*MemberDocs + 7
	first, stats := made(t, opt)
	again, _ := made(t, opt)
	if sha256.Sum256(first) != sha256.Sum256(again) {
		t.Error("equal options give other bytes")
	}
	if stats.Members != 6 || stats.Docs != int64(opt.Docs) {
		t.Errorf("%+v", stats)
	}
	opt.Seed++
	other, _ := made(t, opt)
	if bytes.Equal(first, other) {
		t.Error("another seed gives the same bytes")
	}
}

// Of the next month 3 % of the wanted are otherwise, some new and some gone.
func TestNextMonth(t *testing.T) {
	opt := options(t, 0.3)
	data, stats := made(t, opt)
	before := pulled(t, data, opt.Wanted)
	opt.Next, opt.Date = true, company.NewDate(2026, 11, 10)
	data, _ = made(t, opt)
	after := pulled(t, data, opt.Wanted)
	var same, changed, fresh, gone int
	for inn, o := range after.found {
		old, ok := before.found[inn]
		switch {
		case !ok:
			fresh++
		case slices.Equal(plain(old), plain(o)):
			same++
		default:
			changed++
		}
	}
	for inn := range before.found {
		if _, ok := after.found[inn]; !ok {
			gone++
		}
	}
	n := float64(stats.Wanted)
	if c := float64(changed) / n; c < 0.02 || c > 0.04 {
		t.Errorf("%d of %d changed", changed, stats.Wanted)
	}
	if fresh == 0 || gone == 0 || float64(fresh+gone) > 0.02*n || same == 0 {
		t.Errorf("%d new, %d gone, %d same of %d", fresh, gone, same, stats.Wanted)
	}
}

// plain are the facts that a store compares.
func plain(o company.Observation) []string {
	var out []string
	for _, f := range o.Facts {
		out = append(out, fmt.Sprint(f.Field, f.Key, f.Value, f.Note))
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

func TestListings(t *testing.T) {
	opt := options(t, 0.3)
	g, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	stats, err := g.WriteListings(&b, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Listings{Rows: 1000, WithINN: 100, SamePhone: 100, SameName: 400}); stats != want {
		t.Errorf("%+v, want %+v", stats, want)
	}
	source, err := table.New("gis", []files.Input{files.FromBytes("listings.csv", b.Bytes())}, table.Options{Preset: "generic"})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := made(t, opt)
	registry := pulled(t, data, opt.Wanted)
	read, with := 0, 0
	for batch, err := range source.Pull(t.Context(), pipeline.Request{}) {
		if err != nil {
			t.Fatal(err)
		}
		read += int(batch.Counts.Taken)
		for _, o := range batch.Observations {
			if o.INN == "" {
				continue
			}
			with++
			if _, ok := registry.found[o.INN]; !ok {
				t.Errorf("ИНН %s is not in the registry", o.INN)
			}
		}
	}
	if read != 1000 || with != 100 {
		t.Errorf("%d rows read, %d with ИНН", read, with)
	}
}

func TestOptions(t *testing.T) {
	good := options(t, 0.3)
	for name, change := range map[string]func(*Options){
		"no documents":    func(o *Options) { o.Docs = 0 },
		"too many":        func(o *Options) { o.Docs = DocsMax + 1 },
		"share":           func(o *Options) { o.Share = 1.2 },
		"no date":         func(o *Options) { o.Date = 0 },
		"all codes taken": func(o *Options) { o.Wanted = nil },
		"unknown code":    func(o *Options) { o.Wanted = []company.OKVED{"04"} },
	} {
		opt := good
		change(&opt)
		if _, err := New(opt); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	opt := options(b, 0.12)
	b.ReportAllocs()
	for b.Loop() {
		_, stats := made(b, opt)
		b.SetBytes(stats.XML)
	}
	b.ReportMetric(float64(docs)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}
