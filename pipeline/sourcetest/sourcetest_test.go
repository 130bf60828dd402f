package sourcetest

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// fake yields prepared batches; its faults are switched on one by one.
type fake struct {
	batches     []pipeline.Batch
	err         error
	deaf        bool                             // does not look at the context
	wrongResume bool                             // a cursor skips one batch too many
	afterError  bool                             // goes on after an error
	leak        chan struct{}                    // a goroutine waits here when broken off
	change      func(pull int, b pipeline.Batch) // called before each batch
	progress    []pipeline.Progress
	description func() pipeline.Descriptor
	print       func() string
	pulls       int
}

func (f *fake) Describe() pipeline.Descriptor {
	if f.description != nil {
		return f.description()
	}
	return described()
}

func described() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: "fake", Title: "Ненастоящий", Kind: pipeline.KindRegistry, Licence: "none",
		Rhythm: "never", Decoder: 1,
	}
}

func (f *fake) Fingerprint(context.Context) (string, error) {
	if f.print != nil {
		return f.print(), nil
	}
	return "same", nil
}

func (f *fake) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		f.pulls++
		from := 0
		if req.Cursor != "" {
			from, _ = strconv.Atoi(req.Cursor)
			if f.wrongResume {
				from++
			}
		}
		for i := from; i < len(f.batches); i++ {
			if !f.deaf && ctx.Err() != nil {
				yield(pipeline.Batch{}, ctx.Err())
				return
			}
			b := f.batches[i]
			b.Cursor = strconv.Itoa(i + 1)
			if f.change != nil {
				f.change(f.pulls, b)
			}
			if req.Progress != nil && i < len(f.progress) {
				req.Progress(f.progress[i])
			}
			if !yield(b, nil) {
				if f.leak != nil {
					go func() { <-f.leak }()
				}
				return
			}
		}
		if f.err != nil && yield(pipeline.Batch{}, f.err) && f.afterError {
			yield(pipeline.Batch{}, f.err)
		}
	}
}

func good() []pipeline.Batch {
	return []pipeline.Batch{
		{Unit: "one", Observations: []company.Observation{observation()}, Counts: pipeline.Counts{Declared: 1, Read: 1, Taken: 1}},
		{Unit: "two", Counts: pipeline.Counts{Declared: 2, Read: 1, Unread: 1, NotWanted: 1}, Gaps: []pipeline.Gap{{Unit: "two", Detail: "cut off", Unread: 1}}},
		{Unit: "three", Counts: pipeline.Counts{Declared: 1, Read: 1, Quarantined: 1}, Rejects: []pipeline.Reject{{Unit: "three", Row: 1, Reason: pipeline.ReasonINN, Detail: "wrong"}}},
	}
}

func observation() company.Observation {
	o := company.Observation{Source: "fake", Key: "1", INN: "9900000176", Facts: []company.Fact{
		{Field: company.FieldOKVEDMain, Value: "45.20"},
		{Field: company.FieldHeadcount, Key: "2024", Value: "15"},
		{Field: company.FieldPhone, Value: "+79070000001"},
	}}
	o.Sort()
	return o
}

func TestGoodSource(t *testing.T) {
	Run(t, Case{New: func() pipeline.Source {
		return &fake{batches: good(), progress: []pipeline.Progress{{Done: 1, Total: 3}, {Done: 2, Total: 3}, {Done: 3, Total: 3}}}
	}})
	failed := errors.New("cut")
	Run(t, Case{New: func() pipeline.Source { return &fake{batches: good(), err: failed} }, Err: failed})
	Run(t, Case{New: func() pipeline.Source { return &fake{} }})
}

