package bearing

import (
	"encoding/csv"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline/realfiles"
)

// sample reads a compiled table, its head left out.
func sample(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(realfiles.Path(t, "bearings/"+name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

// dims tells whether a text such as 25x52x16.25 is what is known of a bearing.
func dims(b *Bearing, text string) bool {
	var want [3]float64
	for i, s := range strings.SplitN(text, "x", 3) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return false
		}
		want[i] = v
	}
	return b.Outer == 0 && b.Bore == want[0] || [3]float64{b.Bore, b.Outer, b.Width} == want
}

func TestCollisionsOfTheSamples(t *testing.T) {
	for _, f := range sample(t, "collisions.csv") {
		number, system, means := f[0], f[1], f[2]
		found, _ := Parse(number)
		if len(found) != 1 {
			t.Fatalf("%s: %s", number, all(found))
		}
		if system == "ГОСТ и ISO" {
			if found[0].System != SystemBoth {
				t.Errorf("%s: %s", number, found[0].System.Title())
			}
			continue
		}
		if !found[0].Unclear() && found[0].System.Title() != system {
			t.Errorf("%s is read by %s only", number, found[0].System.Title())
		}
		for _, b := range found[0].Readings() {
			if b.System.Title() != system {
				continue
			}
			// The shaft is given where there is a sleeve.
			if onSleeve := strings.Contains(means, "втулка"); onSleeve {
				if b.Shaft != 40 || b.Sleeve != "H209" || b.ISO != "1209K" {
					t.Errorf("%s: %+v", number, b)
				}
			} else if !dims(&b, f[3]) {
				t.Errorf("%s by %s: %v×%v×%v, want %s", number, system, b.Bore, b.Outer, b.Width, f[3])
			}
		}
	}
}

// TestMisprintsAreNotOurs: what public tables say wrongly is not what comes out,
// what should stand there is.
func TestMisprintsAreNotOurs(t *testing.T) {
	pair := regexp.MustCompile(`^(\S+) -> (\S+)$`)
	n := 0
	for _, f := range sample(t, "misprints-in-public-tables.csv") {
		says := pair.FindStringSubmatch(f[1])
		if says == nil {
			continue // dimensions
		}
		right := strings.Fields(f[2])
		want := right[len(right)-1]
		if strings.HasPrefix(f[2], says[1]+" -> ") {
			want = right[2]
		}
		n++
		found, _ := Parse("ГОСТ " + says[1])
		good, _ := Parse("ISO " + want)
		if len(found) != 1 || len(good) != 1 || found[0].ISO != good[0].ISO || found[0].seal() != good[0].seal() {
			t.Errorf("%s: %s, want %s", says[1], all(found), want)
		}
		if _, err := ParsePair(says[2] + " (" + says[1] + ")"); err == nil {
			t.Errorf("%s and %s pass for a pair", says[1], says[2])
		}
	}
	if n < 9 {
		t.Errorf("%d misprints read", n)
	}
}

func TestSeriesOfTheSamples(t *testing.T) {
	for _, f := range sample(t, "gost-iso-series.csv") {
		found, _ := Parse("ГОСТ " + f[3])
		good, _ := Parse("ISO " + f[4])
		if len(found) != 1 || len(good) != 1 || found[0].ISO != good[0].ISO || found[0].seal() != good[0].seal() {
			t.Errorf("%s: %s, want %s", f[3], all(found), all(good))
		}
	}
}

// TestHubsOfTheSamples: the truck hubs' numbers have the dimensions that the
// catalogue gives, but for two widths in which it differs from the plants'.
func TestHubsOfTheSamples(t *testing.T) {
	differ := 0
	for _, f := range sample(t, "truck-hub-bearings.csv") {
		found, _ := Parse("ISO " + f[0])
		if len(found) == 0 {
			t.Errorf("%s is unknown", f[0])
			continue
		}
		b := &found[0]
		if f[1] != "" && b.GOST != f[1] {
			t.Errorf("%s: by ГОСТ %s, the catalogue has %s", f[0], b.GOST, f[1])
		}
		if !dims(b, strings.Join(f[2:5], "x")) {
			differ++
			t.Logf("%s: %v×%v×%v, the catalogue has %s", f[0], b.Bore, b.Outer, b.Width, strings.Join(f[2:5], "x"))
		}
	}
	if differ > 2 {
		t.Errorf("%d hubs have other dimensions", differ)
	}
}
