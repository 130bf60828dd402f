package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
)

type encoding int

const (
	encodingAuto encoding = iota
	encodingUTF8
	encoding1251
)

func (e encoding) String() string {
	if e == encoding1251 {
		return "windows-1251"
	}
	return "utf-8"
}

var bomUTF8 = []byte("\xef\xbb\xbf")

// isUTF16 tells two-byte text by its mark or by zeros in every other byte.
func isUTF16(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return len(head) >= 8 && (zeros[0]*5 > len(head) || zeros[1]*5 > len(head))
}

// census counts the bytes beyond ASCII of a whole file.
type census struct {
	multi   int64 // characters of several bytes that are right in UTF-8
	invalid int64 // bytes that are wrong in UTF-8
	high    int64 // bytes beyond ASCII
	letters int64 // of them Russian letters in windows-1251
	signs   int64 // of them quotes, dashes, spaces, № and the like there
}

func takeCensus(r io.Reader) (census, error) {
	var c census
	br := bufio.NewReaderSize(r, 64<<10)
	for {
		chunk, err := br.Peek(br.Size())
		if err != nil && !errors.Is(err, io.EOF) {
			return c, err
		}
		if len(chunk) == 0 {
			return c, nil
		}
		n := c.count(chunk, err != nil)
		if _, err := br.Discard(n); err != nil {
			return c, err
		}
	}
}

// count returns how many bytes it used: a character may stand on the border
// of two chunks.
func (c *census) count(b []byte, last bool) int {
	i := 0
	for i < len(b) {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !last && !utf8.FullRune(b[i:]) {
			break
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			c.invalid++
		} else {
			c.multi++
		}
		for _, x := range b[i : i+n] {
			c.highByte(x)
		}
		i += n
	}
	return i
}

func (c *census) highByte(x byte) {
	c.high++
	switch {
	case x >= 0xC0, x == 0xA8, x == 0xB8:
		c.letters++
	case x == 0xA0, x == 0xAB, x == 0xBB, x == 0xB9, x == 0x96, x == 0x97, x == 0x93, x == 0x94, x == 0x84,
		x == 0x85, x == 0xB0, x == 0xB7, x == 0x88, x == 0x92:
		c.signs++
	}
}

// encodingOf decides by the whole file: text that is UTF-8 but for a few
// bytes is UTF-8 with damaged rows, not windows-1251.
func encodingOf(c census) (encoding, error) {
	if c.invalid == 0 || c.multi > 20*c.invalid {
		return encodingUTF8, nil
	}
	if (c.letters+c.signs)*10 >= c.high*9 && c.letters*2 > c.high {
		return encoding1251, nil
	}
	return 0, fmt.Errorf("%w: text neither in UTF-8 nor in windows-1251: save it as CSV in UTF-8", pipeline.ErrUnknownForm)
}

// decodeLine turns the bytes of a line into text.
func decodeLine(e encoding, b []byte) (string, *fault) {
	if bytes.IndexByte(b, 0) >= 0 {
		return string(bytes.ReplaceAll(b, []byte{0}, []byte("\uFFFD"))), &fault{pipeline.ReasonEncoding, "zero bytes in the row"}
	}
	if e == encodingUTF8 {
		if !utf8.Valid(b) {
			return string(bytes.ToValidUTF8(b, []byte("\uFFFD"))), &fault{pipeline.ReasonEncoding, "bytes that are not UTF-8"}
		}
		return string(b), nil
	}
	text, err := charmap.Windows1251.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return string(text), &fault{pipeline.ReasonEncoding, "bytes that are not windows-1251"}
	}
	return string(text), nil
}
