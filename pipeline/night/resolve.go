package night

import (
	"context"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/score"
)

// resolve decides whose every listing without ИНН is. What was decided stands
// while nothing has changed on which it rests.
func (n *Night) resolve(ctx context.Context, v *view, r *Report) error {
	began := n.Clock()
	defer func() { r.took(StageResolve, "", began, n.Clock()) }()
	n.progress(Event{Stage: StageResolve})
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	done, err := resolve.Run(ctx, v, resolve.NewExact(n.Config.Resolve), resolve.Options{
		ReviewAtMost: n.Config.Resolve.ReviewAtMost,
		// A listing that looks like a segment's is worth a person's time first.
		Interest: func(o *company.Observation) int {
			if matcher.Listing(o) {
				return 1
			}
			return 0
		},
		Basis: strings.Join(append(v.names(), n.Segments.MatchTag(), n.Version), " "),
	})
	if err != nil {
		return err
	}
	r.Resolve = ResolveReport{
		Listings: done.Listings, Joined: done.Joined, Manual: done.Manual,
		ByEvidence: done.ByEvidence, Unresolved: map[string]int64{},
	}
	r.review, r.ReviewTotal = done.Review, int(done.Listings-done.Joined)
	for reason, count := range done.Reasons {
		r.Resolve.Unresolved[string(reason)] = count
	}
	return nil
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