// TestFaultsAreFound breaks each promise and wants its check to say so.
func TestFaultsAreFound(t *testing.T) {
	failed := errors.New("cut")
	leak := make(chan struct{})
	t.Cleanup(func() { close(leak) })
	calls := 0
	for _, c := range []struct {
		name, promise string
		fake          func() *fake
		want          error
	}{
		{"unexpected error", "end", func() *fake { return &fake{err: failed} }, nil},
		{"missing error", "end", func() *fake { return &fake{batches: good()} }, failed},
		{"goes on after an error", "end", func() *fake { return &fake{err: failed, afterError: true} }, failed},
		{"no title", "describe", func() *fake {
			return &fake{description: func() pipeline.Descriptor { return pipeline.Descriptor{Name: "x"} }}
		}, nil},
		{"description changes", "describe", func() *fake {
			return &fake{description: func() pipeline.Descriptor { calls++; d := described(); d.Decoder = calls; return d }}
		}, nil},
		{"pulls differ", "repeat", func() *fake {
			f := &fake{batches: good()}
			f.change = func(pull int, _ pipeline.Batch) { f.batches[1].Unit = strconv.Itoa(pull) }
			return f
		}, nil},
		{"fingerprint changes", "fingerprint", func() *fake { return &fake{print: func() string { calls++; return strconv.Itoa(calls) }} }, nil},
		{"no fingerprint", "fingerprint", func() *fake { return &fake{print: func() string { return "" }} }, nil},
		{"skips when going on", "resume", func() *fake { return &fake{batches: good(), wrongResume: true} }, nil},
		{"leaks", "break off", func() *fake { return &fake{batches: good(), leak: leak} }, nil},
		{"deaf to the context", "cancel", func() *fake { return &fake{batches: good(), deaf: true} }, nil},
		{"progress goes back", "progress", func() *fake {
			return &fake{batches: good(), progress: []pipeline.Progress{{Done: 2}, {Done: 1}}}
		}, nil},
		{"progress beyond the total", "progress", func() *fake {
			return &fake{batches: good(), progress: []pipeline.Progress{{Done: 4, Total: 3}}}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := checkNamed(t, c.promise)(t.Context(), Case{New: func() pipeline.Source { return c.fake() }, Err: c.want})
			if err == nil {
				t.Fatalf("the check %q let it pass", c.promise)
			}
		})
	}
}

func checkNamed(t *testing.T, name string) func(context.Context, Case) error {
	t.Helper()
	for _, p := range promises {
		if p.name == name {
			return p.check
		}
	}
	t.Fatalf("no promise %q", name)
	return nil
}

