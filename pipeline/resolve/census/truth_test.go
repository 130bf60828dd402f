package census

import (
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// TestTruthsCanBeChecked looks for reasons in the observations themselves:
// what is said to be linked by nothing shares no value with its company, and
// what shares a number of its own is decidable.
func TestTruthsCanBeChecked(t *testing.T) {
	w := world(t, small)
	for l := range w.Listings() {
		truth := &l.Truth
		n, ok := w.Number(truth.INN)
		switch {
		case truth.INN == "" && (truth.Bond != BondNone || truth.Troubles&TroubleStranger == 0 && !truth.Site):
			t.Fatalf("%s has no firm, and %s, %s", l.Observation.Key, truth.Bond, truth.Troubles)
		case truth.INN == "":
			continue
		case !ok:
			t.Fatalf("%s belongs to %s, which is not in the registry", l.Observation.Key, truth.INN)
		}
		own := w.Own(n)
		tie := agreement(&l.Observation, own)
		f := w.maker().firm(n)
		if truth.Bond == BondUnlinked && tie != "" {
			t.Errorf("%s is said to be linked by nothing, and both have %s", l.Observation.Key, tie)
		}
		if tie != "" && !f.group && truth.Bond != BondDecidable {
			t.Errorf("%s has %s of its company, and is said: %s", l.Observation.Key, tie, truth.Bond)
		}
	}
}

// agreement finds a phone, a mailbox, a host or a number that both sides have.
func agreement(o *company.Observation, own []company.Observation) string {
	for i := range own {
		for _, f := range own[i].Facts {
			for _, g := range o.Facts {
				switch {
				case f.Field == company.FieldPhone && g.Field == f.Field && strings.HasPrefix(g.Value, f.Value),
					f.Field == company.FieldEmail && g.Field == f.Field && g.Value == f.Value,
					f.Field == company.FieldSite && g.Field == f.Field && host(f.Value) == host(g.Value),
					f.Field == company.FieldOGRN && (g.Field == f.Field || g.Field == company.FieldPrintedOGRN) && g.Value == f.Value,
					g.Field == company.FieldPrintedINN && g.Value == string(own[i].INN):
					return string(g.Field) + " " + g.Value
				}
			}
		}
	}
	return ""
}

func host(url string) string {
	site, err := company.ParseSite(url)
	if err != nil {
		return url
	}
	return site.Host
}

// TestRivalsAreThere finds for each listing in whose town a namesake is said to
// be another company, sign or stranger of the name by going through all.
func TestRivalsAreThere(t *testing.T) {
	w := world(t, small)
	type place struct{ name, town string }
	bearers := map[place]map[string]bool{}
	m := w.maker()
	note := func(f *firm) {
		names := []string{f.title.plain(true)}
		if f.sole {
			names = []string{"ИП " + f.who.initials()}
		}
		if f.other {
			names = append(names, f.sign.plain(true))
		}
		for _, name := range names {
			for _, in := range []*town{f.seat.town, f.works.town} {
				p := place{squeeze(name), in.key()}
				if bearers[p] == nil {
					bearers[p] = map[string]bool{}
				}
				bearers[p][string(f.inn)] = true
			}
		}
	}
	for n := range w.spec.Companies {
		f := m.firm(n)
		note(&f)
	}
	for n := range w.strangers() {
		f, _ := m.stranger(n)
		note(&f)
	}
	checked := 0
	r := w.rivals()
	w.stories(func(scene []shown) bool {
		for i, truth := range m.truths(scene, r) {
			s := &scene[i]
			clean := s.troubles&(TroubleTypo|TroubleLatin|TroubleInitials|TroubleLookalike|TroubleExtra|TroubleDropped|TroubleOrder|TroubleKind) == 0
			if s.form != "" || !clean || !s.related || s.owner.n < 0 || s.town != s.owner.seat.town || truth.Site {
				continue
			}
			checked++
			others := len(bearers[place{squeeze(s.owner.title.plain(true)), s.town.key()}]) - 1
			if has := truth.Troubles&TroubleNamesake != 0; has != (others > 0) {
				t.Errorf("%s «%s»: a namesake in town: %v, found %d", s.obs.Key, s.owner.title.plain(true), has, others)
			}
		}
		return true
	})
	if checked < 100 {
		t.Errorf("only %d listings could be checked", checked)
	}
}

// squeeze leaves the letters of a name, as sameKey does.
func squeeze(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "ё", "е")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.«»\"+/", r) {
			return -1
		}
		return r
	}, s)
}

func TestTalliesAddUp(t *testing.T) {
	m := NewMeasure()
	add := func(inn company.INN, bond Bond, a Answer, to company.INN, trouble Trouble) {
		m.Add(&Listing{Truth: Truth{INN: inn, Bond: bond, Troubles: trouble}}, a, to)
	}
	add("1", BondDecidable, Joined, "1", TroubleTypo)
	add("1", BondDecidable, Joined, "2", TroubleTypo|TroubleMoved)
	add("3", BondDecidable, Asked, "3", 0)
	add("4", BondOutdone, Joined, "4", 0)
	add("5", BondUnlinked, Left, "", 0)
	add("", BondNone, Joined, "6", TroubleStranger)
	m.Add(&Listing{Truth: Truth{INN: "7", Bond: BondDecidable, Site: true}}, Joined, "7")
	want := Tally{Listings: 6, Known: 5, Linked: 4, Decidable: 3, Joined: 4, Right: 2, Tied: 2, Decided: 1, Asked: 1}
	if m.All != want {
		t.Errorf("tallied %+v, want %+v", m.All, want)
	}
	if m.Sites.Right != 1 || m.Sites.Listings != 1 {
		t.Errorf("sites: %+v", m.Sites)
	}
	for _, c := range []struct{ got, want float64 }{
		{m.All.Precision(), 0.5}, {m.All.Recall(), 1.0 / 3}, {m.All.RecallLinked(), 0.5}, {m.All.RecallAll(), 0.4}, {m.All.Review(), 1.0 / 6}, {(&Tally{}).Precision(), 1},
	} {
		if c.got != c.want {
			t.Errorf("share %v, want %v", c.got, c.want)
		}
	}
	classes := m.Classes()
	i := slices.IndexFunc(classes, func(c Class) bool { return c.Name == "typo" })
	if i < 0 || classes[i].Listings != 2 || classes[i].Right != 1 {
		t.Errorf("classes %+v", classes)
	}
	var b strings.Builder
	if err := m.Write(&b, func(company.INN) []company.Observation { return nil }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"LISTINGS", "WRONG stranger", "WRONG moved to another region", "MISSING no trouble"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not written:\n%s", want, b.String())
		}
	}
}
