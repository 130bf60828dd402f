package company

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline/realfiles"
)

// TestPhonesOfDirectoryExport reads a genuine export of a directory: every
// phone cell is one valid Russian number.
func TestPhonesOfDirectoryExport(t *testing.T) {
	cells, mobile, tollFree := 0, 0, 0
	for _, name := range []string{"2gis/parser2gis-export-krasnoyarsk-a.csv", "2gis/parser2gis-export-krasnoyarsk-edge.csv"} {
		for _, row := range readSample(t, name) {
			for _, col := range []string{"Телефон 1", "Телефон 2", "Телефон 3"} {
				cell := row[col]
				if cell == "" {
					continue
				}
				cells++
				phones, rest := ParsePhones(cell, "24", row["Город"])
				if len(phones) != 1 || len(rest) != 0 || !phones[0].Dialable() {
					t.Errorf("%q: %v, rest %q", cell, phones, rest)
					continue
				}
				switch phones[0].Kind {
				case PhoneMobile:
					mobile++
				case PhoneTollFree:
					tollFree++
				case PhoneLandline:
					want := "24"
					if strings.HasPrefix(cell, "8495") { // a chain's office
						want = "77"
					}
					if code, ok := phones[0].Region(); !ok || code != want {
						t.Errorf("%q: a landline of region %q, want %s", cell, code, want)
					}
				case PhoneOther, PhoneForeign:
				}
				if (phones[0].Kind == PhoneMobile) != strings.HasPrefix(cell, "89") || (phones[0].Kind == PhoneTollFree) != strings.HasPrefix(cell, "8800") {
					t.Errorf("%q is said to be %v", cell, phones[0].Kind)
				}
			}
		}
	}
	if cells != 389 || mobile == 0 || tollFree == 0 {
		t.Errorf("%d phone cells, %d mobile, %d toll-free; want 389 cells and some of each", cells, mobile, tollFree)
	}
}

// TestPhonesOfExhibitors reads the workbooks of two fairs: numbers of many
// countries, several in a cell, shortened ones. The cells that give nothing
// hold numbers of impossible length.
func TestPhonesOfExhibitors(t *testing.T) {
	tests := []struct {
		name    string
		filled  int // rows with a phone
		chinese int // of them with +86
		none    int // rows whose cell gives no valid number
	}{
		{"expocentr/metalloobrabotka-2025.xlsx", 1200, 345, 10},
		{"expocentr/shiny-rti-2025.xlsx", 250, 155, 4},
	}
	for _, tt := range tests {
		filled, chinese, none := 0, 0, 0
		for _, cell := range phoneColumn(t, tt.name) {
			filled++
			phones, rest := ParsePhones(cell, "", "")
			if len(phones) == 0 {
				none++
				if len(rest) == 0 {
					t.Errorf("%q: lost", cell)
				}
			}
			fromChina := strings.HasPrefix(cell, "+86")
			if fromChina {
				chinese++
			}
			for _, p := range phones {
				if fromChina != strings.HasPrefix(p.E164, "+86") || fromChina && p.Dialable() {
					t.Errorf("%q read as %+v", cell, p)
				}
			}
		}
		if filled != tt.filled || chinese != tt.chinese || none != tt.none {
			t.Errorf("%s: %d filled, %d Chinese, %d without a number; want %d, %d, %d",
				tt.name, filled, chinese, none, tt.filled, tt.chinese, tt.none)
		}
	}
}

// phoneColumn returns the filled cells of the third column.
func phoneColumn(t *testing.T, name string) []string {
	t.Helper()
	f, err := excelize.OpenFile(realfiles.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, row := range rows[1:] {
		if len(row) > 2 && row[2] != "" {
			cells = append(cells, row[2])
		}
	}
	return cells
}
