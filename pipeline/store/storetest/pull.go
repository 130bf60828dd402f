package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func batchOf(n int, obs ...company.Observation) pipeline.Batch {
	b := pipeline.Batch{
		Unit:         fmt.Sprintf("member %d", n),
		Release:      pipeline.Release{ID: fmt.Sprintf("r%d", n), Date: monday + company.Date(n%3), Whole: true},
		Observations: obs,
		Counts:       pipeline.Counts{Declared: 10, Read: 9, Unread: 1, Taken: 5, NotWanted: 2, Quarantined: 2},
		Gaps:         []pipeline.Gap{{Unit: "member", Detail: "cut", Unread: 1}},
		Cursor:       fmt.Sprintf("cursor %d", n),
	}
	for i := range 2 {
		b.Rejects = append(b.Rejects, pipeline.Reject{
			Unit: b.Unit, Row: int64(2*n + i), Reason: pipeline.ReasonINN, Detail: "wrong checksum", Raw: "строка;1",
		})
	}
	return b
}

var begun = store.Pull{
	Source: "2gis", Day: monday, Fingerprint: "abc", Decoder: 3, Started: noon,
	Release: pipeline.Release{ID: "r0", Date: monday}, Cursor: "left over", Counts: pipeline.Counts{Read: 7},
}

var pullTests = []test{
	{"batches add up", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.BeginPull(t.Context(), begun))
		for n := range 3 {
			c := store.Commit{Source: "2gis", Day: monday, Batch: batchOf(n, observe("2gis", "a", ""), observe("2gis", fmt.Sprintf("b%d", n), ""))}
			must(s.Commit(t.Context(), c))(t)
		}
		ok(t, s.NotePull(t.Context(), "2gis", batchOf(3)))
		want := store.Pull{
			Source: "2gis", Day: monday, Fingerprint: "abc", Decoder: 3, Started: noon,
			Release: pipeline.Release{ID: "r2", Date: monday + 2, Whole: true},
			Counts:  pipeline.Counts{Declared: 40, Read: 36, Unread: 4, Taken: 20, NotWanted: 8, Quarantined: 8},
			Delta:   store.Delta{New: 4, Unchanged: 2},
			Gaps:    []pipeline.Gap{{Unit: "member", Detail: "cut", Unread: 1}, {Unit: "member", Detail: "cut", Unread: 1}, {Unit: "member", Detail: "cut", Unread: 1}, {Unit: "member", Detail: "cut", Unread: 1}},
			Cursor:  "cursor 3",
		}
		same(t, "running", must(s.Pull(t.Context(), "2gis"))(t), want)
		end := store.PullEnd{At: noon.Add(time.Hour), Complete: true, Error: "late", Delta: store.Delta{New: 1, Gone: 5}}
		ok(t, s.EndPull(t.Context(), "2gis", end))
		want.Ended, want.Complete, want.Error = end.At, true, "late"
		want.Delta = store.Delta{New: 5, Unchanged: 2, Gone: 5}
		want.Last = store.CompletePull{Ended: end.At, Release: want.Release, Counts: want.Counts}
		same(t, "ended", must(s.Pull(t.Context(), "2gis"))(t), want)
	}},
	{"a new pull clears what the last one counted", func(t *testing.T, open Open) {
		s := open(t)
		must(s.Commit(t.Context(), store.Commit{Source: "2gis", Day: monday, Batch: batchOf(1, observe("2gis", "a", ""))}))(t)
		must(s.Commit(t.Context(), store.Commit{Source: "rsmp", Day: monday, Batch: batchOf(1)}))(t)
		ok(t, s.BeginPull(t.Context(), begun))
		same(t, "pull", must(s.Pull(t.Context(), "2gis"))(t), begun.Begun())
		same(t, "rejects", len(must(s.Rejects(t.Context(), "2gis", 0, 10))(t)), 0)
		same(t, "of the other", len(must(s.Rejects(t.Context(), "rsmp", 0, 10))(t)), 2)
		must(s.Get(t.Context(), store.ObservationID{Source: "2gis", Key: "a"}))(t)
		ok(t, s.NotePull(t.Context(), "2gis", batchOf(2)))
		same(t, "first reject", must(s.Rejects(t.Context(), "2gis", 0, 1))(t)[0].Row, 4)
	}},
	{"a pull that fails leaves the last complete one", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.BeginPull(t.Context(), begun))
		ok(t, s.NotePull(t.Context(), "2gis", batchOf(1)))
		ok(t, s.EndPull(t.Context(), "2gis", store.PullEnd{At: noon, Complete: true}))
		last := must(s.Pull(t.Context(), "2gis"))(t).Last
		same(t, "release", last.Release.ID, "r1")
		next := begun
		next.Last = last
		ok(t, s.BeginPull(t.Context(), next))
		ok(t, s.EndPull(t.Context(), "2gis", store.PullEnd{At: noon, Error: "cut"}))
		same(t, "last", must(s.Pull(t.Context(), "2gis"))(t).Last, last)
	}},
	{"without a beginning", func(t *testing.T, open Open) {
		s := open(t)
		if _, err := s.Pull(t.Context(), "2gis"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("pull: error %v, want ErrNotFound", err)
		}
		if err := s.EndPull(t.Context(), "2gis", store.PullEnd{At: noon}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("end: error %v, want ErrNotFound", err)
		}
		must(s.Commit(t.Context(), store.Commit{Source: "2gis", Day: tuesday, Batch: batchOf(1)}))(t)
		got := must(s.Pull(t.Context(), "2gis"))(t)
		same(t, "day", got.Day, tuesday)
		same(t, "cursor", got.Cursor, "cursor 1")
	}},
	{"bytes that are no text", func(t *testing.T, open Open) {
		s := open(t)
		b := batchOf(1)
		b.Cursor, b.Rejects[0].Raw = "\xff\x00", "\xcf\xf0\xe8\xe2\xe5\xf2"
		ok(t, s.NotePull(t.Context(), "2gis", b))
		same(t, "cursor", must(s.Pull(t.Context(), "2gis"))(t).Cursor, b.Cursor)
		same(t, "row", must(s.Rejects(t.Context(), "2gis", 0, 1))(t), b.Rejects[:1])
	}},
	{"a cursor may be lost", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.NotePull(t.Context(), "2gis", batchOf(1)))
		last := batchOf(2)
		last.Cursor = ""
		ok(t, s.NotePull(t.Context(), "2gis", last))
		same(t, "cursor", must(s.Pull(t.Context(), "2gis"))(t).Cursor, "")
	}},
	{"rejects page in the order they came", func(t *testing.T, open Open) {
		s := open(t)
		for n := range 150 {
			ok(t, s.NotePull(t.Context(), "2gis", batchOf(n)))
		}
		row := 0
		for row < 300 {
			page := must(s.Rejects(t.Context(), "2gis", row, 7))(t)
			if len(page) != min(7, 300-row) {
				t.Fatalf("page of %d after %d", len(page), row)
			}
			for _, r := range page {
				want := pipeline.Reject{
					Unit: fmt.Sprintf("member %d", row/2), Row: int64(row),
					Reason: pipeline.ReasonINN, Detail: "wrong checksum", Raw: "строка;1",
				}
				same(t, "reject", r, want)
				row++
			}
		}
		same(t, "after the end", len(must(s.Rejects(t.Context(), "2gis", 300, 7))(t)), 0)
		same(t, "limit 0", len(must(s.Rejects(t.Context(), "2gis", 0, 0))(t)), 0)
		same(t, "unknown source", len(must(s.Rejects(t.Context(), "x", 0, 5))(t)), 0)
	}},
}
