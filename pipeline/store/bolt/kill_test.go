package bolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

// childEnv makes the test binary a child that works on the store in a folder.
const childEnv = "OBZVON_TEST_STORE_CHILD"

const (
	kills        = 10
	childDays    = 10
	childBatches = 8
	childFirms   = 600
)

func childDir() string { return os.Getenv(childEnv) }

// TestKill kills a child at random moments of its work, checks the files each
// time, lets the last one end, and compares with a store that nobody killed.
func TestKill(t *testing.T) {
	want := bolt.Options{Dir: t.TempDir()}
	lines := runChild(t, want.Dir, 0)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d, %d lines of progress", seed, lines)

	got := bolt.Options{Dir: t.TempDir()}
	for n := range kills {
		// A child gets at most one line further than that, so all of them
		// together do not come to the end.
		after := 1 + random.IntN(lines/(kills+2))
		runChild(t, got.Dir, after)
		check(t, got)
		if t.Failed() {
			t.Fatalf("after kill %d", n)
		}
	}
	runChild(t, got.Dir, 0)
	killed := open(t, got)
	if g, w := dump(t, killed), dump(t, open(t, want)); g != w {
		t.Errorf("killed store:\n%s\nwant\n%s", g, w)
	}
	checkVisits(t, killed, got.Dir)
}

// runChild starts a child and kills it after so many lines of its progress;
// 0 lets it end. It returns how many lines came. A child may be one line ahead
// of what was acknowledged, so the kill comes anywhere between two lines.
func runChild(t *testing.T, dir string, killAfter int) (lines int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	ack, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := ack.Write([]byte{'+'}); err != nil { // so that it may be one line ahead
		t.Fatal(err)
	}
	for progress := bufio.NewScanner(out); progress.Scan(); {
		if lines++; lines != killAfter {
			// Where the child has ended meanwhile nobody reads this.
			_, _ = ack.Write([]byte{'+'})
			continue
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Errorf("kill: %v", err)
		}
	}
	err = cmd.Wait()
	switch killed := cmd.ProcessState.ExitCode() == -1; {
	case killAfter > 0 && !killed:
		t.Fatalf("child ended before it was killed after %d lines: %v", killAfter, err)
	case killAfter == 0 && err != nil:
		t.Fatalf("child: %v", err)
	}
	return lines
}

