package fns

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// releaseOf is a zip of one document of the n-th firm for a day.
func releaseOf(t *testing.T, name, set, day string, n int) files.Input {
	t.Helper()
	member := "VO_OTKRDAN_" + strings.TrimPrefix(fixtureOf(set).kind, kindPrefix) + "_9965_9965_20260101_x.xml"
	return files.FromBytes(name, sourcetest.Zip(t, member, file(set, on(day, doc(set, n, payload(set))))))
}

func TestReleases(t *testing.T) {
	junk := input("junk.zip", "PK\x03\x04 and no more")
	for _, c := range []struct {
		name   string
		o      Options
		inputs []files.Input
		units  string // of batches, in order
		want   pipeline.Release
		date   string
		advice string
	}{
		{
			"one",
			Options{Set: "revexp"},
			[]files.Input{releaseOf(t, "data-20260725-structure-20180110.zip", "revexp", "31.12.2025", 1)},
			"data-20260725",
			pipeline.Release{ID: "data-20260725-structure-20180110.zip", Whole: true},
			"2026-07-25", "",
		},
		{
			"of another name",
			Options{Set: "revexp"},
			[]files.Input{releaseOf(t, "revexp.zip", "revexp", "31.12.2025", 1)},
			"revexp.zip",
			pipeline.Release{ID: "revexp.zip"},
			"2026-01-01", "set whole: yes",
		},
		{
			"of another name, whole by option",
			Options{Set: "revexp", Whole: "yes"},
			[]files.Input{releaseOf(t, "revexp.zip", "revexp", "31.12.2025", 1)},
			"revexp.zip",
			pipeline.Release{ID: "revexp.zip", Whole: true},
			"2026-01-01", "",
		},
		{
			"not whole by option",
			Options{Set: "revexp", Whole: "no"},
			[]files.Input{releaseOf(t, "data-20260725-structure-20180110.zip", "revexp", "31.12.2025", 1)},
			"data-20260725",
			pipeline.Release{ID: "data-20260725-structure-20180110.zip"},
			"2026-07-25", "",
		},
		{
			"three years, whatever the order of paths",
			Options{Set: "revexp"},
			[]files.Input{
				releaseOf(t, "data-20260725-structure-20180110.zip", "revexp", "31.12.2025", 1),
				releaseOf(t, "data-20251125-structure-20180110.zip", "revexp", "31.12.2024", 2),
				releaseOf(t, "data-20251025-structure-20180110.zip", "revexp", "31.12.2024", 3),
			},
			"data-20251025 data-20251125 data-20260725",
			pipeline.Release{ID: "data-20260725-structure-20180110.zip and 2 more", Whole: true},
			"2026-07-25", "",
		},
		{
			"an old year mended late stands before a new one",
			Options{Set: "revexp"},
			[]files.Input{
				releaseOf(t, "data-20260825-structure-20180110.zip", "revexp", "31.12.2024", 1),
				releaseOf(t, "data-20260725-structure-20180110.zip", "revexp", "31.12.2025", 2),
			},
			"data-20260825 data-20260725",
			pipeline.Release{ID: "data-20260725-structure-20180110.zip and 1 more", Whole: true},
			"2026-08-25", "",
		},
		{"one of them is not whole", Options{Set: "revexp"}, []files.Input{
			releaseOf(t, "data-20260725-structure-20180110.zip", "revexp", "31.12.2025", 1), releaseOf(t, "part.zip", "revexp", "31.12.2025", 2),
		}, "part.zip data-20260725", pipeline.Release{ID: "data-20260725-structure-20180110.zip and 1 more"}, "2026-07-25", "not every input"},
		{
			"of debts only the newest day",
			Options{Set: "debtam"},
			[]files.Input{
				releaseOf(t, "data-20260925-structure-20181201.zip", "debtam", "01.09.2026", 1),
				releaseOf(t, "data-20260825-structure-20181201.zip", "debtam", "01.08.2026", 2),
				releaseOf(t, "data-20260926-structure-20181201.zip", "debtam", "01.09.2026", 3),
			},
			"data-20260925 data-20260926",
			pipeline.Release{ID: "data-20260926-structure-20181201.zip and 1 more", Whole: true},
			"2026-09-26", "data-20260825-structure-20181201.zip shows the state of 2026-08-01 and is left unread",
		},
		{"of regimes too, though whole by option", Options{Set: "snrip", Whole: "yes"}, []files.Input{
			releaseOf(t, "a.zip", "snrip", "01.08.2026", 1), releaseOf(t, "b.zip", "snrip", "01.09.2026", 2),
		}, "b.zip", pipeline.Release{ID: "b.zip", Whole: true}, "2026-01-01", "a.zip shows the state of 2026-08-01"},
		{"one that cannot be opened is not whole", Options{Set: "snr"}, []files.Input{
			releaseOf(t, "data-20260925-structure-20230425.zip", "snr", "01.09.2026", 1), junk,
		}, "junk.zip data-20260925", pipeline.Release{ID: "data-20260925-structure-20230425.zip and 1 more"}, "2026-09-25", "not every input"},
		{
			"no day in any name",
			Options{Set: "snr"},
			[]files.Input{input("a.xml", file("snr", doc("snr", 1, payload("snr"))))},
			"a.xml",
			pipeline.Release{ID: "a.xml"},
			"2026-09-01", "not every input",
		},
		{
			"a day that there is none of",
			Options{Set: "snr"},
			[]files.Input{releaseOf(t, "data-20261325-structure-20230425.zip", "snr", "01.09.2026", 1)},
			"data-20261325",
			pipeline.Release{ID: "data-20261325-structure-20230425.zip", Whole: true},
			"2026-01-01", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, c.o, c.inputs...)
			if p.err != nil {
				t.Fatal(p.err)
			}
			var units []string
			for _, b := range p.batches {
				name, _, _ := strings.Cut(b.Unit, "/")
				name, _, _ = strings.Cut(name, "-structure")
				units = append(units, name)
				c.want.Date = b.Release.Date
				if b.Release != c.want || b.Release.Date.String() != c.date {
					t.Errorf("release of %s is %+v, want %+v of %s", b.Unit, b.Release, c.want, c.date)
				}
			}
			if got := strings.Join(units, " "); got != c.units {
				t.Errorf("batches of %q, want %q", got, c.units)
			}
			lines, err := source(t, c.o, c.inputs...).Advice(t.Context())
			if got := strings.Join(lines, "\n"); err != nil || !strings.Contains(got, c.advice) || (c.advice == "") != (got == "") {
				t.Errorf("advice %q, want %q (%v)", got, c.advice, err)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	for name, c := range map[string]struct {
		o     Options
		words []string
	}{
		"no set":        {Options{}, []string{"set", "sshr2019, revexp, paytax, debtam, snr, snrip, taxoffence"}},
		"no such set":   {Options{Set: "sshr"}, []string{`"sshr"`, "taxoffence"}},
		"whole":         {Options{Set: "snr", Whole: "да"}, []string{"whole", "да", "auto, yes or no"}},
		"workers":       {Options{Set: "snr", Workers: -1}, []string{"workers", "-1"}},
		"many, workers": {Options{Set: "snr", Workers: 257}, []string{"workers", "257"}},
	} {
		s, err := New("набор", nil, c.o)
		if !errors.Is(err, ErrOptions) || s != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, word := range append(c.words, "набор") {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v lacks %q", name, err, word)
			}
		}
	}
	if p := pullFrom(t, Options{Set: "snr"}); !errors.Is(p.err, pipeline.ErrEmpty) {
		t.Errorf("without input: %v", p.err)
	}
}

// TestDescribe: each set says of itself what the others do not.
func TestDescribe(t *testing.T) {
	seen := map[string]bool{}
	for i := range sets {
		d := source(t, Options{Set: sets[i].id}).Describe()
		if d.Kind != pipeline.KindSet || d.Name != Adapter || d.StaleAfter == 0 || seen[d.Title] || seen[d.TermsURL] {
			t.Errorf("%s: %+v", sets[i].id, d)
		}
		seen[d.Title], seen[d.TermsURL] = true, true
		for _, c := range sets[i].columns {
			info, known := c.field.Info()
			if keyed := c.keying != byNothing; !known || keyed != (info.Cardinality == company.Keyed) {
				t.Errorf("%s: column %s of %+v", sets[i].id, c.attribute, info)
			}
			if sets[i].list && c.form == formMoney && len(sets[i].columns) != 1 {
				t.Errorf("%s: a list of money has one column", sets[i].id)
			}
		}
	}
}

func TestFingerprint(t *testing.T) {
	in := input("a.xml", file("snr", doc("snr", 1, payload("snr"))))
	of := func(o Options, inputs ...files.Input) string {
		s, err := source(t, o, inputs...).Fingerprint(t.Context())
		if err != nil || s == "" {
			t.Fatalf("%q, %v", s, err)
		}
		return s
	}
	base := of(Options{Set: "snr"}, in)
	if of(Options{Set: "snr", Workers: 2, Whole: "no"}, in) != base {
		t.Error("workers change the fingerprint")
	}
	for name, other := range map[string]string{
		"set":     of(Options{Set: "snrip"}, in),
		"whole":   of(Options{Set: "snr", Whole: "yes"}, in),
		"content": of(Options{Set: "snr"}, input("a.xml", file("snr", doc("snr", 2, payload("snr"))))),
		"name":    of(Options{Set: "snr"}, input("b.xml", file("snr", doc("snr", 1, payload("snr"))))),
		"more":    of(Options{Set: "snr"}, in, in),
	} {
		if other == base {
			t.Errorf("another %s, the same fingerprint", name)
		}
	}
}
