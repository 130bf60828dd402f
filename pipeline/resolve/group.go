package resolve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// group is listings that hang together, on their way to outcomes.
type group struct {
	run     *run
	members []*member // by rising id
	carried map[uint64]carried
	tied    map[uint64][]*member // by tokens that tie
	joined  map[company.INN][]*member
	grown   map[company.INN]*evidence.Party
	err     error // of looking up tokens while weighing
}

// member is a listing of a group.
type member struct {
	id     store.ObservationID
	party  *evidence.Party
	near   evidence.Near[company.INN]
	finds  []company.INN // candidates by rising ИНН, without those that people denied
	denied []company.INN // candidates that people denied
	join   *outcome      // nil = not joined so far
	last   judgement
	// watches are tokens that the listing has not and whose carriers were counted
	// for it in any round.
	watches map[uint64]bool
}

// matchGroup decides on listings that hang together and makes their entries.
func (r *run) matchGroup(ctx context.Context, ids []store.ObservationID) ([]store.Entry, error) {
	g := &group{run: r, tied: map[uint64][]*member{}, joined: map[company.INN][]*member{}, grown: map[company.INN]*evidence.Party{}}
	if err := g.load(ctx, ids); err != nil {
		return nil, err
	}
	if err := g.find(ctx); err != nil {
		return nil, err
	}
	if err := g.rounds(ctx); err != nil {
		return nil, err
	}
	r.compared.Add(int64(len(g.members)))
	out := make([]store.Entry, len(g.members))
	for i, m := range g.members {
		become := m.join
		if become == nil {
			var err error
			if become, err = g.explain(ctx, m); err != nil {
				return nil, err
			}
		}
		var err error
		if out[i], err = written(store.Owner{ID: m.id}, m.party, m.party.Digest(), m.watches, become); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// load reads what the listings say. One that is gone since it was indexed is
// left for the next run.
func (g *group) load(ctx context.Context, ids []store.ObservationID) error {
	for _, id := range ids {
		o, err := g.run.store.Get(ctx, id)
		if errors.Is(err, store.ErrNotFound) || err == nil && o.INN != "" {
			continue
		}
		if err != nil {
			return fmt.Errorf("read %s %s: %w", id.Source, id.Key, err)
		}
		p := g.run.model.Listing(&o)
		g.members = append(g.members, &member{id: id, party: p, watches: map[uint64]bool{}})
	}
	return nil
}

// find asks the index for candidates.
func (g *group) find(ctx context.Context) error {
	var tokens []uint64
	for _, m := range g.members {
		for _, t := range m.party.Tokens() {
			tokens = append(tokens, t.Hash)
		}
	}
	slices.Sort(tokens)
	tokens = slices.Compact(tokens)
	g.carried = make(map[uint64]carried, len(tokens))
	for some := range slices.Chunk(tokens, tokensAtOnce) {
		if err := g.run.carriersInto(ctx, some, g.carried); err != nil {
			return err
		}
	}
	for _, m := range g.members {
		for _, t := range m.party.Tokens() {
			if t.Links && !g.carried[t.Hash].common {
				g.tied[t.Hash] = append(g.tied[t.Hash], m)
			}
		}
		g.candidates(m)
	}
	return nil
}

// candidates picks the companies that a listing is weighed against from those
// that share a token with it. What people denied is apart, and takes nobody's
// place.
func (g *group) candidates(m *member) {
	own := m.party.Tokens()
	found := make([][]company.INN, 0, len(own))
	for _, t := range own {
		if firms := g.carried[t.Hash].firms; len(firms) > 0 {
			found = append(found, firms)
		}
	}
	if g.run.decidedUpon(m.id) {
		no := func(inn company.INN) bool { return g.run.denied(m.id, inn) }
		for i, firms := range found {
			for _, inn := range firms {
				if no(inn) {
					m.denied = append(m.denied, inn)
				}
			}
			found[i] = slices.DeleteFunc(slices.Clone(firms), no)
		}
		slices.Sort(m.denied)
		m.denied = slices.Compact(m.denied)
	}
	m.near = evidence.Nearest(found)
	m.finds = slices.Clone(m.near.Firms)
}

// propose makes a company a candidate; false if it is one already or people
// denied it.
func (g *group) propose(m *member, inn company.INN) bool {
	list := &m.finds
	if g.run.denied(m.id, inn) {
		list = &m.denied
	}
	at, there := slices.BinarySearch(*list, inn)
	if !there {
		*list = slices.Insert(*list, at, inn)
	}
	return !there && list == &m.finds
}

// counter counts for a listing, and notes what it counted that the listing has
// not: a change there concerns it all the same.
func (g *group) counter(ctx context.Context, m *member) func(hash uint64) evidence.Count {
	return func(hash uint64) evidence.Count {
		c, ok := g.carried[hash]
		if !ok && g.err == nil {
			if err := g.run.carriersInto(ctx, []uint64{hash}, g.carried); err != nil {
				g.err = err
			}
			c = g.carried[hash]
		}
		if _, own := slices.BinarySearchFunc(m.party.Tokens(), hash, compareToken); !own {
			m.watches[hash] = true
		}
		return c.count
	}
}

func compareToken(t evidence.Token, hash uint64) int { return cmp.Compare(t.Hash, hash) }

// rounds joins until nothing is left to join. All that is decided in a round
// rests on what was joined before it.
func (g *group) rounds(ctx context.Context) error {
	var joined, open []*member
	for _, m := range g.members {
		inn, ok := g.run.confirmed(m.id)
		if !ok {
			open = append(open, m)
			continue
		}
		if err := g.confirm(ctx, m, inn); err != nil {
			return err
		}
		joined = append(joined, m)
	}
	g.lend(joined)
	for len(open) > 0 {
		joined = joined[:0]
		for _, m := range open {
			inn, err := g.judge(ctx, m)
			if err != nil {
				return err
			}
			if inn != "" {
				joined = append(joined, m)
			}
		}
		for _, m := range joined {
			m.join = m.last.join()
		}
		open = g.lend(joined)
	}
	return nil
}

// confirm joins what a person said belongs together, with the evidence there
// is.
func (g *group) confirm(ctx context.Context, m *member, inn company.INN) error {
	m.join = &outcome{INN: string(inn), Manual: true}
	f, err := g.run.firm(ctx, inn)
	if err != nil {
		return err
	}
	if f.known {
		g.run.weighed.Add(1)
		m.join.Evidence = piecesOf(g.run.model.Weigh(m.party, f.party, g.counter(ctx, m)).Evidence)
	}
	return g.err
}

// lend lets firms grow by the listings that were joined to them, and proposes
// them to those that are tied to these. It returns those for which that may
// change something.
func (g *group) lend(joined []*member) []*member {
	touched := map[*member]bool{}
	grew := map[company.INN]bool{}
	for _, m := range joined {
		inn := company.INN(m.join.INN)
		grew[inn] = true
		g.joined[inn] = append(g.joined[inn], m)
		delete(g.grown, inn)
		for _, t := range m.party.Tokens() {
			for _, other := range g.tied[t.Hash] {
				if other.join == nil {
					touched[other] = g.propose(other, inn) || touched[other]
				}
			}
		}
	}
	var open []*member
	for _, m := range g.members {
		if m.join == nil && (touched[m] || slices.ContainsFunc(m.finds, func(inn company.INN) bool { return grew[inn] })) {
			open = append(open, m)
		}
	}
	return open
}

// firm is a company as it has grown by now.
func (g *group) firm(ctx context.Context, inn company.INN) (*firm, *evidence.Party, error) {
	f, err := g.run.firm(ctx, inn)
	if err != nil {
		return nil, nil, err
	}
	if len(g.joined[inn]) == 0 {
		return f, f.party, nil
	}
	p := g.grown[inn]
	if p == nil {
		all := slices.Clone(g.joined[inn])
		slices.SortFunc(all, func(a, b *member) int { return a.id.Compare(b.id) })
		parties := make([]*evidence.Party, len(all))
		for i, m := range all {
			parties[i] = m.party
		}
		p = g.run.model.Grown(f.party, parties...)
		g.grown[inn] = p
	}
	return f, p, nil
}