// childMain does some nights' work, going on where the store says the last
// child was.
func childMain(dir string) {
	ctx := context.Background()
	s, err := bolt.Open(ctx, bolt.Options{Dir: dir, Command: "child", ReplaceBatch: 50})
	if err == nil {
		for day := firstDay; err == nil && day < firstDay+childDays; day++ {
			err = night(ctx, s, day)
		}
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// progress tells of a step and waits until the one before it was heard of.
// The first must have been prepaid.
func progress() {
	fmt.Fprintln(os.Stdout, "step")
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		os.Exit(2) // the parent is gone
	}
}

// told yields values and tells of every hundredth.
func told[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		n := 0
		for v, err := range seq {
			if n++; n%100 == 0 {
				progress()
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

func night(ctx context.Context, s *bolt.Store, day company.Date) error {
	if r, err := s.Run(ctx, day); err == nil && r.Completed {
		return nil
	}
	for _, stage := range []func(context.Context, *bolt.Store, company.Date) error{
		pullListings, pullRegistry, pullAnnex, joinAll, indexAll, scoreAll, decideAndIssue, scoreAgain, indexAgain, visitAll,
	} {
		if err := stage(ctx, s, day); err != nil {
			return err
		}
		progress()
	}
	return s.PutRun(ctx, store.Run{Day: day, Completed: true})
}

// begin begins a pull unless the day's is on its way. It tells whether there
// is anything left to do.
func begin(ctx context.Context, s *bolt.Store, source string, day company.Date) (store.Pull, bool, error) {
	p, err := s.Pull(ctx, source)
	if errors.Is(err, store.ErrNotFound) || err == nil && p.Day != day {
		p = store.Pull{Source: source, Day: day}
		err = s.BeginPull(ctx, p)
	}
	return p, !p.Complete, err
}

// pullListings commits batches and goes on at the cursor.
func pullListings(ctx context.Context, s *bolt.Store, day company.Date) error {
	p, todo, err := begin(ctx, s, "2gis", day)
	if err != nil || !todo {
		return err
	}
	from := 0
	if p.Cursor != "" {
		if from, err = strconv.Atoi(p.Cursor); err != nil {
			return err
		}
	}
	for n := from; n < childBatches; n++ {
		b := pipeline.Batch{Cursor: strconv.Itoa(n + 1), Counts: pipeline.Counts{Declared: 41, Read: 41, Taken: 40, Quarantined: 1}}
		b.Rejects = []pipeline.Reject{{Unit: "export.csv", Row: int64(n), Raw: "x"}}
		for i := range 40 {
			b.Observations = append(b.Observations, listing(n*40+i, day))
		}
		if _, err := s.Commit(ctx, store.Commit{Source: "2gis", Day: day, Batch: b}); err != nil {
			return err
		}
		progress()
	}
	return s.EndPull(ctx, "2gis", store.PullEnd{Complete: true})
}

// pullRegistry replaces a release, from its beginning each time.
func pullRegistry(ctx context.Context, s *bolt.Store, day company.Date) error {
	_, todo, err := begin(ctx, s, "rsmp", day)
	if err != nil || !todo {
		return err
	}
	r := store.Replacement{Source: "rsmp", Day: day, Release: pipeline.Release{ID: day.String(), Date: day, Whole: true}}
	_, err = s.Replace(ctx, r, packed(told(func(yield func(company.Observation, error) bool) {
		for n := range childFirms {
			// Every day other firms are missing.
			if (n+int(day))%4 != 0 && !yield(registered(n, day), nil) {
				return
			}
		}
	})))
	if err != nil {
		return err
	}
	return s.EndPull(ctx, "rsmp", store.PullEnd{Complete: true})
}

// pullAnnex replaces a set of which every other firm is in the registry.
func pullAnnex(ctx context.Context, s *bolt.Store, day company.Date) error {
	_, todo, err := begin(ctx, s, "sshr", day)
	if err != nil || !todo {
		return err
	}
	r := store.Replacement{Source: "sshr", Day: day, Annex: true, Release: pipeline.Release{ID: day.String(), Date: day, Whole: true}}
	_, err = s.Replace(ctx, r, packed(told(func(yield func(company.Observation, error) bool) {
		for n := range childFirms {
			if (n+int(day))%5 != 0 && !yield(counted(2*n, day), nil) {
				return
			}
		}
	})))
	if err != nil {
		return err
	}
	return s.EndPull(ctx, "sshr", store.PullEnd{Complete: true})
}

func joinAll(ctx context.Context, s *bolt.Store, day company.Date) error {
	return s.ReplaceJoins(ctx, []byte(day.String()), told(each(200, func(i int) store.Join {
		i += int(day-firstDay) * 20
		id := store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%06d", i*10)}
		return store.Join{ID: id, INN: storetest.INN(i % 50), Evidence: []store.Evidence{{Kind: "phone", Value: strconv.Itoa(int(day))}}}
	})))
}

func scoreAll(ctx context.Context, s *bolt.Store, day company.Date) error {
	state, err := s.RowState(ctx)
	if err != nil || state.Tag == day.String() {
		return err
	}
	return s.ReplaceRows(ctx, day.String(), state.Mark, told(each(300, func(i int) store.ScoreRow {
		return store.ScoreRow{INN: storetest.INN(i + int(day-firstDay)*30), Data: []byte{byte(i), byte(day) & 1}}
	})))
}

// scoreAgain patches the rows that are stale by now; after a kill that is the
// rest of them.
func scoreAgain(ctx context.Context, s *bolt.Store, day company.Date) error {
	state, err := s.RowState(ctx)
	if err != nil {
		return err
	}
	if state.All || state.Tag != day.String() {
		return fmt.Errorf("rows of %v are not whole: %+v", day, state)
	}
	stale, err := s.StaleRows(ctx, "", childFirms)
	if err != nil {
		return err
	}
	return s.PatchRows(ctx, state.Mark, told(each(len(stale), func(i int) store.ScoreRow {
		return store.ScoreRow{INN: stale[i], Data: []byte(stale[i])[:i%2*5]}
	})))
}

func decideAndIssue(ctx context.Context, s *bolt.Store, day company.Date) error {
	for n := range 5 {
		id := store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%06d", (int(day-firstDay)*20+n)*10)}
		if err := s.Decide(ctx, store.Decision{ID: id, INN: storetest.INN(n), Same: n%2 == 0, By: "анна", At: day.Time()}); err != nil {
			return err
		}
		progress()
	}
	if _, err := s.AddStops(ctx, []store.Stop{{Kind: store.StopINN, Value: string(storetest.INN(int(day)))}}); err != nil {
		return err
	}
	if err := takeResults(ctx, s, day); err != nil {
		return err
	}
	_, err := s.Issue(ctx, store.Issue{Day: day, Data: []byte(day.String()), Owners: map[company.INN]string{storetest.INN(int(day)): "m1"}})
	return err
}

// takeResults takes some files of results in, one of them twice.
func takeResults(ctx context.Context, s *bolt.Store, day company.Date) error {
	for file := range 4 {
		var results []store.Result
		for n := range 40 {
			results = append(results, called(file%3*40+n, day))
		}
		if _, err := s.PutResults(ctx, results); err != nil {
			return err
		}
		progress()
	}
	clean := called(7, day)
	clean.Comment = ""
	if err := s.ReplaceResults(ctx, map[store.ResultKey]*store.Result{clean.Key(): &clean}); err != nil {
		return err
	}
	mark := store.Mark{INN: storetest.INN(int(day) % 7), Kind: store.MarkPin, Value: day.String(), By: "глава", At: day.Time()}
	return errors.Join(s.PutMarks(ctx, []store.Mark{mark}), s.AddForgotten(ctx, []string{day.String()}))
}
