package config

import (
	"slices"
	"strings"
	"testing"
)

func TestWaterfall(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"as it is", "", ""},
		{"an order", "waterfall: {order: [numbering, website]}\n", ""},
		{"fewer wants", "waterfall: {wanted: [phone]}\n", ""},
		{"no such section", "waterfall: {order: [checko]}\n", `waterfall.order[0]: "checko": no section of enrich has this name; there are: numbering, website`},
		{"a section twice", "waterfall: {order: [website, website]}\n", `waterfall.order[1]: "website": stands here twice`},
		{"nothing wanted", "waterfall: {wanted: []}\n", "waterfall.wanted: want at least one of phone, email, site, headcount, revenue, person, status, region, okved"},
		{"an unknown want", "waterfall: {wanted: [fax]}\n", `waterfall.wanted[0]: "fax": want one of phone, email, site, headcount, revenue, person, status, region, okved`},
		{"a want twice", "waterfall: {wanted: [phone, phone]}\n", `waterfall.wanted[1]: "phone": stands here twice`},
		{"an unknown key", "waterfall: {wanting: [phone]}\n", "waterfall.wanting: unknown key; the nearest known one is wanted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg, _, err := Load(Options{Path: write(t, "own.yaml", "schema_version: 1\n"+c.text)})
			switch {
			case c.want == "" && err != nil:
				t.Fatal(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Fatalf("got %v, want %s", err, c.want)
			case c.want == "" && (len(cfg.Waterfall.Wanted) == 0 || slices.ContainsFunc(cfg.Waterfall.Wanted, func(w Want) bool { return w.Fields() == nil })):
				t.Errorf("%+v", cfg.Waterfall)
			}
		})
	}
}

func TestEveryWantHasFields(t *testing.T) {
	for _, w := range Wants() {
		for _, f := range w.Fields() {
			if _, known := f.Info(); !known {
				t.Errorf("%s is met by %s, which is no field", w, f)
			}
		}
		if len(w.Fields()) == 0 {
			t.Errorf("%s is met by nothing", w)
		}
	}
	if Want("fax").Fields() != nil {
		t.Error("an unknown want is met by something")
	}
}

// An old file of segments has neither the signals of needs nor their ladders.
func TestSegmentsWithoutNeeds(t *testing.T) {
	var kept []string
	skip := false
	for line := range strings.Lines(string(defaultSegments)) {
		text := strings.TrimSpace(line)
		for _, id := range []string{"tender", "tender_past", "exhibition", "competitor_client"} {
			if strings.HasPrefix(text, "- {id: "+id+",") {
				line = ""
			}
			skip = skip || strings.HasPrefix(text, id+":")
		}
		if skip = skip && text != ""; !skip {
			kept = append(kept, line)
		}
	}
	s := mustSegments(t, []byte(strings.Join(kept, "")))
	if len(s.Signals) != len(SignalIDs())-4 || len(s.Ladders.ByKey()) != 6 {
		t.Errorf("%d signals, ladders %v", len(s.Signals), s.Ladders.ByKey())
	}
	_, err := ParseSegments("s.yaml", []byte(strings.Replace(strings.Join(kept, ""), "signals:\n", "signals:\n  - {id: tender, group: intent, title: \"Тендер\", points: 10}\n", 1)))
	if err == nil || !strings.Contains(err.Error(), "ladders.tender: want at least one step") {
		t.Errorf("a signal without its ladder: %v", err)
	}
}
