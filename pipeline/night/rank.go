package night

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// ranking is what the scoring of all companies gives: the best of each kind
// and the figures over all.
type ranking struct {
	scorer     *score.Scorer
	stops      *calllist.StopSet
	base       [3][]score.Result // the best of each priority, callable or not
	callable   [3][]score.Result // the best never called that could be dialled in common hours
	random     []score.Result    // some of those of open priorities, whatever their score
	tenders    []score.Result    // with a live tender, the most urgent first: never called, or left alone since they refused before it
	below      int64             // never called and callable, of open priorities
	calls      *calls
	totalsBy   scale          // how many leads have how many points
	targets    []score.Result // by potential
	fresh      []score.Result
	freshness  *freshness
	freshLeads int
	unplaced   []unplaced    // dialable leads without a region
	leads      []LeadsReport // by segment, in the order of the file
	reach      ReachReport
	bands      [10][3]int64 // of 10 points, by priority
	totals     [3]int64     // leads by priority
}

// unplaced is a lead of which nobody tells the region.
type unplaced struct {
	result score.Result
	tender company.Date
}

// tops gathers the best while all rows pass by once.
type tops struct {
	base, callable [3]*score.Top
	fresh          *score.Top
	targets        targetTop
	random         drawing
	tenders        tenderTop
}

