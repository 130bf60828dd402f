package night

import (
	"context"
	"fmt"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
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
	done, err := resolve.Run(ctx, listed{v}, evidence.New(n.Config.Resolve), resolve.Options{
		ReviewAtMost: n.Config.Resolve.ReviewAtMost,
		// A listing that looks like a segment's is worth a person's time first.
		Interest: func(o *company.Observation) int {
			if matcher.Listing(o) {
				return 1
			}
			return 0
		},
		InterestBasis: n.Segments.MatchTag() + " " + n.Version,
		Basis:         fmt.Sprintf("%q named people: %v, %s", v.names(), v.persons, n.Version),
		Annex:         func(source string) bool { return v.standings[source].Annex },
	})
	if err != nil {
		return err
	}
	r.Resolve = ResolveReport{
		Listings: done.Listings, Joined: done.Joined, Manual: done.Manual,
		ByEvidence: done.ByEvidence, Unresolved: map[string]int64{},
		Compared: r.Resolve.Compared + done.Compared, Weighed: r.Resolve.Weighed + done.Weighed,
	}
	r.review, r.ReviewTotal = done.Review, int(done.Decidable)
	for reason, count := range done.Reasons {
		r.Resolve.Unresolved[string(reason)] = count
	}
	return nil
}

// listed is the view for resolving: single listings, too, are shown only as
// far as they are in force.
type listed struct{ *view }

// Get is that of the store, as far as it is in force.
func (l listed) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	if !l.force[id.Source] {
		return company.Observation{}, store.ErrNotFound
	}
	o, err := l.view.Get(ctx, id)
	if err != nil {
		return o, err
	}
	return l.allowed(o), nil
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
			SourceTitle: titles[row.ID.Source], Source: row.ID.Source, Key: row.ID.Key, Why: row.Why,
		}
		var lines []string
		for i := range row.Candidates {
			lines = append(lines, candidateLine(&row.Candidates[i]))
		}
		line.Candidates = strings.Join(lines, "\n")
		if len(row.Candidates) == 1 { // of several a person names the one he means
			line.CandidateINN = row.Candidates[0].INN
		}
		out = append(out, line)
	}
	return out
}

// candidateLine tells of a company how likely it is and what speaks for and
// against it.
func candidateLine(c *resolve.Candidate) string {
	name := c.Name
	if c.City != "" {
		name += " (" + c.City + ")"
	}
	parts := []string{name + ", ИНН " + string(c.INN) + ", " + resolve.Percent(c.Probability)}
	for _, side := range []struct {
		title  string
		pieces []store.Evidence
	}{{"за: ", resolve.For(c.Evidence)}, {"против: ", resolve.Against(c.Evidence)}} {
		var said []string
		for _, e := range side.pieces[:min(len(side.pieces), piecesShown)] {
			said = append(said, resolve.Said(e))
		}
		if len(said) > 0 {
			parts = append(parts, side.title+strings.Join(said, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

// piecesShown is how many reasons of each side stand in a cell.
const piecesShown = 4

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
