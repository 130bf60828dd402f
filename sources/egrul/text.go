package egrul

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// text is a file as UTF-8, byte by byte, so that the XML decoder keeps no
// buffer of its own and what it has seen can be counted. It refuses a document
// too large to be one.
type text struct {
	r        *bufio.Reader
	encoding string // "utf-8" or "windows-1251"
	n, limit int    // bytes since reset, and how many there may be
	err      error  // what ended the reading, but for io.EOF
}

// peekLen is how far the XML declaration may reach.
const peekLen = 1024

const bom = "\xef\xbb\xbf"

// declaration finds the encoding in an XML declaration.
var declaration = regexp.MustCompile(`^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'<>]{1,60})["']`)

// newText reads the declaration and turns what follows into UTF-8.
func newText(r io.Reader, limit int) (*text, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(peekLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	rest, marked := strings.CutPrefix(string(head), bom)
	t := &text{r: in, encoding: "utf-8", limit: limit}
	if m := declaration.FindStringSubmatch(rest); m != nil {
		t.encoding = encodingName(m[1])
	}
	switch {
	case t.encoding == "":
		return nil, fmt.Errorf("%w: its encoding is neither windows-1251 nor UTF-8", pipeline.ErrUnknownForm)
	case t.encoding != "utf-8" && marked:
		return nil, fmt.Errorf("%w: windows-1251 is declared behind a byte order mark of UTF-8", pipeline.ErrUnknownForm)
	case t.encoding != "utf-8" && readsAsUTF8(rest):
		return nil, fmt.Errorf("%w: windows-1251 is declared, the text is UTF-8", pipeline.ErrUnknownForm)
	case marked:
		if _, err := in.Discard(len(bom)); err != nil {
			return nil, err
		}
	case t.encoding == "windows-1251":
		t.r = bufio.NewReaderSize(charmap.Windows1251.NewDecoder().Reader(in), 64<<10)
	}
	return t, nil
}

// encodingName gives one name to an encoding that is read, "" to any other.
func encodingName(label string) string {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "windows-1251", "cp1251":
		return "windows-1251"
	case "utf-8", "utf8":
		return "utf-8"
	default:
		return ""
	}
}

// readsAsUTF8 tells the beginning of a text whose letters are UTF-8 beyond
// doubt: in windows-1251 no two Russian letters are a letter of it.
func readsAsUTF8(head string) bool {
	for range utf8.UTFMax - 1 { // the last letter may be cut
		if r, n := utf8.DecodeLastRuneInString(head); r == utf8.RuneError && n == 1 {
			head = head[:len(head)-1]
		}
	}
	return utf8.ValidString(head) && strings.ContainsFunc(head, func(r rune) bool { return r > unicode.MaxASCII })
}

// charset answers the XML decoder, which reads the declaration once more. The
// error is kept, since the decoder puts a label of any length into its own.
func (t *text) charset(label string, input io.Reader) (io.Reader, error) {
	if encodingName(label) != t.encoding {
		t.err = fmt.Errorf("%w: encoding %q is declared, %s was read", pipeline.ErrUnknownForm, members.Clip(label, 60), t.encoding)
		return nil, t.err
	}
	return input, nil
}

func (t *text) reset() { t.n = 0 }

// ReadByte implements io.ByteReader, which makes encoding/xml use no buffer of
// its own.
func (t *text) ReadByte() (byte, error) {
	if t.err != nil {
		return 0, t.err
	}
	b, err := t.r.ReadByte()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			t.err = err
		}
		return 0, err
	}
	if t.n++; t.n > t.limit {
		t.err = fmt.Errorf("%w: more than %d bytes in one document", pipeline.ErrTooLarge, t.limit)
		return 0, t.err
	}
	return b, nil
}

// Read implements io.Reader for xml.NewDecoder, which prefers ReadByte.
func (t *text) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	c, err := t.ReadByte()
	if err != nil {
		return 0, err
	}
	b[0] = c
	return 1, nil
}
