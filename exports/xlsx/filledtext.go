package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"obzvon/pipeline"
)

// stringsAtMost bounds the strings that the sheets of a workbook share.
const stringsAtMost = 4_000_000

// readStrings reads the strings that cells refer to by number; none if the
// workbook has none.
func (b *filledBook) readStrings(part string) error {
	in, err := b.open(part, sheetBytes)
	if errors.Is(err, pipeline.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	var text richText
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: part %q: %w", pipeline.ErrDamaged, part, err)
		}
		text.take(token)
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "si" {
			if len(b.strings) == stringsAtMost {
				return fmt.Errorf("part %q: %w: more than %d strings", part, pipeline.ErrTooLarge, stringsAtMost)
			}
			b.strings = append(b.strings, text.done())
		}
	}
}

// richText gathers the text of a string item: of its runs, without the marks of
// how to pronounce it (ECMA-376 part 1, 18.4.8 and 18.4.6).
type richText struct {
	text     strings.Builder
	open     bool // inside <t>
	phonetic bool // inside <rPh>
}

func (r *richText) take(token xml.Token) {
	switch v := token.(type) {
	case xml.StartElement:
		r.open = v.Name.Local == "t"
		r.phonetic = r.phonetic || v.Name.Local == "rPh"
	case xml.EndElement:
		r.open = false
		r.phonetic = r.phonetic && v.Name.Local != "rPh"
	case xml.CharData:
		if r.open && !r.phonetic {
			r.text.Write(v)
		}
	}
}

// done gives the text and begins anew.
func (r *richText) done() string {
	defer func() { *r = richText{} }()
	return plainText(r.text.String())
}

var codedRune = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// plainText undoes how a workbook writes characters that XML cannot hold
// (_x000D_; ECMA-376 part 1, 22.4.2.4) and makes line ends one.
func plainText(s string) string {
	if strings.Contains(s, "_x") {
		s = codedRunes(s)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// codedRunes decodes; two codes of a pair are one character.
func codedRunes(s string) string {
	var units []uint16
	var out strings.Builder
	flush := func() { out.WriteString(string(utf16.Decode(units))); units = units[:0] }
	for {
		at := codedRune.FindStringIndex(s)
		if at == nil {
			flush()
			return out.String() + s
		}
		if at[0] > 0 {
			flush()
		}
		out.WriteString(s[:at[0]])
		unit, _ := strconv.ParseUint(s[at[0]+2:at[1]-1], 16, 16) // four digits, by the pattern
		units = append(units, uint16(unit))
		s = s[at[1]:]
	}
}
