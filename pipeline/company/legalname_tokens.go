package company

import (
	"slices"
	"strings"
	"unicode"

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

// tokenizer walks a name. In the registries both ends of a quotation look
// alike and the last ones are often left out, so direction is guessed from
// the neighbours, and the end of the name closes everything.
type tokenizer struct {
	runes  []rune
	word   strings.Builder
	out    []nameToken
	groups int
	open   []int // groups of the quotations that are open
}

func nameTokens(s string) []nameToken {
	z := tokenizer{runes: []rune(nameMarks.Replace(norm.NFC.String(strings.ToValidUTF8(s, " "))))}
	for i, r := range z.runes {
		switch {
		case r == '«', r == '»', r == '"', r == '\'' && !z.apostrophe(i):
			z.flush()
			z.quote(i)
		case r == ',' || r == ';':
			z.mark(tokenComma)
		case r == '(' || r == '[':
			z.mark(tokenOpen)
		case r == ')' || r == ']':
			z.mark(tokenClose)
		case unicode.IsSpace(r) || unicode.IsControl(r):
			z.flush()
		default:
			z.word.WriteRune(r)
		}
	}
	z.flush()
	return z.out
}

func (z *tokenizer) flush() {
	if z.word.Len() == 0 {
		return
	}
	text := mendScript(z.word.String())
	z.word.Reset()
	t := nameToken{kind: tokenWord, text: text, folded: foldText(text), depth: len(z.open)}
	if len(z.open) > 0 {
		t.group = z.open[len(z.open)-1]
	}
	z.out = append(z.out, t)
}

func (z *tokenizer) mark(k tokenKind) {
	z.flush()
	z.out = append(z.out, nameToken{kind: k})
}

func (z *tokenizer) quote(i int) {
	z.out = append(z.out, nameToken{kind: tokenQuote})
	if z.opens(i) {
		z.groups++
		z.open = append(z.open, z.groups)
	} else if n := len(z.open); n > 0 {
		z.open = z.open[:n-1]
	}
}

func (z *tokenizer) opens(i int) bool {
	switch z.runes[i] {
	case '«':
		return true
	case '»':
		return false
	}
	before, after := z.beside(i)
	switch {
	case i > 0 && strings.ContainsRune(`"'«`, z.runes[i-1]) && !z.closing(i):
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

// beside tells whether words touch a quote from before and from behind.
func (z *tokenizer) beside(i int) (before, after bool) {
	before = i > 0 && !strings.ContainsRune(` "'«([,;`, z.runes[i-1]) && !unicode.IsSpace(z.runes[i-1])
	after = i+1 < len(z.runes) && !strings.ContainsRune(` "'»)],;`, z.runes[i+1]) && !unicode.IsSpace(z.runes[i+1])
	return before, after
}

// endsLeft counts the quotes from i on that can only end a quotation, less
// those that can only begin one.
func (z *tokenizer) endsLeft(i int) int {
	n := 0
	for ; i < len(z.runes); i++ {
		before, after := z.beside(i)
		switch r := z.runes[i]; {
		case r == '«':
			n--
		case r == '»':
			n++
		case r != '"' && (r != '\'' || z.apostrophe(i)):
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
	for _, r := range z.runes[i:] {
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
	return i > 0 && i+1 < len(z.runes) && unicode.IsLetter(z.runes[i-1]) && unicode.IsLetter(z.runes[i+1])
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
