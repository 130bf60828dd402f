package company

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

type tokenKind uint8

const (
	tokenWord tokenKind = iota
	tokenQuote
	tokenComma
	tokenOpen
	tokenClose
)

// nameToken is a word or a mark of a name.
type nameToken struct {
	kind   tokenKind
	text   string // as it came but for look-alikes of the other script, for words
	folded string // one or more folded words, for words
	depth  int    // quotations around the word
	group  int    // which opening quote is the nearest
}

// nameMarks makes marks one: dashes, and quotes where the direction can be
// told (« and ») from where it must be guessed (").
var nameMarks = strings.NewReplacer(
	"&quot;", `"`, "&laquo;", "«", "&raquo;", "»", "&amp;", "&", "<<", "«", ">>", "»", "''", `"`, "``", `"`,
	"„", "«", "”", "»", "“", `"`, "‟", `"`, "‹", "«", "›", "»",
	"‘", "'", "’", "'", "‚", "'", "`", "'",
	"–", "-", "—", "-", "−", "-", "‑", "-", "‐", "-", "―", "-",
)

// plainMarks tells a text in which nameMarks, the mending of UTF-8 and the
// normal form change nothing, as far as that is to be had for a look at its
// bytes.
func plainMarks(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&' || c == '<' || c == '>' || c == '`' || c == '\'' && i > 0 && s[i-1] == '\'':
			return false
		case c < utf8.RuneSelf:
		case i+1 == len(s):
			return false
		default:
			hi, _ := lowerRussian(c, s[i+1])
			if hi == 0 && (c != 0xc2 || s[i+1] != 0xab && s[i+1] != 0xbb) {
				return false
			}
			i++
		}
	}
	return true
}

// tokenizer walks a name. In the registries both ends of a quotation look
// alike and the last ones are often left out, so direction is guessed from
// the neighbours, and the end of the name closes everything.
type tokenizer struct {
	text   string
	start  int // of the word that is being read, -1 between words
	out    []nameToken
	folded []byte // of all words
	ends   []int  // in folded, for each of out
	groups int
	open   []int // groups of the quotations that are open
}

func nameTokens(s string) []nameToken {
	if !plainMarks(s) {
		s = nameMarks.Replace(norm.NFC.String(strings.ToValidUTF8(s, " ")))
	}
	var folded [256]byte
	var ends [32]int
	z := tokenizer{text: s, start: -1, folded: folded[:0], ends: ends[:0], out: make([]nameToken, 0, strings.Count(s, " ")+4)}
	for i, r := range s {
		switch {
		case r == '«', r == '»', r == '"', r == '\'' && !z.apostrophe(i):
			z.flush(i)
			z.quote(i, r)
		case r == ',' || r == ';':
			z.mark(i, tokenComma)
		case r == '(' || r == '[':
			z.mark(i, tokenOpen)
		case r == ')' || r == ']':
			z.mark(i, tokenClose)
		case unicode.IsSpace(r) || unicode.IsControl(r):
			z.flush(i)
		case z.start < 0:
			z.start = i
		}
	}
	z.flush(len(s))
	return z.tokens()
}

// tokens gives the words their folded forms, which share one string.
func (z *tokenizer) tokens() []nameToken {
	all, from := string(z.folded), 0
	for i, end := range z.ends {
		z.out[i].folded = all[from:end]
		from = end
	}
	return z.out
}

// flush ends the word that is being read before byte i.
func (z *tokenizer) flush(i int) {
	if z.start < 0 {
		return
	}
	text := mendScript(z.text[z.start:i])
	z.start = -1
	z.folded = AppendFolded(z.folded, text)
	t := nameToken{kind: tokenWord, text: text, depth: len(z.open)}
	if len(z.open) > 0 {
		t.group = z.open[len(z.open)-1]
	}
	z.add(t)
}

func (z *tokenizer) add(t nameToken) {
	z.out, z.ends = append(z.out, t), append(z.ends, len(z.folded))
}

func (z *tokenizer) mark(i int, k tokenKind) {
	z.flush(i)
	z.add(nameToken{kind: k})
}

func (z *tokenizer) quote(i int, r rune) {
	z.add(nameToken{kind: tokenQuote})
	if z.opens(i, r) {
		z.groups++
		z.open = append(z.open, z.groups)
	} else if n := len(z.open); n > 0 {
		z.open = z.open[:n-1]
	}
}

func (z *tokenizer) opens(i int, r rune) bool {
	switch r {
	case '«':
		return true
	case '»':
		return false
	}
	before, after := z.beside(i)
	switch {
	case strings.ContainsRune(`"'«`, z.before(i)) && !z.closing(i):
		return true
	case !before && !after:
		return len(z.open) == 0
	case before && after:
		// «"ЗЖБИ"АРЬЕВСКИЙ"»: where ends remain for all that is open, this is
		// one more beginning.
		return len(z.open) == 0 || z.endsLeft(i+1) >= len(z.open)
	}
	return after
}

