package xlsx

import (
	"bytes"
	"io"
)

// rowPin is what excelize writes beside every height, in the tag of the row.
// It would keep a row from growing when somebody writes a long comment. The
// quotation marks cannot come from a text: there they are escaped.
const rowPin = ` customHeight="1"`

// pieceSize bounds the copy that an unpinner holds.
const pieceSize = 64 << 10

// unpinner passes on what is written without the pins.
type unpinner struct {
	out io.Writer
	buf []byte // not yet passed on: at its end a pin may begin
}

// Write implements io.Writer.
func (u *unpinner) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := min(len(rest), pieceSize)
		u.buf = append(u.buf, rest[:n]...)
		rest = rest[n:]
		if err := u.pass(len(rowPin) - 1); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// pass hands on everything but the last bytes.
func (u *unpinner) pass(keep int) error {
	data := u.buf
	for {
		i := bytes.Index(data, []byte(rowPin))
		if i < 0 {
			break
		}
		if _, err := u.out.Write(data[:i]); err != nil {
			return err
		}
		data = data[i+len(rowPin):]
	}
	end := max(0, len(data)-keep)
	if _, err := u.out.Write(data[:end]); err != nil {
		return err
	}
	u.buf = append(u.buf[:0], data[end:]...)
	return nil
}

// Close passes on the rest.
func (u *unpinner) Close() error { return u.pass(0) }
