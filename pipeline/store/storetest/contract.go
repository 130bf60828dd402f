package storetest

import (
	"context"
	"errors"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// calls is every method of the port, with arguments that would succeed.
func calls(ctx context.Context, s store.Store) map[string]func() error {
	id := store.ObservationID{Source: "rsmp", Key: string(INN(1))}
	return map[string]func() error{
		"Commit": func() error {
			_, err := s.Commit(ctx, store.Commit{Source: "rsmp", Day: monday, Batch: pipeline.Batch{Observations: []company.Observation{firm("rsmp", 1)}}})
			return err
		},
		"Replace": func() error {
			_, err := s.Replace(ctx, wholeRelease("rsmp", monday), packed(each(firm("rsmp", 2))))
			return err
		},
		"Get":           func() error { _, err := s.Get(ctx, id); return err },
		"WithoutINN":    func() error { _, err := s.WithoutINN(ctx, id, 1); return err },
		"Dossiers":      func() error { _, err := s.Dossiers(ctx, "", 1); return err },
		"Dossier":       func() error { _, err := s.Dossier(ctx, INN(1)); return err },
		"INNs":          func() error { _, err := s.INNs(ctx, []string{"rsmp"}, "", 1); return err },
		"BeginPull":     func() error { return s.BeginPull(ctx, begun) },
		"NotePull":      func() error { return s.NotePull(ctx, "rsmp", batchOf(1)) },
		"EndPull":       func() error { return s.EndPull(ctx, "rsmp", store.PullEnd{At: noon}) },
		"Pull":          func() error { _, err := s.Pull(ctx, "rsmp"); return err },
		"Rejects":       func() error { _, err := s.Rejects(ctx, "rsmp", 0, 1); return err },
		"ReplaceJoins":  func() error { return s.ReplaceJoins(ctx, []byte("n"), each(joinTo("a", 1))) },
		"Joins":         func() error { _, err := s.Joins(ctx, id, 1); return err },
		"Decide":        func() error { return s.Decide(ctx, store.Decision{ID: id, INN: INN(1)}) },
		"Decisions":     func() error { _, err := s.Decisions(ctx); return err },
		"ReplaceRows":   func() error { return s.ReplaceRows(ctx, "t", 0, each(rowsOf(1, 1)...)) },
		"Rows":          func() error { _, err := s.Rows(ctx, "", 1); return err },
		"PatchRows":     func() error { return s.PatchRows(ctx, 0, each(rowsOf(1, 1)...)) },
		"RowState":      func() error { _, err := s.RowState(ctx); return err },
		"StaleRows":     func() error { _, err := s.StaleRows(ctx, "", 1); return err },
		"JoinsNote":     func() error { _, err := s.JoinsNote(ctx); return err },
		"Generation":    func() error { _, err := s.Generation(ctx); return err },
		"Since":         func() error { _, err := s.Since(ctx); return err },
		"DropEvents":    func() error { return s.DropEvents(ctx, friday) },
		"Events":        func() error { _, err := s.Events(ctx, 0, store.Event{}, 1); return err },
		"PutRun":        func() error { return s.PutRun(ctx, store.Run{Day: monday}) },
		"Run":           func() error { _, err := s.Run(ctx, monday); return err },
		"LastCompleted": func() error { _, err := s.LastCompleted(ctx, friday); return err },
		"Issue":         func() error { _, err := s.Issue(ctx, store.Issue{Day: monday}); return err },
		"List":          func() error { _, err := s.List(ctx, monday); return err },
		"ListDays":      func() error { _, err := s.ListDays(ctx); return err },
		"Owners":        func() error { _, err := s.Owners(ctx); return err },
		"AddStops":      func() error { _, err := s.AddStops(ctx, []store.Stop{{Kind: store.StopINN, Value: "1"}}); return err },
		"RemoveStop":    func() error { return s.RemoveStop(ctx, store.StopINN, "1", "") },
		"StopList":      func() error { _, err := s.StopList(ctx); return err },

		"IndexState":     func() error { _, err := s.IndexState(ctx); return err },
		"StaleOwners":    func() error { _, err := s.StaleOwners(ctx, store.Owner{}, 1); return err },
		"Touch":          func() error { return s.Touch(ctx, []store.Owner{firmOwner(1)}) },
		"Settle":         func() error { return s.Settle(ctx, 1) },
		"ReplaceIndex":   func() error { return s.ReplaceIndex(ctx, "t", 1, each(entriesOf(3, 1)...)) },
		"PatchIndex":     func() error { return s.PatchIndex(ctx, each(entriesOf(3, 1)...)) },
		"Entries":        func() error { _, err := s.Entries(ctx, []store.Owner{firmOwner(1)}); return err },
		"ListingEntries": func() error { _, err := s.ListingEntries(ctx, id, 1); return err },
		"Carriers":       func() error { _, err := s.Carriers(ctx, []uint64{1}, 1); return err },
		"Claim": func() error {
			_, err := s.Claim(ctx, store.Claim{Source: "website", Day: monday, IDs: []string{"a"}})
			return err
		},
		"Release": func() error {
			_, err := s.Release(ctx, "website", monday, []store.Visit{{ID: "a"}})
			return err
		},
		"Claimed": func() error { _, err := s.Claimed(ctx, "website", monday); return err },
		"Visit":   func() error { _, err := s.Visit(ctx, "rsmp", "a"); return err },
		"Visits":  func() error { _, err := s.Visits(ctx, id, 1); return err },

		"EraseMemories": func() error { _, err := s.EraseMemories(ctx, "rsmp", []string{"a"}); return err },
		"EraseEvents":   func() error { return s.EraseEvents(ctx, "rsmp") },
		"DropRegistry":  func() error { return s.DropRegistry(ctx, nil) },

		"PutResults":   func() error { _, err := s.PutResults(ctx, []store.Result{resultOf(1, monday, "f")}); return err },
		"Results":      func() error { _, err := s.Results(ctx, INN(1)); return err },
		"ResultsAfter": func() error { _, err := s.ResultsAfter(ctx, store.ResultKey{}, 1); return err },
		"ReplaceResults": func() error {
			return s.ReplaceResults(ctx, map[store.ResultKey]*store.Result{{INN: INN(1), File: "f"}: nil})
		},
		"PutMarks": func() error { return s.PutMarks(ctx, []store.Mark{{INN: INN(1), Kind: store.MarkPin}}) },
		"DropMark": func() error { return s.DropMark(ctx, INN(1), store.MarkPin) },
		"Marks":    func() error { _, err := s.Marks(ctx); return err },

		"PutAccount":   func() error { return s.PutAccount(ctx, accountOf("anna")) },
		"Account":      func() error { _, err := s.Account(ctx, "anna"); return err },
		"Accounts":     func() error { _, err := s.Accounts(ctx); return err },
		"DropAccount":  func() error { return s.DropAccount(ctx, "anna") },
		"PutSession":   func() error { return s.PutSession(ctx, sessionOf("anna", 1)) },
		"Session":      func() error { _, err := s.Session(ctx, "1"); return err },
		"Sessions":     func() error { _, err := s.Sessions(ctx); return err },
		"DropSession":  func() error { return s.DropSession(ctx, "1") },
		"DropSessions": func() error { _, err := s.DropSessions(ctx, func(store.Session) bool { return true }); return err },

		"RewriteLists": func() error {
			return s.RewriteLists(ctx, func(company.Date, []byte) ([]byte, error) { return []byte("x"), nil })
		},
		"RewriteRuns":       func() error { return s.RewriteRuns(ctx, func(r store.Run) (store.Run, bool) { return r, true }) },
		"EraseOwner":        func() error { return s.EraseOwner(ctx, INN(1)) },
		"EraseObservations": func() error { return s.EraseObservations(ctx, []store.ObservationID{id}) },
		"EraseEventsWith": func() error {
			_, err := s.EraseEventsWith(ctx, func(string) bool { return true })
			return err
		},
		"EraseRejects": func() error { _, err := s.EraseRejects(ctx, func(string) bool { return true }); return err },
		"AddForgotten": func() error { return s.AddForgotten(ctx, []string{"digest"}) },
		"Forgotten":    func() error { _, err := s.Forgotten(ctx); return err },
	}
}

var contractTests = []test{
	{"a cancelled context ends every call and changes nothing", func(t *testing.T, open Open) {
		s := open(t)
		fill(t, s, 3)
		want := must(Dump(t.Context(), s))(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, call := range calls(ctx, s) {
			if err := call(); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: error %v, want context.Canceled", name, err)
			}
		}
		same(t, "store", must(Dump(t.Context(), s))(t), want)
	}},
	{"a closed store says so", func(t *testing.T, open Open) {
		s := open(t)
		fill(t, s, 3)
		for range 2 {
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		}
		for name, call := range calls(t.Context(), s) {
			if err := call(); !errors.Is(err, store.ErrClosed) {
				t.Errorf("%s: error %v, want ErrClosed", name, err)
			}
		}
	}},
	{"a new store is empty", func(t *testing.T, open Open) {
		s := open(t)
		want := "note \nsince \ntag  all true\nindex  all true\ndecisions []\nowners map[]\nstops []\nmarks []\nforgotten []\n"
		same(t, "dump", must(Dump(t.Context(), s))(t), want)
	}},
}
