package website

import (
	"encoding/json"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/realfiles"
)

// miniSite serves a folder as a server of plain files does: index.html for a
// folder, x.html for x.
type miniSite struct{ dir string }

func (m miniSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Clean("/" + r.URL.Path)
	for _, try := range []string{name, name + ".html", path.Join(name, "index.html")} {
		if b, err := os.ReadFile(filepath.Join(m.dir, filepath.FromSlash(try))); err == nil {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(b)
			return
		}
	}
	http.NotFound(w, r)
}

// TestMiniSites crawls real sites from their start page: their pages of
// contacts are found, within the pages of one visit, and what they say is kept.
func TestMiniSites(t *testing.T) {
	dir := realfiles.Path(t, "sites")
	text, err := os.ReadFile(filepath.Join(dir, "labels.json"))
	if err != nil {
		t.Fatal(err)
	}
	var labels map[string]struct {
		Kind     string   `json:"kind"`
		Start    string   `json:"start"`
		Contacts []string `json:"contact_pages"`
		Phones   []string `json:"phones"`
		INN      []string `json:"inn"`
	}
	if err := json.Unmarshal(text, &labels); err != nil {
		t.Fatal(err)
	}
	sites, wanted, got := 0, 0, 0
	for name, l := range labels {
		if l.Kind != "minisite" {
			continue
		}
		sites++
		t.Run(strings.TrimSuffix(name, "/"), func(t *testing.T) {
			web := fetchtest.NewWeb(t, fetchtest.WebOptions{})
			host := fetchtest.Name(1)
			web.Put(host, fetchtest.Site{Handler: miniSite{filepath.Join(dir, name)}})
			e, err := New("website", webGuest(t, web, fetch.GuestOptions{Pace: -1, AddressPace: -1}), Defaults())
			if err != nil {
				t.Fatal(err)
			}
			a := ask(t, e, firm("", "site="+fetchtest.URL(host, "")), nil, persons)
			var asked []string
			for _, h := range web.HitsOf(host) {
				if h.Path != "/robots.txt" {
					asked = append(asked, h.Path)
				}
			}
			if len(asked) > Defaults().Pages {
				t.Errorf("%d pages asked for: %q", len(asked), asked)
			}
			for _, p := range l.Contacts {
				stem := "/" + strings.TrimSuffix(p, ".html")
				if !slices.ContainsFunc(asked, func(s string) bool { return strings.TrimSuffix(s, ".html") == stem }) {
					t.Errorf("%s was not found; asked %q", p, asked)
				}
			}
			said := a.Observation.All(company.FieldPhone)
			for _, p := range l.Phones {
				wanted++
				if slices.Contains(said, p) {
					got++
				}
			}
		})
	}
	if sites == 0 {
		t.Fatal("no sites among the labels")
	}
	t.Logf("%d sites; %d of %d labelled numbers in the answers", sites, got, wanted)
	if got*100 < wanted*90 {
		t.Errorf("%d of %d labelled numbers", got, wanted)
	}
}