func (n *Night) rank(ctx context.Context, v *view, r *Report) (*ranking, error) {
	began, day, out := n.Clock(), r.Day, &ranking{}
	defer func() { r.took(StageScore, "", began, n.Clock()) }()
	sc, err := n.scoring(ctx, v, day)
	if err != nil {
		return nil, err
	}
	out.stops, out.scorer = sc.stops, sc.scorer
	if out.calls, err = n.calls(ctx, day); err != nil {
		return nil, err
	}
	if out.freshness, err = n.freshness(ctx, v, day); err != nil {
		return nil, fmt.Errorf("read what is new: %w", err)
	}
	hours, err := n.callingHours(day)
	if err != nil {
		return nil, err
	}
	windows := hours.regions()
	out.leads = n.emptyLeads()
	clear(r.Vetoed)
	r.OutsideAny, r.Companies = 0, 0
	t := n.newTops(day)
	if err := n.eachRow(ctx, func(row *score.Row) error {
		r.Companies++
		if res := out.scorer.Score(row); out.count(&res, r) {
			out.reach.add(row)
			n.place(&t, row, &res, out, windows, r)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := n.placeByZone(ctx, v, &t, out, hours, r); err != nil {
		return nil, fmt.Errorf("look for zones: %w", err)
	}
	for i := range 3 {
		out.base[i], out.callable[i] = t.base[i].Results(), t.callable[i].Results()
	}
	out.calls.sort()
	out.fresh, out.targets = t.fresh.Results(), t.targets.results()
	out.random, out.tenders = t.random.results(), t.tenders.results()
	r.Leads, r.Fresh, r.Reach = out.leads, out.freshLeads, out.reach
	return out, nil
}

// count notes a result in the figures; false for one that is no lead.
func (k *ranking) count(res *score.Result, r *Report) bool {
	switch {
	case res.Veto.Code != "":
		r.Vetoed[res.Veto.Code]++
		return false
	case res.Segment == score.Outside:
		r.OutsideAny++
		return false
	}
	k.totals[res.Priority-1]++
	k.leads[res.Segment].Leads++
	k.totalsBy.add(res.Total)
	band := min(int(res.Total/(10*score.Point)), 9)
	k.bands[band][res.Priority-1]++
	return true
}

// place offers a lead to each of the tops.
func (n *Night) place(t *tops, row *score.Row, res *score.Result, out *ranking, w *regionWindows, r *Report) {
	i := res.Priority - 1
	t.base[i].Add(res)
	reason, called := out.calls.reasons[row.INN()]
	if calllist.Target(row) && courted(reason) && reason != calllist.SkipResting {
		t.targets.add(calllist.Potential(n.Segments.Ladders, row), res)
	}
	if out.freshness.has(row) {
		out.freshLeads++
		t.fresh.Add(res)
	}
	switch {
	case called && reason == "":
		out.calls.scored(row.INN(), res.Total)
		out.leads[res.Segment].Dialable++ // the list says what becomes of it
	case called && out.calls.woken(row) && row.Reach&score.ReachPhone != 0 && row.Region != 0 && w.any(row.Region):
		out.leads[res.Segment].Dialable++
		t.tenders.add(row.Tender, res)
	case called:
		r.Skipped[reason]++
	case row.Reach&score.ReachPhone == 0:
		r.Skipped[calllist.SkipNoPhone]++
	case row.Region == 0:
		out.unplaced = append(out.unplaced, unplaced{*res, row.Tender}) // an enricher may still know the zone
	case !w.any(row.Region):
		r.Skipped[calllist.SkipNoWindow]++
	default:
		t.callableLead(out, res, row.Tender)
	}
}

// callableLead takes in a lead that nobody has called and somebody could.
func (t *tops) callableLead(out *ranking, res *score.Result, tender company.Date) {
	i := res.Priority - 1
	out.leads[res.Segment].Dialable++
	t.callable[i].Add(res)
	t.tenders.add(tender, res)
	if t.random.open[i] > 0 {
		out.below++
		t.random.add(res)
	}
}

func (n *Night) newTops(day company.Date) tops {
	places := 0
	for _, m := range n.working(day) {
		places += m.Dials
	}
	t := tops{fresh: score.NewTop(n.Config.CallList.FreshRows), targets: newTargetTop(n.Config.CallList.Targets)}
	t.random = newDrawing(day, n.mix(day), 2*places+100)
	t.tenders = newTenderTop(day, 2*places+100)
	for i := range 3 {
		t.base[i] = score.NewTop(n.Config.CallList.BaseRows)
		// Some will fall out: a phone that a better one has, an odd town's zone.
		t.callable[i] = score.NewTop(4*places + pageSize)
	}
	return t
}

func (n *Night) emptyLeads() []LeadsReport {
	out := make([]LeadsReport, len(n.Segments.Segments))
	for i, s := range n.Segments.Segments {
		out[i] = LeadsReport{Segment: s.ID, Title: s.Title, Priority: s.Priority}
	}
	return out
}

// rowPage is how many rows are read at a time.
const rowPage = 10 * pageSize

// eachRow calls do for every row, which is valid during the call. The next page
// is read meanwhile.
func (n *Night) eachRow(ctx context.Context, do func(*score.Row) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var reading errgroup.Group
	pages := make(chan []store.ScoreRow, 1)
	reading.Go(func() error {
		defer close(pages)
		return n.readRows(ctx, pages)
	})
	err := n.takeRows(pages, do)
	cancel()
	if failed := reading.Wait(); err == nil {
		err = failed
	}
	return err
}

func (n *Night) takeRows(pages <-chan []store.ScoreRow, do func(*score.Row) error) error {
	var row score.Row
	done := int64(0)
	for page := range pages {
		for i := range page {
			if err := row.UnmarshalBinary(page[i].Data); err != nil {
				return fmt.Errorf("row of %s: %w", page[i].INN, err)
			}
			if err := do(&row); err != nil {
				return err
			}
		}
		done += int64(len(page))
		n.progress(Event{Stage: StageScore, Done: done})
	}
	return nil
}

func (n *Night) readRows(ctx context.Context, to chan<- []store.ScoreRow) error {
	for after := company.INN(""); ; {
		page, err := n.Store.Rows(ctx, after, rowPage)
		if err != nil || len(page) == 0 {
			return err
		}
		select {
		case to <- page:
		case <-ctx.Done():
			return ctx.Err()
		}
		if len(page) < rowPage {
			return nil
		}
		after = page[len(page)-1].INN
	}
}

// placeByZone looks closer at the few dialable leads whose region nobody
// tells: a phone's code may tell the zone though it serves several regions.
func (n *Night) placeByZone(ctx context.Context, v *view, t *tops, out *ranking, h *callingHours, r *Report) error {
	for i := range out.unplaced {
		res := &out.unplaced[i].result
		d, err := v.Dossier(ctx, res.INN())
		if err != nil {
			return err
		}
		c := v.company(d)
		local, ok := zoneOf(&c)
		switch {
		case !ok:
			r.Skipped[calllist.SkipNoZone]++
		case len(h.windows(local)) == 0:
			r.Skipped[calllist.SkipNoWindow]++
		default:
			t.callableLead(out, res, out.unplaced[i].tender)
		}
	}
	return nil
}
