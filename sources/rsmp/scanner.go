package rsmp

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// Bounds that real files stay far below.
const (
	depthMax   = 32
	attrsMax   = 64
	elementMax = 4 << 20 // bytes of one Документ
)

// taker is told what a scanner finds, in the order of the file. What it is
// told counts only when scan returns nil: then the file was whole and of the
// declared length. Slices and documents are valid during the call.
type taker interface {
	// begin comes once, before anything else.
	begin(root *envelope)
	// dismiss is a document that is plainly not wanted, composed its ДатаСост.
	dismiss(composed []byte)
	// document is one that was looked at closely, row counted from 1. It
	// returns false to have no more of the file.
	document(row int64, doc *document, raw []byte) bool
}

// Where in a file a scanner is.
const (
	beforeRoot = iota
	insideRoot
	afterRoot
)

// scanner reads one XML file of the registry. It goes from item to item: what
// stands in the root element on its first level, elements wholly.
type scanner struct {
	in     window
	filter *filter // nil: nothing is dismissed at a glance
	root   envelope
	rows   int64 // documents ended so far
	place  int
	mark   int64 // bytes of the byte order mark
	walk   walker
}

// errMore is returned when an item goes on behind the end of what was read.
var errMore = errors.New("unexpected EOF")

// errEnough is returned when the taker wants no more.
var errEnough = errors.New("no more is wanted")

// scan reads r to its end. The envelope is filled as far as it was read,
// whatever happens after. size is how many bytes are read at a time.
func (s *scanner) scan(r io.Reader, size int, to taker) error {
	s.in.reset(r, size)
	s.root, s.rows, s.place, s.mark = envelope{}, 0, beforeRoot, 0
	for {
		n, err := s.item(s.in.bytes(), to)
		if err == nil && n > elementMax {
			err = fmt.Errorf("%w: more than %d bytes in one document", pipeline.ErrTooLarge, elementMax)
		}
		if errors.Is(err, errMore) {
			more, tooLarge := s.in.more()
			switch {
			case tooLarge != nil:
				err = tooLarge
			case more:
				continue
			default:
				return s.end()
			}
		}
		if err != nil {
			return fmt.Errorf("byte %d: %w", s.in.offset(), err)
		}
		s.in.skip(n)
	}
}

// end tells whether the file may end where it does.
func (s *scanner) end() error {
	at := s.in.base + int64(s.in.to)
	switch {
	case !s.in.ended():
		return fmt.Errorf("byte %d: %w", at, s.in.err)
	case s.place == beforeRoot && len(s.in.bytes()) == 0:
		return fmt.Errorf("%w: no element Файл", pipeline.ErrDamaged)
	case s.place != afterRoot || len(s.in.bytes()) > 0:
		return fmt.Errorf("byte %d: %w: %w", at, pipeline.ErrDamaged, errMore)
	case s.rows != s.root.rows:
		return fmt.Errorf("%w: КолДок says %d documents, there are %d", pipeline.ErrDamaged, s.root.rows, s.rows)
	default:
		return nil
	}
}

// item takes what stands at the beginning of b and returns its length, or
// errMore when b ends before it does.
func (s *scanner) item(b []byte, to taker) (int, error) {
	switch {
	case len(b) == 0:
		return 0, errMore
	case b[0] != '<':
		return s.text(b)
	case len(b) < 2:
		return 0, errMore
	case b[1] == '!' || b[1] == '?':
		return s.markup(b)
	case b[1] == '/':
		return s.endTag(b)
	case s.place == insideRoot:
		return s.element(b, to)
	case s.place == beforeRoot:
		return s.start(b, to)
	default:
		return 0, damaged("a second root element")
	}
}

var byteOrderMark = []byte("\ufeff")

// text passes over what stands between elements.
func (s *scanner) text(b []byte) (int, error) {
	if s.in.offset() == 0 && b[0] == byteOrderMark[0] {
		if len(b) < len(byteOrderMark) {
			return 0, errMore
		}
		if bytes.HasPrefix(b, byteOrderMark) {
			s.mark = int64(len(byteOrderMark))
			return len(byteOrderMark), nil
		}
	}
	n := bytes.IndexByte(b, '<')
	if n < 0 {
		if !s.in.ended() {
			return 0, errMore
		}
		n = len(b)
	}
	switch {
	case blank(b[:n]):
		return n, nil
	case s.place != insideRoot:
		return 0, damaged("text outside the root element")
	}
	if err := checkText(b[:n]); err != nil {
		return 0, err
	}
	return n, checkChars(b[:n])
}

// markup passes over a comment, an instruction or CDATA.
func (s *scanner) markup(b []byte) (int, error) {
	m, err := readMarkup(b)
	if err != nil {
		return 0, err
	}
	switch {
	case m.kind == markCDATA && s.place != insideRoot:
		return 0, damaged("text outside the root element")
	case m.kind == markDeclaration && s.in.offset() != s.mark:
		return 0, damaged("an XML declaration that is not the first thing in the file")
	case m.kind == markDeclaration:
		if err := checkDeclaration(m.body); err != nil {
			return 0, err
		}
	}
	return m.n, checkChars(b[:m.n])
}

// start takes the start tag of the root element.
func (s *scanner) start(b []byte, to taker) (int, error) {
	n, empty, err := s.walk.root(b, s.in.ended())
	if err != nil {
		return 0, err
	}
	if err := s.root.open(s.walk.names[0], &s.walk.doc.file); err != nil {
		return 0, err
	}
	s.place = insideRoot
	if empty {
		s.place = afterRoot
	}
	to.begin(&s.root)
	return n, nil
}

func (s *scanner) endTag(b []byte) (int, error) {
	if s.place != insideRoot {
		return 0, damaged("an end tag outside the root element")
	}
	n, err := readEndTag(b, s.root.name)
	if err == nil {
		s.place = afterRoot
	}
	return n, err
}

// element takes one of the first level: at a glance if that is enough.
func (s *scanner) element(b []byte, to taker) (int, error) {
	if s.filter != nil {
		if n, composed := s.filter.glance(b); n > 0 {
			s.rows++
			to.dismiss(composed)
			return n, nil
		}
	}
	n, err := s.walk.element(b)
	switch {
	case err != nil:
		return 0, err
	case !s.walk.doc.is || n > elementMax:
		return n, nil
	}
	s.rows++
	if !to.document(s.rows, &s.walk.doc, b[:n]) {
		return 0, errEnough
	}
	return n, nil
}
