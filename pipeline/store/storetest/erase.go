package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

const (
	secretPhone = "+79071112233"
	secretName  = "Тайнова Вымыслина"
)

// secretFirm is a sole proprietor whom only erased observations carry.
const secretFirm = 7

// secrets are observations that name the firm or its phone: a registry's, an
// annex's, listings with and without the ИНН, one of a firm that others know.
func secrets() []store.ObservationID {
	return []store.ObservationID{
		{Source: "rsmp", Key: string(INN(secretFirm))},
		{Source: "fns", Key: string(INN(secretFirm))},
		{Source: "website", Key: "secret.example"},
		{Source: "website", Key: "secret.example " + string(INN(secretFirm))},
		{Source: "website", Key: "secret-of-one"},
		{Source: "website", Key: "secret only visited"},
	}
}

// withSecrets fills a store with those and with others, over two days.
func withSecrets(t *testing.T, s store.Store) {
	t.Helper()
	phone, name := "phone="+secretPhone, string(company.FieldHeadName)+"="+secretName
	replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", secretFirm, name))
	replaceAnnex(t, s, "fns", monday, firm("fns", 1, "headcount:2025=3"), firm("fns", secretFirm, "headcount:2025=1"))
	website := []company.Observation{
		observe("website", "secret.example", "", phone, name), observe("website", "secret.example "+string(INN(secretFirm)), INN(secretFirm), phone),
		observe("website", "secret-of-one", INN(1), phone), observe("website", "other", "", "city=Омск"), observe("website", "third", "", "city=Омск"),
	}
	commit(t, s, monday, website...)
	for i := range website[:3] {
		website[i].Add(company.FieldCity, "Пермь")
		website[i].Sort()
	}
	commit(t, s, tuesday, website...)
	replace(t, s, "rsmp", tuesday, true, firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", secretFirm, "city=Омск"))
	claim(t, s, monday, noon, "secret.example", "secret only visited", "third")
	answered(t, s, monday, store.Visit{ID: "secret.example", Memory: []byte(secretName)}, store.Visit{ID: "third"})
	listing, other := secrets()[2], store.ObservationID{Source: "website", Key: "other"}
	third := store.ObservationID{Source: "website", Key: "third"}
	for _, d := range []store.Decision{
		{ID: listing, INN: INN(2), Same: true, By: "анна"},
		{ID: listing, INN: INN(1), By: "анна"},
		{ID: third, INN: INN(secretFirm), By: "анна"},
		{ID: third, INN: INN(1), By: "анна"},
	} {
		ok(t, s.Decide(t.Context(), d))
	}
	ok(t, s.ReplaceJoins(t.Context(), []byte(secretName), each(
		store.Join{ID: other, INN: INN(secretFirm)},
		store.Join{ID: listing, INN: INN(2), Evidence: []store.Evidence{{Kind: "phone", Value: secretPhone}}},
	)))
	entry := func(o store.Owner, token uint64) store.Entry {
		return store.Entry{Owner: o, Tokens: []uint64{5, token}, Note: []byte(secretName)}
	}
	settle(t, s)
	ok(t, s.ReplaceRows(t.Context(), "tag", rowState(t, s).Mark, each(rowsOf(secretFirm+1, 1)...)))
	plain := store.Entry{Owner: store.Owner{ID: third}, Tokens: []uint64{5, 8}, Note: []byte("a")}
	ok(t, s.ReplaceIndex(t.Context(), "tag", indexState(t, s).Mark, each(
		entry(firmOwner(1), 101), store.Entry{Owner: firmOwner(2), Tokens: []uint64{5, 9}}, entry(firmOwner(secretFirm), 107),
		entry(store.Owner{ID: listing}, 120), plain)))
	// What is stale names them, too.
	ok(t, s.Touch(t.Context(), []store.Owner{firmOwner(secretFirm), {ID: listing}, {ID: secrets()[5]}, {ID: third}}))
	website[1].Add(company.FieldCity, "Казань")
	website[1].Sort()
	commit(t, s, tuesday, website[1])
}

// holdings writes out all that is kept of observations, visits included.
func holdings(t *testing.T, s store.Store) string {
	t.Helper()
	visits := must(s.Visits(t.Context(), store.ObservationID{}, 999))(t)
	return must(Dump(t.Context(), s))(t) + fmt.Sprintf("%q", visits)
}

var eraseTests = []test{
	{"no trace is left of what was erased", func(t *testing.T, open Open) {
		s := open(t)
		withSecrets(t, s)
		before := holdings(t, s)
		traces := []string{secretPhone, "Тайнова", "secret", string(INN(secretFirm))}
		for _, trace := range traces {
			if !strings.Contains(before, trace) {
				t.Fatalf("nothing to erase: no %q in\n%s", trace, before)
			}
		}
		for range 2 {
			ok(t, s.EraseObservations(t.Context(), secrets()))
			after := holdings(t, s)
			for _, trace := range traces {
				if strings.Contains(after, trace) {
					t.Errorf("%q is left:\n%s", trace, after)
				}
			}
		}
		carriers := must(s.Carriers(t.Context(), []uint64{5, 101, 107, 120}, 9))(t)
		third := store.ObservationID{Source: "website", Key: "third"}
		same(t, "carriers", carriers, []store.Carriers{{Firms: []company.INN{INN(2)}, Listings: []store.ObservationID{third}}, {}, {}, {}})
		same(t, "listings", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 99))(t)), 2)
		same(t, "decisions", sprint(must(s.Decisions(t.Context()))(t)), sprint([]store.Decision{{ID: third, INN: INN(1), By: "анна"}}))
		same(t, "joins", len(must(s.Joins(t.Context(), store.ObservationID{}, 99))(t)), 0)
		same(t, "claimed", claimedOf(t, s, "website", monday), 3)
		same(t, "visits", len(must(s.Visits(t.Context(), store.ObservationID{}, 99))(t)), 1)
		rows := must(s.Rows(t.Context(), "", 99))(t)
		same(t, "rows", len(rows), secretFirm)
		same(t, "annex", len(must(s.Dossier(t.Context(), INN(1)))(t).Observations), 2)
	}},
	{"what others know of becomes stale", func(t *testing.T, open Open) {
		s := open(t)
		withSecrets(t, s)
		settle(t, s)
		settleOwners(t, s)
		rows, index, generation := rowState(t, s), indexState(t, s), must(s.Generation(t.Context()))(t)
		news := len(events(t, s, 0))
		ok(t, s.EraseObservations(t.Context(), secrets()))
		same(t, "rows", staleRows(t, s), []company.INN{INN(1), INN(2)})
		same(t, "owners", staleOwners(t, s), []store.Owner{firmOwner(1)})
		entries := must(s.Entries(t.Context(), []store.Owner{firmOwner(1), firmOwner(2)}))(t)
		same(t, "entries", []int{len(entries[0].Tokens), len(entries[1].Tokens)}, []int{0, 2})
		if now := rowState(t, s); now.Mark <= rows.Mark || now.Tag != "tag" {
			t.Errorf("rows %+v after %+v", now, rows)
		}
		if now := indexState(t, s); now.Mark <= index.Mark || now.Tag != "tag" {
			t.Errorf("index %+v after %+v", now, index)
		}
		if now := must(s.Generation(t.Context()))(t); now <= generation {
			t.Errorf("generation %d after %d", now, generation)
		}
		if now := len(events(t, s, 0)); now == 0 || now >= news {
			t.Errorf("%d events after %d", now, news)
		}
		same(t, "note", must(s.JoinsNote(t.Context()))(t), []byte(nil))
	}},
	{"an annex alone is no news to matching", func(t *testing.T, open Open) {
		s := open(t)
		withSecrets(t, s)
		settle(t, s)
		settleOwners(t, s)
		generation := must(s.Generation(t.Context()))(t)
		ok(t, s.EraseObservations(t.Context(), []store.ObservationID{{Source: "fns", Key: string(INN(1))}}))
		same(t, "rows", staleRows(t, s), []company.INN{INN(1)})
		same(t, "owners", staleOwners(t, s), []store.Owner(nil))
		same(t, "generation", must(s.Generation(t.Context()))(t), generation)
		same(t, "entry", len(must(s.Entries(t.Context(), []store.Owner{firmOwner(1)}))(t)[0].Tokens), 2)
	}},
	{"a wrong id erases nothing", func(t *testing.T, open Open) {
		s := open(t)
		withSecrets(t, s)
		want := holdings(t, s)
		for _, wrong := range []store.ObservationID{{}, {Source: "website"}, {Source: "website", Key: "a\x00"}} {
			if err := s.EraseObservations(t.Context(), append(secrets(), wrong)); !errors.Is(err, store.ErrObservation) {
				t.Errorf("%v: error %v, want ErrObservation", wrong, err)
			}
		}
		ok(t, s.EraseObservations(t.Context(), nil))
		same(t, "store", holdings(t, s), want)
	}},
	{"many at once, and the same twice", func(t *testing.T, open Open) {
		s, want := open(t), open(t)
		const firms = 450
		visited(t, s, firms)
		visited(t, want, 0)
		var ids []store.ObservationID
		for n := range firms {
			key := fmt.Sprintf("firm%05d.example", n)
			ids = append(ids, store.ObservationID{Source: "website", Key: key}, store.ObservationID{Source: "website", Key: key},
				store.ObservationID{Source: "website", Key: key + " " + string(INN(n))})
		}
		ok(t, s.EraseObservations(t.Context(), ids))
		same(t, "visits", len(must(s.Visits(t.Context(), store.ObservationID{}, 999))(t)), 0)
		same(t, "store", withoutPulls(must(Dump(t.Context(), s))(t)), withoutPulls(must(Dump(t.Context(), want))(t)))
	}},
	{"comes again as new", func(t *testing.T, open Open) {
		s := open(t)
		withSecrets(t, s)
		ok(t, s.EraseObservations(t.Context(), secrets()))
		same(t, "delta", commit(t, s, friday, observe("website", "secret.example", "", "city=Омск")), store.Delta{New: 1})
		o := must(s.Get(t.Context(), secrets()[2]))(t)
		same(t, "first seen", o.Facts[0].FirstSeen, friday)
	}},
	{"events are erased by what they tell", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1, "city=Пермь"), firm("rsmp", 2, "phone="+secretPhone), firm("rsmp", 3, "city=Омск"))
		o := firm("rsmp", 3, "phone="+secretPhone)
		replace(t, s, "rsmp", tuesday, true, firm("rsmp", 1, "city=Омск"), o)
		commit(t, s, friday, firm("rsmp", 3, "phone=+79070000001"))
		lines := eventLines(t, s)
		same(t, "events", len(lines), 4)
		hit := func(text string) bool { return strings.Contains(text, secretPhone) }
		same(t, "erased", must(s.EraseEventsWith(t.Context(), hit))(t), 3)
		same(t, "left", eventLines(t, s), lines[:1])
		same(t, "again", must(s.EraseEventsWith(t.Context(), hit))(t), 0)
		byINN := func(text string) bool { return text == string(INN(1)) }
		same(t, "by ИНН", must(s.EraseEventsWith(t.Context(), byINN))(t), 1)
		same(t, "since", must(s.Since(t.Context()))(t), monday)
	}},
	{"rejected rows are numbered anew", func(t *testing.T, open Open) {
		s := open(t)
		note := func(source string, raws ...string) {
			b := pipeline.Batch{Counts: pipeline.Counts{Quarantined: int64(len(raws))}}
			for i, raw := range raws {
				b.Rejects = append(b.Rejects, pipeline.Reject{Unit: "a.csv", Row: int64(i + 1), Raw: raw})
			}
			ok(t, s.NotePull(t.Context(), source, b))
		}
		note("2gis", "a "+secretPhone, "b", "c", secretPhone, "d", "e", "f", "g", "h "+secretPhone)
		note("osm", "x", "y")
		note("web", secretPhone)
		detailed := pipeline.Batch{Rejects: []pipeline.Reject{{Raw: "z", Detail: "no " + secretPhone}}}
		ok(t, s.NotePull(t.Context(), "osm", detailed))
		hit := func(raw string) bool { return strings.Contains(raw, secretPhone) }
		same(t, "erased", must(s.EraseRejects(t.Context(), hit))(t), 5)
		same(t, "again", must(s.EraseRejects(t.Context(), hit))(t), 0)
		note("2gis", "i")
		raws := func(source string, after, limit int) (out []string) {
			for _, r := range must(s.Rejects(t.Context(), source, after, limit))(t) {
				out = append(out, r.Raw)
			}
			return out
		}
		same(t, "left", raws("2gis", 0, 99), []string{"b", "c", "d", "e", "f", "g", "i"})
		same(t, "a page", raws("2gis", 2, 3), []string{"d", "e", "f"})
		same(t, "another source", raws("osm", 0, 99), []string{"x", "y"})
		same(t, "none left", raws("web", 0, 99), []string(nil))
		same(t, "counts stay", must(s.Pull(t.Context(), "2gis"))(t).Counts.Quarantined, int64(10))
	}},
}

// withoutPulls leaves out the lines of pulls, which may count what was erased.
func withoutPulls(dump string) string {
	var out strings.Builder
	for line := range strings.Lines(dump) {
		if !strings.HasPrefix(line, "pull ") && !strings.HasPrefix(line, "since ") {
			out.WriteString(line)
		}
	}
	return out.String()
}
