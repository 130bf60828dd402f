package night

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// presenter turns results into rows that people read.
type presenter struct {
	*view

	night  *Night
	day    company.Date
	scorer *score.Scorer
	hours  *callingHours
	titles map[string]string // section name → Russian title of the source
	owners map[company.INN]string
}

func (n *Night) newPresenter(ctx context.Context, v *view, day company.Date, s *score.Scorer) (*presenter, error) {
	p := &presenter{view: v, night: n, day: day, scorer: s, titles: n.titles()}
	var err error
	if p.hours, err = n.callingHours(day); err != nil {
		return nil, err
	}
	p.owners, err = n.Store.Owners(ctx)
	return p, err
}

func (n *Night) titles() map[string]string {
	out := map[string]string{}
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
	firm := p.company(d)
	row := p.row(p.scorer.Matcher(), &firm)
	why := p.scorer.Explain(&row, &firm)
	c = calllist.Candidate{Score: int64(res.Total), Known: int64(res.Known), Owner: p.owners[d.INN]}
	c.Row = p.present(&firm, res, score.Why(why))
	contacts := score.ContactsOf(&firm)
	c.Emails, c.Domains = contacts.Emails, contacts.Domains
	phones := calllist.DialOrder(&firm)
	for i, phone := range phones {
		c.Phones = append(c.Phones, phone.E164)
		if i == 0 {
			c.Row.Phone, c.Row.PhoneLink = phone.Pretty(), phone.E164
		}
	}
	c.Row.OtherPhones = calllist.PhoneList(phones)
	if local, ok := zoneOf(&firm); ok {
		c.Windows = p.hours.windows(local)
		c.Row.LocalTime = calllist.ZoneLabel(p.day, local)
		c.Row.CallWindow = p.anyWindow(c)
	}
	return c, nil
}

// anyWindow is what a base sheet shows: the window of the company's manager,
// else of the first who has one.
func (p *presenter) anyWindow(c calllist.Candidate) string {
	if w, ok := c.Windows[c.Owner]; ok {
		return w.String()
	}
	for _, m := range p.hours.managers {
		if w, ok := c.Windows[m.ID]; ok {
			return w.String()
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
	segment := p.night.Segments.Segments[res.Segment]
	r := pipeline.Row{
		Priority: res.Priority, Company: calllist.DisplayName(c), INN: c.INN,
		City: c.Get(company.FieldCity), Hook: calllist.HookText(segment),
		Score: int64(res.Total), Segment: segment.Title, Why: why,
		OKVED: calllist.OKVEDText(c), Attempt: 1,
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
	if p.owners[c.INN] == "" {
		r.State = pipeline.RowNew
	}
	return r
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