// TestFaultyBatches breaks what a batch promises, one thing at a time.
func TestFaultyBatches(t *testing.T) {
	for name, spoil := range map[string]func(b []pipeline.Batch){
		"row lost":               func(b []pipeline.Batch) { b[0].Counts.Declared++ },
		"negative count":         func(b []pipeline.Batch) { b[0].Counts.Taken, b[0].Counts.NotWanted = 2, -1 },
		"no unit":                func(b []pipeline.Batch) { b[0].Unit = "" },
		"unread without gap":     func(b []pipeline.Batch) { b[1].Gaps = nil },
		"gap without reason":     func(b []pipeline.Batch) { b[1].Gaps[0].Detail = "" },
		"quarantine not kept":    func(b []pipeline.Batch) { b[2].Rejects = nil },
		"reject without reason":  func(b []pipeline.Batch) { b[2].Rejects[0].Reason = "" },
		"raw too long":           func(b []pipeline.Batch) { b[2].Rejects[0].Raw = string(make([]byte, pipeline.RawLimit+1)) },
		"raw not text":           func(b []pipeline.Batch) { b[2].Rejects[0].Raw = "\xff" },
		"key twice":              func(b []pipeline.Batch) { b[0].Observations = append(b[0].Observations, observation()) },
		"taken, nothing there":   func(b []pipeline.Batch) { b[0].Observations = nil },
		"two sources":            func(b []pipeline.Batch) { o := observation(); o.Key, o.Source = "2", "other"; add(b, o) },
		"no key":                 func(b []pipeline.Batch) { b[0].Observations[0].Key = "" },
		"wrong ИНН":              func(b []pipeline.Batch) { b[0].Observations[0].INN = "9900000177" },
		"facts unsorted":         func(b []pipeline.Batch) { f := b[0].Observations[0].Facts; f[0], f[1] = f[1], f[0] },
		"fact twice":             func(b []pipeline.Batch) { o := &b[0].Observations[0]; o.Facts = append(o.Facts[:1], o.Facts...) },
		"two names":              func(b []pipeline.Batch) { fact(b, company.FieldNameFull, "А"); fact(b, company.FieldNameFull, "Б") },
		"unknown field":          func(b []pipeline.Batch) { fact(b, "moon", "full") },
		"first seen set":         func(b []pipeline.Batch) { b[0].Observations[0].Facts[0].FirstSeen = 1 },
		"year missing":           func(b []pipeline.Batch) { fact(b, company.FieldRevenue, "5") },
		"key without need":       func(b []pipeline.Batch) { b[0].Observations[0].Facts[0].Key = "x" },
		"empty value":            func(b []pipeline.Batch) { fact(b, company.FieldCity, "") },
		"stray space":            func(b []pipeline.Batch) { fact(b, company.FieldCity, " Пермь") },
		"not UTF-8":              func(b []pipeline.Batch) { fact(b, company.FieldCity, "\xcf") },
		"unmarked person":        func(b []pipeline.Batch) { fact(b, company.FieldHeadName, "Иванов") },
		"person not asked for":   func(b []pipeline.Batch) { b[0].Observations[0].Facts[0].Subject = company.SubjectPerson },
		"ОГРН":                   func(b []pipeline.Batch) { fact(b, company.FieldOGRN, "1027700132196") },
		"КПП":                    func(b []pipeline.Batch) { fact(b, company.FieldKPP, "77") },
		"ОКВЭД":                  func(b []pipeline.Batch) { fact(b, company.FieldOKVEDExtra, "4520") },
		"region":                 func(b []pipeline.Batch) { fact(b, company.FieldRegion, "Пермский край") },
		"zone":                   func(b []pipeline.Batch) { fact(b, company.FieldZone, "Europe/Nowhere") },
		"phone":                  func(b []pipeline.Batch) { fact(b, company.FieldPhone, "8 907 000-00-02") },
		"e-mail":                 func(b []pipeline.Batch) { fact(b, company.FieldEmail, "Sales@Example.ru") },
		"site":                   func(b []pipeline.Batch) { fact(b, company.FieldSite, "example.ru") },
		"SME category":           func(b []pipeline.Batch) { fact(b, company.FieldSME, "4") },
		"date":                   func(b []pipeline.Batch) { fact(b, company.FieldSMESince, "01.08.2016") },
		"status":                 func(b []pipeline.Batch) { fact(b, company.FieldStatus, "fine") },
		"headcount of no year":   func(b []pipeline.Batch) { keyed(b, "now", "15") },
		"headcount with a space": func(b []pipeline.Batch) { keyed(b, "2023", "1 5") },
	} {
		t.Run(name, func(t *testing.T) {
			batches := good()
			spoil(batches)
			c := Case{New: func() pipeline.Source { return &fake{batches: batches} }}
			if err := checkBatches(t.Context(), c); err == nil {
				t.Fatal("the check let it pass")
			}
		})
	}
}

func add(b []pipeline.Batch, o company.Observation) {
	b[0].Observations = append(b[0].Observations, o)
}

func fact(b []pipeline.Batch, f company.Field, v string) {
	o := &b[0].Observations[0]
	o.Facts = append(o.Facts, company.Fact{Field: f, Value: v})
	o.Sort()
}

func keyed(b []pipeline.Batch, year, v string) {
	o := &b[0].Observations[0]
	o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: year, Value: v})
	o.Sort()
}