// nothing stands for the rune before the beginning and behind the end.
const nothing = -1

// before is the rune in front of byte i.
func (z *tokenizer) before(i int) rune {
	r, n := utf8.DecodeLastRuneInString(z.text[:i])
	if n == 0 {
		return nothing
	}
	return r
}

// after is the rune behind the one at byte i.
func (z *tokenizer) after(i int) rune {
	_, n := utf8.DecodeRuneInString(z.text[i:])
	r, n := utf8.DecodeRuneInString(z.text[i+n:])
	if n == 0 {
		return nothing
	}
	return r
}

// beside tells whether words touch a quote from before and from behind.
func (z *tokenizer) beside(i int) (before, after bool) {
	b, a := z.before(i), z.after(i)
	before = b != nothing && !strings.ContainsRune(` "'«([,;`, b) && !unicode.IsSpace(b)
	after = a != nothing && !strings.ContainsRune(` "'»)],;`, a) && !unicode.IsSpace(a)
	return before, after
}

// endsLeft counts the quotes from i on that can only end a quotation, less
// those that can only begin one.
func (z *tokenizer) endsLeft(from int) int {
	n := 0
	for at, r := range z.text[from:] {
		i := from + at
		if r != '«' && r != '»' && r != '"' && (r != '\'' || z.apostrophe(i)) {
			continue
		}
		before, after := z.beside(i)
		switch {
		case r == '«':
			n--
		case r == '»':
			n++
		case after && !before:
			n--
		case !after && (before || z.closing(i)):
			n++
		}
	}
	return n
}

// closing tells that a quote which follows another one goes on closing: there
// are no letters behind it.
func (z *tokenizer) closing(i int) bool {
	for _, r := range z.text[i:] {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
		if unicode.IsSpace(r) || r == ',' || r == ')' {
			return true
		}
	}
	return true
}

// apostrophe tells «Д'АРТ» from a quotation.
func (z *tokenizer) apostrophe(i int) bool {
	return unicode.IsLetter(z.before(i)) && unicode.IsLetter(z.after(i))
}

// splitTokens cuts at commas outside brackets.
func splitTokens(tokens []nameToken) [][]nameToken {
	var out [][]nameToken
	depth, from := 0, 0
	for i, t := range tokens {
		switch t.kind {
		case tokenOpen:
			depth++
		case tokenClose:
			depth = max(0, depth-1)
		case tokenComma:
			if depth == 0 {
				out = append(out, tokens[from:i])
				from = i + 1
			}
		}
	}
	return append(out, tokens[from:])
}

// splitBrackets parts what stands in brackets from the rest. A bracket that
// is not closed reaches to the end.
func splitBrackets(tokens []nameToken) (outside, inside []nameToken) {
	if !slices.ContainsFunc(tokens, func(t nameToken) bool { return t.kind == tokenOpen || t.kind == tokenClose }) {
		return tokens, nil
	}
	depth := 0
	for _, t := range tokens {
		switch {
		case t.kind == tokenOpen:
			depth++
		case t.kind == tokenClose:
			depth = max(0, depth-1)
		case depth > 0:
			inside = append(inside, t)
		default:
			outside = append(outside, t)
		}
	}
	return outside, inside
}

func hasWords(tokens []nameToken) bool {
	return slices.ContainsFunc(tokens, func(t nameToken) bool { return t.folded != "" })
}
