package rsmp

import (
	"bytes"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// walker goes through one element with all that is in it and checks the form
// of everything on its way.
type walker struct {
	depth int // elements that are open, the root element included
	names [depthMax][]byte
	nodes [depthMax]node
	attrs [attrsMax][]byte // names in the tag that is being read
	doc   document
}

// begin is at the element whose parents are so many.
func (w *walker) begin(depth int) {
	w.depth, w.names[depth] = depth, nil
	w.doc.reset()
}

// root reads the start tag of the root element.
func (w *walker) root(b []byte, ended bool) (n int, empty bool, err error) {
	w.begin(0)
	next := bytes.IndexByte(b[1:], '<')
	if next < 0 {
		if !ended {
			return 0, false, errMore
		}
		next = len(b) - 1
	}
	n, empty, err = w.tag(b[1 : 1+next])
	if err == nil {
		err = checkChars(b[:1+n])
	}
	return 1 + n, empty, err
}

// element reads an element of the first level that b begins with. It returns
// errMore when b ends before the element does. Between two tags there is only
// a search for the next '<', which in well-formed XML stands in no value and
// in no text.
func (w *walker) element(b []byte) (int, error) {
	w.begin(1)
	for at := 0; ; {
		n, err := w.step(b[at:])
		if err != nil {
			return 0, err
		}
		at += n
		if w.depth == 1 {
			return at, checkChars(b[:at])
		}
	}
}

// step reads a tag or other markup and the text behind it, up to the next '<'.
// Behind the last tag of the element it stops.
func (w *walker) step(b []byte) (int, error) {
	if len(b) < 2 {
		return 0, errMore
	}
	n := 0
	switch b[1] {
	case '/':
		end, err := readEndTag(b, w.names[w.depth-1])
		if err != nil {
			return 0, err
		}
		n, w.depth = end, w.depth-1
	case '!', '?':
		m, err := readMarkup(b)
		if err != nil {
			return 0, err
		}
		if err := w.within(m); err != nil {
			return 0, err
		}
		n = m.n
	default:
		return w.opening(b)
	}
	if w.depth == 1 {
		return n, nil
	}
	next := bytes.IndexByte(b[n:], '<')
	if next < 0 {
		return 0, errMore
	}
	return n + next, w.text(b[n : n+next])
}

// opening reads a start tag and the text behind it.
func (w *walker) opening(b []byte) (int, error) {
	next := bytes.IndexByte(b[1:], '<')
	if next < 0 {
		return 0, errMore
	}
	segment := b[1 : 1+next]
	if w.plainCode(segment) {
		return 1 + next, nil
	}
	n, empty, err := w.tag(segment)
	if err != nil {
		return 0, err
	}
	if empty {
		w.depth--
		if w.depth == 1 {
			return 1 + n, nil
		}
	}
	return 1 + next, w.text(segment[n:])
}

// within takes markup that stands inside an element.
func (w *walker) within(m markup) error {
	switch m.kind {
	case markCDATA:
		w.keep(m.body, false)
	case markDeclaration:
		return damaged("an XML declaration that is not the first thing in the file")
	}
	return nil
}

func (w *walker) text(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	if err := checkText(b); err != nil {
		return err
	}
	w.keep(b, true)
	return nil
}

// keep adds to the text of an element whose text is wanted.
func (w *walker) keep(b []byte, references bool) {
	if w.nodes[w.depth-1] == nodeActivity {
		w.doc.addText(b, references)
	}
}

// tag reads a start tag, of which b begins with the name, and opens its
// element. b ends where the next tag begins.
func (w *walker) tag(b []byte) (n int, empty bool, err error) {
	n, err = w.push(b)
	if err != nil {
		return 0, false, err
	}
	at := w.nodes[w.depth-1]
	for attrs := 0; ; attrs++ {
		n += spaces(b[n:])
		switch {
		case n == len(b):
			return 0, false, errUnclosed
		case b[n] == '>':
			return n + 1, false, checkReferences(b[:n])
		case b[n] == '/':
			if n+1 < len(b) && b[n+1] == '>' {
				return n + 2, true, checkReferences(b[:n])
			}
			return 0, false, errTag
		}
		name, value, size, err := readAttr(b[n:])
		if err != nil {
			return 0, false, err
		}
		if err := w.check(attrs, name); err != nil {
			return 0, false, err
		}
		if !w.doc.take(at, name, value) && !properName(name) {
			return 0, false, fmt.Errorf("%w: %q is no name of an attribute", pipeline.ErrDamaged, members.Clip(string(name), 60))
		}
		n += size
	}
}

// push opens the element whose name b begins with and returns how long the name
// is. Most elements have the name of the one before them.
func (w *walker) push(b []byte) (int, error) {
	if w.depth == depthMax {
		return 0, fmt.Errorf("%w: elements nested more than %d deep", pipeline.ErrDamaged, depthMax)
	}
	n := len(w.names[w.depth])
	if n == 0 || !startsWithName(b, w.names[w.depth]) {
		n = nameLen(b)
		if err := w.name(b[:n]); err != nil {
			return 0, err
		}
	}
	w.doc.open(w.nodes[w.depth])
	w.depth++
	if w.depth < depthMax {
		w.names[w.depth] = nil // of an element in another one
	}
	return n, nil
}

// name tells what element it is that begins.
func (w *walker) name(name []byte) error {
	parent := nodeOutside
	if w.depth > 0 {
		parent = w.nodes[w.depth-1]
	}
	at := parent.child(name)
	if at <= nodeFile && !properName(name) {
		return fmt.Errorf("%w: %q is no name of an element", pipeline.ErrDamaged, members.Clip(string(name), 60))
	}
	w.names[w.depth], w.nodes[w.depth] = name, at
	return nil
}

// check bounds how many attributes there are and refuses one twice.
func (w *walker) check(i int, name []byte) error {
	if i == attrsMax {
		return fmt.Errorf("%w: an element of more than %d attributes", pipeline.ErrDamaged, attrsMax)
	}
	for _, other := range w.attrs[:i] {
		if bytes.Equal(other, name) {
			return fmt.Errorf("%w: attribute %q twice in one element", pipeline.ErrDamaged, members.Clip(string(name), 60))
		}
	}
	w.attrs[i] = name
	return nil
}
