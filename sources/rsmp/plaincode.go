package rsmp

import "bytes"

// How the published files write a code of activity: most of a document.
const (
	plainMain    = `СвОКВЭДОсн КодОКВЭД="`
	plainExtra   = `СвОКВЭДДоп КодОКВЭД="`
	plainName    = `" НаимОКВЭД="`
	plainVersion = `" ВерсОКВЭД="`
	plainEnd     = `"/>`
)

// plainCode takes an element that is written exactly like that, with nothing
// behind it, and does what opening it and ending it would do. It returns false
// for any other and then has done nothing.
func (w *walker) plainCode(b []byte) bool {
	var to *codes
	switch w.nodes[w.depth-1] {
	case nodeCodes:
		to = &w.doc.codes
	case nodeReport:
		to = &w.doc.report
	default:
		return false
	}
	list := &to.extra
	if !bytes.HasPrefix(b, []byte(plainExtra)) {
		if !bytes.HasPrefix(b, []byte(plainMain)) {
			return false
		}
		list = &to.main
	}
	text, rest, ok := cutAt(b[len(plainExtra):], plainName)
	if !ok {
		return false
	}
	name, rest, ok := cutAt(rest, plainVersion)
	if !ok || bytes.IndexByte(name, '&') >= 0 && checkReferences(name) != nil {
		return false
	}
	version, rest, ok := cutAt(rest, plainEnd)
	if !ok || len(rest) > 0 || bytes.IndexByte(text, '&') >= 0 || bytes.IndexByte(version, '&') >= 0 {
		return false
	}
	*list = append(*list, code{text: text, version: version})
	return true
}

// cutAt cuts behind a value: at the next quote, which must be followed as
// expected.
func cutAt(b []byte, mark string) (v, rest []byte, ok bool) {
	end := bytes.IndexByte(b, '"')
	if end < 0 || !bytes.HasPrefix(b[end:], []byte(mark)) {
		return nil, nil, false
	}
	return b[:end], b[end+len(mark):], true
}
