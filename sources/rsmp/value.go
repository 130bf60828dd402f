package rsmp

import (
	"bytes"
)

// plain tells a value that is what it looks like: nothing to resolve.
func (v value) plain() bool { return bytes.IndexByte(v, '&') < 0 && bytes.IndexByte(v, '\r') < 0 }

// text is a copy of the value as it is meant.
func (v value) text() string {
	if v.plain() {
		return string(v)
	}
	return string(appendText(nil, v, true))
}

// trimmed is the value without white space around it: a part of the file when
// that is possible.
func (v value) trimmed() []byte {
	if v.plain() {
		return bytes.TrimSpace(v)
	}
	return bytes.TrimSpace(appendText(nil, v, true))
}
