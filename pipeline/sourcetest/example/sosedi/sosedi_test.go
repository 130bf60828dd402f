package sosedi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

const secret = "key/of+sosedi"

// rows of an invented city: 23 firms, of which the last two are shut and misprinted.
func rows() []string {
	var out []string
	for i := range 21 {
		out = append(out, fmt.Sprintf(`{"id":"%d","name":"Выдумка-%d","legal":"ООО «Выдумка-%d»","kind":"Автосервис","city":"Пермь","phone":"8 (907) 000-00-%02d","site":"vydumka-%d.example"}`, i, i, i, i, i))
	}
	return append(out, `{"id":"21","name":"Закрыто","shut":true}`, `{"id":"22","name":"Опечатка","inn":"5902000009"}`)
}

// directory shows ten rows a page, in each city the same.
func directory(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	n, _ := strconv.Atoi(q.Get("page"))
	all := rows()
	switch {
	case r.Header.Get("X-Key") != secret:
		http.Error(w, `{"error":"no such key"}`, http.StatusUnauthorized)
	case r.URL.Path != "/firms" || n < 1 || n > 3:
		http.NotFound(w, r)
	default:
		firms := []json.RawMessage{}
		for _, row := range all[10*(n-1) : min(10*n, len(all))] {
			firms = append(firms, json.RawMessage(row))
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"day": "2026-11-20", "pages": 3, "firms": firms})
	}
}

// over makes a source that asks a vendor, with so many calls a day.
func over(t testing.TB, v *servicetest.Vendor, purse *servicetest.Purse, perDay int64) *Source {
	t.Helper()
	o := Defaults()
	o.Base, o.Cities = v.URL, []string{"perm", "kazan"}
	so := Interface(o, secret)
	so.Purse, so.PerDay = purse, perDay
	so.Day = func() company.Date { return company.DateOf(v.Clock.Now()) }
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	source, err := New("neighbours", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// pull reads from a cursor to the end.
func pull(t testing.TB, s *Source, cursor string) (counts pipeline.Counts, last string, final error) {
	t.Helper()
	for b, err := range s.Pull(t.Context(), pipeline.Request{Cursor: cursor}) {
		if err != nil {
			return counts, last, err
		}
		counts, last = counts.Add(b.Counts), b.Cursor
	}
	return counts, last, nil
}

// The port's own suite: equal pulls, going on from every cursor, counts, canonical
// values, breaking off, cancelling, no goroutine left behind.
func TestConformance(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(directory))
	s := over(t, v, &servicetest.Purse{}, 0)
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return s }})
}

// Every failure that vendors have ends in its named error.
func TestFailures(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(directory))
	s := over(t, v, &servicetest.Purse{}, 0)
	servicetest.Hold(t, v, func(t *testing.T) error {
		_, _, err := pull(t, s, "")
		return err
	})
}

// The budget holds to the call, and nothing is lost where it ends: the next day goes on.
func TestBudget(t *testing.T) {
	v, purse := servicetest.New(t, http.HandlerFunc(directory)), &servicetest.Purse{}
	s := over(t, v, purse, 4)
	first, cursor, err := pull(t, s, "")
	if !errors.Is(err, service.ErrBudget) || len(v.Asked()) != 4 || cursor != "kazan|2" {
		t.Fatalf("%d calls, cursor %q, %v", len(v.Asked()), cursor, err)
	}
	v.Clock.Advance(24 * time.Hour)
	second, _, err := pull(t, s, cursor)
	if want := (pipeline.Counts{Declared: 46, Read: 46, Taken: 42, NotWanted: 2, Quarantined: 2}); err != nil || first.Add(second) != want {
		t.Errorf("%+v and %+v, want %+v in all; %v", first, second, want, err)
	}
}

func TestProbe(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(directory))
	saw, err := over(t, v, &servicetest.Purse{}, 0).Probe(t.Context())
	if err != nil || saw != "key accepted, 10 firms on the first of 3 pages of perm" || len(v.Asked()) != 1 {
		t.Errorf("%q, %d calls, %v", saw, len(v.Asked()), err)
	}
}

// Whatever comes, nothing panics, rows are counted, and what is taken is canonical.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`{"day":"2026-11-20","pages":1,"firms":[` + rows()[0] + `,` + rows()[22] + `]}`))
	f.Add([]byte(`{"firms":[{"id":"\u0000","name":"\u0000"},{"id":"1\u0000","name":"a\u0001","kind":"\ufffd"},{"id":"2","legal":"ИП Пример","phone":"\u0000"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := parsePage(body)
		if err != nil {
			return
		}
		b := pipeline.Batch{Unit: "perm|1"}
		(&Source{name: "s"}).take(p, &b)
		if err := b.Counts.Check(); err != nil {
			t.Fatal(err)
		}
		for i := range b.Observations {
			if err := sourcetest.CheckObservation(&b.Observations[i], false); err != nil {
				t.Fatal(err)
			}
		}
	})
}
