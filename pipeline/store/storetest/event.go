package storetest

import (
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var eventTests = []test{
	{"folded over a day", func(t *testing.T, open Open) {
		perm, omsk := firm("rsmp", 1, "city=Пермь"), firm("rsmp", 1, "city=Омск")
		rest := firm("rsmp", 2)
		step := func(o ...company.Observation) []company.Observation { return append(o, rest) }
		key := "rsmp/" + perm.Key + " " + perm.Key
		for name, tt := range map[string]struct {
			before []company.Observation   // on Monday
			steps  [][]company.Observation // whole releases on Tuesday
			want   []string
		}{
			"new":                {step(), [][]company.Observation{step(perm)}, []string{"new " + key}},
			"new, then changed":  {step(), [][]company.Observation{step(perm), step(omsk)}, []string{"new " + key}},
			"new, then gone":     {step(), [][]company.Observation{step(perm), step()}, nil},
			"new, gone, new":     {step(), [][]company.Observation{step(perm), step(), step(omsk)}, []string{"new " + key}},
			"changed":            {step(perm), [][]company.Observation{step(omsk)}, []string{"changed " + key + ` city: "Пермь"→"Омск"`}},
			"changed twice":      {step(perm), [][]company.Observation{step(firm("rsmp", 1, "city=Тверь")), step(omsk)}, []string{"changed " + key + ` city: "Пермь"→"Омск"`}},
			"changed back":       {step(perm), [][]company.Observation{step(omsk), step(perm)}, nil},
			"changed, then gone": {step(perm), [][]company.Observation{step(omsk), step()}, []string{"gone " + key}},
			"gone, then back":    {step(perm), [][]company.Observation{step(), step(perm)}, nil},
			"gone, back changed": {step(perm), [][]company.Observation{step(), step(omsk)}, []string{"changed " + key + ` city: "Пермь"→"Омск"`}},
			"unchanged":          {step(perm), [][]company.Observation{step(perm), step(perm)}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				s := open(t)
				replace(t, s, "rsmp", monday, true, tt.before...)
				for _, release := range tt.steps {
					replace(t, s, "rsmp", tuesday, true, release...)
				}
				var got []string
				for _, line := range eventLines(t, s) {
					if day := tuesday.String() + " "; len(line) > len(day) && line[:len(day)] == day {
						got = append(got, line[len(day):])
					}
				}
				same(t, "events", got, tt.want)
			})
		}
	}},
	{"a remark is no news", func(t *testing.T, open Open) {
		s := open(t)
		o := firm("rsmp", 1, "phone=+79070000001")
		commit(t, s, monday, o)
		o = store.CloneObservation(&o)
		o.Facts[0].Note, o.Facts[0].Date = "склад", friday
		same(t, "delta", commit(t, s, tuesday, o), store.Delta{Changed: 1})
		same(t, "events", len(events(t, s, monday)), 0)
		got := must(s.Get(t.Context(), idOf(o)))(t)
		same(t, "note", got.Facts[0].Note, "склад")
		same(t, "first seen", got.Facts[0].FirstSeen, monday)
	}},
	{"each day has its own", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1, "city=Пермь"))
		commit(t, s, tuesday, firm("rsmp", 1, "city=Омск"))
		commit(t, s, friday, firm("rsmp", 1, "city=Пермь"))
		key := string(INN(1))
		same(t, "events", eventLines(t, s), []string{
			monday.String() + " new rsmp/" + key + " " + key,
			tuesday.String() + " changed rsmp/" + key + " " + key + ` city: "Пермь"→"Омск"`,
			friday.String() + " changed rsmp/" + key + " " + key + ` city: "Омск"→"Пермь"`,
		})
	}},
	{"since the first day of a write", func(t *testing.T, open Open) {
		s := open(t)
		since := func(what string, want company.Date) {
			t.Helper()
			same(t, what, must(s.Since(t.Context()))(t), want)
		}
		since("at first", 0)
		must(s.Commit(t.Context(), store.Commit{Source: "rsmp", Day: monday, Batch: batchOf(1)}))(t)
		replace(t, s, "rsmp", monday, true)
		replaceJoins(t, s, joinTo("a", 1))
		since("without an observation", 0)
		replaceAnnex(t, s, "fns", friday, firm("fns", 1))
		since("an annex", friday)
		commit(t, s, tuesday, firm("rsmp", 1))
		since("an earlier day", tuesday)
		replace(t, s, "rsmp", friday, true, firm("rsmp", 2))
		since("a later day", tuesday)
		ok(t, s.DropEvents(t.Context(), friday+1))
		since("without events", tuesday)
	}},
	{"dropped before a day", func(t *testing.T, open Open) {
		s := open(t)
		var many []company.Observation
		for n := range releaseSize {
			many = append(many, firm("rsmp", n))
		}
		commit(t, s, monday, many...)
		commit(t, s, tuesday, firm("egrul", 1), firm("egrul", 2))
		commit(t, s, friday, firm("egrul", 3))
		ok(t, s.DropEvents(t.Context(), monday))
		same(t, "none before", len(events(t, s, 0)), releaseSize+3)
		ok(t, s.DropEvents(t.Context(), tuesday))
		same(t, "Monday's", kinds(t, s, monday), "")
		same(t, "Tuesday's", len(events(t, s, 0)), 3)
		ok(t, s.DropEvents(t.Context(), friday))
		same(t, "Friday's", kinds(t, s, friday), "new "+string(INN(3)))
		same(t, "and no other", len(events(t, s, 0)), 1)
		same(t, "observations", len(must(s.Dossiers(t.Context(), "", 1000))(t)), releaseSize)
	}},
	{"paged by day, source, key, after a day", func(t *testing.T, open Open) {
		s := open(t)
		for _, day := range []company.Date{friday, monday, tuesday} {
			for _, source := range []string{"b", "a", "ab"} {
				for _, key := range []string{"2", "10", "1"} {
					commit(t, s, day, observe(source, source+key, "", "city="+day.String()))
				}
			}
		}
		whole := events(t, s, monday)
		if len(whole) != 18 {
			t.Fatalf("%d events after Monday, want 18", len(whole))
		}
		for i := 1; i < len(whole); i++ {
			a, b := whole[i-1], whole[i]
			if a.Day > b.Day || a.Day == b.Day && a.ID.Compare(b.ID) >= 0 {
				t.Errorf("event %+v before %+v", a, b)
			}
		}
		for limit := 1; limit <= 19; limit++ {
			var got []store.Event
			err := paged(func(after store.Event) ([]store.Event, error) {
				page, err := s.Events(t.Context(), monday, after, limit)
				if len(page) > limit {
					t.Errorf("page of %d, limit %d", len(page), limit)
				}
				return page, err
			}, func(e store.Event) store.Event { got = append(got, e); return e })
			if err != nil {
				t.Fatal(err)
			}
			same(t, "pages", got, whole)
		}
	}},
}
