package table

import (
	"io"
	"strings"

	"obzvon/pipeline"
)

// record is one row of a table before anybody knows what it means.
type record struct {
	row    int64 // line of a CSV, row of a sheet, from 1
	cells  []string
	link   func(col int) string // address behind a cell; nil where there are none
	raw    string               // as it came; "" = cells joined
	fault  *fault               // what is wrong with the row itself
	mended bool                 // a quote inside a quoted cell was not doubled: where cells end was guessed
	loose  bool                 // of a form in which cells beside the header mean nothing
}

// fault is why a row is quarantined.
type fault struct {
	reason pipeline.Reason
	detail string
}

func (r *record) blank() bool {
	if r.fault != nil {
		return false
	}
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// text is the row for the quarantine, at most pipeline.RawLimit bytes.
func (r *record) text() string {
	s := r.raw
	if s == "" {
		s = strings.Join(r.cells, "\t")
	}
	return cutText(s, pipeline.RawLimit)
}

// cutText cuts to at most n bytes between characters, and makes bytes that
// are no text visible.
func cutText(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// reader yields the rows of one table in order, io.EOF after the last. Any
// other error is a damageError or final.
type reader interface {
	io.Closer
	next() (record, error)
	done() int64 // bytes of input used so far
}

// damageError ends a table early: what was read before stays valid.
type damageError struct {
	detail string
	unread int64 // rows known to be missing, 0 = not known
}

func (e *damageError) Error() string { return pipeline.ErrDamaged.Error() + ": " + e.detail }

func (e *damageError) Unwrap() error { return pipeline.ErrDamaged }
