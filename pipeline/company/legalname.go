package company

import (
	"slices"
	"strings"
	"unicode"
)

// Name is a firm's name taken apart.
type Name struct {
	Form  LegalForm // "" unknown
	Core  string    // without the form, in the spelling it came in, inner quotes as «»
	Brand string    // the distinctive part: the innermost quotation, or the sign over the door
}

// ParseName reads the spellings that registries, tenders, directories and fair
// catalogues use: «ООО "X"», «X, ООО», «X, ИК, ООО», the form spelled out,
// «ФИЛИАЛ ООО "X" В …», quotes that nest and never close, «ЗАВОД (ООО "X")».
// It never fails: what is no legal name comes back as the core. Names are read
// up to nameLimit bytes.
func ParseName(s string) Name {
	if form, _, core, ok := quotedName(s); ok {
		return Name{Form: form, Core: core, Brand: core}
	}
	return parseAny(s)
}

func parseAny(s string) Name {
	if len(s) > nameLimit {
		s = s[:nameLimit]
	}
	p := parseTokens(nameTokens(s))
	n := Name{Form: p.form, Core: renderCore(p.core), Brand: renderCore(p.brand)}
	if n.Brand == "" {
		n.Brand = innermost(p.core)
	}
	return n
}

// nameLimit is several times the longest name in ЕГРЮЛ (about 1000 letters).
const nameLimit = 8192

// Key is what two spellings of one name have in common: the folded words of
// the core, usual descriptions abbreviated. "" when nothing is left. Equal
// keys do not make equal companies: the form and the place are not in it.
func (n Name) Key() string { return strings.Join(abbreviate(FoldWords(n.Core)), " ") }

// parsedName is the outcome of parseTokens.
type parsedName struct {
	form        LegalForm
	core, brand []nameToken
}

func parseTokens(tokens []nameToken) parsedName {
	for _, try := range []func([]nameToken) (parsedName, bool){
		formInFront, formAfterBranch, formAfterComma, formAtEnd, formBeforeQuote, formInBrackets,
	} {
		if p, ok := try(tokens); ok {
			return p
		}
	}
	return parsedName{core: withoutBrackets(tokens)}
}

// formInFront: «ООО "X"», «ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ X».
func formInFront(tokens []nameToken) (parsedName, bool) {
	form, end, ok := matchForm(tokens, 0, false)
	if !ok {
		return parsedName{}, false
	}
	rest := tokens[end:]
	if again, end, ok := matchForm(rest, 0, true); ok && again == form && hasWords(rest[end:]) {
		rest = rest[end:] // «ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ООО "X"»
	}
	return parsedName{form: form, core: withoutBrackets(cutBranch(rest))}, true
}

// formAfterBranch: «ФИЛИАЛ ООО "X" В МОСКОВСКОЙ ОБЛАСТИ», «ФИЛИАЛ "Y" АО "X"».
func formAfterBranch(tokens []nameToken) (parsedName, bool) {
	if len(tokens) == 0 || !isBranchWord(tokens[0].folded) {
		return parsedName{}, false
	}
	for i := 1; i < len(tokens); i++ {
		form, end, ok := matchForm(tokens, i, false)
		if !ok {
			continue
		}
		rest := tokens[end:]
		if len(rest) > 0 && rest[0].kind == tokenQuote {
			rest = throughLastQuote(rest)
		}
		return parsedName{form: form, core: withoutBrackets(rest)}, true
	}
	return parsedName{}, false
}

// formAfterComma: «X, ООО», «X, ИК, ООО (AsiaColor TM)», «Шинный центр, ИП
// Иванов И.И.». Descriptions between the name and the form go in front.
func formAfterComma(tokens []nameToken) (parsedName, bool) {
	if !slices.ContainsFunc(tokens, func(t nameToken) bool { return t.kind == tokenComma }) {
		return parsedName{}, false
	}
	pieces := splitTokens(tokens)
	for i := len(pieces) - 1; i > 0; i-- {
		form, end, ok := matchForm(pieces[i], 0, true)
		if !ok {
			continue
		}
		if tail, _ := splitBrackets(pieces[i][end:]); hasWords(tail) {
			return parsedName{form: form, core: tail, brand: withoutBrackets(pieces[0])}, true
		}
		name := pieces[:i]
		for len(name) > 1 && isForm(name[len(name)-1], form) {
			name = name[:len(name)-1] // «X, ООО (Y), ООО»
		}
		return parsedName{form: form, core: descriptionsFirst(name)}, true
	}
	return parsedName{}, false
}

// formAtEnd: «X ООО».
func formAtEnd(tokens []nameToken) (parsedName, bool) {
	outside, _ := splitBrackets(tokens)
	last := len(outside) - 1
	if last < 1 || outside[last].kind != tokenWord {
		return parsedName{}, false
	}
	form, _, ok := matchForm(outside, last, false)
	if !ok {
		return parsedName{}, false
	}
	return parsedName{form: form, core: outside[:last]}, true
}

// formBeforeQuote: «Торговый дом ООО "X"».
func formBeforeQuote(tokens []nameToken) (parsedName, bool) {
	outside, _ := splitBrackets(tokens)
	for i := range outside {
		if outside[i].kind == tokenQuote {
			break
		}
		form, end, ok := matchForm(outside, i, false)
		if ok && end < len(outside) && outside[end].kind == tokenQuote {
			return parsedName{form: form, core: slices.Concat(outside[:i], outside[end:])}, true
		}
	}
	return parsedName{}, false
}

