package config

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// edited returns the built-in segments file with one text replaced.
func edited(t *testing.T, from, to string) []byte {
	t.Helper()
	_, text := DefaultFiles()
	if strings.Count(string(text), from) == 0 {
		t.Fatalf("the built-in file has no %q", from)
	}
	return []byte(strings.Replace(string(text), from, to, 1))
}

func TestBadSegments(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"negative weight", "points: 24", "points: -24", `signals[0].points: -24: want a number of points from 0 to 100`},
		{"caps", "cap: 34", "cap: 35", `groups: 101: is the sum of the caps: want 100`},
		{"negative cap", "cap: 34", "cap: -34", `groups[0].cap: -34: want a number of points, 0 or more`},
		{"no such group", "{id: okved_main, group: fit", "{id: okved_main, group: fitt", `signals[0].group: "fitt": want one of fit, size, network, reach, proximity, stability, freshness, season, intent`},
		{"same signal twice", "id: okved_extra", "id: okved_main", `signals[2].id: "okved_main": stands here twice`},
		{"misspelt signal", "id: okved_main", "id: okved_mane", `signals[0].id: "okved_mane": unknown signal; the nearest known one is okved_main`},
		{"signal that is none", "id: season, group", "id: Сезон, group", `signals[18].id: "Сезон": unknown signal; the nearest known one is age`},
		{"unknown above 1", "points: 8, unknown: 0.3", "points: 8, unknown: 30", `signals[5].unknown: 30: want a number from 0 to 1`},
		{"priority", "priority: 3\n", "priority: 4\n", `segments[6].priority: 4: want a whole number from 1 to 3`},
		{"shares", "priority_1: 0.5", "priority_1: 0.6", `phases[1]: 1.1: is the sum of priority_1, 2 and 3: want 1`},
		{"phases fall", "from_month: 13", "from_month: 7", `phases[2].from_month: 7: want more than 7, that of the phase before`},
		{"first phase", "from_month: 1\n", "from_month: 2\n", `phases: want phases, the first with from_month: 1`},
		{"steps fall", "{from: 15, value: 0.5}", "{from: 5, value: 0.5}", `ladders.headcount[2].from: 5: want more than 5, that of the step before`},
		{"unquoted code", `- "45.20" #`, `- 45.20 #`, `segments[0].codes.core[0]: 45.20: YAML reads this as a number: write "45.20" in quotes`},
		{"octal code", `- "10" #`, `- 010 #`, `segments[3].codes.adjacent[0]: 010: YAML reads this as a number: write "010" in quotes`},
		{"same code twice", `- "45.20.1" #`, `- "45.20" #`, `segments[0].codes.core[1]: "45.20": stands in this segment twice`},
		{"unknown code", `- "45.20.1" #`, `- "45.20.9" #`, `segments[0].codes.core[1]: "45.20.9": not in the classifier ОКВЭД2`},
		{"second sign", `second_sign: ["46.90"`, `second_sign: ["46.91"`, `segments[2].second_sign[0]: "46.91": want one of the segment's codes`},
		{"empty word", `words: ["автосервис"`, `words: [""`, `segments[0].words[0]: "": want a text of two characters or more`},
		{"word twice", `words: ["автосервис", "автотехцентр"`, `words: ["автосервис", "автосервис"`, `segments[0].words[1]: "автосервис": stands here twice`},
		{"empty word of a veto", `not_ours_words: ["жск"`, `not_ours_words: [""`, `vetoes.not_ours_words[0]: "": want a text of two characters or more`},
		{"month", "season: [3, 4, 5, 10, 11]", "season: [13]", `segments[0].season[0]: 13: want a whole number from 1 to 12`},
		{"id", "id: auto_service", "id: Автосервис", `segments[0].id: "Автосервис": want 1 to 40 small latin letters, digits, - and _`},
		{"no hook", "hook: \"Какие подшипники ступиц", "hok: \"Какие подшипники ступиц", `segments[0].hok: unknown key; the nearest known one is hook`},
		{"size", "size: {from: 0, to: 100}", "size: {from: 200, to: 100}", `segments[2].size.to: 100: want 0 (open) or a number not less than from`},
		{"number ИНН", "competitor_inns: []", "competitor_inns: [0105012345]", `vetoes.competitor_inns[0]: 0105012345: YAML reads this as a number: write "0105012345" in quotes`},
		{"wrong ИНН", "competitor_inns: []", `competitor_inns: ["7707083894"]`, `vetoes.competitor_inns[0]: "7707083894": want an ИНН of 10 or 12 digits in quotes with a right checksum`},
		{"region twice", `codes: ["50"]`, `codes: ["50", "50"]`, `proximity.regions[0].codes[1]: "50": stands here twice`},
		{"fit levels", "weak: 0.25", "weak: 0.7", `fit_levels: want core above 0 and core, adjacent, weak falling`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseSegments("s.yaml", edited(t, c.from, c.to))
			if !errors.Is(err, ErrConfig) {
				t.Fatalf("got %v, want ErrConfig", err)
			}
			var found bool
			for line := range strings.Lines(err.Error()) {
				line = strings.TrimSuffix(line, "\n")
				at, rest, ok := strings.Cut(line, ": ")
				found = found || ok && rest == c.want && strings.HasPrefix(at, "s.yaml:")
			}
			if !found {
				t.Errorf("\n got %s\nwant s.yaml:N: %s", err, c.want)
			}
		})
	}
}

