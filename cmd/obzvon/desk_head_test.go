package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/exports/web/head"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// bureau is a desk over a store with the list of one Monday, made of the sample.
type bureau struct {
	*testing.T

	desk  *desk
	house *house
	day   company.Date
	list  *calllist.List
}

const bureauConfig = `schema_version: 1
managers:
  - {id: "anna", name: "Анна", dials: 12, from: "09:00", until: "18:00", role: acquisition}
  - {id: "oleg", name: "Олег", dials: 12, from: "09:00", until: "18:00", role: acquisition, absences: [{from: "2026-11-24", until: "2026-11-30"}]}
enrich: {website: {enabled: false}}
`

const noBooks = "exports: {xlsx: {enabled: false}}\n"

// openBureau makes the list without its workbooks, which take most of the time.
func openBureau(t *testing.T) *bureau {
	t.Helper()
	return openBureauWith(t, noBooks)
}

func openBureauWith(t *testing.T, more string) *bureau {
	t.Helper()
	b := emptyBureau(t, more)
	if _, err := b.house.night.Run(t.Context(), night.Request{Day: b.day}); err != nil {
		t.Fatal(err)
	}
	var err error
	if b.list, err = b.house.listOf(t.Context(), b.day); err != nil {
		t.Fatal(err)
	}
	b.house.night.Clock = func() time.Time { return b.day.Time().Add(33 * time.Hour) }
	return b
}

// emptyBureau has no list yet.
func emptyBureau(t *testing.T, more string) *bureau {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "obzvon.yaml")
	if err := os.WriteFile(config, []byte(bureauConfig+more), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{io: streams{out: io.Discard, err: io.Discard}, environ: []string{"OBZVON_DATA_DIR=" + dir}, configPath: config, quiet: true}
	b := &bureau{T: t, day: company.NewDate(2026, time.November, 23)}
	var err error
	if b.house, err = a.open(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.house.Close(); err != nil {
			t.Error(err)
		}
	})
	b.desk = &desk{app: a, gate: gate.New(time.Now), live: func() *house { return b.house }}
	return b
}

func (b *bureau) head() headDesk { return headDesk{b.desk} }

// call puts results of some rows of a manager's list there, row by row.
func (b *bureau) call(manager string, outcomes ...string) []company.INN {
	b.Helper()
	var inns []company.INN
	var results []store.Result
	for i := range b.list.Rows {
		row := &b.list.Rows[i].Row
		if row.ManagerID != manager || len(results) == len(outcomes) {
			continue
		}
		r := store.Result{INN: row.INN, Day: b.day, List: b.list.ID, File: "f1", Saved: b.day.Time(), Manager: manager, Outcome: outcomes[len(results)], Dialled: b.list.Rows[i].Phones[0]}
		if r.Outcome == funnel.CallBack {
			r.Next = b.day + 1
		}
		results, inns = append(results, r), append(inns, row.INN)
	}
	if _, err := b.house.store.PutResults(b.Context(), results); err != nil {
		b.Fatal(err)
	}
	return inns
}

