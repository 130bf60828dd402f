package config

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// shareSlack is how far sums may miss 1 or 100: decimal fractions do not add
// up exactly in binary.
const shareSlack = 1e-9

// segments checks the analyst's file.
func (c *checker) segments(s *Segments) {
	c.phases(s.Phases)
	c.groups(s.Groups)
	c.signals(s.Signals, s.Groups)
	c.ladders(&s.Ladders, s.Signals)
	c.proximity(&s.Proximity)
	c.fitLevels(s.FitLevels)
	c.need(len(s.Segments) > 0, "segments", nil, "want at least one segment")
	var taken []string
	for i := range s.Segments {
		path := fmt.Sprintf("segments[%d]", i)
		c.id(path+".id", s.Segments[i].ID, &taken)
		c.segment(path, &s.Segments[i])
	}
	c.vetoes(&s.Vetoes)
	c.cadence(&s.Cadence)
}

func (c *checker) phases(all []Phase) {
	c.need(len(all) > 0 && all[0].FromMonth == 1, "phases", nil, "want phases, the first with from_month: 1")
	for i, p := range all {
		path := fmt.Sprintf("phases[%d]", i)
		for n, share := range []float64{p.Priority1, p.Priority2, p.Priority3} {
			c.share(fmt.Sprintf("%s.priority_%d", path, n+1), share)
		}
		sum := p.Priority1 + p.Priority2 + p.Priority3
		c.need(math.Abs(sum-1) <= shareSlack, path, number(sum), "is the sum of priority_1, 2 and 3: want 1")
		if i > 0 {
			c.need(p.FromMonth > all[i-1].FromMonth, path+".from_month", p.FromMonth, fmt.Sprintf("want more than %d, that of the phase before", all[i-1].FromMonth))
		}
	}
}

func (c *checker) groups(all []Group) {
	sum := 0.0
	var taken []string
	for i, g := range all {
		path := fmt.Sprintf("groups[%d]", i)
		c.id(path+".id", g.ID, &taken)
		c.text(path+".title", g.Title)
		c.need(g.Cap >= 0, path+".cap", number(g.Cap), "want a number of points, 0 or more")
		sum += g.Cap
	}
	c.need(math.Abs(sum-100) <= shareSlack, "groups", number(sum), "is the sum of the caps: want 100")
}

func (c *checker) signals(all []Signal, groups []Group) {
	c.need(len(all) > 0, "signals", nil, "want at least one signal")
	var known, taken []string
	for _, g := range groups {
		known = append(known, g.ID)
	}
	measured := SignalIDs()
	for i, s := range all {
		path := fmt.Sprintf("signals[%d]", i)
		c.signalID(path+".id", s.ID, measured, &taken)
		c.text(path+".title", s.Title)
		c.need(slices.Contains(known, s.Group), path+".group", s.Group, "want one of "+strings.Join(known, ", "))
		c.need(s.Points >= 0 && s.Points <= 100, path+".points", number(s.Points), "want a number of points from 0 to 100")
		c.share(path+".unknown", s.Unknown)
	}
}

// ladders are those of needs only in files that have the signal: there were files
// before there were such.
func (c *checker) ladders(l *Ladders, signals []Signal) {
	has := func(id string) bool { return slices.ContainsFunc(signals, func(s Signal) bool { return s.ID == id }) }
	for _, ladder := range []struct {
		key   string
		steps []Step
		need  bool
	}{
		{"headcount", l.Headcount, true},
		{"revenue", l.Revenue, true},
		{"branches", l.Branches, true},
		{"age", l.Age, true},
		{"freshness", l.Freshness, true},
		{"category", l.Category, true},
		{"tender", l.Tender, has("tender")},
		{"tender_past", l.TenderPast, has("tender_past")},
		{"exhibition", l.Exhibition, has("exhibition")},
		{"competitor_client", l.CompetitorClient, has("competitor_client")},
	} {
		path := "ladders." + ladder.key
		c.need(len(ladder.steps) > 0 || !ladder.need, path, nil, "want at least one step")
		for i, s := range ladder.steps {
			step := fmt.Sprintf("%s[%d]", path, i)
			c.share(step+".value", s.Value)
			c.need(s.From >= 0, step+".from", number(s.From), "want a number, 0 or more")
			if i > 0 {
				c.need(s.From > ladder.steps[i-1].From, step+".from", number(s.From), "want more than "+string(number(ladder.steps[i-1].From))+", that of the step before")
			}
		}
	}
}

func (c *checker) proximity(p *Proximity) {
	c.share("proximity.same_region", p.SameRegion)
	c.share("proximity.others", p.Others)
	var taken []Code
	for i, r := range p.Regions {
		path := fmt.Sprintf("proximity.regions[%d]", i)
		c.share(path+".value", r.Value)
		c.need(len(r.Codes) > 0, path+".codes", nil, "want at least one region")
		for n, code := range r.Codes {
			at := fmt.Sprintf("%s.codes[%d]", path, n)
			c.region(at, code)
			c.need(!slices.Contains(taken, code), at, code, "stands here twice")
			taken = append(taken, code)
		}
	}
}

func (c *checker) fitLevels(f Fit) {
	c.share("fit_levels.core", f.Core)
	c.share("fit_levels.adjacent", f.Adjacent)
	c.share("fit_levels.weak", f.Weak)
	c.need(f.Core > 0 && f.Core >= f.Adjacent && f.Adjacent >= f.Weak, "fit_levels", nil, "want core above 0 and core, adjacent, weak falling")
}

// figure is a number as messages show it.
type figure string

// number spells a value without the dust of binary fractions.
func number(v float64) figure {
	return figure(strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), "."))
}
