package bearing

import (
	"slices"
	"strings"
)

// feature is what a sign behind a number says.
type feature int8

const (
	featureSeal feature = iota
	featureGroove
	featureClearance
	featureClass
	featureCage
	featureOil
	featureTail  // letters that belong to the ISO number
	featureISO   // known to be written behind ISO numbers only
	featureBlank // known, and of no account here
)

// suffix is a sign behind an ISO number, in one maker's spelling.
type suffix struct {
	text string
	feature
	value string
	by    [makers]string // of the whole line: each maker's first spelling; "?" = not known
}

// spellings gives every spelling of the table and the signs that need no table,
// the longest first, so that 2RS1 is not read as 2RS.
func spellings(lines [][]string) []suffix {
	var out []suffix
	for _, f := range lines {
		s := suffix{feature: featureOf(f[0]), value: f[0]}
		words := []string{f[0]}
		for i, cell := range f[1:] {
			all := strings.Split(cell, ",")
			s.by[i] = all[0]
			words = append(words, all...)
		}
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			if w != "?" {
				s.text = w
				out = append(out, s)
			}
		}
	}
	out = append(out, fixed()...)
	slices.SortStableFunc(out, func(a, b suffix) int { return len(b.text) - len(a.text) })
	return out
}

// fixed are signs that all makers write alike, slips of the keyboard, and those
// whose meaning does not matter for an analog.
func fixed() []suffix {
	out := []suffix{
		{text: "2PC", feature: featureSeal, value: "2RS"}, // 2РС
		{text: "NR", feature: featureGroove, value: "N"},
		{text: "ZNR", feature: featureSeal, value: "ZN"},
		{text: "P63", feature: featureClass, value: "P63"},
		{text: "P62", feature: featureClass, value: "P62"},
		{text: "P64", feature: featureClass, value: "P64"},
		{text: "C5", feature: featureClearance, value: "C5"},
		{text: "P5", feature: featureClass, value: "P5"},
		{text: "P4", feature: featureClass, value: "P4"},
		{text: "P2", feature: featureClass, value: "P2"},
		{text: "CN", feature: featureBlank},
		{text: "C0", feature: featureBlank},
		{text: "P0", feature: featureBlank},
		{text: "MA", feature: featureCage, value: "M"},
		{text: "MB", feature: featureCage, value: "M"},
		{text: "TN1", feature: featureCage, value: "TN"},
		{text: "TVPB", feature: featureCage, value: "TN"},
		{text: "TVP2", feature: featureCage, value: "TN"},
		{text: "DB", feature: featureTail, value: "/DB"},
		{text: "DF", feature: featureTail, value: "/DF"},
		{text: "DT", feature: featureTail, value: "/DT"},
		{text: "W20", feature: featureISO, value: "W20"},
		{text: "J2", feature: featureISO, value: "J2"},
		{text: "T41A", feature: featureISO, value: "T41A"},
	}
	for _, design := range []string{"CC", "CA", "CJ", "EJ", "EA", "E1", "E"} {
		out = append(out, suffix{text: design, feature: featureISO, value: design})
	}
	for _, noise := range []string{"Z1", "Z2", "Z3", "Z4", "V1", "V2", "V3", "V4", "Q6"} {
		out = append(out, suffix{text: noise, feature: featureBlank})
	}
	return out
}

func featureOf(word string) feature {
	switch word {
	case "N":
		return featureGroove
	case "C2", "C3", "C4":
		return featureClearance
	case "P6":
		return featureClass
	case "M", "TN":
		return featureCage
	case "W33":
		return featureOil
	}
	return featureSeal
}

// latin writes Cyrillic letters that look like Latin ones as those: people type
// С3 in either alphabet.
func latin(s string) string { return lookalikes.Replace(s) }

var lookalikes = strings.NewReplacer(
	"А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "К", "K", "М", "M", "О", "O", "Р", "P", "Т", "T", "Х", "X",
)
