package resolve

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// world invents companies and listings out of few phones, domains, names and
// cities, so that everything collides with everything.
func world(rng *rand.Rand) []company.Observation {
	var out []company.Observation
	pick := func(s ...string) string { return s[rng.IntN(len(s))] }
	contacts := func(o *company.Observation) {
		for range rng.IntN(3) {
			o.Add(company.FieldPhone, fmt.Sprintf("+7907000%04d", rng.IntN(25)))
		}
		if rng.IntN(3) == 0 {
			o.Add(company.FieldSite, fmt.Sprintf("https://firma%d.ru", rng.IntN(15)))
		}
		if rng.IntN(3) == 0 {
			o.Add(company.FieldEmail, fmt.Sprintf("info@firma%d.ru", rng.IntN(15)))
		}
		if rng.IntN(4) > 0 {
			o.Add(company.FieldCity, pick("Пермь", "Уфа", "Киров"))
		}
		if rng.IntN(8) == 0 {
			o.Add(company.FieldOGRN, strconv.Itoa(1000000000000+rng.IntN(6)))
		}
		o.Sort()
	}
	name := func() string {
		return pick("ООО ", "АО ", "") + pick("Альтаир", "Бетельгейзе", "Кассиопея", "Автосервис", "Дуб", "Сириус Плюс")
	}
	for i := range 12 {
		o := obs("rsmp", string(validINN(i)), validINN(i), fShort, name())
		contacts(&o)
		out = append(out, o)
	}
	for i := range 30 {
		o := obs("2gis", fmt.Sprintf("%03d", i), "", fBrand, name())
		contacts(&o)
		out = append(out, o)
	}
	return out
}

func TestOrderDecidesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	total := 0
	for range 30 {
		base := world(rng)
		s := open(t, base...)
		want, wantReport := snapshot(t, s)
		total += len(want)
		for range 3 {
			rng.Shuffle(len(base), func(i, j int) { base[i], base[j] = base[j], base[i] })
			got, report := snapshot(t, open(t, base...))
			if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(report, wantReport) {
				t.Fatalf("another order of %+v\n gives %+v\nnot %+v", base, got, want)
			}
		}
		// A night over what a night has stored comes to the same, looked at
		// anew or not.
		anew, err := Run(t.Context(), s, NewExact(testConfig()), Options{ReviewAtMost: 1000, Basis: "another"})
		if again := joins(t, s); err != nil || !reflect.DeepEqual(again, want) || !reflect.DeepEqual(anew, wantReport) {
			t.Fatalf("second run gives %+v, not %+v (%v)", again, want, err)
		}
		snapshot(t, s)
		wantReport.Unchanged = true
		if again, report := snapshot(t, s); !reflect.DeepEqual(again, want) || !reflect.DeepEqual(report, wantReport) {
			t.Fatalf("without a change there is %+v, not %+v", report, wantReport)
		}
	}
	if total < 100 {
		t.Errorf("only %d joins in all worlds: they show nothing", total)
	}
}

func snapshot(t *testing.T, s *memory.Store) (map[string]store.Join, Report) {
	t.Helper()
	rep := run(t, s)
	got := joins(t, s)
	if rep.Joined != int64(len(got)) || rep.Listings != 30 {
		t.Fatalf("report %+v beside %d joins", rep, len(got))
	}
	unresolved := int64(0)
	for _, n := range rep.Reasons {
		unresolved += n
	}
	if unresolved+rep.Joined != rep.Listings {
		t.Fatalf("%d unresolved and %d joined of %d", unresolved, rep.Joined, rep.Listings)
	}
	return got, rep
}

func TestUnrelatedCompanyChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 30 {
		base := world(rng)
		want, _ := snapshot(t, open(t, base...))
		for i := range 5 {
			inn := validINN(500 + i)
			base = append(base, obs("rsmp", string(inn), inn, fShort, "ООО Посторонний", fPhone, "+79079999999", fSite, "https://postoronniy.ru", fCity, "Пермь"))
		}
		if got, _ := snapshot(t, open(t, base...)); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	}
}

// Evidence must hold when looked at by itself: the phone or domain is the
// company's, or was brought by another listing joined to it.
func TestEvidenceLeadsToOneCompany(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	for range 30 {
		base := world(rng)
		got, _ := snapshot(t, open(t, base...))
		owners := map[string]map[company.INN]bool{}
		for _, o := range base {
			inn := o.INN
			if j, ok := got[o.Source+"/"+o.Key]; ok {
				inn = j.INN
			}
			for _, p := range o.All(company.FieldPhone) {
				if owners[p] == nil {
					owners[p] = map[company.INN]bool{}
				}
				if inn != "" {
					owners[p][inn] = true
				}
			}
		}
		for id, j := range got {
			for _, e := range j.Evidence {
				if e.Kind == kindPhone && (len(owners[e.Value]) != 1 || !owners[e.Value][j.INN]) {
					t.Fatalf("%s joins %s by %s, which leads to %v", id, j.INN, e.Value, owners[e.Value])
				}
			}
		}
	}
}

