package night

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// toldTrust stands above every source: a manager has talked to the company.
const toldTrust = 101

// titleTold is what people call the managers as a source.
const titleTold = "Менеджер"

// tell makes what managers wrote of numbers and people into observations, so that
// they take part in everything like what any source says. They are made of the
// results each time: those are kept in the state, which outlives the registry.
func (n *Night) tell(ctx context.Context, day company.Date) error {
	_, err := n.Store.Replace(ctx, store.Replacement{
		Source: config.ManagerSource, Day: day, Silent: true,
		Release: pipeline.Release{ID: "results", Date: day, Whole: true},
	}, n.told(ctx))
	if err != nil {
		return fmt.Errorf("take over what managers wrote: %w", err)
	}
	return nil
}

func (n *Night) told(ctx context.Context) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		for results, err := range store.Histories(ctx, n.Store) {
			if err != nil {
				yield(record.Packed{}, err)
				return
			}
			if !slices.ContainsFunc(results, edits) {
				continue
			}
			stand, _ := funnel.Standing(results)
			o := toldOf(stand)
			if o == nil {
				continue
			}
			if !yield(record.Pack(nil, o), nil) {
				return
			}
		}
	}
}

// edits tells whether a result says anything of the company itself.
func edits(r store.Result) bool {
	return len(r.Phones) > 0 || r.Person != "" || r.Post != "" || r.Email != ""
}

// toldOf is what managers say of one company; nil = nothing. Of whom to ask for
// the newest word counts.
func toldOf(stand []store.Result) *company.Observation {
	o := &company.Observation{Source: config.ManagerSource}
	buyer := store.Result{}
	for _, r := range stand {
		if !edits(r) {
			continue
		}
		o.INN, o.Key, o.Date = r.INN, string(r.INN), max(o.Date, r.Day)
		for _, phone := range r.Phones {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: phone, Date: r.Day})
		}
		if r.Email != "" {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldEmail, Value: r.Email, Date: r.Day})
		}
		buyer.Day = max(buyer.Day, r.Day)
		buyer.Person, buyer.Post = cmp.Or(r.Person, buyer.Person), cmp.Or(r.Post, buyer.Post)
	}
	if buyer.Person != "" || buyer.Post != "" {
		add := func(f company.Field, value string) {
			if value != "" {
				o.Facts = append(o.Facts, company.Fact{Field: f, Key: config.ManagerSource, Value: value, Date: buyer.Day})
			}
		}
		add(company.FieldContactDuty, string(company.DutySupply)) // whoever the manager names decides
		add(company.FieldContactName, buyer.Person)
		add(company.FieldContactPost, buyer.Post)
	}
	if len(o.Facts) == 0 {
		return nil
	}
	o.Sort()
	return o
}
