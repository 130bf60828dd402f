package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/cmd/obzvon/sample"
	"obzvon/pipeline/company"
)

func committed(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(sample.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCommittedFilesAreGenerated compares contents, not archives: the bytes of
// a compressor may differ from one version of Go to the next.
func TestCommittedFilesAreGenerated(t *testing.T) {
	made, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	const hint = "run go run ./cmd/obzvon/sample/samplegen and commit the result"
	if !bytes.Equal(made["2gis.csv"], committed(t, "2gis.csv")) {
		t.Errorf("2gis.csv differs from what the generator writes: %s", hint)
	}
	if got, want := archiveText(t, committed(t, "rsmp.zip")), archiveText(t, made["rsmp.zip"]); got != want {
		t.Errorf("rsmp.zip differs from what the generator writes: %s", hint)
	}
	if got, want := unpacked(t, committed(t, "sites.tar.gz")), unpacked(t, made["sites.tar.gz"]); !bytes.Equal(got, want) {
		t.Errorf("sites.tar.gz differs from what the generator writes: %s", hint)
	}
	if got, want := cells(t, committed(t, "kompas.xlsx")), cells(t, made["kompas.xlsx"]); got != want {
		t.Errorf("kompas.xlsx differs from what the generator writes: %s", hint)
	}
}

func TestGeneratorIsDeterministic(t *testing.T) {
	first, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	second, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}

func unpacked(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// archiveText is all text of an archive with the names of its members.
func archiveText(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s\n%s\n", f.Name, text)
	}
	return out.String()
}

// cells is every value and link of a workbook's first sheet.
func cells(t *testing.T, data []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&out, "%q\n", row)
	}
	return out.String()
}

// TestRegistry checks the zip against what README.md says of it.
func TestRegistry(t *testing.T) {
	var file struct {
		Count int `xml:"КолДок,attr"`
		Docs  []struct {
			Org *struct {
				INN string `xml:"ИННЮЛ,attr"`
			} `xml:"ОргВклМСП"`
			Sole *struct {
				INN string `xml:"ИННФЛ,attr"`
			} `xml:"ИПВклМСП"`
			Staff string `xml:"ССЧР,attr"`
		} `xml:"Документ"`
	}
	z, err := zip.NewReader(bytes.NewReader(committed(t, "rsmp.zip")), int64(len(committed(t, "rsmp.zip"))))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	total, wrong, people, bare := 0, 0, 0, 0
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		file.Docs = nil
		if err := errors.Join(xml.NewDecoder(r).Decode(&file), r.Close()); err != nil {
			t.Fatal(err)
		}
		if file.Count != len(file.Docs) {
			t.Errorf("%s: КолДок %d, %d documents", m.Name, file.Count, len(file.Docs))
		}
		for _, d := range file.Docs {
			inn := ""
			if d.Org != nil {
				inn = d.Org.INN
			} else {
				inn = d.Sole.INN
				people++
			}
			total++
			if d.Staff == "" {
				bare++
			}
			if _, err := company.ParseINN(inn); err != nil {
				wrong++
			}
			if seen[inn] {
				t.Errorf("ИНН %s twice", inn)
			}
			seen[inn] = true
		}
	}
	if len(z.File) != members || wrong != 3 || total < 400 || people < 40 || bare < 50 {
		t.Errorf("%d members, %d documents, %d wrong ИНН, %d sole proprietors, %d without headcount", len(z.File), total, wrong, people, bare)
	}
}

// TestDirectory checks the export's form and that it has what the joins and
// the quarantine are to be shown on.
func TestDirectory(t *testing.T) {
	data := committed(t, "2gis.csv")
	if !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || !bytes.Contains(data, []byte("\r\n")) {
		t.Error("no BOM or no CRLF")
	}
	r := csv.NewReader(bytes.NewReader(data[3:]))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, title := range rows[0] {
		at[title] = i
	}
	phones, kinds, names := map[string]int{}, map[string]int{}, map[string]int{}
	long, nameless, remarks := 0, 0, 0
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) {
			long++
			continue
		}
		name := row[at["Наименование"]]
		if name == "" {
			nameless++
		}
		names[name]++
		kinds[row[at["Тип"]]]++
		for _, title := range []string{"Телефон 1", "Телефон 2", "Телефон 3"} {
			cell := row[at[title]]
			if cell == "" {
				continue
			}
			if strings.Contains(cell, "(") {
				remarks++
			}
			got, rest := company.ParsePhones(cell, "", "")
			if len(got) != 1 || len(rest) != 0 || !got[0].Dialable() {
				t.Errorf("%s: phone %q reads as %v, %q", name, cell, got, rest)
				continue
			}
			phones[got[0].Value()]++
		}
	}
	if long != 1 || nameless != 1 || remarks < 10 {
		t.Errorf("%d rows with a cell too many, %d without a name, %d remarks", long, nameless, remarks)
	}
	if phones["+7"+officeCentre] != 10 || names["Полярный Вектор Автосервис Плюс"] != 12 || len(rows) < 250 {
		t.Errorf("office centre on %d rows, chain on %d, %d rows", phones["+7"+officeCentre], names["Полярный Вектор Автосервис Плюс"], len(rows))
	}
	if kinds["branch"] < 230 || len(rows)-1-kinds["branch"]-long < 8 {
		t.Errorf("kinds %v", kinds)
	}
}

// TestKompas checks numbers, links and the rows that are wrong on purpose.
func TestKompas(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(committed(t, "kompas.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(rows[0], ";"), strings.Join(kompasHeader(), ";"); got != want {
		t.Fatalf("header %s", got)
	}
	wrong, lost, twice := 0, 0, 0
	seen := map[company.INN]bool{}
	for _, row := range rows[1:] {
		inn, err := company.ParseINNCell(row[0])
		if err != nil {
			wrong++
			continue
		}
		if len(row[0])%2 == 1 {
			lost++
		}
		if seen[inn] {
			twice++
		}
		seen[inn] = true
		phones, rest := company.ParsePhones(row[6], inn.RegionCode(), "")
		for _, p := range phones {
			if !p.Dialable() {
				t.Errorf("%s: %q is not dialable", inn, row[6])
			}
		}
		if len(rest) != 0 || row[6] != "" && len(phones) == 0 {
			t.Errorf("%s: phone %q reads as %v, %q", inn, row[6], phones, rest)
		}
	}
	if wrong != 2 || twice != 3 || lost < 10 || len(rows) < 200 {
		t.Errorf("%d wrong ИНН, %d repeated, %d with a lost zero, %d rows", wrong, twice, lost, len(rows))
	}
	links := 0
	for row := range rows {
		cell, err := excelize.CoordinatesToCellName(29, row+1)
		if err != nil {
			t.Fatal(err)
		}
		if ok, _, err := f.GetCellHyperLink(sheet, cell); err == nil && ok {
			links++
		}
	}
	if links < 50 {
		t.Errorf("%d links to sites", links)
	}
}
