package evidence

import (
	"math"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Model makes parties and weighs them. It is safe for concurrent use.
type Model struct{ cfg config.Resolve }

// New returns the model for a config.
func New(cfg config.Resolve) *Model { return &Model{cfg: cfg} }

// Basis names the method and its settings: equal bases give equal results.
func (m *Model) Basis() string { return "evidence 0" }

// Party is what can be compared of a listing or a company. It does not change.
type Party struct {
	values map[string]Token
	digest uint64
	tokens []Token
}

// Digest tells parties apart: equal ones have equal digests, in every run.
func (p *Party) Digest() uint64 { return p.digest }

// Tokens are rising by Hash and distinct. They must not be changed.
func (p *Party) Tokens() []Token { return p.tokens }

// Listing reads an observation without ИНН.
func (m *Model) Listing(o *company.Observation) *Party {
	return m.read("", []company.Observation{*o})
}

// Firm reads a company's own observations, none of those joined to it.
func (m *Model) Firm(inn company.INN, own []company.Observation) *Party { return m.read(inn, own) }

// Grown is a firm with what listings joined to it bring.
func (m *Model) Grown(firm *Party, joined ...*Party) *Party {
	p := &Party{values: map[string]Token{}}
	for _, from := range append([]*Party{firm}, joined...) {
		for v, t := range from.values {
			p.values[v] = t
		}
	}
	p.finish()
	return p
}

func (m *Model) read(inn company.INN, all []company.Observation) *Party {
	p := &Party{values: map[string]Token{}}
	add := func(k Kind, v string, links bool) {
		if v != "" {
			p.values[v] = Token{hashOf(k, v), k, links}
		}
	}
	add(KindNumber, string(inn), true)
	for i := range all {
		region := all[i].First(company.FieldRegion)
		for _, f := range all[i].Facts {
			switch f.Field {
			case company.FieldOGRN, company.FieldPrintedINN, company.FieldPrintedOGRN:
				add(KindNumber, f.Value, true)
			case company.FieldPhone:
				number, _, _ := strings.Cut(f.Value, ";")
				add(KindPhone, number, true)
			case company.FieldSite:
				if s, err := company.ParseSite(f.Value); err == nil && !s.Shared {
					add(KindDomain, s.Domain, true)
				}
			case company.FieldNameShort, company.FieldNameFull, company.FieldNameBrand:
				key := company.ParseName(f.Value).Key()
				add(KindName, key, false)
				add(KindWord, key+"/"+region, false)
			}
		}
	}
	p.finish()
	return p
}

func (p *Party) finish() {
	p.tokens, p.digest = nil, 0
	for _, t := range p.values {
		p.tokens = append(p.tokens, t)
		p.digest += t.Hash
	}
	slices.SortFunc(p.tokens, func(a, b Token) int {
		if a.Hash < b.Hash {
			return -1
		}
		return 1
	})
}

func hashOf(k Kind, v string) uint64 {
	h := uint64(0xcbf29ce484222325) ^ uint64(k)
	for i := range len(v) {
		h = (h ^ uint64(v[i])) * 0x100000001b3
	}
	return h
}

// Weigh compares a listing with a firm.
func (m *Model) Weigh(listing, firm *Party, count func(hash uint64) Count) Weighed {
	const prior = -13_800
	w := Weighed{Weight: prior, Evidence: []store.Evidence{{Kind: "prior", Weight: prior}}}
	for _, v := range slices.Sorted(func(yield func(string) bool) {
		for v := range listing.values {
			if !yield(v) {
				return
			}
		}
	}) {
		t := listing.values[v]
		if _, ok := firm.values[v]; !ok || t.Kind == KindName {
			continue
		}
		n := max(1, count(t.Hash).Firms)
		piece := int64(1000 * math.Log(1e7/float64(n)))
		w.Weight += piece
		w.Evidence = append(w.Evidence, store.Evidence{Kind: map[Kind]string{KindNumber: "ogrn", KindPhone: "phone", KindDomain: "site", KindWord: "name"}[t.Kind], Value: v, Weight: piece})
	}
	return w
}

// Decide says what the weights of all candidates of one listing come to.
func (m *Model) Decide(all []Weighed) Decision {
	d := Decision{Best: -1}
	sum := 1.0
	for i, w := range all {
		sum += math.Exp(min(700, float64(w.Weight)/1000))
		if d.Best < 0 || w.Weight > all[d.Best].Weight {
			d.Best = i
		}
	}
	if d.Best < 0 {
		return d
	}
	d.Probability = math.Exp(min(700, float64(all[d.Best].Weight)/1000)) / sum
	switch {
	case d.Probability >= m.cfg.MatchFrom:
		d.Outcome = Match
	case d.Probability >= m.cfg.ReviewFrom:
		d.Outcome = Review
	default:
		d.Best = -1
	}
	if d.Best >= 0 {
		d.Close = []int{d.Best}
	}
	return d
}
