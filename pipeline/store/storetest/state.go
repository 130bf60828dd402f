package storetest

import (
	"errors"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var stateTests = []test{
	{"runs", func(t *testing.T, open Open) {
		s := open(t)
		if _, err := s.LastCompleted(t.Context(), friday); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("error %v, want ErrNotFound", err)
		}
		done := store.Run{Day: monday, Started: noon, Ended: noon.Add(time.Hour), Completed: true, Exit: 3, Report: []byte(`{"a":"я"}`)}
		killed := store.Run{Day: tuesday, Started: noon}
		for _, r := range []store.Run{{Day: monday, Started: noon}, killed, done} {
			ok(t, s.PutRun(t.Context(), r))
		}
		same(t, "run", must(s.Run(t.Context(), monday))(t), done)
		same(t, "killed", must(s.Run(t.Context(), tuesday))(t), killed)
		if _, err := s.Run(t.Context(), friday); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("run of Friday: error %v, want ErrNotFound", err)
		}
		for before, want := range map[company.Date]bool{monday: false, tuesday: true, tuesday + 1: true, friday: true} {
			got, err := s.LastCompleted(t.Context(), before)
			if want != (err == nil) || !want && !errors.Is(err, store.ErrNotFound) {
				t.Errorf("last before %v: error %v", before, err)
			}
			if want {
				same(t, "last", got, done)
			}
		}
		later := store.Run{Day: tuesday + 1, Completed: true}
		ok(t, s.PutRun(t.Context(), later))
		same(t, "newest", must(s.LastCompleted(t.Context(), friday))(t).Day, later.Day)
		same(t, "of its own day", must(s.LastCompleted(t.Context(), later.Day))(t).Day, monday)
	}},
	{"a list is frozen", func(t *testing.T, open Open) {
		s := open(t)
		one := store.Issue{Day: monday, Data: []byte("список 1"), Owners: map[company.INN]string{INN(1): "m1", INN(2): "m1"}}
		same(t, "issued", string(must(s.Issue(t.Context(), one))(t)), "список 1")
		two := store.Issue{Day: monday, Data: []byte("список 2"), Owners: map[company.INN]string{INN(1): "m2", INN(3): "m2"}}
		same(t, "again", string(must(s.Issue(t.Context(), two))(t)), "список 1")
		same(t, "list", string(must(s.List(t.Context(), monday))(t)), "список 1")
		same(t, "owners", must(s.Owners(t.Context()))(t), map[company.INN]string{INN(1): "m1", INN(2): "m1"})
		two.Day = friday
		must(s.Issue(t.Context(), two))(t)
		must(s.Issue(t.Context(), store.Issue{Day: tuesday}))(t)
		same(t, "empty list stands", len(must(s.Issue(t.Context(), store.Issue{Day: tuesday, Data: []byte("x")}))(t)), 0)
		same(t, "owners", must(s.Owners(t.Context()))(t), map[company.INN]string{INN(1): "m2", INN(2): "m1", INN(3): "m2"})
		same(t, "days", must(s.ListDays(t.Context()))(t), []company.Date{monday, tuesday, friday})
		if _, err := s.List(t.Context(), friday+1); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("error %v, want ErrNotFound", err)
		}
		stands := must(s.List(t.Context(), monday))(t)
		stands[0] = 'x'
		one.Data[0] = 'x'
		same(t, "list", string(must(s.List(t.Context(), monday))(t)), "список 1")
	}},
	{"stops", func(t *testing.T, open Open) {
		s := open(t)
		stop := func(kind store.StopKind, value, reason string) store.Stop {
			return store.Stop{Kind: kind, Value: value, Reason: reason, Note: "просил", By: "анна", At: noon}
		}
		phone := stop(store.StopPhone, "+79070000001", "refused")
		client := stop(store.StopINN, string(INN(1)), "client")
		refused := stop(store.StopINN, string(INN(1)), "refused")
		mail := stop(store.StopEmail, "a@example.ru", "other")
		same(t, "added", must(s.AddStops(t.Context(), []store.Stop{phone, client, mail, client, refused}))(t), 4)
		same(t, "added again", must(s.AddStops(t.Context(), []store.Stop{phone}))(t), 0)
		same(t, "list", must(s.StopList(t.Context()))(t), []store.Stop{mail, client, refused, phone})
		ok(t, s.RemoveStop(t.Context(), store.StopINN, client.Value, "client"))
		same(t, "the refusal stays", must(s.StopList(t.Context()))(t), []store.Stop{mail, refused, phone})
		same(t, "added beside", must(s.AddStops(t.Context(), []store.Stop{client}))(t), 1)
		ok(t, s.RemoveStop(t.Context(), store.StopINN, client.Value, ""))
		for _, gone := range []store.Stop{client, refused, stop(store.StopDomain, phone.Value, "")} {
			if err := s.RemoveStop(t.Context(), gone.Kind, gone.Value, gone.Reason); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("remove %s: error %v, want ErrNotFound", gone.Kind, err)
			}
		}
		same(t, "list", must(s.StopList(t.Context()))(t), []store.Stop{mail, phone})
		same(t, "nothing to add", must(s.AddStops(t.Context(), nil))(t), 0)
	}},
	{"of two stops of one value the earlier stands", func(t *testing.T, open Open) {
		stop := func(at time.Time, by, note string) store.Stop {
			return store.Stop{Kind: store.StopPhone, Value: "+79070000001", Reason: "refused", Note: note, By: by, At: at}
		}
		rising := []store.Stop{
			stop(noon.Add(-time.Hour), "мария", "2"), stop(noon, "анна", "1"), stop(noon, "анна", "2"), stop(noon, "мария", "0"), stop(noon.Add(time.Hour), "анна", "0"),
		}
		other := stop(noon.Add(-2*time.Hour), "анна", "")
		other.Reason = "client"
		for first := range rising {
			for second := range rising {
				one, both := open(t), open(t)
				same(t, "added", must(one.AddStops(t.Context(), []store.Stop{rising[first], other}))(t), 2)
				same(t, "added again", must(one.AddStops(t.Context(), []store.Stop{rising[second]}))(t), 0)
				same(t, "added at once", must(both.AddStops(t.Context(), []store.Stop{rising[first], rising[second], other}))(t), 2)
				want := []store.Stop{other, rising[min(first, second)]}
				same(t, "one by one", must(one.StopList(t.Context()))(t), want)
				same(t, "at once", must(both.StopList(t.Context()))(t), want)
			}
		}
	}},
}
