package zakupki

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"obzvon/pipeline"
)

// Bounds on one document, which real ones stay far below.
const (
	depthMax = 64
	nodesMax = 400_000
)

// node is an element by its local name: prefixes differ from file to file, and the
// namespaces from one generation of the schemes to the next.
type node struct {
	name string
	text string // of the element itself, without what is in its children
	kids []*node
}

// unread are elements whose content is of no use and may be large: files, signatures.
func unread(name string) bool {
	switch name {
	case "attachmentsInfo", "attachments", "attachment", "cryptoSigns", "signature", "Signature", "printFormFieldsInfo", "scanDocuments":
		return true
	}
	return false
}

// parseTree reads a document to its end. Errors are pipeline.ErrDamaged for XML that
// is cut or broken, ErrTooLarge, ErrUnknownForm, or those of r.
func parseTree(r io.Reader) (*node, error) {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	root := &node{}
	open := []*node{root}
	nodes := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, fmt.Errorf("%w: a DOCTYPE or other directive", pipeline.ErrUnknownForm)
		case xml.StartElement:
			if nodes++; nodes > nodesMax || len(open) > depthMax {
				return nil, fmt.Errorf("%w: more than %d elements, or %d one in another", pipeline.ErrTooLarge, nodesMax, depthMax)
			}
			n := &node{name: t.Name.Local}
			if unread(n.name) {
				if err := d.Skip(); err != nil {
					return nil, broken(err)
				}
				continue
			}
			top := open[len(open)-1]
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			top := open[len(open)-1]
			top.text = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(top.text, "\x00", ""), "\ufffd")), " ")
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				open[len(open)-1].text += string(t)
			}
		}
	}
	if len(root.kids) == 0 {
		return nil, fmt.Errorf("%w: no XML", pipeline.ErrUnknownForm)
	}
	return root.kids[0], nil
}

// broken names XML that cannot be read; an error of the reader keeps its own name.
func broken(err error) error {
	syntax := (*xml.SyntaxError)(nil)
	if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
	}
	return fmt.Errorf("read XML: %w", err)
}

// child is the first child of that name; nil has none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// at follows a path of children: "commonInfo/purchaseNumber".
func (n *node) at(path string) *node {
	for name := range strings.SplitSeq(path, "/") {
		n = n.child(name)
	}
	return n
}

// get is the text at the first of the paths that has one.
func (n *node) get(paths ...string) string {
	for _, p := range paths {
		if k := n.at(p); k != nil && k.text != "" {
			return k.text
		}
	}
	return ""
}

// each calls f for every element below in the order of the document. Where f returns
// false, what is below that element is left out.
func (n *node) each(f func(*node) bool) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		if f(k) {
			k.each(f)
		}
	}
}

// all are the elements below with one of the names, none inside another.
func (n *node) all(names ...string) []*node {
	var out []*node
	n.each(func(k *node) bool {
		for _, name := range names {
			if k.name == name {
				out = append(out, k)
				return false
			}
		}
		return true
	})
	return out
}

// find is the text of the first element below with one of the names, by the order of
// the names.
func (n *node) find(names ...string) string {
	for _, name := range names {
		for _, k := range n.all(name) {
			if k.text != "" {
				return k.text
			}
		}
	}
	return ""
}
