package main

import (
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// All sources and enrichers together make one list of one world: a company for each
// ИНН, its facts from whoever knows it, what it needs now on the list.
func TestAllVendorsTogether(t *testing.T) {
	w := newBazaar(t)
	r, e := w.night(w.day)
	if e.code != exitDone || !r.Completed || len(r.Short) > 0 {
		t.Fatalf("exit %d, %q\n%s", e.code, r.Short, e.err)
	}
	for _, s := range r.Sources {
		if s.State != night.StateDone || s.Counts.Taken == 0 || s.Counts.Quarantined > 0 || len(s.Gaps) > 0 {
			t.Errorf("%s: %s, %s, %+v, %v", s.Name, s.State, s.Note, s.Counts, s.Gaps)
		}
	}
	for _, x := range r.Enrich {
		if x.Off != "" || x.Paused != "" || x.Error != "" || x.Metered && (x.Asked == 0 || x.Found == 0 || len(x.New) == 0) {
			t.Errorf("%s: off %q, paused %q, error %q, %+v", x.Name, x.Off, x.Paused, x.Error, x.Gain)
		}
		if (x.Poison > 0) != (x.Name == "ask-dadata") {
			t.Errorf("%s: %d answers about strangers", x.Name, x.Poison)
		}
	}
	w.callsAreTold(r)
	if r.Companies != int64(len(w.firms)) || r.Resolve.Listings != 5 || r.Resolve.Joined != 5 {
		t.Errorf("%d companies, %+v", r.Companies, r.Resolve)
	}
	w.oneCompanyEach(r)
	w.needsAreScored(r.Day)
	rows := w.sheet(r)
	w.needsAreOnTheList(rows)
	w.onlyWhatWasMissing()
	w.silentFiles()

	// The same day once more: nobody who counts calls is asked, and the list is the same.
	w.Forget()
	again, e := w.night(w.day)
	if e.code != exitDone || again.ListID != r.ListID || !again.ListFrozen {
		t.Errorf("exit %d, list %s, was %s: %q", e.code, again.ListID, r.ListID, again.Short)
	}
	if calls := w.calls(); len(calls) > 0 {
		t.Errorf("asked on the same day again: %v", calls)
	}
	if got := w.sheet(again); !slices.EqualFunc(got, rows, maps.Equal) {
		t.Errorf("the list has changed:\n%v\n%v", rows, got)
	}
	w.silentFiles()
}

// callsAreTold: the report has as many calls of each enricher as its vendor has seen.
func (w *bazaar) callsAreTold(r *night.Report) {
	w.t.Helper()
	seen, calls := w.spent(), map[string]int64{}
	for vendor, sections := range askingOf() {
		if len(sections) == 1 { // else a source asks it too
			calls[sections[0]] += int64(seen[vendor])
		}
	}
	for _, x := range r.Enrich {
		if want, only := calls[x.Name]; only && x.Calls != want {
			w.t.Errorf("%s: the report has %d calls, its vendors have seen %d", x.Name, x.Calls, want)
		}
	}
}

// tellersOfFirms are whom a company is told of by, by section: whom its facts must come from. Enrichers that
// were not needed are not there.
var tellersOfFirms = map[string]string{
	"azimut":  "checko ofdata osm revexp rsmp twogis website",
	"vekshor": "ask-dadata ask-egrul egrul girbo website zakupki",
	"lunevka": "ask-egrul ask-kontur b2bcenter girbo website",
	"obva":    "ask-checko checko fair website",
	"kosva":   "ask-egrul ask-rmsp ask-saby osm rsmp website",
	"yayva":   "ask-dadata ask-egrul contracts girbo website",
	"tulva":   "ask-egrul ask-risk rsmp twogis",
	"sylva":   "ask-egrul rsmp table twogis website",
	"ashap":   "ask-checko ask-egrul ask-risk rsmp website",
	"barda":   "ask-egrul rsmp table website",
	"usva":    "egrul rsmp",
	"iren":    "ask-ofdata checko",
}

// oneCompanyEach: whoever knows a company tells of the one that its ИНН names, and of
// each fact stands who says it, under which key of his, and of which day.
func (w *bazaar) oneCompanyEach(r *night.Report) {
	w.t.Helper()
	for i := range w.firms {
		f := &w.firms[i]
		a := w.explained(f.id, r.Day)
		if got := strings.Join(tellersOf(r, &a), " "); got != tellersOfFirms[f.id] {
			w.t.Errorf("%s is told of by\n%s, want\n%s", f.id, got, tellersOfFirms[f.id])
		}
		for _, x := range a.Facts {
			if x.Source == "" || x.SourceKey == "" || !x.Date.Known() || !x.FirstSeen.Known() || x.Value == "+79070009999" {
				w.t.Errorf("%s: %+v", f.id, x)
			}
		}
		if e := w.obzvon("explain", f.phone, "--date", r.Day.String(), "--json"); f.id != "usva" && (e.code != exitDone || strings.Count(e.out, `"explanation":`) != 1) {
			w.t.Errorf("%s by its number: exit %d, %s", f.id, e.code, e.err)
		}
	}
	for id, fields := range map[string]map[company.Field]string{
		"azimut":  {company.FieldPhone: "checko osm twogis website", company.FieldSite: "checko osm twogis website", company.FieldRevenue: "revexp"},
		"vekshor": {company.FieldTenderSubject: "zakupki", company.FieldRevenue: "ask-dadata girbo", company.FieldPhone: "ask-dadata website"},
		"lunevka": {company.FieldTenderSubject: "b2bcenter", company.FieldPhone: "ask-kontur website"},
		"obva":    {company.FieldFairTitle: "fair", company.FieldPhone: "checko fair website"},
		"yayva":   {company.FieldSupplyFrom: "contracts"},
	} {
		a := w.explained(id, r.Day)
		for field, want := range fields {
			of := night.Answer{Facts: slices.DeleteFunc(slices.Clone(a.Facts), func(f night.FactLine) bool { return f.Field != field })}
			if got := strings.Join(tellersOf(r, &of), " "); got != want {
				w.t.Errorf("%s: %s is told by %s, want %s", id, field, got, want)
			}
		}
	}
}

// tellersOf are the sections that tell of a company, sorted. Both sections of zakupki
// have one title; they are told apart by what a contract's key begins with.
func tellersOf(r *night.Report, a *night.Answer) []string {
	names := map[string]string{}
	for _, s := range r.Sources {
		names[s.Title] = s.Name
	}
	for _, e := range r.Enrich {
		names[e.Title] = e.Name
	}
	seen := map[string]bool{}
	for _, f := range a.Facts {
		name := names[f.Source]
		if name == "zakupki" || name == "contracts" {
			name = map[bool]string{false: "zakupki", true: "contracts"}[strings.HasPrefix(f.SourceKey, "contract/")]
		}
		seen[name] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// needsAreScored: tenders, fairs and other suppliers' contracts are points that say now.
func (w *bazaar) needsAreScored(day company.Date) {
	w.t.Helper()
	for id, signal := range map[string]string{"vekshor": "tender", "lunevka": "tender", "obva": "exhibition", "yayva": "competitor_client"} {
		a := w.explained(id, day)
		found := false
		for _, g := range a.Explanation.Groups {
			for _, c := range g.Contributions {
				found = found || g.Intent && c.Signal == signal && c.Known && c.Points > 0 && c.Evidence != "" && c.Source != ""
			}
		}
		if !found || a.Explanation.Intent <= 0 || !a.Explanation.Lead {
			w.t.Errorf("%s: no points for %s: %+v", id, signal, a.Explanation.Groups)
		}
	}
	for id, code := range map[string]string{"tulva": "банкрот", "usva": "ликвидирован"} {
		if a := w.explained(id, day); a.Explanation.Lead || !strings.Contains(a.Explanation.Verdict, code) {
			w.t.Errorf("%s: %s", id, a.Explanation.Verdict)
		}
	}
	if a := w.explained("ashap", day); !slices.ContainsFunc(a.Facts, func(f night.FactLine) bool {
		return f.Field == company.FieldRisk && strings.Contains(f.Note, "запись № 26000001")
	}) {
		w.t.Error("ashap: nobody tells of the list of unfair suppliers")
	}
}

// sheet reads the manager's workbook, a map of columns for each row.
func (w *bazaar) sheet(r *night.Report) (out []map[string]string) {
	w.t.Helper()
	for _, a := range r.Artefacts {
		if !strings.Contains(filepath.Base(a.Path), "manager-1") || filepath.Ext(a.Path) != ".xlsx" {
			continue
		}
		book, err := excelize.OpenFile(a.Path)
		if err != nil {
			w.t.Fatal(err)
		}
		all, err := book.GetRows(xlsx.SheetCalls)
		if err != nil || book.Close() != nil {
			w.t.Fatal(err)
		}
		head := slices.IndexFunc(all, func(cells []string) bool { return slices.Contains(cells, "Зацепка") })
		if head < 0 {
			w.t.Fatalf("no headers in %s", a.Path)
		}
		for _, cells := range all[head+1:] {
			row := map[string]string{}
			for i, cell := range cells {
				if i < len(all[head]) {
					row[all[head][i]] = cell
				}
			}
			out = append(out, row)
		}
		return out
	}
	w.t.Fatalf("no list of the manager: %+v", r.Artefacts)
	return nil
}

// needsAreOnTheList: what a call begins with is the tender, the fair, the contract.
func (w *bazaar) needsAreOnTheList(rows []map[string]string) {
	w.t.Helper()
	hooks := map[string]string{}
	for _, row := range rows {
		for i := range w.firms {
			if name := row["Компания"]; strings.Contains(strings.ToLower(name), strings.ToLower(w.firms[i].name)) {
				hooks[w.firms[i].id] = row["Зацепка"]
			}
		}
	}
	for id, words := range map[string][]string{
		"vekshor": {"одшипник", (w.day + 20).Russian()[:5]}, "lunevka": {"одшипник", (w.day + 18).Russian()[:5]}, "obva": {"Выдумка"}, "yayva": {"ЧУЖАЯ ПОСТАВКА"},
	} {
		for _, word := range words {
			if !strings.Contains(hooks[id], word) {
				w.t.Errorf("%s: the call begins with %q, want %q in it", id, hooks[id], word)
			}
		}
	}
	for _, id := range []string{"tulva", "usva"} {
		if _, listed := hooks[id]; listed {
			w.t.Errorf("%s is on the list", id)
		}
	}
}

// onlyWhatWasMissing: who is known wholly is asked for nowhere, and what a free service
// has told no paid one is asked for.
func (w *bazaar) onlyWhatWasMissing() {
	w.t.Helper()
	for _, a := range w.Asked() {
		text, err := url.QueryUnescape(a.Path + "?" + a.Query + " " + a.Body)
		if err != nil {
			w.t.Fatal(err)
		}
		vendor := vendorOf(a.Path)
		if paid := slices.Contains([]string{"dadata", "kontur", "saby"}, vendor); paid && strings.Contains(text, string(w.firm("azimut").inn)) {
			w.t.Errorf("%s was asked for a company of which all is known: %s", vendor, text)
		}
		if vendor == "saby" && strings.HasSuffix(a.Path, "contacts-official") && strings.Contains(text, string(w.firm("kosva").inn)) {
			w.t.Errorf("%s was paid for what the registry had told: %s", vendor, text)
		}
	}
}