// formInBrackets: «КЕДР, ТМ (АВАНГАРД, УК, ООО)»: the legal name is inside,
// outside is the sign.
func formInBrackets(tokens []nameToken) (parsedName, bool) {
	outside, inside := splitBrackets(tokens)
	if len(inside) == 0 || len(inside) == len(tokens) {
		return parsedName{}, false
	}
	p := parseTokens(inside)
	if p.form == "" || !hasWords(p.core) {
		return parsedName{}, false
	}
	p.brand = splitTokens(outside)[0]
	return p, true
}

// matchForm tells whether a form stands at token i and where it ends. Brackets
// inside long spellings («КРЕСТЬЯНСКОЕ (ФЕРМЕРСКОЕ) ХОЗЯЙСТВО») are passed
// over. Weak abbreviations count only before a quote or where sure is set.
func matchForm(tokens []nameToken, i int, sure bool) (form LegalForm, end int, ok bool) {
	for i < len(tokens) && tokens[i].kind == tokenQuote && sure {
		i++
	}
	if i >= len(tokens) || tokens[i].kind != tokenWord {
		return "", 0, false
	}
	first, _, _ := strings.Cut(formText(tokens, i), " ")
	for _, s := range formSpellings[first] {
		end, ok := matchWords(tokens, i, s.words)
		if !ok {
			continue
		}
		quoted := end < len(tokens) && tokens[end].kind == tokenQuote
		if s.weak && !quoted && (!sure || end < len(tokens)) {
			continue
		}
		return s.form, end, true
	}
	return "", 0, false
}

func matchWords(tokens []nameToken, i int, words []string) (end int, ok bool) {
	depth := 0
	for len(words) > 0 {
		if i >= len(tokens) {
			return 0, false
		}
		switch tokens[i].kind {
		case tokenOpen:
			depth++
		case tokenClose:
			depth--
		case tokenWord:
			for w := range strings.FieldsSeq(formText(tokens, i)) {
				if len(words) == 0 || w != words[0] {
					return 0, false
				}
				words = words[1:]
			}
		default:
			return 0, false
		}
		i++
	}
	for depth > 0 && i < len(tokens) && tokens[i].kind == tokenClose {
		depth--
		i++
	}
	return i, true
}

// formText folds a word for the table of forms: dots inside «О.О.О.» go, and
// a word of Latin look-alikes only («OOO», «AO») reads as Cyrillic when the
// name has Cyrillic words too or the word can be nothing else.
func formText(tokens []nameToken, i int) string {
	t := tokens[i]
	if strings.Contains(t.text, ".") {
		if joined := strings.ReplaceAll(t.folded, " ", ""); len([]rune(joined)) <= 4 {
			t.folded = joined
		}
	}
	if latinTwins(t.text) && (strings.EqualFold(t.text, "OOO") || slices.ContainsFunc(tokens, func(o nameToken) bool { return hasCyrillic(o.text) })) {
		return foldText(mapRunes(strings.ToUpper(t.text), toCyrillic))
	}
	return t.folded
}

// latinTwins tells a word of capital Latin letters that all have Cyrillic
// twins.
func latinTwins(s string) bool {
	for _, r := range s {
		if toCyrillic.of(r) == 0 || !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// isForm tells a piece that is the form again, and nothing but it.
func isForm(piece []nameToken, want LegalForm) bool {
	form, end, ok := matchForm(piece, 0, true)
	if !ok || form != want {
		return false
	}
	rest, _ := splitBrackets(piece[end:])
	return !hasWords(rest)
}

func isBranchWord(folded string) bool {
	switch folded {
	case "филиал", "представительство", "оп", "обособленное", "структурное":
		return true
	}
	return false
}

// cutBranch drops «ФИЛИАЛ В Г. ПЕРМЬ» after a quoted name.
func cutBranch(tokens []nameToken) []nameToken {
	for i := 1; i < len(tokens); i++ {
		if isBranchWord(tokens[i].folded) && tokens[i-1].kind == tokenQuote && hasWords(tokens[:i]) {
			return tokens[:i]
		}
	}
	return tokens
}

// throughLastQuote drops what follows the last quote mark, if the name stands
// before it.
func throughLastQuote(tokens []nameToken) []nameToken {
	for i := len(tokens) - 1; i > 0; i-- {
		if tokens[i].kind == tokenQuote && hasWords(tokens[:i]) {
			return tokens[:i]
		}
	}
	return tokens
}

// descriptionsFirst turns «X, ИК» into «ИК "X"».
func descriptionsFirst(pieces [][]nameToken) []nameToken {
	name := withoutBrackets(pieces[0])
	if len(pieces) == 1 {
		return name
	}
	var out []nameToken
	for _, p := range pieces[1:] {
		out = append(out, outermost(withoutBrackets(p))...)
	}
	for _, t := range outermost(name) {
		t.depth++
		t.group = -1 - t.group // apart from every group there is
		out = append(out, t)
	}
	return out
}

// withoutBrackets drops remarks in brackets unless nothing else is there.
func withoutBrackets(tokens []nameToken) []nameToken {
	outside, inside := splitBrackets(tokens)
	if !hasWords(outside) {
		return inside
	}
	return outside
}
