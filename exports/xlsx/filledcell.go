package xlsx

import (
	"encoding/xml"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// rawCell is a cell as it stands in the XML (ECMA-376 part 1, 18.3.1.4).
type rawCell struct {
	kind  string // attribute t
	style int    // attribute s
	value strings.Builder
	text  richText // of an inline string
	open  bool     // inside <v>
}

// take gathers what stands in the cell. What stands in <f> is a formula; only
// its last result, in <v>, is taken.
func (c *rawCell) take(token xml.Token) {
	switch v := token.(type) {
	case xml.StartElement:
		c.open = v.Name.Local == "v"
	case xml.EndElement:
		c.open = false
	case xml.CharData:
		if c.open {
			c.value.Write(v)
		}
	}
	if c.kind == "inlineStr" {
		c.text.take(token)
	}
}

var errNoString = errors.New("no string of that number")

// cell gives the text of a cell, and whether it is a serial number shown as a
// date. Numbers come without exponent, with the 15 digits that editors keep.
func (b *filledBook) cell(c *rawCell) (text string, date bool, err error) {
	value := c.value.String()
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if value != "" && (err != nil || n < 0 || n >= len(b.strings)) {
			return "", false, errNoString
		}
		if value == "" {
			return "", false, nil
		}
		return b.strings[n], false, nil
	case "inlineStr":
		if text := c.text.done(); text != "" {
			return text, false, nil
		}
		return plainText(value), false, nil
	case "str":
		return plainText(value), false, nil
	case "e": // #ЗНАЧ! and the like
		return "", false, nil
	case "b":
		return truth(value), false, nil
	case "d":
		text, date = isoSerial(strings.TrimSpace(value))
		return text, date, nil
	default:
		text, date = b.number(strings.TrimSpace(value), c.style)
		return text, date, nil
	}
}

// truth is a truth value as a Russian editor shows it.
func truth(value string) string {
	switch strings.TrimSpace(value) {
	case "1", "true":
		return "ИСТИНА"
	case "0", "false":
		return "ЛОЖЬ"
	default:
		return ""
	}
}

// Serial numbers of dates: of the last day that editors know, and of 1904-01-01,
// from which books of old Macs count.
const (
	serialEnd  = 2_958_466
	serial1904 = 1462
)

func (b *filledBook) number(value string, style int) (text string, date bool) {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return value, false // as it stands; whoever reads it says what is wrong
	}
	date = style >= 0 && style < len(b.dates) && b.dates[style] && f >= 0 && f < serialEnd
	if date && b.from1904 {
		f += serial1904
	}
	return plainNumber(f), date
}

// plainNumber writes a number with 15 digits, without an exponent where that
// stays readable.
func plainNumber(f float64) string {
	if r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 14, 64), 64); err == nil {
		f = r
	}
	form := byte('f')
	if size := math.Abs(f); size != 0 && (size >= 1e15 || size < 1e-9) {
		form = 'E'
	}
	return strconv.FormatFloat(f, form, -1, 64)
}

// isoSerial makes the serial number of a date or a time of day in ISO 8601; other
// text stays.
func isoSerial(value string) (text string, date bool) {
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(form, value); err == nil {
			return plainNumber(serial(t)), true
		}
	}
	if t, err := time.Parse("15:04:05", value); err == nil {
		return plainNumber(float64(t.Hour()*3600+t.Minute()*60+t.Second()) / (24 * 60 * 60)), true
	}
	return value, false
}
