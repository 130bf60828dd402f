package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"obzvon/pipeline/store"
)

const tokenSize = 8

// appendEntry appends the stored form of an entry: the number of tokens, the
// tokens, the note.
func appendEntry(b []byte, e *store.Entry) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.Tokens)))
	for _, token := range e.Tokens {
		b = binary.BigEndian.AppendUint64(b, token)
	}
	return append(b, e.Note...)
}

// splitEntry returns the tokens and the note of a stored entry, neither copied.
func splitEntry(stored []byte) (tokens, note []byte, err error) {
	n, width := binary.Uvarint(stored)
	if width <= 0 || n > uint64(len(stored)-width)/tokenSize {
		return nil, nil, fmt.Errorf("entry of the index: %w", errRecord)
	}
	end := width + int(n)*tokenSize
	return stored[width:end], stored[end:], nil
}

// decodeEntry reads a stored entry; nil is an empty one.
func decodeEntry(o store.Owner, stored []byte) (store.Entry, error) {
	e := store.Entry{Owner: o}
	if stored == nil {
		return e, nil
	}
	tokens, note, err := splitEntry(stored)
	if err != nil {
		return e, fmt.Errorf("of %v: %w", o, err)
	}
	if len(tokens) > 0 {
		e.Tokens = make([]uint64, 0, len(tokens)/tokenSize)
	}
	for ; len(tokens) > 0; tokens = tokens[tokenSize:] {
		e.Tokens = append(e.Tokens, binary.BigEndian.Uint64(tokens))
	}
	if len(note) > 0 {
		e.Note = bytes.Clone(note)
	}
	return e, nil
}
