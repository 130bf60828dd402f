package zakupki

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/files"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func realText(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(realfiles.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestRealFeed: five notices of 44-ФЗ, of which two print «null» for a subject.
func TestRealFeed(t *testing.T) {
	body := realText(t, "zakupki-rss/real-eis-rss.xml")
	rows, err := parseFeed(body)
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	nameless := 0
	for _, r := range rows {
		p := r.purchase
		c := p.customers[0]
		if len(p.number) != 19 || !strings.Contains(p.page, p.number) || c.code.inn == "" || c.code.kpp == "" || p.day.String() != "2026-07-29" || p.roubles < 77_000 {
			t.Errorf("%+v", p)
		}
		if strings.ContainsAny(p.subject+c.full, "<>&") || !strings.Contains(strings.ToUpper(c.full), "ЗДРАВООХРАНЕНИЯ") {
			t.Errorf("customer %q, subject %q", c.full, p.subject)
		}
		if p.subject == "" {
			nameless++
		}
	}
	if nameless != 2 {
		t.Errorf("%d without subject, want 2", nameless)
	}
	if p := rows[3].purchase; p.roubles != 77178 || p.customers[0].code.inn != "1660018020" {
		t.Errorf("%+v", p)
	}

	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	o := withMode(ModeRSS)
	o.Words, o.DaysBack, o.Laws = []string{"реагент"}, 1, o.Laws[:1]
	got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now})
	if got.err != nil || got.counts != (pipeline.Counts{Declared: 10, Read: 10, Taken: 2, NotWanted: 8}) {
		t.Fatalf("%+v, %v", got.counts, got.err)
	}
	if ob := got.obs[0]; ob.INN != "1660018020" || fact(ob, company.FieldTenderPrice) != "77178" || fact(ob, company.FieldTenderDay) != "2026-07-29" || sourcetest.CheckObservation(&ob, false) != nil {
		t.Errorf("%+v", ob)
	}
}

// TestRealPage: the list that the site gives when it heeds no filter.
func TestRealPage(t *testing.T) {
	body := realText(t, "zakupki-html/eis_list.html")
	if _, err := parsePage(body); !errors.Is(err, ErrIgnored) {
		t.Fatalf("27,000,000 results: %v", err)
	}
	body = []byte(strings.Replace(string(body), "более 27&nbsp;000&nbsp;000 записей", "10 записей", 1))
	r, err := parsePage(body)
	if err != nil || len(r.rows) != 10 || r.total != 10 {
		t.Fatalf("%d of %d, %v", len(r.rows), r.total, err)
	}
	organised, dated, subjects := 0, 0, 0
	for _, x := range r.rows {
		p := x.purchase
		if len(p.number) != 19 || !strings.HasPrefix(p.page, addressBase) || p.customers[0].code.inn == "" || p.day == 0 || p.roubles == 0 {
			t.Errorf("%+v", p)
		}
		if p.customers[0].full == "" {
			organised++
		}
		if p.deadline.Known() {
			dated++
		}
		if p.subject != "" {
			subjects++
		}
	}
	if organised != 1 || dated != 9 || subjects != 9 {
		t.Errorf("%d placed for another, %d with a deadline, %d with a subject", organised, dated, subjects)
	}
	if p := r.rows[0].purchase; p.roubles != 262512 || p.customers[0].code.inn != "4101040198" {
		t.Errorf("%+v", p)
	}
}

func TestRealDocuments(t *testing.T) {
	for _, c := range []struct {
		file, inn, ikz, deadline, region, code string
		roubles                                int64
		person                                 bool
	}{
		{"zakupki-44fz/epNotificationEF2020_0173100008726000065.xml", "7702166610", "", "2026-10-20", "77", "26.20.11.110", 108142502, false},
		{"zakupki-44fz/epNotificationEZK_0320100007621000014.xml", "2540015767", "2540015767", "2021-04-22", "25", "20.13.52.110", 121600, true},
	} {
		data := realText(t, c.file)
		all, err := document(strings.NewReader(string(data)))
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %d, %v", c.file, len(all), err)
		}
		p := all[0]
		if p.customers[0].inn != c.inn || string(p.customers[0].code.inn) != c.ikz || p.deadline.String() != c.deadline || p.roubles != c.roubles {
			t.Errorf("%s: %+v", c.file, p)
		}
		w := newWanted(nil, []string{c.code})
		if _, ok := w.purchase(p); !ok {
			t.Errorf("%s: no %s among %+v", c.file, c.code, p.positions)
		}
		for _, persons := range []bool{false, true} {
			o := observer{"eis", persons}
			obs, err := o.observe(p, "", "x")
			if err != nil || len(obs) != 1 || sourcetest.CheckObservation(&obs[0], persons) != nil {
				t.Fatalf("%+v, %v", obs, err)
			}
			if got := fact(obs[0], company.FieldContactName) != ""; got != (persons && c.person) {
				t.Errorf("%s: a name: %v", c.file, got)
			}
			if fact(obs[0], company.FieldRegion) != c.region || c.person != (fact(obs[0], company.FieldContactPhone) != "") {
				t.Errorf("%s: %+v", c.file, obs[0])
			}
		}
	}
}

// TestRealFolder: what is no notice is counted and not wanted.
func TestRealFolder(t *testing.T) {
	var inputs []files.Input
	for _, dir := range []string{"zakupki-223fz", "zakupki-44fz"} {
		found, err := files.Expander{}.Expand([]string{realfiles.Path(t, dir)})
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, found...)
	}
	o := withMode(ModeFiles)
	o.OKPD2 = append(o.OKPD2, "20.13.52")
	s, err := NewFiles("eis", inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	got := pullAll(t, s, pipeline.Request{Now: now})
	if got.err != nil || got.counts != (pipeline.Counts{Declared: 3, Read: 3, Taken: 1, NotWanted: 2}) {
		t.Fatalf("%+v, %v", got.counts, got.err)
	}
	if got.obs[0].INN != "2540015767" || !strings.Contains(got.obs[0].Origin, filepath.Base("epNotificationEZK")) {
		t.Errorf("%+v", got.obs[0])
	}
}

// TestRealIKZ: every code in the real lists carries a valid ИНН.
func TestRealIKZ(t *testing.T) {
	n := 0
	for _, name := range []string{"zakupki-rss/real-eis-rss.xml", "zakupki-html/eis_list.html", "zakupki-44fz/epNotificationEZK_0320100007621000014.xml"} {
		for _, run := range strings.FieldsFunc(string(realText(t, name)), func(r rune) bool { return r < '0' || r > '9' }) {
			if len(run) == ikzLen {
				n++
				if _, ok := parseIKZ(run); !ok {
					t.Errorf("%s is refused", run)
				}
			}
		}
	}
	if n < 16 {
		t.Errorf("%d codes", n)
	}
}
