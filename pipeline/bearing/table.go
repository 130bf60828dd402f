package bearing

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// The tables are compiled from published catalogues of plants and dealers and
// from a table of series; each file says what it takes to stand in it.
var (
	//go:embed data/series.tsv
	seriesTSV string
	//go:embed data/pairs.tsv
	pairsTSV string
	//go:embed data/specials.tsv
	specialsTSV string
	//go:embed data/sleeves.tsv
	sleevesTSV string
	//go:embed data/suffixes.tsv
	suffixesTSV string
	//go:embed data/applications.tsv
	applicationsTSV string
)

// series is one line of the rule: "180200" is "6200" with "2RS".
type series struct {
	gost, iso string // with 00 in the place of the bore
	tail      string // letters that belong to the ISO number: AC, B, K, X, +U200
	seal      string // 2RS, 2Z, Z, RS, N, ZN
	kind      string // Russian
	single    bool   // one source only
}

// size is a bearing's dimensions in millimetres; 0 = not known.
type size struct {
	bore, outer, width float64
	single             bool // one source only
}

// special is a bearing whose ГОСТ number follows no series.
type special struct {
	size
	kind string
}

// sleeve is a bearing on a sleeve, whose ГОСТ number names the shaft.
type sleeve struct {
	number, sleeve string // by ISO
	shaft          float64
}

type table struct {
	series   []series
	byGOST   map[string]*series
	byISO    map[string][]*series
	pairs    map[string]bool // ГОСТ numbers that stand in the table of pairs
	sizes    map[string]size // by ISO number without its letters at the end
	specials map[string]special
	sleeves  map[string]sleeve
	suffixes []suffix
}

// tables reads the embedded tables once.
var tables = sync.OnceValue(func() *table {
	t := &table{
		byGOST: map[string]*series{}, byISO: map[string][]*series{}, pairs: map[string]bool{}, sizes: map[string]size{},
		specials: map[string]special{}, sleeves: map[string]sleeve{}, suffixes: spellings(rows(suffixesTSV)),
	}
	for _, f := range rows(seriesTSV) {
		t.series = append(t.series, series{f[0], f[1], f[2], f[3], f[4], f[5] == "1"})
	}
	for i := range t.series {
		s := &t.series[i]
		t.byGOST[s.gost], t.byISO[s.iso] = s, append(t.byISO[s.iso], s)
	}
	for _, f := range rows(pairsTSV) {
		t.pairs[f[0]] = true
		if _, ok := t.sizes[f[1]]; !ok {
			t.sizes[f[1]] = size{millimetres(f[4]), millimetres(f[5]), millimetres(f[6]), f[7] == "1"}
		}
	}
	for _, f := range rows(specialsTSV) {
		t.specials[f[0]] = special{size{millimetres(f[1]), millimetres(f[2]), millimetres(f[3]), f[5] == "1"}, f[4]}
	}
	for _, f := range rows(sleevesTSV) {
		t.sleeves[f[0]] = sleeve{f[1], f[2], millimetres(f[3])}
	}
	return t
})

// rows splits an embedded table into rows of fields, without comments.
func rows(s string) [][]string {
	var out [][]string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

func millimetres(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0 // a test reads every row
	}
	return v
}

// template is a number with 00 for its bore, and the bore's code; "" for what is
// too short.
func template(number string) (series, code string) {
	n := len(number) - 2
	if n < 1 {
		return "", ""
	}
	return number[:n] + "00", number[n:]
}

// filled puts a bore's code in the place of the 00 that ends a template.
func filled(template, code string) string {
	if head, ok := strings.CutSuffix(template, "00"); ok {
		return head + code
	}
	return template
}

// bore is what a code of two digits says, in millimetres.
func bore(code string) float64 {
	n, err := strconv.Atoi(code)
	if err != nil || len(code) != 2 {
		return 0
	}
	if n < 4 {
		return [...]float64{10, 12, 15, 17}[n]
	}
	return float64(5 * n)
}
