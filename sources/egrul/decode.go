package egrul

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// document is one row: a company or a sole proprietor as the file has it.
type document struct {
	row  int64   // from 1
	id   string  // ИдДок of the exchange
	of   subject // nil when there is none
	more bool    // there is a second one
}

// decoder reads one XML file.
type decoder struct {
	text  *text
	guard *guard
	xml   *xml.Decoder
	root  envelope
	rows  int64 // documents ended so far
}

func newDecoder(r io.Reader, b bounds) (*decoder, error) {
	t, err := newText(r, b.bytes)
	if err != nil {
		return nil, err
	}
	g := &guard{xml: xml.NewDecoder(t), limit: b.elements}
	g.xml.CharsetReader = t.charset
	return &decoder{text: t, guard: g, xml: xml.NewTokenDecoder(g)}, nil
}

// decode calls emit for each document in order. What was emitted counts only
// when decode returns nil: then the file was whole, well-formed and of the
// declared length. The envelope is filled as far as it was read, whatever
// happens after.
func (d *decoder) decode(emit func(*document)) error {
	err := d.file(emit)
	switch {
	case err == nil:
		return nil
	case d.text.err != nil:
		err = d.text.err // whatever came of it
	case errors.Is(err, pipeline.ErrUnknownForm), errors.Is(err, pipeline.ErrTooLarge), errors.Is(err, pipeline.ErrDamaged):
	default:
		err = fmt.Errorf("%w: %s", pipeline.ErrDamaged, members.Clip(err.Error(), 300)) // it may name an element of any length
	}
	return fmt.Errorf("byte %d of the text: %w", d.guard.xml.InputOffset(), err)
}

func (d *decoder) file(emit func(*document)) error {
	root, err := d.start()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%w: no root element", pipeline.ErrDamaged)
	case err != nil:
		return err
	}
	if err := d.root.open(root); err != nil {
		return err
	}
	if err := d.documents(emit); err != nil {
		return err
	}
	if d.root.exchange && d.rows != d.root.declared {
		return fmt.Errorf("%w: КолДок says %d documents, there are %d", pipeline.ErrDamaged, d.root.declared, d.rows)
	}
	switch _, err := d.start(); {
	case err == nil:
		return fmt.Errorf("%w: a second root element", pipeline.ErrDamaged)
	case errors.Is(err, io.EOF):
		return nil
	default:
		return err
	}
}

// start returns the next start tag outside the root element; io.EOF if there
// is none.
func (d *decoder) start() (xml.StartElement, error) {
	for {
		token, err := d.xml.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t, nil
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return xml.StartElement{}, fmt.Errorf("%w: text outside the root element", pipeline.ErrDamaged)
			}
		}
	}
}

// documents reads what is in the root element, to its end.
func (d *decoder) documents(emit func(*document)) error {
	for {
		d.text.reset()
		d.guard.reset()
		token, err := d.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			doc, err := d.document(t)
			if err != nil {
				return err
			}
			if doc != nil {
				if d.rows++; d.rows > rowsMax {
					return fmt.Errorf("%w: more than %d documents in one file", pipeline.ErrTooLarge, rowsMax)
				}
				doc.row = d.rows
				emit(doc)
			}
		}
	}
}

// document reads one child of the root element; nil when it is none.
func (d *decoder) document(t xml.StartElement) (*document, error) {
	doc := &document{}
	switch {
	case !d.root.exchange && newSubject(t.Name.Local) != nil:
		return doc, d.subject(doc, t)
	case !d.root.exchange || t.Name.Local != "Документ":
		return nil, d.xml.Skip()
	}
	doc.id = attrs(t.Attr).get("ИдДок")
	for {
		token, err := d.xml.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return doc, nil
		case xml.StartElement:
			if err := d.subject(doc, t); err != nil {
				return nil, err
			}
		}
	}
}

// subject reads a child of a document into it, or past it.
func (d *decoder) subject(doc *document, t xml.StartElement) error {
	of := newSubject(t.Name.Local)
	if of == nil || doc.of != nil {
		doc.more = doc.more || of != nil
		return d.xml.Skip()
	}
	doc.of = of
	return d.xml.DecodeElement(of, &t)
}
