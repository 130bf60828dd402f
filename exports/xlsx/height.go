package xlsx

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	lineHeight = 15.0 // points, of Calibri 11
	maxHeight  = 405.0
	padding    = 0.8 // of a cell, in characters
)

// rowHeight is the height in points at which every text of the row can be
// read. Excel would find it by itself; LibreOffice and viewers would not.
func rowHeight(widths []float64, cells []cell) float64 {
	lines := 1
	for i, c := range cells {
		if text, ok := c.value.(string); ok && i < len(widths) && c.look.wraps() {
			lines = max(lines, linesOf(text, widths[i]-padding, c.look.kind))
		}
	}
	return math.Min(float64(lines)*lineHeight, maxHeight)
}

// linesOf counts the lines a text takes in a column of some characters, by
// breaking it at spaces and hyphens as spreadsheets do.
func linesOf(text string, width float64, k kind) int {
	if width < 1 {
		return 1
	}
	factor := 1.01
	if k == kindBold || k == kindPhone || k == kindHeader || k == kindAsk {
		factor = 1.05
	}
	if float64(len(text))*2 <= width && !strings.Contains(text, "\n") {
		return 1
	}
	lines, used := 1, 0.0
	for rest := text; rest != ""; {
		var word string
		word, rest = nextWord(rest)
		size := factor * widthOf(strings.TrimRightFunc(word, unicode.IsSpace))
		if used > 0 && used+size > width {
			lines, used = lines+1, 0
		}
		for size > width {
			lines, size = lines+1, size-width
		}
		used += size + factor*widthOf(word[len(strings.TrimRightFunc(word, unicode.IsSpace)):])
		if strings.HasSuffix(word, "\n") {
			lines, used = lines+1, 0
		}
	}
	return lines
}

// nextWord cuts off a piece behind which a line may break.
func nextWord(s string) (word, rest string) {
	for i, r := range s {
		if r == '\n' || r == ' ' || r == '-' || r == '–' || r == '/' {
			end := i + utf8.RuneLen(r)
			return s[:end], s[end:]
		}
	}
	return s, ""
}

// widthOf is the length of a text in digits of the font.
func widthOf(s string) float64 {
	sum := 0
	for _, r := range s {
		switch {
		case r == '\n':
		case r >= asciiFrom && int(r-asciiFrom) < len(asciiWidths):
			sum += int(asciiWidths[r-asciiFrom])
		case r >= cyrillicFrom && int(r-cyrillicFrom) < len(cyrillicWidths):
			sum += int(cyrillicWidths[r-cyrillicFrom])
		case r == '«' || r == '»' || r == '–' || r == 'ё' || r == '₽' || r == '−' || r == '×':
			sum += 101
		case r == '\u00a0':
			sum += int(asciiWidths[0])
		default:
			sum += 205 // what is wide, and what is not known
		}
	}
	return float64(sum) / 100
}

const (
	asciiFrom    = ' '
	cyrillicFrom = 'А'
)

// Widths of Carlito, whose metrics are those of Calibri, in hundredths of a
// digit: from the space to "~" and from «А» to «я».
var (
	asciiWidths = [...]uint8{
		45, 64, 79, 98, 100, 141, 135, 44, 60, 60, 98, 98, 49, 60, 50, 76, 100, 100, 100, 100, 100, 100, 100, 100,
		100, 100, 53, 53, 98, 98, 98, 91, 176, 114, 107, 105, 121, 96, 91, 124, 123, 50, 63, 103, 83, 169, 127, 131,
		102, 133, 107, 91, 96, 127, 112, 176, 102, 96, 92, 61, 76, 61, 98, 98, 57, 95, 104, 83, 104, 98, 60, 93,
		104, 45, 47, 90, 45, 158, 104, 104, 104, 104, 69, 77, 66, 104, 89, 141, 85, 89, 78, 62, 91, 62, 98,
	}
	cyrillicWidths = [...]uint8{
		114, 106, 107, 85, 127, 96, 158, 93, 127, 127, 107, 121, 169, 123, 131, 123, 102, 105, 96, 104, 138, 102,
		126, 110, 171, 176, 121, 150, 105, 108, 173, 110, 95, 105, 95, 68, 110, 98, 136, 83, 107, 107, 92, 101, 133,
		105, 104, 103, 104, 83, 76, 89, 123, 85, 107, 92, 144, 148, 106, 131, 93, 87, 142, 94,
	}
)
