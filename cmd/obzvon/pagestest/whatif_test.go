package pagestest

import (
	"os"
	"strings"
	"testing"

	"obzvon/config"
)

const borisPassword = "обойма-и-шарик-11"

// TestWhatIf: an analyst changes points, sees at once what would move, and takes the
// changed file along; nothing is shown by which somebody could be called.
func TestWhatIf(t *testing.T) {
	p := open(t, wide)
	s := start(t)
	s.waitForList(t)
	s.command(t, borisPassword+"\n", "user", "add", "boris", "--role", "analyst", "--password-stdin")
	p.enter(s, "boris", borisPassword)
	p.visit(s.address + "/weights")
	p.write(`input[name="p.phone"]`, "0")
	p.write(`input[name="p.branches"]`, "30")
	p.goes(`button[data-preview]`, `#result table`)
	p.shoot("whatif-wide")
	if path := look[string](p, `location.pathname`); path != "/weights" {
		t.Errorf("the page went to %s: the answer should come into it", path)
	}
	text := look[string](p, `document.querySelector("#result").innerText`)
	if strings.Contains(text, "+7") || strings.Contains(text, "@") {
		t.Errorf("somebody could be called by what is shown:\n%s", text)
	}

	p.write(`input[name="p.phone"]`, "много")
	p.goes(`button[data-preview]`, `input[name="p.phone"][aria-invalid]`)
	p.write(`input[name="p.phone"]`, "5")
	file := p.download(`button[formaction="/weights/file"]`)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := config.ParseSegments("segments.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	for _, signal := range changed.Signals {
		if want, ok := map[string]float64{"phone": 5, "branches": 30}[signal.ID]; ok && float64(signal.Points) != want {
			t.Errorf("points of %s: %v, want %v", signal.ID, signal.Points, want)
		}
	}
	_, before := config.DefaultFiles()
	if got, want := strings.Count(string(data), "#"), strings.Count(string(before), "#"); got != want {
		t.Errorf("%d comments of %d are left in the file", got, want)
	}
	for _, other := range []string{"/lists", "/plan", "/night", "/people"} {
		p.visit(s.address + other)
		if text := p.main(); !strings.Contains(text, "нет среди ваших") {
			t.Errorf("an analyst sees %s:\n%.300s", other, text)
		}
	}
}
