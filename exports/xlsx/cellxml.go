package xlsx

import (
	"fmt"
	"strconv"
	"time"
)

// The form of a cell is that of excelize's stream writer, byte for byte: a
// test writes the same cells through it. Ours writes to a buffer that is used
// again, and from several goroutines.

// appendRow begins a row, height 0 = as high as the reader likes.
func appendRow(dst []byte, row int, height float64) []byte {
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	if height > 0 {
		dst = append(dst, `" ht="`...)
		dst = strconv.AppendFloat(dst, height, 'f', -1, 64)
	}
	return append(dst, `">`...)
}

// appendCell writes one cell whose text is clean; style 0 = none.
func appendCell(dst []byte, column string, row, style int, value any) ([]byte, error) {
	dst = append(append(dst, `<c r="`...), column...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	if style > 0 {
		dst = append(dst, `" s="`...)
		dst = strconv.AppendInt(dst, int64(style), 10)
	}
	switch v := value.(type) {
	case nil:
		return append(dst, `"></c>`...), nil
	case string:
		dst = append(dst, `" t="inlineStr"><is><t`...)
		if edge(v[:1]) || edge(v[len(v)-1:]) {
			dst = append(dst, ` xml:space="preserve"`...)
		}
		return append(appendText(append(dst, '>'), v), `</t></is></c>`...), nil
	case int:
		dst = strconv.AppendInt(append(dst, `"><v>`...), int64(v), 10)
	case int64:
		dst = strconv.AppendInt(append(dst, `"><v>`...), v, 10)
	case float64:
		dst = strconv.AppendFloat(append(dst, `"><v>`...), v, 'f', -1, 64)
	case time.Time:
		dst = strconv.AppendFloat(append(dst, `"><v>`...), serial(v), 'f', -1, 64)
	default:
		return nil, fmt.Errorf("a cell cannot hold a %T", value)
	}
	return append(dst, `</v></c>`...), nil
}

// edge tells a space at the edge of a text, which readers would cut off.
func edge(s string) bool { return s == " " || s == "\n" }

// serial is a day in Excel's count, by the clock of the time's own zone. It is
// right from 1 March 1900 on; before, Excel counts a day that never was.
func serial(t time.Time) float64 {
	const day, epoch = 24 * 60 * 60, 25569 // 1 January 1970
	_, offset := t.Zone()
	return float64(t.Unix()+int64(offset))/day + epoch
}

// appendText escapes a text. "_x0041_" would be read as one character; the
// underscore that begins such a sequence is written as one itself.
func appendText(dst []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var as string
		switch s[i] {
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '"':
			as = "&#34;"
		case '\'':
			as = "&#39;"
		case '_':
			if !coded(s[i:]) {
				continue
			}
			as = "_x005F_"
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), as...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// coded tells a text that begins as _xHHHH_.
func coded(s string) bool {
	const length = len("_x0041_")
	if len(s) < length || s[1] != 'x' || s[length-1] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:length-1], 16, 16)
	return err == nil
}
