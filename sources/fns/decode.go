package fns

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// Bounds that real files stay far below.
const (
	depthMax   = 32
	attrsMax   = 64
	elementMax = 4 << 20 // bytes of one Документ
)

// decoder reads one XML file of a set token by token.
type decoder struct {
	set  *set
	tape *tape
	xml  *xml.Decoder
	root envelope
	rows int64 // documents ended so far

	depth  int
	doc    document
	inside bool // of a Документ
	begun  bool // a token has been read
	closed bool // the root element has ended
}

func newDecoder(of *set, r io.Reader) *decoder {
	t := newTape(r)
	d := &decoder{set: of, tape: t, xml: xml.NewDecoder(t)}
	d.xml.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		return input, checkEncoding([]byte("encoding=" + label))
	}
	return d
}

// decode calls emit for each document in order, row counted from 1; document
// and raw are valid during the call. What was emitted counts only when decode
// returns nil: then the file was whole, well-formed and of the declared
// length. The envelope is filled as far as it was read, whatever happens after.
func (d *decoder) decode(emit func(row int64, doc *document, raw []byte)) error {
	for {
		if d.depth <= 1 {
			d.tape.reset()
		}
		token, err := d.xml.Token()
		switch {
		case d.tape.err != nil:
			return d.at(d.tape.err)
		case errors.Is(err, io.EOF):
			return d.finish()
		case errors.Is(err, pipeline.ErrUnknownForm):
			return d.at(err)
		case err != nil:
			return d.at(fmt.Errorf("%w: %w", pipeline.ErrDamaged, err))
		}
		if err := d.step(token, emit); err != nil {
			return d.at(err)
		}
		d.begun = true
	}
}

func (d *decoder) at(err error) error { return fmt.Errorf("byte %d: %w", d.xml.InputOffset(), err) }

func (d *decoder) finish() error {
	if !d.closed {
		return fmt.Errorf("%w: no element Файл", pipeline.ErrDamaged)
	}
	if d.rows != d.root.rows {
		return fmt.Errorf("%w: КолДок says %d documents, there are %d", pipeline.ErrDamaged, d.root.rows, d.rows)
	}
	return nil
}

func (d *decoder) step(token xml.Token, emit func(int64, *document, []byte)) error {
	switch t := token.(type) {
	case xml.StartElement:
		return d.start(t)
	case xml.EndElement:
		d.end(emit)
	case xml.CharData:
		return d.text(t)
	case xml.ProcInst:
		if t.Target == "xml" {
			return checkEncoding(t.Inst)
		}
	case xml.Directive:
		return fmt.Errorf("%w: a DOCTYPE or other directive", pipeline.ErrUnknownForm)
	}
	return nil
}

func (d *decoder) start(t xml.StartElement) error {
	if err := checkAttrs(t); err != nil {
		return err
	}
	d.depth++
	switch {
	case d.depth > depthMax:
		return fmt.Errorf("%w: elements nested more than %d deep", pipeline.ErrDamaged, depthMax)
	case d.depth == 1 && d.closed:
		return fmt.Errorf("%w: a second root element", pipeline.ErrDamaged)
	case d.depth == 1:
		return d.root.open(t, d.set)
	case d.depth == 2 && t.Name.Local == "Документ":
		d.inside = true
		d.doc.begin(t.Attr)
	case d.depth == 3 && d.inside:
		d.doc.take(d.set, t)
	}
	return nil
}

func (d *decoder) end(emit func(int64, *document, []byte)) {
	d.depth--
	switch {
	case d.depth == 0:
		d.closed = true
	case d.depth == 1 && d.inside:
		d.inside = false
		d.rows++
		emit(d.rows, &d.doc, d.tape.raw())
	}
}

func (d *decoder) text(t xml.CharData) error {
	if d.depth > 0 {
		return nil
	}
	if !d.begun {
		t = bytes.TrimPrefix(t, []byte("\ufeff"))
	}
	if len(bytes.TrimSpace(t)) > 0 {
		return fmt.Errorf("%w: text outside the root element", pipeline.ErrDamaged)
	}
	return nil
}

// checkAttrs refuses a repeated attribute, which encoding/xml lets pass.
func checkAttrs(t xml.StartElement) error {
	if len(t.Attr) > attrsMax {
		return fmt.Errorf("%w: an element of more than %d attributes", pipeline.ErrDamaged, attrsMax)
	}
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
			return fmt.Errorf("%w: attribute %q twice in one element", pipeline.ErrDamaged, members.Clip(a.Name.Local, 60))
		}
	}
	return nil
}
