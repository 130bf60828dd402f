package rsmp

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
	"obzvon/pipeline/sourcetest"
)

// monthly is a whole release of one firm, of a day like "10.07.2026".
func monthly(t testing.TB, name string, n int, day string) files.Input {
	t.Helper()
	return input(name, string(sourcetest.Zip(t, "VO_1.xml", composed(n, day))))
}

// composed is a file of the registry whose ДатаСост is the given day, none
// for "".
func composed(n int, day string) string {
	date := `ДатаСост="` + day + `"`
	if day == "" {
		date = ""
	}
	return registry(strings.Replace(firm(n, "45.20"), `ДатаСост="10.07.2026"`, date, 1))
}

// Name dates mislead: the October release is 10102026 here and the September
// one, by the old order of month and day, 09102026.
const (
	september = "data-09102026-structure-12052026.zip"
	october   = "data-10102026-structure-12052026.zip"
)

func TestFolderAsOneRelease(t *testing.T) {
	inputs := []files.Input{
		input("VO_RRMSPSV_0000_9965_20261013_a.xml", composed(1, "10.10.2026")),
		input("VO_RRMSPSV_0000_9965_20261012_b.xml", composed(2, "10.10.2026")),
		input("c.xml", composed(3, "")),
	}
	p := pullFrom(t, pipeline.Request{}, Options{Whole: "yes"}, inputs...)
	if p.err != nil || len(p.batches) != 3 || p.counts.Taken != 3 {
		t.Fatalf("%d batches, %+v, %v", len(p.batches), p.counts, p.err)
	}
	want := pipeline.Release{ID: "release of 2026-10-10", Date: members.DateOf("2026-10-10"), Whole: true}
	for _, b := range p.batches {
		if b.Release != want {
			t.Errorf("%s: %+v, want %+v", b.Unit, b.Release, want)
		}
	}
	// A gap among them says so of the same release.
	p = pullFrom(t, pipeline.Request{}, Options{Whole: "yes"}, input("x.xml", "<html>"), inputs[0])
	if len(p.gaps) != 1 || p.batches[0].Release != want {
		t.Errorf("gaps %+v, release %+v", p.gaps, p.batches[0].Release)
	}
	// Where no date can be told they still are one.
	p = pullFrom(t, pipeline.Request{}, Options{Whole: "yes"}, inputs[2], input("d.xml", composed(4, "")))
	for _, b := range p.batches {
		if b.Release.ID != "all inputs" || !b.Release.Whole {
			t.Errorf("%+v", b.Release)
		}
	}
}

func TestOnlyTheNewestWholeReleaseIsRead(t *testing.T) {
	old, fresh := monthly(t, september, 1, "10.09.2026"), monthly(t, october, 2, "10.10.2026")
	copied := monthly(t, "data-10102026-structure-12052026.zip", 2, "10.10.2026")
	undated := monthly(t, "data-11102026-structure-12052026.zip", 3, "")
	broken := input("data-11102026-structure-12052026.zip", "PK\x03\x04")
	part := input("part.xml", composed(4, "10.08.2026"))
	for _, c := range []struct {
		name   string
		inputs []files.Input
		whole  string
		taken  []int
		ids    int // releases told apart
	}{
		{"one", []files.Input{old}, "auto", []int{1}, 1},
		{"newest last", []files.Input{old, fresh}, "auto", []int{2}, 1},
		{"newest first", []files.Input{fresh, old}, "", []int{2}, 1},
		{"a copy of the newest", []files.Input{fresh, old, copied}, "auto", []int{2, 2}, 1},
		{"a date that cannot be told", []files.Input{old, fresh, undated}, "auto", []int{2, 3}, 2},
		{"one that cannot be read", []files.Input{old, fresh, broken}, "auto", []int{2}, 2},
		{"a part is read beside", []files.Input{old, part, fresh}, "auto", []int{4, 2}, 2},
		{"not whole", []files.Input{old, fresh}, "no", []int{1, 2}, 2},
		{"declared to be one", []files.Input{old, fresh}, "yes", []int{1, 2}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, pipeline.Request{}, Options{Whole: members.Whole(c.whole)}, c.inputs...)
			if p.err != nil {
				t.Fatal(p.err)
			}
			var got, want []company.INN
			ids := map[string]bool{}
			for _, b := range p.batches {
				ids[b.Release.ID] = true
				for _, o := range b.Observations {
					got = append(got, o.INN)
				}
			}
			for _, n := range c.taken {
				want = append(want, firmINN(n))
			}
			if !slices.Equal(got, want) || len(ids) != c.ids {
				t.Errorf("read %v of releases %v, want %v of %d", got, ids, want, c.ids)
			}
			sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source {
				return New("мсп", c.inputs, Options{Whole: members.Whole(c.whole)})
			}})
		})
	}
}

// What is left unread is no part of the work to be done.
func TestProgressLeavesOutWhatIsLeft(t *testing.T) {
	fresh := monthly(t, october, 2, "10.10.2026")
	f, err := fresh.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var last pipeline.Progress
	req := pipeline.Request{Progress: func(p pipeline.Progress) { last = p }}
	pullFrom(t, req, Options{}, fresh, monthly(t, september, 1, "10.09.2026"))
	if last.Done != f.Size() || last.Total != f.Size() {
		t.Errorf("%+v, want %d", last, f.Size())
	}
}

func TestAdvice(t *testing.T) {
	old, fresh := monthly(t, september, 1, "10.09.2026"), monthly(t, october, 2, "10.10.2026")
	part := input("part.xml", composed(4, "10.08.2026"))
	for _, c := range []struct {
		name   string
		inputs []files.Input
		whole  string
		says   []string
	}{
		{"one release", []files.Input{fresh}, "auto", nil},
		{"two months", []files.Input{old, fresh}, "auto", []string{september + " is the release of 2026-09-10 and is left unread: " + october + " is of 2026-10-10"}},
		{"parts", []files.Input{part}, "auto", []string{"set whole: yes"}},
		{"a part beside", []files.Input{fresh, part}, "auto", []string{"are not one release, so nothing is taken for gone"}},
		{"no", []files.Input{old, fresh}, "no", nil},
		{"yes", []files.Input{fresh}, "yes", nil},
		{"yes of two months", []files.Input{old, fresh}, "yes", []string{september + " is of 2026-09-10, not of 2026-10-10"}},
		{"nothing", nil, "auto", nil},
	} {
		lines, err := New("мсп", c.inputs, Options{Whole: members.Whole(c.whole)}).Advice(t.Context())
		if err != nil || len(lines) != len(c.says) {
			t.Errorf("%s: %q, %v", c.name, lines, err)
			continue
		}
		for i, want := range c.says {
			if !strings.Contains(lines[i], want) {
				t.Errorf("%s: %q, want %q", c.name, lines[i], want)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New("мсп", []files.Input{old, fresh}, Options{}).Advice(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
