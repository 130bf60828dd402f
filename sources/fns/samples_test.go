package fns

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

// golden is what a real file comes to, counted outside of this program.
type golden struct {
	set, path string
	counts    pipeline.Counts
	members   int
	year      string
	zeros     map[company.Field]int
	sums      map[company.Field]int64 // of the whole roubles or people
	named     string                  // an ИНН and its facts
}

func goldens() []golden {
	taken := func(n int64) pipeline.Counts { return pipeline.Counts{Declared: n, Read: n, Taken: n} }
	return []golden{
		{
			"sshr2019", "fns-sshr/data-test-empl-1.zip", taken(9), 3, "2018",
			map[company.Field]int{company.FieldHeadcount: 0},
			map[company.Field]int64{company.FieldHeadcount: 16},
			"7743860009: headcount 2018=2",
		},
		{
			"sshr2019", "fns-sshr/sshr-2024-one-member.zip", taken(900), 1, "2023",
			map[company.Field]int{company.FieldHeadcount: 190},
			map[company.Field]int64{company.FieldHeadcount: 3808},
			"6439101260: headcount 2023=0",
		},
		{
			"revexp", "fns-revexp/revexp-2019-two-members.zip", taken(655), 2, "2018",
			map[company.Field]int{company.FieldRevenue: 166, company.FieldExpense: 135},
			map[company.Field]int64{company.FieldRevenue: 26_147_606_000, company.FieldExpense: 28_175_905_000},
			"9718091843: revenue 2018=0, expense 2018=147000",
		},
		{
			// One document has a negative revenue.
			"revexp", "fns-revexp/revexp-2024-one-member.zip",
			pipeline.Counts{Declared: 900, Read: 900, Taken: 899, Quarantined: 1},
			1, "2023",
			map[company.Field]int{company.FieldRevenue: 837, company.FieldExpense: 817},
			map[company.Field]int64{company.FieldRevenue: 4_055_432_000, company.FieldExpense: 3_739_059_000},
			"9724163542: revenue 2023=712000, expense 2023=705000",
		},
		{
			"paytax", "fns-paytax/paytax-2023-one-member.zip", taken(900), 1, "2022",
			map[company.Field]int{company.FieldTax: 280},
			map[company.Field]int64{company.FieldTax: 5_565_834_243},
			"5048027592: tax 2022=6879949", // 6879949.03 in seven rows
		},
	}
}

func sample(t testing.TB, path string) []files.Input {
	t.Helper()
	inputs, err := files.Expander{}.Expand([]string{realfiles.Path(t, path)})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

// TestSamples reads the real files whole.
func TestSamples(t *testing.T) {
	for _, g := range goldens() {
		t.Run(g.path, func(t *testing.T) {
			p := pullFrom(t, Options{Set: g.set}, sample(t, g.path)...)
			if p.err != nil || len(p.gaps) > 0 || p.counts != g.counts || len(p.batches) != g.members || int64(len(p.all)) != g.counts.Taken {
				t.Fatalf("error %v, gaps %v, %d batches, %d observations, counts %+v, want %+v",
					p.err, p.gaps, len(p.batches), len(p.all), p.counts, g.counts)
			}
			zeros, sums := map[company.Field]int{}, map[company.Field]int64{}
			for i := range p.all {
				checkObservation(t, &p.all[i], g.set)
				for _, f := range p.all[i].Facts {
					n, err := strconv.ParseInt(f.Value, 10, 64)
					if err != nil || f.Key != g.year {
						t.Fatalf("fact %+v (%v)", f, err)
					}
					sums[f.Field] += n
					if n == 0 {
						zeros[f.Field]++
					}
				}
			}
			for f, want := range g.zeros {
				if zeros[f] != want || sums[f] != g.sums[f] {
					t.Errorf("%s: %d zeros, %d in all; want %d, %d", f, zeros[f], sums[f], want, g.sums[f])
				}
			}
			if number, want, _ := strings.Cut(g.named, ": "); p.facts(company.INN(number)) != want {
				t.Errorf("%s: %s, want %s", number, p.facts(company.INN(number)), want)
			}
		})
	}
}

// TestSampleOfNegativeRevenue: the one row of the real files that is not taken.
func TestSampleOfNegativeRevenue(t *testing.T) {
	p := pullFrom(t, Options{Set: "revexp"}, sample(t, "fns-revexp/revexp-2024-one-member.zip")...)
	if len(p.rejects) != 1 {
		t.Fatalf("%d rejects", len(p.rejects))
	}
	r := p.rejects[0]
	if r.Reason != pipeline.ReasonFormat || !strings.Contains(r.Detail, `"-11000.00"`) || !strings.HasPrefix(r.Raw, "<Документ ИдДок=") || !strings.HasSuffix(r.Raw, "</Документ>") {
		t.Errorf("reject %+v", r)
	}
}

// TestSampleYears: releases of two years are one state, and keep their
// promises together.
func TestSampleYears(t *testing.T) {
	for _, set := range []string{"sshr2019", "revexp", "paytax"} {
		inputs := sample(t, "fns-"+strings.TrimSuffix(set, "2019"))
		slices.Reverse(inputs)
		p := pullFrom(t, Options{Set: set, Whole: "yes"}, inputs...)
		for _, b := range p.batches {
			if b.Release != p.batches[0].Release || !b.Release.Whole {
				t.Errorf("%s: release %+v, want %+v", b.Unit, b.Release, p.batches[0].Release)
			}
		}
		if !slices.IsSortedFunc(p.all, func(a, b company.Observation) int { return a.Date.Time().Year() - b.Date.Time().Year() }) {
			t.Errorf("%s: years are not in their order", set)
		}
		sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return source(t, Options{Set: set, Workers: 3}, inputs...) }})
	}
}