func TestHash(t *testing.T) {
	base := mustSegments(t, edited(t, "schema_version", "schema_version"))
	for _, c := range []struct {
		name, from, to  string
		hash, matchTags bool // stay equal
	}{
		{"comment", "# Сегменты и веса", "# Веса и сегменты", true, true},
		{"order of keys", "{id: fit, title: \"Профиль\", cap: 34}", "{cap: 34, title: \"Профиль\", id: fit}", true, true},
		{"a key with its zero value", "partner: false", "branches_from: 0", true, true},
		{"points", "points: 24", "points: 25", false, true},
		{"hook", "hook: \"Какие", "hook: \"Что за", false, true},
		{"ladder", "{from: 10, value: 0.2}", "{from: 10, value: 0.25}", false, true},
		{"code", `- "45.20.1" #`, `- "45.19" #`, false, false},
		{"word", `"шиномонтаж",`, ``, false, false},
		{"size", "size: {from: 0, to: 100}", "size: {from: 0, to: 90}", false, false},
		{"second sign", `second_sign: ["46.90", `, `second_sign: [`, false, false},
		{"not ours", `not_ours_words: ["жск", `, `not_ours_words: [`, false, false},
		{"veto", `"гпз"`, `"гпзз"`, false, false},
	} {
		text := edited(t, c.from, c.to)
		if c.name == "a key with its zero value" { // the key was there already
			text = []byte(strings.Replace(string(text), "    branches_from: 0\n    season", "    season", 1))
		}
		s := mustSegments(t, text)
		if got := s.Hash() == base.Hash(); got != c.hash {
			t.Errorf("%s: hash equal %v, want %v", c.name, got, c.hash)
		}
		if got := s.MatchTag() == base.MatchTag(); got != c.matchTags {
			t.Errorf("%s: match tag equal %v, want %v", c.name, got, c.matchTags)
		}
	}
	if len(base.Hash()) != 8 || len(base.MatchTag()) != 8 {
		t.Errorf("%q %q: want eight digits", base.Hash(), base.MatchTag())
	}
}

func TestBuiltInFileHasEverySignal(t *testing.T) {
	var got []string
	for _, s := range mustSegments(t, edited(t, "schema_version", "schema_version")).Signals {
		got = append(got, s.ID)
	}
	if !slices.Equal(got, SignalIDs()) {
		t.Errorf("signals %q, want all of %q", got, SignalIDs())
	}
}

func mustSegments(t *testing.T, text []byte) *Segments {
	t.Helper()
	s, err := ParseSegments("s.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWantedCodesCoverEveryCode(t *testing.T) {
	_, seg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	wanted := seg.WantedCodes()
	for i, a := range wanted {
		for j, b := range wanted {
			if i != j && a.Within(b) {
				t.Errorf("%s stands beside %s, which takes it in", a, b)
			}
		}
	}
	check := func(codes []Code) {
		for _, c := range codes {
			covered := false
			for _, w := range wanted {
				covered = covered || c.OKVED().Within(w)
			}
			if !covered {
				t.Errorf("%s is not wanted", c)
			}
		}
	}
	for _, s := range seg.Segments {
		check(s.Codes.Core)
		check(s.Codes.Adjacent)
		check(s.Codes.Weak)
	}
	check(seg.Vetoes.MakerCodes)
}
