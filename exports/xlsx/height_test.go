package xlsx

import (
	"strings"
	"testing"
)

func TestLinesOf(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		width float64
		want  int
	}{
		{"empty", "", 10, 1},
		{"fits", "Екатеринбург", 14, 1},
		{"two words, two lines", "Нижний Новгород", 10, 2},
		{"break after a hyphen", "Южно-Сахалинск", 10, 2},
		{"a word longer than the column", strings.Repeat("ж", 30), 10, 5}, // 30 × 1.36 digits
		{"own line breaks", "раз\nдва\nтри", 20, 3},
		{"narrow letters", strings.Repeat("i", 20), 10, 1},
		{"no room", "текст", 0, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := linesOf(test.text, test.width, kindText); got != test.want {
				t.Errorf("linesOf(%q, %v) = %d, want %d", test.text, test.width, got, test.want)
			}
		})
	}
}

// TestLinesOfGrow: a narrower column or a longer text never takes fewer lines.
func TestLinesOfGrow(t *testing.T) {
	text := "Какие ступичные подшипники берёте чаще всего и с каким сроком? (7805У/7804У, 256907)"
	for width := 60.0; width > 3; width-- {
		if a, b := linesOf(text, width, kindText), linesOf(text, width-1, kindText); a > b {
			t.Errorf("width %v: %d lines, one less: %d", width, a, b)
		}
	}
	last := 0
	for n := range len(text) {
		if n > 0 && text[n]&0xC0 != 0x80 {
			got := linesOf(text[:n], 20, kindText)
			if got < last {
				t.Errorf("%d bytes: %d lines after %d", n, got, last)
			}
			last = got
		}
	}
}

func TestRowHeight(t *testing.T) {
	widths := []float64{10, 10}
	long := strings.Repeat("слово ", 500)
	tests := []struct {
		name  string
		cells []cell
		want  float64
	}{
		{"nothing", []cell{{}, {}}, 15},
		{"the higher cell counts", []cell{{"слово", look{}}, {"слово слово слово", look{}}}, 45},
		{"numbers do not wrap", []cell{{123456789012, look{kind: kindInt}}}, 15},
		{"a note does not wrap", []cell{{long, look{kind: kindNote}}}, 15},
		{"Excel's limit", []cell{{long, look{}}}, maxHeight},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := rowHeight(widths, test.cells); got != test.want {
				t.Errorf("height %v, want %v", got, test.want)
			}
		})
	}
}
