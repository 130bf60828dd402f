package night

import (
	"context"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// resolve decides anew whose every listing without ИНН is.
func (n *Night) resolve(ctx context.Context, v *view, r *Report) error {
	n.progress(Event{Stage: StageResolve})
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	// A listing that looks like a segment's is worth a person's time first.
	interest := func(o *company.Observation) int {
		if matcher.Listing(o) {
			return 1
		}
		return 0
	}
	done, err := resolve.Run(ctx, v, resolve.NewExact(n.Config.Resolve), n.Config.Resolve.ReviewAtMost, interest)
	if err != nil {
		return err
	}
	r.Resolve = ResolveReport{Listings: done.Listings, Joined: done.Joined, Manual: done.Manual, ByEvidence: map[string]int64{}, Unresolved: map[string]int64{}}
	r.review, r.ReviewTotal = done.Review, int(done.Listings-done.Joined)
	for reason, count := range done.Reasons {
		r.Resolve.Unresolved[string(reason)] = count
	}
	return n.countEvidence(ctx, r)
}

func (n *Night) countEvidence(ctx context.Context, r *Report) error {
	for after := (store.ObservationID{}); ; {
		page, err := n.Store.Joins(ctx, after, pageSize)
		if err != nil {
			return err
		}
		for _, j := range page {
			for _, e := range j.Evidence {
				r.Resolve.ByEvidence[e.Kind]++
			}
		}
		if len(page) < pageSize {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// reviewRows lays out «На проверку».
func (n *Night) reviewRows(r *Report) []pipeline.Review {
	titles := n.titles()
	out := make([]pipeline.Review, 0, len(r.review))
	for _, row := range r.review {
		o := &row.Observation
		line := pipeline.Review{
			Name: listingName(o), City: o.First(company.FieldCity), Address: address(o),
			Phone: readable(company.FieldPhone, o.First(company.FieldPhone)), Site: o.First(company.FieldSite),
			Source: titles[row.ID.Source], Key: row.ID.Key, Why: row.Why,
		}
		var names []string
		for _, c := range row.Candidates {
			names = append(names, c.Name+", ИНН "+string(c.INN))
		}
		line.Candidates = strings.Join(names, "; ")
		if len(row.Candidates) == 1 { // of several a person names the one he means
			line.CandidateINN = row.Candidates[0].INN
		}
		out = append(out, line)
	}
	return out
}

func address(o *company.Observation) string {
	if a := o.First(company.FieldAddress); a != "" {
		return a
	}
	return o.First(company.FieldBranch)
}

// listingName is what a listing calls the firm.
func listingName(o *company.Observation) string {
	for _, f := range []company.Field{company.FieldNameBrand, company.FieldNameShort, company.FieldNameFull} {
		if name := o.First(f); name != "" {
			return name
		}
	}
	return ""
}
