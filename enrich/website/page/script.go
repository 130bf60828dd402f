package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxScript bounds a script that is looked at, in bytes: what writes an e-mail
// is short.
const maxScript = 32 << 10

// writeOut puts the contacts that a simple script would write into the page
// behind it in the tree. The script is read as data: only joined strings are
// understood, as Joomla and hand-made disguises use them.
func writeOut(n *html.Node) {
	if n.FirstChild == nil || n.Parent == nil || len(n.FirstChild.Data) > maxScript || hasAttr(n, "src") {
		return
	}
	code := n.FirstChild.Data
	if !strings.Contains(code, "document.write") && !strings.Contains(code, "innerHTML") {
		return
	}
	out := written(code)
	if !strings.Contains(html.UnescapeString(out), "@") && !strings.Contains(out, "tel:") {
		return
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(out), context)
	if err != nil {
		return // nested without end
	}
	for _, add := range slices.Backward(nodes) {
		dropScripts(add)
		scrub(add)
		n.Parent.InsertBefore(add, n.NextSibling)
	}
}

// dropScripts empties scripts, so that a written script writes nothing.
func dropScripts(n *html.Node) {
	for c := range n.Descendants() {
		if c.Data == "script" {
			c.FirstChild, c.LastChild = nil, nil
		}
	}
	if n.Data == "script" {
		n.FirstChild, n.LastChild = nil, nil
	}
}

// written is what a script writes into the page, as far as it is understood.
func written(code string) string {
	s := script{tokens: lex(code), vars: map[string]value{}}
	for s.at < len(s.tokens) && s.spent < maxSpent {
		s.statement()
	}
	return s.out.String()
}

// script reads statements in order, without control flow.
type script struct {
	tokens []token
	at     int
	vars   map[string]value
	out    strings.Builder
	spent  int // bytes of all values made
	depth  int
}

// value is a string or a list of strings.
type value struct {
	text   string
	list   []string
	isList bool
}

const (
	maxSpent = 256 << 10
	maxNest  = 20 // brackets
)

func (s *script) peek(n int) token {
	if s.at+n < len(s.tokens) {
		return s.tokens[s.at+n]
	}
	return token{}
}

func (s *script) is(n int, text string) bool {
	t := s.peek(n)
	return t.kind != tokenString && t.text == text
}

// take steps over a mark if it is there.
func (s *script) take(text string) bool {
	if s.is(0, text) {
		s.at++
		return true
	}
	return false
}

// statement reads an assignment or a call that writes; anything else is
// stepped over by one token.
func (s *script) statement() {
	t := s.peek(0)
	if t.kind != tokenName {
		s.at++
		return
	}
	switch {
	case (t.text == "write" || t.text == "writeln") && s.is(1, "("):
		s.at += 2
		s.write()
	case t.text == "innerHTML" && (s.is(1, "=") || s.is(1, "+=")):
		s.at += 2
		if v, ok := s.sum(); ok {
			s.out.WriteString(v.text)
		}
	case s.is(1, "="):
		s.at += 2
		if v, ok := s.sum(); ok {
			s.vars[t.text] = v
		} else {
			delete(s.vars, t.text)
		}
	case s.is(1, "+="):
		s.at += 2
		old, known := s.vars[t.text]
		if v, ok := s.sum(); ok && known && !old.isList && !v.isList {
			s.vars[t.text] = s.join(old, v)
		}
	default:
		s.at++
	}
}

func (s *script) write() {
	for {
		v, ok := s.sum()
		if !ok {
			return
		}
		s.out.WriteString(v.text)
		if !s.take(",") {
			return
		}
	}
}

// join puts two strings together and counts the cost.
func (s *script) join(a, b value) value {
	s.spent += len(a.text) + len(b.text)
	if s.spent > maxSpent {
		return value{}
	}
	return value{text: a.text + b.text}
}

// sum reads strings joined by "+".
func (s *script) sum() (value, bool) {
	v, ok := s.term()
	for ok && s.take("+") {
		var next value
		if next, ok = s.term(); ok {
			if v.isList || next.isList {
				return value{}, false
			}
			v = s.join(v, next)
		}
	}
	return v, ok
}

// term reads one value with the methods called on it.
func (s *script) term() (value, bool) {
	if s.depth++; s.depth > maxNest {
		return value{}, false
	}
	defer func() { s.depth-- }()
	v, ok := s.operand()
	for ok && s.is(0, ".") && s.peek(1).kind == tokenName && s.is(2, "(") {
		name := s.peek(1).text
		s.at += 3
		var args []string
		if args, ok = s.list(")"); ok {
			v, ok = s.method(v, name, args)
		}
	}
	return v, ok
}

// operand reads a literal, a variable, a list, brackets, or a call of a
// function that makes strings.
func (s *script) operand() (value, bool) {
	t := s.peek(0)
	switch {
	case t.kind == tokenString, t.kind == tokenNumber:
		s.at++
		return value{text: t.text}, true
	case s.take("("):
		v, ok := s.sum()
		return v, ok && s.take(")")
	case s.take("["):
		l, ok := s.list("]")
		return value{list: l, isList: true}, ok
	case t.kind != tokenName:
		return value{}, false
	case t.text == "String" && s.is(1, ".") && s.is(2, "fromCharCode") && s.is(3, "("):
		s.at += 4
		codes, ok := s.list(")")
		return value{text: fromCodes(codes)}, ok
	case s.is(1, "("):
		s.at += 2
		args, ok := s.list(")")
		if !ok || len(args) != 1 {
			return value{}, false
		}
		return call(t.text, args[0])
	}
	s.at++
	v, ok := s.vars[t.text]
	return v, ok
}

// list reads values parted by commas up to the closing mark.
func (s *script) list(end string) ([]string, bool) {
	var out []string
	for !s.take(end) {
		v, ok := s.sum()
		if !ok || v.isList || len(out) >= 1000 {
			return nil, false
		}
		out = append(out, v.text)
		if !s.take(",") && !s.is(0, end) {
			return nil, false
		}
	}
	return out, true
}
