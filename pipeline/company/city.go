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

// cityKind is a kind of settlement as it stands before a name and after it.
type cityKind struct{ before, after string }

// cityKinds: longer ones come first.
var cityKinds = func() (kinds []cityKind) {
	for _, k := range []string{
		"город-герой", "город", "гор.", "гор", "г.о.", "г.", "г",
		"рабочий поселок", "рабочий посёлок", "поселок городского типа", "посёлок городского типа",
		"поселок", "посёлок", "пос.", "пос", "п.г.т.", "пгт.", "пгт", "р.п.", "рп.", "рп", "п.", "п",
		"село", "с.", "с", "деревня", "дер.", "дер", "д.", "д",
		"станица", "ст-ца", "хутор", "х.", "х", "аул",
	} {
		kinds = append(kinds, cityKind{k, " " + k})
	}
	return kinds
}()

// CleanCity gives the calm spelling of a settlement without its kind:
// «Г. КРАСНЫЙ ЛУЧ» → «Красный Луч», «г Пермь» → «Пермь», «РОСТОВ-НА-ДОНУ Г» →
// «Ростов-на-Дону». Of an address it takes the part that is the city.
func CleanCity(s string) string {
	if !oneLine(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if s != "" && !strings.ContainsAny(s, ",|()") { // then it is the city, a region though it be
		name, _ := cutCityKind(s)
		return calmPlace(name)
	}
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

// oneLine tells a text of ASCII and Russian letters with single spaces inside.
func oneLine(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case (c == leadAToPe || c == leadErToYa) && i+1 < len(s) && !utf8.RuneStart(s[i+1]):
			i++
		case c < ' ' || c >= 0x7f:
			return false
		case c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' '):
			return false
		}
	}
	return true
}

// cutCityKind takes the kind off either end of the name.
func cutCityKind(s string) (name string, marked bool) {
	if !strings.ContainsAny(s, " .") {
		return s, false // of one word, which is the name
	}
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s, false
	}
	for _, k := range cityKinds {
		if rest, ok := strings.CutPrefix(low, k.before); ok && rest != "" && (rest[0] == ' ' || strings.HasSuffix(k.before, ".")) {
			return strings.TrimSpace(s[len(k.before):]), true
		}
		if rest, ok := strings.CutSuffix(low, k.after); ok && rest != "" {
			return strings.TrimSpace(s[:len(rest)]), true
		}
	}
	return s, false
}

// calmPlace writes a name that is all capitals or all small letters as names
// of places are written; a name in mixed case stays as it is.
func calmPlace(s string) string {
	if out, ok := calmRussian(s); ok {
		return out
	}
	return calmAny(s)
}

func calmAny(s string) string {
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

// calmRussian is calmPlace for Russian letters with spaces and hyphens between
// them.
func calmRussian(s string) (string, bool) {
	var stack [64]byte
	out := stack[:0]
	upper, lower, first := false, false, true
	for i := 0; i < len(s); {
		if s[i] == ' ' || s[i] == '-' {
			out, first = append(out, s[i]), true
			i++
			continue
		}
		if i+1 == len(s) {
			return "", false
		}
		lead, tail, big := lowerLetter(s[i], s[i+1])
		if lead == 0 {
			return "", false
		}
		upper, lower = upper || big, lower || !big
		if first {
			first = false
			if i == 0 || !isNa(s[i:]) {
				lead, tail = upperLetter(lead, tail)
			}
		}
		out = append(out, lead, tail)
		i += 2
	}
	if upper && lower {
		return s, true
	}
	return string(out), true
}

// isNa tells «на» between the words of a name, in either case.
func isNa(s string) bool {
	return len(s) >= 4 && (s[:4] == "на" || s[:4] == "НА") && (len(s) == 4 || s[4] == ' ' || s[4] == '-')
}

// lowerLetter gives a Russian letter in lower case and tells whether it was
// big; zeros for any other.
func lowerLetter(hi, lo byte) (lead, tail byte, big bool) {
	switch {
	case hi == leadAToPe && lo == 0x81: // Ё
		return leadErToYa, 0x91, true
	case hi == leadErToYa && lo == 0x91: // ё
		return hi, lo, false
	}
	lead, tail = lowerRussian(hi, lo)
	return lead, tail, lead != hi || tail != lo
}

// upperLetter gives a lower-case Russian letter in upper case.
func upperLetter(hi, lo byte) (lead, tail byte) {
	switch {
	case hi == leadErToYa && lo == 0x91: // ё
		return leadAToPe, 0x81
	case hi == leadErToYa: // р to я
		return leadAToPe, lo + 0x20
	}
	return hi, lo - 0x20
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
