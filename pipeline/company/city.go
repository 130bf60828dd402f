package company

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeKey makes the order of words irrelevant.
func placeKey(words []string) string {
	w := slices.Clone(words)
	slices.Sort(w)
	return strings.Join(w, " ")
}

// cityKey is how tables of this package name a city.
func cityKey(city string) string { return strings.Join(FoldWords(CleanCity(city)), " ") }

// Kinds of settlement that may stand before or after the name. Longer ones
// come first.
var cityKinds = []string{
	"город-герой", "город", "гор.", "гор", "г.о.", "г.", "г",
	"рабочий поселок", "рабочий посёлок", "поселок городского типа", "посёлок городского типа",
	"поселок", "посёлок", "пос.", "пос", "п.г.т.", "пгт.", "пгт", "р.п.", "рп.", "рп", "п.", "п",
	"село", "с.", "с", "деревня", "дер.", "дер", "д.", "д",
	"станица", "ст-ца", "хутор", "х.", "х", "аул",
}

// CleanCity gives the calm spelling of a settlement without its kind:
// «Г. КРАСНЫЙ ЛУЧ» → «Красный Луч», «г Пермь» → «Пермь», «РОСТОВ-НА-ДОНУ Г» →
// «Ростов-на-Дону». Of an address it takes the part that is the city.
func CleanCity(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '|' || r == '(' || r == ')' })
	if len(parts) == 0 {
		return ""
	}
	return calmPlace(cityPart(parts))
}

// cityPart picks from the parts of an address the first that names its kind
// as a settlement, else the first that is no region, else the first.
func cityPart(parts []string) string {
	plain := ""
	for _, p := range parts {
		name, marked := cutCityKind(strings.TrimSpace(p))
		if marked {
			return name
		}
		if plain != "" || name == "" || digits(name) {
			continue
		}
		if r, ok := FindRegion(name); !ok || r.Kind == "город" {
			plain = name
		}
	}
	if plain != "" {
		return plain
	}
	name, _ := cutCityKind(strings.TrimSpace(parts[0]))
	return name
}

// cutCityKind takes the kind off either end of the name.
func cutCityKind(s string) (name string, marked bool) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s, false
	}
	for _, k := range cityKinds {
		if rest, ok := strings.CutPrefix(low, k); ok && rest != "" && (rest[0] == ' ' || strings.HasSuffix(k, ".")) {
			return strings.TrimSpace(s[len(k):]), true
		}
		if rest, ok := strings.CutSuffix(low, " "+k); ok && rest != "" {
			return strings.TrimSpace(s[:len(rest)]), true
		}
	}
	return s, false
}

// calmPlace writes a name that is all capitals or all small letters as names
// of places are written; a name in mixed case stays as it is.
func calmPlace(s string) string {
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, word := range splitKeep(strings.ToLower(s)) {
		if i > 0 && word == "на" {
			b.WriteString(word)
			continue
		}
		r, n := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(r))
		b.WriteString(word[n:])
	}
	return b.String()
}

// splitKeep cuts a text before and after every space and hyphen and keeps
// them, so that joining the pieces gives the text again.
func splitKeep(s string) []string {
	var out []string
	start := 0
	for i, r := range s {
		if r == ' ' || r == '-' {
			if i > start {
				out = append(out, s[start:i])
			}
			out = append(out, s[i:i+1])
			start = i + 1
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
