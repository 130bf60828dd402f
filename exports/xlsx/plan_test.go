package xlsx_test

import (
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

func TestBooksThatCannotBeExported(t *testing.T) {
	tests := []struct {
		name string
		bend func(*pipeline.Book)
		want error
	}{
		{"no date", func(b *pipeline.Book) { b.Date = 0 }, xlsx.ErrNoDate},
		{"manager with a path", func(b *pipeline.Book) { b.Managers[0].ID = "../anna" }, xlsx.ErrManagerID},
		{"manager without an id", func(b *pipeline.Book) { b.Managers[0].ID = "" }, xlsx.ErrManagerID},
		{"the same manager twice", func(b *pipeline.Book) { b.Managers[0].ID = "OLEG" }, xlsx.ErrManagerID},
		{"a row's manager with a path", func(b *pipeline.Book) { b.Calls[3].ManagerID = "a/b" }, xlsx.ErrManagerID},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			book, dir := exporttest.Book(), t.TempDir()
			test.bend(book)
			if _, err := xlsx.New("xlsx", dir).Export(t.Context(), book); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}

// TestProperties: author and dates are the book's own, however it writes them.
func TestProperties(t *testing.T) {
	for issued, want := range map[string]string{
		"2026-11-20 23:10 МСК": "2026-11-20T20:10:00Z",
		"22.11.2026 00:59":     "2026-11-21T21:59:00Z",
		"вчера":                "2026-11-23T00:00:00Z",
		"":                     "2026-11-23T00:00:00Z",
	} {
		book := exporttest.Book()
		book.Issued = issued
		props, err := open(t, write(t, book)[1].Path).GetDocProps()
		if err != nil {
			t.Fatal(err)
		}
		if props.Creator != "obzvon" || props.Created != want || props.Modified != want {
			t.Errorf("issued %q: %q, %s, %s; want %s", issued, props.Creator, props.Created, props.Modified, want)
		}
	}
}

// TestFormerManager: a frozen list may name a manager who has left.
func TestFormerManager(t *testing.T) {
	book := exporttest.Book()
	book.Managers = book.Managers[:1]
	made := write(t, book)
	if len(made) != 3 || made[2].Manager != "oleg" || made[2].Rows != 20 {
		t.Errorf("artefacts %+v: want one for oleg with 20 rows", made)
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lists")
	made, err := xlsx.New("xlsx", dir).Export(t.Context(), exporttest.Book())
	if err != nil {
		t.Fatal(err)
	}
	mode(t, dir, 0o700)
	for _, a := range made {
		mode(t, a.Path, 0o600)
	}
}

func mode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s: mode %o, want %o", path, got, want)
	}
}

// TestUnfinishedExportIsCleared: what a killed export left goes, and nothing
// else does.
func TestUnfinishedExportIsCleared(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, ".xlsx-partial-123")
	if err := os.Mkdir(stale, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(stale, "call-list-2026-11-20.xlsx"), filepath.Join(dir, "call-list-2026-11-20.xlsx")} {
		if err := os.WriteFile(name, []byte("yesterday"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := xlsx.New("xlsx", dir).Export(t.Context(), exporttest.Book()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("unfinished export is still there: %v", err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "call-list-2026-11-20.xlsx")); err != nil || string(data) != "yesterday" {
		t.Errorf("yesterday's list: %q, %v", data, err)
	}
}

// TestSampleShows: invented companies are marked wherever somebody looks.
func TestSampleShows(t *testing.T) {
	book := exporttest.Book()
	book.Sample = true
	for _, a := range write(t, book) {
		if !strings.HasSuffix(a.Path, "-ОБРАЗЕЦ.xlsx") {
			t.Errorf("file %s", filepath.Base(a.Path))
		}
		f := open(t, a.Path)
		for _, sheet := range f.GetSheetList() {
			if sheet == xlsx.SheetIssued {
				continue
			}
			body := sheetXML(t, a.Path, sheet)
			if !strings.Contains(body, `<tabColor rgb="C00000">`) || !strings.Contains(body, "ОБРАЗЕЦ, вымышленные компании") {
				t.Errorf("%s of %s is not marked", sheet, filepath.Base(a.Path))
			}
		}
		for _, sheet := range []string{"Сводка", "Как заполнять"} {
			if i, err := f.GetSheetIndex(sheet); err != nil || i < 0 {
				continue
			}
			if first := rows(t, f, sheet)[0][0]; !strings.HasPrefix(first, "ОБРАЗЕЦ") {
				t.Errorf("%s begins with %q", sheet, first)
			}
		}
		if head := rows(t, f, "Обзвон")[0][0]; head != "№" {
			t.Errorf("the header of «Обзвон» is not in row 1: %q", head)
		}
	}
}

// TestPrint: the first thirteen columns, one page wide, header repeated.
func TestPrint(t *testing.T) {
	path := write(t, exporttest.Book())[1].Path
	names := parts(t, path)["xl/workbook.xml"]
	for _, want := range []string{"'Обзвон'!$A$1:$M$41", "'Обзвон'!$1:$1"} {
		if !strings.Contains(strings.ReplaceAll(names, "&#39;", "'"), want) {
			t.Errorf("no name for %s", want)
		}
	}
	var ws struct {
		Fit struct {
			On bool `xml:"fitToPage,attr"`
		} `xml:"sheetPr>pageSetUpPr"`
		Page struct {
			Wide   string `xml:"fitToWidth,attr"`
			High   string `xml:"fitToHeight,attr"`
			Turned string `xml:"orientation,attr"`
			Paper  string `xml:"paperSize,attr"`
		} `xml:"pageSetup"`
		Header string `xml:"headerFooter>oddHeader"`
		Footer string `xml:"headerFooter>oddFooter"`
		Pane   struct {
			Left  string `xml:"xSplit,attr"`
			Top   string `xml:"ySplit,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheetViews>sheetView>pane"`
	}
	if err := xml.Unmarshal([]byte(sheetXML(t, path, "Обзвон")), &ws); err != nil {
		t.Fatal(err)
	}
	if !ws.Fit.On || ws.Page.Wide != "1" || ws.Page.High != "0" || ws.Page.Turned != "landscape" || ws.Page.Paper != "9" {
		t.Errorf("page %+v, fit %v", ws.Page, ws.Fit.On)
	}
	if !strings.Contains(ws.Header, "23.11.2026, понедельник") || !strings.Contains(ws.Footer, "&P") {
		t.Errorf("header %q, footer %q", ws.Header, ws.Footer)
	}
	if ws.Pane.Left != "3" || ws.Pane.Top != "1" || ws.Pane.State != "frozen" {
		t.Errorf("pane %+v", ws.Pane)
	}
}

// TestLinksStandWhereTheyMay: only on «Обзвон» and «ТОП-20».
func TestLinksStandWhereTheyMay(t *testing.T) {
	path := write(t, exporttest.Book())[0].Path
	for sheet, want := range map[string]int{
		"Обзвон": 60 + 30 + 30, "ТОП-20": 20 + 10 + 10, "Приоритет 1": 0, "Новые": 0, "На проверку": 0,
	} {
		if got := strings.Count(sheetXML(t, path, sheet), "<hyperlink "); got != want {
			t.Errorf("%s: %d links, want %d", sheet, got, want)
		}
	}
	if ok, target, err := open(t, path).GetCellHyperLink("Обзвон", "F2"); err != nil || !ok || target != "tel:+79070000000;ext=12" {
		t.Errorf("phone links to %q, %v", target, err)
	}
}
