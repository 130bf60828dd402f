package socket

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// kind is what a frame carries.
type kind byte

const (
	kindHello   kind = 'h' // caller: greeting, what is wanted
	kindBegin   kind = 'b' // caller: the command may begin
	kindCancel  kind = 'c' // caller: it was stopped
	kindAnswer  kind = 'a' // caller: answer, then bytes
	kindWelcome kind = 'w' // host
	kindRefusal kind = 'r' // host: its version
	kindStdout  kind = 'o' // host: bytes
	kindStderr  kind = 'e' // host: bytes
	kindAsk     kind = 'f' // host: ask, then bytes
	kindExit    kind = 'x' // host: the exit code
)

const (
	header   = 5         // kind, and size of the payload in big-endian
	chunk    = 256 << 10 // bytes of a file or of output in one frame
	maxFrame = chunk + 64<<10
	maxHello = 8 << 20 // arguments and environment; Linux has 2 MiB of them
)

var errFrame = errors.New("not a frame of this protocol")

// frame is one piece of a conversation.
type frame struct {
	kind    kind
	payload []byte
}

// readFrame reads one frame with a payload of at most so many bytes. io.EOF is a
// connection that was closed between frames.
func readFrame(r io.Reader, limit int) (frame, error) {
	var head [header]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if size > uint32(limit) {
		return frame{}, fmt.Errorf("%w: %d bytes, at most %d", errFrame, size, limit)
	}
	body, err := readBody(r, int(size))
	if err != nil {
		return frame{}, fmt.Errorf("%w: %w", errFrame, err)
	}
	return frame{kind(head[0]), body}, nil
}

// readBody takes as much memory as comes, where much is announced.
func readBody(r io.Reader, size int) ([]byte, error) {
	if size <= maxFrame {
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		return body, nil
	}
	var body bytes.Buffer
	if _, err := io.CopyN(&body, r, int64(size)); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return body.Bytes(), nil
}

// appendFrame appends the bytes of a frame.
func appendFrame(b []byte, k kind, payload ...[]byte) []byte {
	size := 0
	for _, p := range payload {
		size += len(p)
	}
	b = append(b, byte(k))
	b = binary.BigEndian.AppendUint32(b, uint32(size))
	for _, p := range payload {
		b = append(b, p...)
	}
	return b
}

// pack makes a payload of a value in JSON, and bytes behind it.
func pack(v any, data []byte) ([]byte, error) {
	text, err := json.Marshal(v) // has no line end
	if err != nil {
		return nil, err
	}
	return append(append(text, '\n'), data...), nil
}

// unpack reads what pack has made.
func unpack(payload []byte, v any) (data []byte, err error) {
	text, data, ok := bytes.Cut(payload, []byte{'\n'})
	if !ok {
		return nil, fmt.Errorf("%w: no end of the head", errFrame)
	}
	if err := json.Unmarshal(text, v); err != nil {
		return nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	return data, nil
}
