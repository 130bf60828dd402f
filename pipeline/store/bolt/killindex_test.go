package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// childVisits is how many visits a child claims a day.
const childVisits = 30

// indexAll makes the index anew, every day of other owners.
func indexAll(ctx context.Context, s *bolt.Store, day company.Date) error {
	state, err := s.IndexState(ctx)
	if err != nil || state.Tag == day.String() {
		return err
	}
	return s.ReplaceIndex(ctx, day.String(), state.Mark, told(func(yield func(store.Entry, error) bool) {
		for n := range childFirms + 200 {
			if (n+int(day))%6 != 0 && !yield(indexed(n, int(day)), nil) {
				return
			}
		}
	}))
}

// indexAgain touches every third owner and patches those that are stale.
func indexAgain(ctx context.Context, s *bolt.Store, day company.Date) error {
	var owners []store.Owner
	patches := map[store.Owner]store.Entry{}
	for n := 0; n < childFirms+200; n += 3 {
		e := indexed(n, int(day)+1)
		owners = append(owners, e.Owner)
		if n%2 == 0 {
			e.Tokens = e.Tokens[1:]
		}
		patches[e.Owner] = e
	}
	if err := s.Touch(ctx, owners); err != nil {
		return err
	}
	state, err := s.IndexState(ctx)
	if err != nil {
		return err
	}
	if state.All || state.Tag != day.String() {
		return fmt.Errorf("the index of %v is not whole: %+v", day, state)
	}
	stale, err := s.StaleOwners(ctx, store.Owner{}, 10_000)
	if err != nil {
		return err
	}
	err = s.PatchIndex(ctx, told(each(len(stale), func(i int) store.Entry { return patches[stale[i]] })))
	if err != nil {
		return err
	}
	return s.Settle(ctx, state.Mark)
}

// visitAll claims visits, writes down each that it makes, and commits what came
// of it.
func visitAll(ctx context.Context, s *bolt.Store, day company.Date) error {
	_, todo, err := begin(ctx, s, "website", day)
	if err != nil || !todo {
		return err
	}
	for from := 0; from < childVisits; from += 10 {
		c := store.Claim{Source: "website", Day: day, Again: day.Time()}
		for n := range 10 {
			c.IDs = append(c.IDs, visitID(from+n))
		}
		claimed, err := s.Claim(ctx, c)
		if err != nil {
			return err
		}
		for _, v := range claimed {
			if err := visitOne(ctx, s, day, v.ID); err != nil {
				return err
			}
			progress()
		}
	}
	return s.EndPull(ctx, "website", store.PullEnd{Complete: true})
}

func visitID(n int) string { return fmt.Sprintf("%03d", n) }

func visitOne(ctx context.Context, s *bolt.Store, day company.Date, id string) error {
	log, err := os.OpenFile(visitLog(childDir()), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(log, "%v %s\n", day, id)
	if err := errors.Join(err, log.Close()); err != nil {
		return err
	}
	_, err = s.Commit(ctx, store.Commit{
		Source: "website", Day: day, Batch: pipeline.Batch{Counts: pipeline.Counts{Taken: 1}},
		Visits: []store.Visit{{ID: id, Again: day.Time(), Memory: []byte(day.String())}},
	})
	return err
}

func visitLog(dir string) string { return filepath.Join(dir, "visits.log") }

// checkVisits checks what killed children left: none was made twice, all were
// spent, and each answer stands with what was counted of it.
func checkVisits(t *testing.T, s *bolt.Store, dir string) {
	t.Helper()
	log, err := os.ReadFile(visitLog(dir))
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]int{}
	for line := range strings.Lines(string(log)) {
		if made[line]++; made[line] > 1 {
			t.Errorf("visited twice: %s", line)
		}
	}
	last := firstDay + childDays - 1
	for day := firstDay; day <= last; day++ {
		if n, err := s.Claimed(t.Context(), "website", day); err != nil || n != childVisits {
			t.Errorf("%v: %d claimed, %v, want %d", day, n, err, childVisits)
		}
	}
	answered := 0
	for n := range childVisits {
		v, err := s.Visit(t.Context(), "website", visitID(n))
		if err != nil || v.Day != last {
			t.Errorf("visit %+v, %v", v, err)
		}
		if bytes.Equal(v.Memory, []byte(last.String())) {
			answered++
		}
	}
	if p, err := s.Pull(t.Context(), "website"); err != nil || p.Counts.Taken != int64(answered) {
		t.Errorf("%d answers are counted, %d stand, %v", p.Counts.Taken, answered, err)
	}
}