func TestTeamworkIsCounted(t *testing.T) {
	b := openBureau(t)
	b.call("anna", funnel.NoAnswer, funnel.Interest, funnel.CallBack, funnel.OfferSent)
	later := b.day + 2
	team, err := b.head().Team(t.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	if len(team.Managers) != 2 || team.WeekFrom != b.day || team.MonthFrom != company.NewDate(2026, 11, 1) || team.Until != later-1 {
		t.Fatalf("%+v", team)
	}
	anna, oleg := team.Managers[0], team.Managers[1]
	want := head.Tally{Days: 2, Norm: 24, Dials: 4, Contacts: 3, Interest: 2}
	if anna.Week != want || anna.Month != want || anna.Today != (head.Tally{Days: 1, Norm: 12}) {
		t.Errorf("anna: week %+v, month %+v, today %+v", anna.Week, anna.Month, anna.Today)
	}
	if len(anna.Lists) != 1 || anna.Lists[0].Done != 4 || anna.Open() != 8 || len(anna.Missing()) > 0 {
		t.Errorf("anna's list: %+v", anna.Lists)
	}
	if len(anna.Overdue) != 1 || anna.Overdue[0].Due != b.day+1 || anna.Overdue[0].Company == "" {
		t.Errorf("anna's promises: %+v", anna.Overdue)
	}
	if oleg.Away != "нет на месте по 30.11.2026" || oleg.Week.Norm != 12 || !slices.Equal(oleg.Missing(), []company.Date{b.day}) {
		t.Errorf("oleg: %q, %+v, missing %v", oleg.Away, oleg.Week, oleg.Missing())
	}
}

func TestTeamOfAnEmptyStore(t *testing.T) {
	b := openBureau(t)
	team, err := b.head().Team(t.Context(), b.day-20)
	if err != nil || len(team.Managers) != 2 || team.Managers[0].Week.Norm != 0 {
		t.Errorf("%+v, %v", team, err)
	}
}

func (b *bureau) marks(inn company.INN) string {
	b.Helper()
	marks, err := b.house.marksOf(b.Context(), inn)
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	for _, m := range marks {
		out = append(out, strings.Join([]string{string(m.Kind), m.Value, m.By}, " "))
	}
	return strings.Join(out, ", ")
}

func TestAssignOnAPage(t *testing.T) {
	b, d := openBureau(t), t.Context()
	desk, inn := b.head(), b.list.Rows[0].Row.INN
	for _, step := range []struct {
		do   func() error
		err  error
		want string
	}{
		{func() error { return desk.Assign(d, "olga", inn, "nobody", false) }, head.ErrManager, ""},
		{func() error { return desk.Assign(d, "olga", "7701000001", "anna", false) }, head.ErrUnknown, ""},
		{func() error { return desk.Free(d, "olga", inn) }, head.ErrNothing, ""},
		{func() error { return desk.Assign(d, "olga", inn, "oleg", false) }, nil, "manager oleg olga"},
		{func() error { return desk.Assign(d, "olga", inn, "oleg", true) }, nil, "manager oleg olga, pin oleg olga"},
		{func() error { return desk.Assign(d, "olga", inn, "anna", false) }, &head.PinnedError{}, "manager oleg olga, pin oleg olga"},
		{func() error { return desk.Assign(d, "olga", inn, "anna", true) }, nil, "manager oleg olga, pin anna olga"},
		{func() error { return desk.Free(d, "olga", inn) }, nil, ""},
	} {
		err := step.do()
		var pinned *head.PinnedError
		same := errors.Is(err, step.err) || errors.As(err, &pinned) && errors.As(step.err, &pinned)
		if !same {
			t.Errorf("%v, want %v", err, step.err)
		}
		if got := b.marks(inn); got != step.want {
			t.Errorf("marks %q, want %q", got, step.want)
		}
	}
}

func TestMoveAllOnAPage(t *testing.T) {
	b := openBureau(t)
	desk, ctx := b.head(), t.Context()
	var hers []company.INN
	for i := range b.list.Rows {
		if b.list.Rows[i].Row.ManagerID == "anna" {
			hers = append(hers, b.list.Rows[i].Row.INN)
		}
	}
	for _, err := range []error{
		desk.Assign(ctx, "olga", hers[0], "anna", true), desk.Assign(ctx, "olga", hers[1], "oleg", false),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := desk.Count(ctx, "anna", "oleg")
	if err != nil || m.Free != len(hers)-2 || m.Pinned != 1 || m.From.Name != "Анна" {
		t.Fatalf("%+v, %v", m, err)
	}
	if err := desk.Assign(ctx, "olga", hers[2], "oleg", false); err != nil {
		t.Fatal(err)
	}
	if err := desk.MoveAll(ctx, "olga", m, true); !errors.Is(err, head.ErrChanged) || b.marks(hers[3]) != "" {
		t.Fatalf("another move than was shown: %v", err)
	}
	if m, err = desk.Count(ctx, "anna", "oleg"); err != nil {
		t.Fatal(err)
	}
	if err := desk.MoveAll(ctx, "olga", m, false); err != nil || b.marks(hers[0]) != "pin anna olga" || b.marks(hers[3]) != "manager oleg olga" {
		t.Errorf("%v: %q, %q", err, b.marks(hers[0]), b.marks(hers[3]))
	}
	if m, err = desk.Count(ctx, "anna", "oleg"); err != nil || m.Free != 0 || m.Pinned != 1 {
		t.Fatalf("after it: %+v, %v", m, err)
	}
	if err := desk.MoveAll(ctx, "olga", m, true); err != nil || b.marks(hers[0]) != "pin oleg olga" {
		t.Errorf("%v: %q", err, b.marks(hers[0]))
	}
	settled, err := desk.Settled(ctx)
	if err != nil || len(settled) != len(hers) {
		t.Errorf("%d settled, %v", len(settled), err)
	}
	if _, err := desk.Count(ctx, "nobody", "oleg"); !errors.Is(err, head.ErrManager) {
		t.Errorf("from nobody: %v", err)
	}
}

func TestSearchOnAPage(t *testing.T) {
	b := openBureau(t)
	row := b.list.Rows[0].Row
	word := strings.ToLower(strings.Fields(strings.Trim(row.Company[strings.Index(row.Company, "«")+len("«"):], "«»()"))[0])
	for query, everywhere := range map[string]bool{string(row.INN): false, word: false, word[:len(word)-2]: true} {
		found, err := b.head().Search(t.Context(), query, everywhere)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(found.Firms, func(f head.Firm) bool { return f.INN == row.INN })
		if i < 0 || found.Firms[i].KeeperID != row.ManagerID || found.Firms[i].City == "" || found.Firms[i].Why != "по спискам" {
			t.Errorf("%q: %+v", query, found.Firms)
		}
	}
	here, err := b.head().Search(t.Context(), word, false)
	if err != nil {
		t.Fatal(err)
	}
	all, err := b.head().Search(t.Context(), word, true)
	if err != nil || len(all.Firms) < len(here.Firms) {
		t.Errorf("the whole base has %d, the lists %d: %v", len(all.Firms), len(here.Firms), err)
	}
	for _, query := range []string{"№№№", "нетакогослова", "7701000001"} {
		if found, err := b.head().Search(t.Context(), query, true); err != nil || len(found.Firms) > 0 {
			t.Errorf("%q: %+v, %v", query, found, err)
		}
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if _, err := b.head().Search(over, word, true); !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone is searched for: %v", err)
	}
}

func TestTargetsOnAPage(t *testing.T) {
	b := openBureau(t)
	desk, ctx := b.head(), t.Context()
	before, err := desk.Targets(ctx)
	if err != nil || before.Day != b.day || len(before.Rows) != len(b.list.Targets) {
		t.Fatalf("%d targets of %d: %v", len(before.Rows), len(b.list.Targets), err)
	}
	first := before.Rows[0]
	if !first.Listed || first.Codes == "" || first.Name == "" || first.Revenue == nil {
		t.Errorf("little is known of %+v", first)
	}
	other := b.list.Rows[slices.IndexFunc(b.list.Rows, func(e calllist.Entry) bool { return !slices.Contains(b.list.Targets, e.Row.INN) })].Row.INN
	for _, err := range []error{desk.AddTarget(ctx, "olga", other), desk.ReleaseTarget(ctx, "olga", first.INN)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	after, err := desk.Targets(ctx)
	if err != nil || len(after.Rows) != len(before.Rows)+1 {
		t.Fatalf("%d targets: %v", len(after.Rows), err)
	}
	if added := after.Rows[0]; added.INN != other || !added.Added || added.Listed || !strings.Contains(added.Note, "olga") {
		t.Errorf("added: %+v", added)
	}
	if released := after.Rows[1]; !released.Released || released.Added {
		t.Errorf("released: %+v", released)
	}
	if err := desk.AddTarget(ctx, "olga", first.INN); err != nil || b.marks(first.INN) != "target  olga" {
		t.Errorf("back again: %v, %q", err, b.marks(first.INN))
	}
	if err := desk.AddTarget(ctx, "olga", "7701000001"); !errors.Is(err, head.ErrUnknown) {
		t.Errorf("unknown: %v", err)
	}
}

// TestPlanOnAPage: every chart of the plan can be drawn.
func TestPlanOnAPage(t *testing.T) {
	b := openBureau(t)
	b.call("anna", funnel.Interest, funnel.Contract)
	r, err := b.head().Plan(t.Context(), b.day)
	if err != nil || r.Empty || len(r.Charts()) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, c := range r.Charts() {
		if drawn, err := b.head().Draw(&c); err != nil || !strings.HasPrefix(string(drawn), "<svg") {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}