func TestUndo(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	undone := 0
	for range 20 {
		base := world(rng)
		s := open(t, base...)
		before, _ := snapshot(t, s)
		for id, j := range before {
			if !ownEvidence(base, before, id) {
				continue
			}
			undone++
			fresh := open(t, base...)
			decide(t, fresh, j.ID, j.INN, false)
			for range 2 { // it does not come back
				after, rep := snapshot(t, fresh)
				want := map[string]store.Join{}
				for k, v := range before {
					if k != id {
						want[k] = v
					}
				}
				if !reflect.DeepEqual(after, want) {
					t.Fatalf("without %s: %+v\nwant %+v", id, after, want)
				}
				if row, ok := reason(rep, j.ID.Key); ok && slices.ContainsFunc(row.Candidates, func(c Candidate) bool { return c.INN == j.INN }) {
					t.Fatalf("%s is proposed for %s again: %+v", j.INN, id, row)
				}
			}
		}
	}
	if undone < 30 {
		t.Errorf("only %d joins undone", undone)
	}
}

// ownEvidence tells that no other join rests on what this listing brings.
func ownEvidence(base []company.Observation, all map[string]store.Join, id string) bool {
	own := map[string]bool{}
	for _, o := range base {
		if o.INN != "" {
			for _, f := range o.Facts {
				own[string(f.Field)+f.Value] = true
				if _, host, ok := cutDomain(f.Value); ok {
					own[host] = true
				}
			}
		}
	}
	for _, o := range base {
		if o.Source+"/"+o.Key != id {
			continue
		}
		for _, f := range o.Facts {
			_, host, isDomain := cutDomain(f.Value)
			brings := f.Field == company.FieldPhone || f.Field == company.FieldOGRN || isDomain
			if brings && !own[string(f.Field)+f.Value] && !own[host] {
				return false
			}
		}
	}
	return all[id].INN != ""
}

func cutDomain(s string) (string, string, bool) {
	for _, p := range []string{"https://", "info@"} {
		if len(s) > len(p) && s[:len(p)] == p {
			return p, s[len(p):], true
		}
	}
	return "", "", false
}

func decide(t *testing.T, s *memory.Store, id store.ObservationID, inn company.INN, same bool) {
	t.Helper()
	d := store.Decision{ID: id, INN: inn, Same: same, By: "analyst", At: time.Unix(1_800_000_000, 0)}
	if err := s.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func TestDecisions(t *testing.T) {
	const phone, phone2 = "+79070000001", "+79070000002"
	base := []company.Observation{
		obs("rsmp", "a", innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone),
		obs("rsmp", "b", innB, fShort, `ООО "КЛЁН"`),
		obs("2gis", "1", "", fBrand, "Ясень", fPhone, phone, fPhone, phone2),
		obs("2gis", "2", "", fBrand, "Ясень", fPhone, phone2),
	}
	first, second := store.ObservationID{Source: "2gis", Key: "1"}, store.ObservationID{Source: "2gis", Key: "2"}
	t.Run("no takes what rested on it", func(t *testing.T) {
		s := open(t, base...)
		run(t, s)
		decide(t, s, first, innA, false)
		rep := run(t, s)
		if got := joins(t, s); len(got) != 0 {
			t.Errorf("joins %+v", got)
		}
		if rep.Reasons[ReasonDenied] != 1 || rep.Reasons[ReasonUnknown] != 1 || len(rep.Review) != 1 {
			t.Errorf("reasons %v, review %+v", rep.Reasons, rep.Review)
		}
	})
	t.Run("yes joins and lends its phones", func(t *testing.T) {
		s := open(t, base...)
		decide(t, s, first, innA, false)
		decide(t, s, first, innB, true)
		rep := run(t, s)
		got := joins(t, s)
		if j := got["2gis/1"]; j.INN != innB || !j.Manual {
			t.Errorf("first %+v", j)
		}
		if j := got["2gis/2"]; j.INN != innB || j.Manual || j.Evidence[0].Value != phone2 {
			t.Errorf("second %+v", j)
		}
		if rep.Manual != 1 || rep.Joined != 2 {
			t.Errorf("report %+v", rep)
		}
	})
	t.Run("yes keeps the evidence it has", func(t *testing.T) {
		s := open(t, base...)
		decide(t, s, first, innA, true)
		run(t, s)
		if j := joins(t, s)["2gis/1"]; !j.Manual || len(j.Evidence) != 1 || j.Evidence[0] != (store.Evidence{Kind: "phone", Value: phone}) {
			t.Errorf("join %+v", j)
		}
	})
	t.Run("yes to a company nobody holds", func(t *testing.T) {
		s := open(t, base...)
		decide(t, s, second, innC, true)
		run(t, s)
		got := joins(t, s)
		if got["2gis/2"].INN != innC {
			t.Errorf("joins %+v", got)
		}
		if _, joined := got["2gis/1"]; joined { // phone → A, phone2 → C
			t.Errorf("joins %+v", got)
		}
	})
}

var errDisk = errors.New("disk is gone")

type broken struct {
	Store
	after *atomic.Int64
}

func (b broken) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	if b.after.Add(-1) < 0 {
		return company.Observation{}, errDisk
	}
	return b.Store.Get(ctx, id)
}

