package xlsx

import (
	"regexp"
	"slices"
	"strings"
)

// readStyles notes which styles of cells show a number as a date or a time. A
// workbook without styles has no dates.
func (b *filledBook) readStyles(part string) error {
	if _, ok := b.parts[strings.ToLower(part)]; !ok {
		return nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(part, &styles); err != nil {
		return err
	}
	own := make(map[int]bool, len(styles.Formats))
	for _, f := range styles.Formats {
		own[f.ID] = dateCode(f.Code)
	}
	b.dates = make([]bool, len(styles.Cells))
	for i, c := range styles.Cells {
		date, ok := own[c.Format]
		b.dates[i] = date || !ok && builtinDate(c.Format)
	}
	return nil
}

// builtinDate tells the formats of dates and times that have a number and no
// code (ECMA-376 part 1, 18.8.30, with those of East Asian locales).
func builtinDate(id int) bool {
	ranges := [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}}
	return slices.ContainsFunc(ranges, func(r [2]int) bool { return id >= r[0] && id <= r[1] })
}

var (
	// silentCode is what a format shows as it stands: quoted and escaped text,
	// fillers, colours, locales and conditions; not [h], a count of hours.
	silentCode = regexp.MustCompile(`"[^"]*"?|\\.|_.|\*.|\[[^\]hmsHMS][^\]]*\]|\[[hmsHMS][^\]hmsHMS][^\]]*\]`)
	dateSign   = regexp.MustCompile(`[dmyhsDMYHS]`)
)

// dateCode tells a format code of a date or a time by its first section.
func dateCode(code string) bool {
	code = silentCode.ReplaceAllString(code, "")
	code, _, _ = strings.Cut(code, ";")
	return !strings.Contains(strings.ToLower(code), "general") && dateSign.MatchString(code)
}
