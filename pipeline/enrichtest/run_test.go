package enrichtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// fake finds a city for every company that has a phone; its faults are
// switched on one by one.
type fake struct {
	asked int
	fault string
	leak  chan struct{} // a goroutine waits here when broken off
}

func (f *fake) Describe() pipeline.Descriptor {
	d := pipeline.Descriptor{
		Name: "fake", Title: "Ненастоящий", Kind: pipeline.KindEnrichment, Licence: "none",
		Rhythm: "never", Decoder: 1,
	}
	switch f.fault {
	case "kind":
		d.Kind = pipeline.KindRegistry
	case "no licence":
		d.Licence = ""
	}
	return d
}

func (f *fake) Lacks(c *company.Company) bool {
	if f.fault == "lacks wavers" {
		f.asked++
		return f.asked > len(companies())
	}
	if f.fault == "asks for ever" {
		return true
	}
	return c.Get(company.FieldCity) == "" && c.Get(company.FieldPhone) != ""
}

var errVendor = errors.New("vendor is down")

func (f *fake) Enrich(ctx context.Context, _ pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		i := -1
		var all []pipeline.Ask
		if f.fault == "looks around" {
			all = slices.Collect(asks)
			asks = slices.Values(all)
		}
		for ask := range asks {
			i++
			if ctx.Err() != nil && f.fault != "deaf" {
				yield(pipeline.Answer{}, fmt.Errorf("fake: %w", context.Cause(ctx)))
				return
			}
			if f.fault == "fails" && i == 1 {
				yield(pipeline.Answer{}, errVendor)
				return
			}
			if f.fault == "goes on" && i == 1 && !yield(pipeline.Answer{}, errVendor) {
				return
			}
			if f.fault == "skips" && i == 1 {
				continue
			}
			if f.fault == "twice" && !yield(f.answer(&ask, i, len(all)), nil) {
				return
			}
			if !yield(f.answer(&ask, i, len(all)), nil) {
				if f.fault == "leaks" {
					go func() { <-f.leak }()
				}
				return
			}
		}
		if f.fault == "answers nobody" && i < 0 {
			yield(pipeline.Answer{}, nil)
		}
	}
}

func (f *fake) answer(ask *pipeline.Ask, i, all int) pipeline.Answer {
	c := &ask.Company
	a := pipeline.Answer{ID: ask.ID, Memory: []byte("seen")}
	if c.Get(company.FieldPhone) == "" && f.fault != "finds everything" || f.fault == "finds nothing" {
		if f.fault == "not found, but talks" {
			a.Observation = company.Observation{Source: "fake"}
		}
		return a
	}
	if f.fault == "forgets" && ask.Memory != nil {
		return a
	}
	a.Found = true
	a.Observation = company.Observation{Source: "fake", Key: string(c.INN), INN: c.INN, Date: company.NewDate(2026, 1, 1)}
	a.Observation.Add(company.FieldCity, "Пермь")
	f.spoil(&a, c, i, all)
	return a
}

// spoil breaks one promise of the answer.
func (f *fake) spoil(a *pipeline.Answer, c *company.Company, i, all int) {
	switch f.fault {
	case "other company":
		a.ID = "5902000054"
	case "other observation":
		a.Observation.INN = "5902000054"
	case "undated":
		a.Observation.Date = 0
	case "empty":
		a.Observation.Facts = nil
	case "spoilt value":
		a.Observation.Facts[0].Value = " Пермь"
	case "two sources":
		a.Observation.Source = fmt.Sprint("fake", i)
	case "remembers":
		f.asked++
		a.Observation.Facts[0].Value = fmt.Sprint("Пермь ", f.asked)
	case "looks around":
		a.Observation.Facts[0].Value = fmt.Sprint("Пермь ", all)
	case "writes":
		c.Values[0].Value = "changed"
	}
}

func companies() []company.Company {
	var out []company.Company
	for i, inn := range []company.INN{"5902000008", "5902000015", "5902000022", "5902000030"} {
		o := company.Observation{Source: "s", Key: string(inn), INN: inn, Date: company.NewDate(2026, 1, 1)}
		o.Add(company.FieldNameShort, "ООО «Пример»")
		if i != 1 {
			o.Add(company.FieldPhone, "+7907000000"+strconv.Itoa(i))
		}
		out = append(out, company.Derive(inn, []company.Observation{o}, nil))
	}
	return out
}

func TestSoundEnricher(t *testing.T) {
	Run(t, func() pipeline.Enricher { return &fake{} }, companies()...)
}

// TestFaults: each fault is seen by the promise that it breaks.
func TestFaults(t *testing.T) {
	tests := map[string]string{
		"kind":                 "describe",
		"no licence":           "describe",
		"lacks wavers":         "lacks",
		"fails":                "answers",
		"skips":                "answers",
		"twice":                "answers",
		"forgets":              "memory",
		"goes on":              "answers",
		"other company":        "answers",
		"other observation":    "answers",
		"undated":              "answers",
		"empty":                "answers",
		"spoilt value":         "answers",
		"two sources":          "answers",
		"not found, but talks": "answers",
		"finds nothing":        "answers",
		"finds everything":     "answers",
		"remembers":            "repeat",
		"looks around":         "alone",
		"answers nobody":       "nothing asked",
		"writes":               "reads only",
		"asks for ever":        "not asked again",
		"leaks":                "break off",
		"deaf":                 "cancel",
	}
	for fault, promise := range tests {
		t.Run(fault, func(t *testing.T) {
			leak := make(chan struct{})
			defer close(leak)
			s := suite{
				make:      func() pipeline.Enricher { return &fake{fault: fault, leak: leak} },
				companies: companies(),
			}
			for _, p := range promises {
				if p.name == promise {
					if err := p.check(s, t.Context()); err == nil {
						t.Errorf("the promise %q holds though it is broken", promise)
					}
				}
			}
		})
	}
}
