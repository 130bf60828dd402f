package night

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
)

// presenter turns results into rows that people read.
type presenter struct {
	*view

	night   *Night
	day     company.Date
	scorer  *score.Scorer
	hours   *callingHours
	titles  map[string]string // section name → Russian title of the source
	calls   *calls
	keepers *keepers
}

func (n *Night) newPresenter(ctx context.Context, v *view, c *calls, s *score.Scorer) (*presenter, error) {
	p := &presenter{view: v, night: n, day: c.day, scorer: s, titles: n.titles(), calls: c}
	var err error
	if p.hours, err = n.callingHours(c.day); err != nil {
		return nil, err
	}
	p.keepers, err = n.keepers(ctx, c)
	return p, err
}

func (n *Night) titles() map[string]string {
	out := map[string]string{config.ManagerSource: titleTold}
	for _, s := range n.Sources {
		out[s.Section.Name] = s.Source.Describe().Title
	}
	for _, e := range n.Enrichers {
		out[e.Section.Name] = e.Enricher.Describe().Title
	}
	return out
}

// candidate presents one lead; whether it can be called is seen by its phones
// and windows.
func (p *presenter) candidate(ctx context.Context, res *score.Result) (c calllist.Candidate, err error) {
	d, err := p.Dossier(ctx, res.INN())
	if err != nil {
		return c, err
	}
	history, err := p.calls.of(ctx, res.INN())
	if err != nil {
		return c, err
	}
	firm := p.company(d)
	row := p.row(p.scorer.Matcher(), &firm)
	why := p.scorer.Explain(&row, &firm)
	c = calllist.Candidate{Score: int64(res.Total), Known: int64(res.Known), Keeper: p.keepers.of(&history)}
	c.Row, c.Values = p.present(&firm, res, score.Why(why)), p.scorer.Values(&row, res.Segment)
	c.Turn = turnOf(&history, p.day)
	p.tellHistory(&c.Row, &history)
	c.Row.Hook = calllist.HookText(p.segment(res), &history, &firm, p.day)
	contacts := score.ContactsOf(&firm)
	c.Emails, c.Domains = contacts.Emails, contacts.Domains
	phones := calllist.Usable(calllist.DialOrder(&firm), history.BadPhones)
	for i, phone := range phones {
		c.Phones = append(c.Phones, phone.E164)
		if i == 0 {
			c.Row.Phone, c.Row.PhoneLink = phone.Pretty(), phone.E164
		}
	}
	c.Row.OtherPhones = calllist.PhoneList(phones)
	if local, ok := zoneOf(&firm); ok {
		c.Windows, c.Turn.Noon = p.hours.windows(local), calllist.Noon(p.day, p.hours.seller, local)
		c.Row.LocalTime = calllist.ZoneLabel(p.day, local)
		c.Row.CallWindow = p.anyWindow(c)
	}
	if c.Turn.Agreed() && len(c.Windows) == 0 {
		c.Windows = p.hours.own() // it was promised, whatever the clock says there
	}
	return c, nil
}

// anyWindow is what a base sheet shows: the window of the company's manager,
// else of the first who has one.
func (p *presenter) anyWindow(c calllist.Candidate) string {
	if w, ok := c.Windows[c.Keeper.Manager]; ok {
		return w.Shift(p.hours.moscow).String()
	}
	for _, m := range p.hours.managers {
		if w, ok := c.Windows[m.ID]; ok {
			return w.Shift(p.hours.moscow).String()
		}
	}
	return ""
}

// zoneOf: the address first, then what an enricher found out. A company of
// which neither a region nor a zone is known has no time.
func zoneOf(c *company.Company) (*time.Location, bool) {
	if region := c.Get(company.FieldRegion); region != "" {
		if loc, ok := company.ZoneOf(region, c.Get(company.FieldCity)); ok {
			return loc, true
		}
	}
	if name := c.Get(company.FieldZone); name != "" {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc, true
		}
	}
	return nil, false
}

func (p *presenter) present(c *company.Company, res *score.Result, why string) pipeline.Row {
	segment := p.segment(res)
	r := pipeline.Row{
		Priority: res.Priority, Company: calllist.DisplayName(c), INN: c.INN,
		City: c.Get(company.FieldCity), Score: int64(res.Total), Segment: segment.Title, Why: why,
		OKVED:   calllist.OKVEDText(c),
		Sources: p.sources(c), Updated: p.standings.Newest(c),
		Email: calllist.BestEmail(c), Site: calllist.BestSite(c),
	}
	if region, ok := company.RegionByCode(c.Get(company.FieldRegion)); ok {
		r.Region = region.Name
	}
	if b, ok := calllist.BuyerOf(c, p.night.Config.PersonalData.NamedPeople); ok {
		r.Person, r.Post = b.Name, b.Post
	}
	if _, v, ok := c.Latest(company.FieldHeadcount); ok {
		r.Headcount = &v
	}
	if year, v, ok := c.Latest(company.FieldRevenue); ok && !doubted(c, year) {
		r.Revenue = &v
	}
	return r
}

// segment is that of a lead. A company that was called because somebody brought it
// from elsewhere may fit none.
func (p *presenter) segment(res *score.Result) config.Segment {
	if res.Segment == score.Outside {
		return config.Segment{Title: "вне сегментов"}
	}
	return p.night.Segments.Segments[res.Segment]
}

// tellHistory says on a row what came of earlier calls.
func (p *presenter) tellHistory(r *pipeline.Row, h *funnel.Progress) {
	r.Attempt, r.LastResult = h.Attempt, strings.Trim(calllist.LastText(h)+"; "+p.calls.notes[r.INN], "; ")
	switch {
	case h.Band == funnel.BandNew:
		if _, issued := p.keepers.issued[r.INN]; !issued {
			r.State = pipeline.RowNew
		}
	case !h.DueOn(p.day):
	case h.Band == funnel.BandOnboarding:
		r.State = pipeline.RowClient
	case h.Band != funnel.BandAgreed:
		r.State = pipeline.RowAgain
	case h.Overdue(p.day):
		r.State = pipeline.RowOverdue
	default:
		r.State = pipeline.RowPromised
	}
}

// turnOf is why and when a company is called again on a day.
func turnOf(h *funnel.Progress, day company.Date) calllist.Turn {
	if h.Band == funnel.BandNew || !h.DueOn(day) {
		return calllist.Turn{}
	}
	t := calllist.Turn{Band: h.Band, Due: h.Due, Half: h.Half}
	if h.Due == day {
		t.At = h.At // an hour that has passed on an earlier day says nothing of this one
	}
	return t
}

// doubted tells whether a value is contradicted by others: explain says by
// what, a list does not show it.
func doubted(c *company.Company, v company.Value) bool {
	return slices.ContainsFunc(c.Doubts(), func(d company.Doubt) bool { return d.Field == v.Field && d.Key == v.Key })
}

func (p *presenter) sources(c *company.Company) string {
	var out []string
	for _, name := range c.Sources() {
		title := p.titles[name]
		if title == "" {
			title = name
		}
		out = append(out, title)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// rows presents many, numbered from 1.
func (p *presenter) rows(ctx context.Context, results []score.Result) ([]pipeline.Row, error) {
	out := make([]pipeline.Row, 0, len(results))
	for i := range results {
		c, err := p.candidate(ctx, &results[i])
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", results[i].INN(), err)
		}
		c.Row.Number = i + 1
		out = append(out, c.Row)
	}
	return out, nil
}
