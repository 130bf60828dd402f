package storetest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// peopled is an observation of a site that names somebody.
func peopled(source, key string, inn company.INN, phone string) company.Observation {
	o := observe(source, key, inn, "phone="+phone)
	o.Facts = append(o.Facts,
		company.Fact{Field: company.FieldHeadName, Value: "Вымышленная Анна"},
		company.Fact{Field: company.FieldEmail, Value: "anna@firm.example", Subject: company.SubjectPerson})
	o.Sort()
	return o
}

// visited fills a store with what a night with named people leaves: firms and
// listings from sites, of two sources, seen twice, and what visits remember.
func visited(t *testing.T, s store.Store, firms int) {
	t.Helper()
	ok(t, s.BeginPull(t.Context(), store.Pull{Source: "website", Day: monday, Filter: store.PeopleFilter(true), Started: noon}))
	for day := monday; day <= tuesday; day++ {
		c := store.Commit{Source: "website", Day: day, Batch: pipeline.Batch{Counts: pipeline.Counts{Taken: int64(firms)}}}
		for n := range firms {
			key := fmt.Sprintf("firm%05d.example", n)
			phone := fmt.Sprintf("+7907%07d", n+int(day))
			c.Batch.Observations = append(c.Batch.Observations,
				peopled("website", key+" "+string(INN(n)), INN(n), phone), peopled("website", key, "", phone))
			c.Visits = append(c.Visits, store.Visit{ID: key, Day: monday, Again: noon, Memory: []byte("Вымышленная Анна")})
		}
		must(s.Commit(t.Context(), c))(t)
	}
	ok(t, s.EndPull(t.Context(), "website", store.PullEnd{At: noon, Complete: true}))
	commit(t, s, monday, peopled("gis", "1", "", "+79070000001"), peopled("gis", "2", INN(1), "+79070000001"))
	commit(t, s, monday, observe("zzz", "1", "", "phone=+79070000002"))
}

func named(dump, source string) int {
	n := 0
	for line := range strings.Lines(dump) {
		for _, part := range strings.Split(line, "{Source:")[1:] {
			if strings.HasPrefix(part, source+" ") && (strings.Contains(part, "Анна") || strings.Contains(part, "anna@")) {
				n++
			}
		}
	}
	return n
}

var peopleTests = []test{
	{"what came of named people is forgotten", func(t *testing.T, open Open) {
		s := open(t)
		const firms = 450
		visited(t, s, firms)
		before := must(Dump(t.Context(), s))(t)
		if n := named(before, "website"); n != 2*firms {
			t.Fatalf("%d observations name somebody, want %d", n, 2*firms)
		}
		ok(t, store.ForgetPeople(t.Context(), s, "website", tuesday))
		after := must(Dump(t.Context(), s))(t)
		same(t, "named by sites", named(after, "website"), 0)
		same(t, "named by others", named(after, "gis"), named(before, "gis"))
		for _, v := range must(s.Visits(t.Context(), store.ObservationID{}, 999))(t) {
			if v.Memory != nil || v.Day != monday || v.Again != noon {
				t.Fatalf("visit %+v", v)
			}
		}
		for _, e := range events(t, s, 0) {
			if e.ID.Source == "website" {
				t.Fatalf("event %+v", e)
			}
		}
		same(t, "events of others", len(events(t, s, 0)), 3)
		o := must(s.Get(t.Context(), store.ObservationID{Source: "website", Key: "firm00007.example"}))(t)
		want := []company.Fact{{Field: company.FieldPhone, Value: fmt.Sprintf("+7907%07d", 7+int(tuesday)), FirstSeen: tuesday}}
		same(t, "the phone stays", o.Facts, want)
		generation := must(s.Generation(t.Context()))(t)
		ok(t, store.ForgetPeople(t.Context(), s, "website", tuesday))
		same(t, "again, nothing is written", must(s.Generation(t.Context()))(t), generation)
	}},
	{"settled when no longer allowed", func(t *testing.T, open Open) {
		s := open(t)
		visited(t, s, 3)
		pull := must(s.Pull(t.Context(), "website"))(t)
		settle := func(source string, allowed bool) bool {
			t.Helper()
			return must(store.SettlePeople(t.Context(), s, source, friday, allowed))(t)
		}
		same(t, "allowed", settle("website", true), false)
		same(t, "never asked", settle("nobody", false), false)
		same(t, "named still", named(must(Dump(t.Context(), s))(t), "website"), 6)
		same(t, "no longer", settle("website", false), true)
		same(t, "named", named(must(Dump(t.Context(), s))(t), "website"), 0)
		same(t, "no memory", visit(t, s, "firm00001.example").Memory == nil, true)
		pull.Filter, pull.Last.Filter = store.PeopleFilter(false), store.PeopleFilter(false)
		same(t, "pull", must(s.Pull(t.Context(), "website"))(t), pull)
		same(t, "settled", settle("website", false), false)
		ok(t, s.BeginPull(t.Context(), store.Pull{Source: "website", Day: friday, Filter: store.PeopleFilter(true)}))
		same(t, "allowed and cut", settle("website", false), true)
		same(t, "and then", settle("website", false), false)
	}},
	{"a pull that does not tell may have named people", func(t *testing.T, open Open) {
		s := open(t)
		visited(t, s, 2)
		ok(t, s.BeginPull(t.Context(), store.Pull{Source: "website", Day: friday}))
		same(t, "settled", must(store.SettlePeople(t.Context(), s, "website", friday, false))(t), true)
		same(t, "named", named(must(Dump(t.Context(), s))(t), "website"), 0)
	}},
	{"events of a source are erased", func(t *testing.T, open Open) {
		s := open(t)
		for day := monday; day <= friday; day++ {
			for _, source := range []string{"gi", "gis", "gisa"} {
				for n := range 9 {
					commit(t, s, day, observe(source, strconv.Itoa(n), "", "phone="+day.String()))
				}
			}
		}
		ok(t, s.EraseEvents(t.Context(), "gis"))
		same(t, "left", len(events(t, s, 0)), 2*9*5)
		for _, e := range events(t, s, 0) {
			if e.ID.Source == "gis" {
				t.Fatalf("event %+v", e)
			}
		}
		same(t, "since", must(s.Since(t.Context()))(t), monday)
		ok(t, s.EraseEvents(t.Context(), "nobody"))
		same(t, "left", len(events(t, s, 0)), 2*9*5)
	}},
}
