package bearing

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

// atomForm is a word of letters and digits, or a sign that joins or parts them.
var (
	atomForm   = regexp.MustCompile(`[0-9A-ZА-ЯЁ]+|[^0-9A-ZА-ЯЁ]`)
	numberForm = regexp.MustCompile(`^([A-Z]*)([0-9]{3,7})([A-ZА-ЯЁ][0-9A-ZА-ЯЁ]*)?$`)
	numberLike = regexp.MustCompile(`[0-9A-ZА-ЯЁ]`)
	sizeForm   = regexp.MustCompile(`^[0-9]+[XХ][0-9]`) // 25x52x15
	leftForm   = regexp.MustCompile(`^[0-9]{1,2}$`)
)

// written puts a text into the form in which it is read: capitals, one kind of
// hyphen and space.
func written(text string) string {
	text = strings.ToUpper(strings.ToValidUTF8(text, "\uFFFD"))
	return oneHyphen.Replace(text)
}

var oneHyphen = strings.NewReplacer(
	"–", "-", "—", "-", "‑", "-", "‐", "-", "−", "-", "\u00a0", " ", "\u202f", " ", "\t", " ", "\r", "\n", "C&U", "CU", "С&U", "CU",
)

// brands whose names people put before a number, and by whose rules they number.
func brandSystem(word string) (brand string, s System, ok bool) {
	switch word {
	case "SKF", "FAG", "INA", "NSK", "NTN", "SNR", "KOYO", "TIMKEN", "NACHI", "FBJ", "CRAFT", "HRB", "ZWZ", "LYC":
		return word, SystemISO, true
	case "CU":
		return "C&U", SystemISO, true
	case "ЕПК", "ХАРП", "МПЗ", "ГПЗ", "СПЗ", "ВПЗ", "ВБФ", "EPK", "HARP", "MPZ", "GPZ", "SPZ", "VPZ":
		return word, SystemGOST, true
	case "ГОСТ", "GOST":
		return "", SystemGOST, true
	case "ISO", "ИСО":
		return "", SystemISO, true
	}
	return "", SystemUnclear, false
}

// draft is a designation taken apart, not looked up yet.
type draft struct {
	text          string
	brand         string
	hint          System // by its brand or a word beside it
	left          string // before a ГОСТ number: 70, 6
	prefix        string // of an ISO number: NU
	digits        string
	tail          string   // that hangs on the number without a sign
	signs         []string // behind it
	ending        string   // of those the letters that belong to an ISO number
	parenthesised bool     // stands in parentheses right behind another
}

// scanner walks the atoms of a text.
type scanner struct {
	atoms  []string
	drafts []draft
	rest   []string // what is no designation

	open   bool   // the last draft may still get signs
	opened bool   // a parenthesis was opened right behind a designation
	mark   string // what stands between the last atom and this one
	brand  string
	hint   System
}

func scan(text string) *scanner {
	s := &scanner{atoms: atomForm.FindAllString(written(text), -1)}
	for i := 0; i < len(s.atoms); {
		i += s.step(i)
	}
	s.close()
	return s
}

// step reads what begins at an atom and returns how many atoms it took.
func (s *scanner) step(i int) int {
	atom := s.atoms[i]
	switch atom {
	case " ":
		s.mark = cmp.Or(s.mark, " ")
		return 1
	case "(":
		s.opened = s.open
		s.close()
		return 1
	case "-", "/", ".", "+", "_", "*":
		s.mark = atom
		return 1
	}
	if n := s.number(i); n > 0 {
		return n
	}
	if !numberLike.MatchString(atom) {
		s.close()
		s.opened = false
		return 1
	}
	s.word(atom)
	return 1
}

// close ends a designation: signs that follow are not its own.
func (s *scanner) close() {
	if s.brand != "" || s.hint != SystemUnclear {
		if s.open {
			s.hintLast()
		}
		s.brand, s.hint = "", SystemUnclear
	}
	s.open, s.mark = false, ""
}

// hintLast gives the designation before it a word that stands behind: 7209 ГОСТ.
func (s *scanner) hintLast() {
	if d := &s.drafts[len(s.drafts)-1]; d.hint == SystemUnclear {
		d.hint = s.hint
		if d.brand == "" {
			d.brand = s.brand
		}
	}
}

// number begins a designation if one stands at an atom.
func (s *scanner) number(i int) int {
	if s.open && s.mark == "+" { // NU320+NJ320 is one
		return 0
	}
	d := draft{parenthesised: s.opened}
	n := 1
	switch atom := s.atoms[i]; {
	case leftForm.MatchString(atom) && i+2 < len(s.atoms) && s.atoms[i+1] == "-" && !s.hanging(i):
		d.left, n = atom, 3
	case prefixes()[latin(atom)] && i+2 < len(s.atoms) && (s.atoms[i+1] == " " || s.atoms[i+1] == "-") && onlyDigits(s.atoms[i+2]):
		d.prefix, n = latin(atom), 3
	}
	m := numberForm.FindStringSubmatch(s.numberAtom(i + n - 1))
	if m == nil || m[1] != "" && (n > 1 || !prefixes()[m[1]]) {
		return 0
	}
	if m[1] != "" {
		d.prefix = m[1]
	}
	d.digits, d.tail = m[2], m[3]
	d.brand, d.hint = s.brand, s.hint
	s.brand, s.hint = "", SystemUnclear
	d.text = strings.Join(s.atoms[i:i+n], "")
	s.drafts = append(s.drafts, d)
	s.open, s.opened, s.mark = true, false, ""
	return n
}

// numberAtom is an atom whose Cyrillic letters before the digits are read as the
// Latin ones that they look like.
func (s *scanner) numberAtom(i int) string {
	atom := s.atoms[i]
	if first := strings.IndexAny(atom, "0123456789"); first > 0 {
		return latin(atom[:first]) + atom[first:]
	}
	return atom
}

// hanging tells an atom that a sign ties to the one before it.
func (s *scanner) hanging(i int) bool { return i > 0 && strings.Contains("-/.+", s.atoms[i-1]) }

// word is a brand, a sign behind the number, or nothing known.
func (s *scanner) word(atom string) {
	if brand, system, ok := brandSystem(atom); ok {
		s.brand, s.hint = brand, system
		if s.opened { // 32218 (ГОСТ)
			s.hintLast()
		}
		return
	}
	if s.open && s.hint != SystemUnclear { // 7209 ГОСТ C3
		s.hintLast()
		s.brand, s.hint = "", SystemUnclear
	}
	if !s.open || sizeForm.MatchString(atom) || utf8.RuneCountInString(atom) > longestSign {
		s.rest = append(s.rest, atom)
		return
	}
	d := &s.drafts[len(s.drafts)-1]
	if len(d.signs) == mostSigns {
		s.rest = append(s.rest, atom)
		return
	}
	if s.mark == "+" {
		atom = s.mark + atom // 53220+U220
	}
	d.signs = append(d.signs, atom)
	d.text += s.mark + strings.TrimPrefix(atom, "+")
	s.mark = ""
}

// A sign behind a number has at most so many letters, such as TVPBC3P6, and a
// number at most so many signs.
const (
	longestSign = 10
	mostSigns   = 8
)

func onlyDigits(s string) bool {
	return len(s) >= 3 && len(s) <= 7 && strings.Trim(s, "0123456789") == ""
}
