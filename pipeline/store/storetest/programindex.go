package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/store"
)

// Most of what programs write of owners, tokens and visits.
const (
	programOwners = 6
	programTokens = 5
	programVisits = 4
)

// owners are distinct and rise.
func (p *machine) owners() []store.Owner {
	var out []store.Owner
	for range p.below(7) {
		if p.below(2) == 0 {
			out = append(out, store.Owner{INN: INN(p.below(programOwners))})
		} else {
			out = append(out, store.Owner{ID: store.ObservationID{Source: p.source(), Key: p.key()}})
		}
	}
	slices.SortFunc(out, store.Owner.Compare)
	return slices.Compact(out)
}

// entries have few tokens; some are empty.
func (p *machine) entries() []store.Entry {
	var out []store.Entry
	for _, o := range p.owners() {
		e := store.Entry{Owner: o}
		for token := range programTokens {
			if p.below(3) == 0 {
				e.Tokens = append(e.Tokens, uint64(token)<<(15*token))
			}
		}
		if n := p.below(3); n > 0 {
			e.Note = []byte{byte(n)}
		}
		out = append(out, e)
	}
	return out
}

func (p *machine) replaceIndex() error {
	tag, seq := strconv.Itoa(p.below(3)), each(p.entries()...)
	if p.below(5) == 0 {
		seq = failing(errKilled, p.entries()...)
	}
	return p.s.ReplaceIndex(p.ctx, tag, p.settled, seq)
}

func (p *machine) patchIndex() error {
	seq := each(p.entries()...)
	if p.below(4) == 0 {
		seq = failing(errKilled, p.entries()...)
	}
	return p.s.PatchIndex(p.ctx, seq)
}

func (p *machine) settle() error { return p.s.Settle(p.ctx, p.settled) }

func (p *machine) visitID() string { return strconv.Itoa(p.below(programVisits)) }

func (p *machine) again() time.Time { return noon.Add(time.Duration(p.below(3)) * time.Second) }

func (p *machine) visits() []store.Visit {
	var out []store.Visit
	for range p.below(3) {
		out = append(out, store.Visit{ID: p.visitID(), Day: p.day(), Again: p.again(), Memory: []byte(p.visitID())[:p.below(2)]})
	}
	return out
}

func (p *machine) claim() error {
	c := store.Claim{Source: p.source(), Day: p.day(), Again: p.again()}
	for range p.below(4) {
		c.IDs = append(c.IDs, p.visitID())
	}
	before, err := p.s.Claim(p.ctx, c)
	if n := len(before); err == nil && n > 0 {
		_, err = p.s.Release(p.ctx, c.Source, p.day(), before[p.below(n+1):]) // of another day, too
	}
	return err
}

// Rest writes out what a program may have written and Dump cannot list.
func Rest(ctx context.Context, s store.Store) (string, error) {
	var out strings.Builder
	state, err := s.IndexState(ctx)
	if err != nil {
		return "", err
	}
	if state.Tag != "" {
		var owners []store.Owner
		for n := range programOwners {
			owners = append(owners, store.Owner{INN: INN(n)})
		}
		entries, err := s.Entries(ctx, owners)
		if err != nil {
			return "", err
		}
		carriers, err := s.Carriers(ctx, []uint64{0, 1 << 15, 2 << 30, 3 << 45, 4 << 60, 1}, 3)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "%+v\n%+v\n", entries, carriers)
	}
	for _, source := range []string{"a", "ab", "b"} {
		for day := monday; day < monday+3; day++ {
			n, err := s.Claimed(ctx, source, day)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&out, "claimed %s %v %d\n", source, day, n)
		}
		if err := visitsOf(ctx, s, source, &out); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

func visitsOf(ctx context.Context, s store.Store, source string, out *strings.Builder) error {
	for n := range programVisits {
		v, err := s.Visit(ctx, source, strconv.Itoa(n))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "visit %+v\n", v)
	}
	return nil
}
