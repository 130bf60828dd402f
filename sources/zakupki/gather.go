package zakupki

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// gatherer makes a batch of rows: each is taken, not wanted or rejected.
type gatherer struct {
	wanted   *wanted
	regions  []string // of customers whose region is known; nil = all
	observer observer
	unit     string

	batch pipeline.Batch
	at    map[string]int // place of a key among the observations
	said  map[string]stamp
}

// stamp tells which of two documents with one number is the newer.
type stamp struct {
	version int
	date    company.Date
}

func (s *Source) gather(unit string, persons bool) *gatherer {
	return &gatherer{
		wanted: &s.wanted, observer: observer{s.name, persons}, unit: unit,
		at: map[string]int{}, said: map[string]stamp{},
	}
}

// row takes one purchase. unit is where it was read, raw the row as it came.
func (g *gatherer) row(p *purchase, unit string, row int64, raw string) {
	g.read()
	if p.number == "" {
		g.rejected(unit, row, pipeline.ReasonMissing, "no number", raw)
		return
	}
	by, ok := g.wanted.purchase(p)
	if !ok || !g.near(p) {
		g.batch.Counts.NotWanted++
		return
	}
	all, err := g.observer.observe(p, by, unit+", row "+strconv.FormatInt(row, 10))
	switch {
	case errors.Is(err, errNobody):
		g.rejected(unit, row, pipeline.ReasonMissing, p.number+": "+err.Error(), raw)
		return
	case err != nil:
		g.rejected(unit, row, pipeline.ReasonINN, p.number+": "+err.Error(), raw)
		return
	}
	g.batch.Counts.Taken++
	for _, o := range all {
		g.keep(o, stamp{p.version, p.date()})
	}
}

// keep keeps of two documents with one number the newer, of equals the later.
func (g *gatherer) keep(o company.Observation, s stamp) {
	i, ok := g.at[o.Key]
	switch before := g.said[o.Key]; {
	case !ok:
		g.at[o.Key] = len(g.batch.Observations)
		g.batch.Observations = append(g.batch.Observations, o)
	case s.version > before.version || s.version == before.version && s.date >= before.date:
		g.batch.Observations[i] = o
	default:
		return
	}
	g.said[o.Key] = s
}

// near tells whether one of the customers may be in one of the regions.
func (g *gatherer) near(p *purchase) bool {
	if len(g.regions) == 0 {
		return true
	}
	return slices.ContainsFunc(p.customers, func(c customer) bool {
		region := regionOf(c.address)
		return region == "" || slices.Contains(g.regions, region)
	})
}

// other counts a row that is neither a notice nor a contract.
func (g *gatherer) other() {
	g.read()
	g.batch.Counts.NotWanted++
}

func (g *gatherer) read() {
	g.batch.Counts.Declared++
	g.batch.Counts.Read++
}

// reject counts a row that cannot be read.
func (g *gatherer) reject(unit string, row int64, why error, raw string) {
	g.read()
	reason := pipeline.ReasonFormat
	if errors.Is(why, pipeline.ErrTooLarge) {
		reason = pipeline.ReasonLimit
	}
	g.rejected(unit, row, reason, why.Error(), raw)
}

func (g *gatherer) rejected(unit string, row int64, reason pipeline.Reason, detail, raw string) {
	g.batch.Counts.Quarantined++
	raw = members.Clip(strings.ReplaceAll(raw, "\x00", ""), pipeline.RawLimit-len("…\ufffd"))
	g.batch.Rejects = append(g.batch.Rejects, pipeline.Reject{Unit: unit, Row: row, Reason: reason, Detail: detail, Raw: raw})
}

// gap notes a part that could not be read, and how many rows are known to be in it.
func (g *gatherer) gap(unit, detail string, rows int64) {
	g.batch.Gaps = append(g.batch.Gaps, pipeline.Gap{Unit: unit, Detail: detail, Unread: rows})
	g.batch.Counts.Declared += rows
	g.batch.Counts.Unread += rows
}

// done is the batch so far.
func (g *gatherer) done(release pipeline.Release, cursor string) pipeline.Batch {
	g.batch.Unit, g.batch.Release, g.batch.Cursor = g.unit, release, cursor
	return g.batch
}