func (b broken) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	if b.after.Add(-1) < 0 {
		return nil, errDisk
	}
	return b.Store.Dossiers(ctx, after, limit)
}

func (b broken) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	if b.after.Add(-1) < 0 {
		return nil, errDisk
	}
	return b.Store.WithoutINN(ctx, after, limit)
}

func (b broken) Decisions(ctx context.Context) ([]store.Decision, error) {
	if b.after.Add(-1) < 0 {
		return nil, errDisk
	}
	return b.Store.Decisions(ctx)
}

// Whatever read fails first, the error comes out; joins are replaced wholly or
// not at all.
func TestErrorsOfTheStore(t *testing.T) {
	s := open(t, obs("rsmp", "a", innA, fPhone, "+79070000001"), obs("2gis", "1", "", fPhone, "+79070000001"), obs("2gis", "2", "", fPhone, "+79070000002"))
	for n := int64(0); ; n++ {
		var after atomic.Int64
		after.Store(n)
		_, err := Run(t.Context(), broken{s, &after}, NewExact(config.Resolve{SharedNames: 3}), Options{ReviewAtMost: 10, Interest: func(*company.Observation) int { return 0 }})
		if err == nil {
			if n < 7 { // among them two of the row: for its interest and for itself
				t.Errorf("done after %d reads", n)
			}
			break
		}
		if !errors.Is(err, errDisk) {
			t.Fatalf("after %d reads: %v", n, err)
		}
	}
	if got := joins(t, s); len(got) != 1 {
		t.Errorf("joins %+v", got)
	}
}

func TestReviewIsCut(t *testing.T) {
	var base []company.Observation
	base = append(base, obs("rsmp", "a", innA, fPhone, "+79070000001"), obs("rsmp", "b", innB, fPhone, "+79070000001"))
	for i := range 10 {
		base = append(base, obs("2gis", strconv.Itoa(i), "", fPhone, "+79070000002"))
	}
	base = append(base, obs("2gis", "z", "", fPhone, "+79070000001"))
	s := open(t, base...)
	rep, err := Run(t.Context(), s, NewExact(testConfig()), Options{ReviewAtMost: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Review) != 3 || rep.Review[0].ID.Key != "z" || rep.Review[1].ID.Key != "0" || rep.Reasons[ReasonUnknown] != 10 {
		t.Errorf("review %+v, reasons %v", rep.Review, rep.Reasons)
	}
}

func TestReviewPutsInterestFirst(t *testing.T) {
	var base []company.Observation
	base = append(base, obs("rsmp", "a", innA, fPhone, "+79070000001"), obs("rsmp", "b", innB, fPhone, "+79070000001"))
	for i := range 10 {
		base = append(base, obs("2gis", strconv.Itoa(i), "", fPhone, "+79070000002", fBrand, strconv.Itoa(i%3)))
	}
	base = append(base, obs("2gis", "y", "", fPhone, "+79070000001", fBrand, "0"), obs("2gis", "z", "", fPhone, "+79070000001", fBrand, "1"))
	s := open(t, base...)
	for _, tt := range []struct {
		limit int
		want  string
		asked int
	}{
		{100, "z y 2 5 8 1 4 7 0 3 6 9", 12},
		{5, "z y 2 5 8", 12},
		{2, "z y", 2}, // the other reason is not looked at
		{0, "", 0},
	} {
		asked := 0
		rep, err := Run(t.Context(), s, NewExact(testConfig()), Options{ReviewAtMost: tt.limit, Interest: func(o *company.Observation) int {
			asked++
			n, err := strconv.Atoi(o.First(company.FieldNameBrand))
			if err != nil {
				t.Error(err)
			}
			return n
		}})
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, r := range rep.Review {
			keys = append(keys, r.ID.Key)
			if r.Observation.Key != r.ID.Key {
				t.Errorf("row %s has the observation %s", r.ID.Key, r.Observation.Key)
			}
		}
		if got := strings.Join(keys, " "); got != tt.want || asked != tt.asked {
			t.Errorf("limit %d: %s, want %s; asked of %d, want %d", tt.limit, got, tt.want, asked, tt.asked)
		}
	}
}
