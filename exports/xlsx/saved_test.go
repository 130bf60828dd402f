package xlsx_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
)

// A book's decisions are as old as the file says that it was saved, never older
// than the book.
func TestReturnedSaved(t *testing.T) {
	at := func(hour, minute int) time.Time {
		return time.Date(2026, time.November, 20, hour, minute, 0, 0, time.UTC)
	}
	tests := []struct {
		name, issued, modified string
		want                   time.Time
	}{
		{"not saved since", "2026-11-20 23:10 МСК", "", at(20, 10)},
		{"saved", "2026-11-20 23:10 МСК", "2026-11-21T15:00:00Z", at(39, 0)},
		{"saved elsewhere", "2026-11-20 23:10 МСК", "2026-11-21T18:00:00+03:00", at(39, 0)},
		{"before it was made", "2026-11-20 23:10 МСК", "2006-09-16T00:00:00Z", at(20, 10)},
		{"no date", "2026-11-20 23:10 МСК", "вчера", at(20, 10)},
		{"a seller in Yekaterinburg", "20.11.2026 23:10 МСК+2", "", at(18, 10)},
		{"a seller in Kaliningrad", "20.11.2026 23:10 МСК-1", "", at(21, 10)},
		{"no zone on earth", "20.11.2026 23:10 МСК+99999999999", "", at(20, 10)},
		{"nothing known", "никогда", "never", at(72, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book := short(false)
			book.Issued = tt.issued
			got, err := returned(t, write(t, book)[0].Path, func(f *excelize.File, _ func(string, int) string) {
				if tt.modified == "" {
					return
				}
				if err := f.SetDocProps(&excelize.DocProperties{Modified: tt.modified}); err != nil {
					t.Fatal(err)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if !got.Saved.Equal(tt.want) {
				t.Errorf("saved %v, want %v", got.Saved, tt.want)
			}
		})
	}
	f := func(f *excelize.File, _ func(string, int) string) {
		f.Pkg.Delete("docProps/core.xml")
	}
	got, err := returned(t, write(t, short(false))[0].Path, f)
	if err != nil || !got.Saved.Equal(at(20, 10)) {
		t.Errorf("without properties: saved %+v, %v", got, err)
	}
}

// TestSavedByOthers: editors and packers tell the time in their own ways, or not
// at all; what cannot be is not believed.
func TestSavedByOthers(t *testing.T) {
	day := func(hour int) time.Time { return time.Date(2026, time.November, 23, hour, 0, 0, 0, time.UTC) }
	wall := day(15) // in the zip
	core := func(at string) string {
		return `<cp:coreProperties xmlns:cp="a" xmlns:dcterms="b"><dcterms:modified>` + at + `</dcterms:modified></cp:coreProperties>`
	}
	const office = `<Properties><Application>LibreOffice/7.4</Application></Properties>`
	tests := []struct {
		name, core, app string
		zip, want       time.Time
	}{
		{"by its editor", core("2026-11-23T14:00:00Z"), "", wall, day(14)},
		{"by the clock of its packer", "", "", wall, day(10)},
		{"by its packer, its editor being wrong", core("2006-09-16T00:00:00Z"), "", wall, day(10)},
		{"in the future", core("2027-11-23T14:00:00Z"), "", wall, day(10)},
		{"by a clock a little fast", core("2026-11-24T11:00:00Z"), "", wall, day(35)},
		{"LibreOffice", core("2026-11-23T20:00:00Z"), office, wall, day(15)},
		{"LibreOffice, packed again", core("2026-11-23T21:00:00Z"), office, time.Time{}, day(16)},
		{"by nobody", core("вчера"), "", time.Time{}, day(-29)},
		{"by nobody that can be", core("2026-11-19T00:00:00Z"), "", time.Date(2030, time.May, 1, 0, 0, 0, 0, time.UTC), day(-29)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := listInZip(t, tt.zip, "2026-11-22 00:00 МСК+2", map[string]string{"docProps/core.xml": tt.core, "docProps/app.xml": tt.app})
			got, err := xlsx.Read(xlsx.Input{Content: bytes.NewReader(data), Size: int64(len(data)), Now: day(12)})
			must(t, err)
			if !got.Saved.Equal(tt.want) || !got.Sheet.Saved.Equal(tt.want) {
				t.Errorf("saved %v, want %v", got.Saved.UTC(), tt.want)
			}
		})
	}
	data := raw{sheet: sheetOf("")}.bytes(t)
	got, err := xlsx.Read(xlsx.Input{Content: bytes.NewReader(data), Size: int64(len(data)), Modified: day(9)})
	if err != nil || !got.Saved.Equal(day(9)) {
		t.Errorf("a plain table: saved %v, %v", got.Saved, err)
	}
}

// Editors that leave the properties as they were issued, or as they were made, do
// not make two versions of a file the same age: the zip tells, else the folder does.
func TestSavedWithoutSayingSo(t *testing.T) {
	day := func(hour int) time.Time { return time.Date(2026, time.November, 23, hour, 0, 0, 0, time.UTC) }
	const issued = "2026-11-22 00:00 МСК+2"
	core := func(created, modified time.Time) string {
		return `<cp:coreProperties xmlns:cp="a" xmlns:dcterms="b"><dcterms:created>` + created.Format(time.RFC3339) +
			`</dcterms:created><dcterms:modified>` + modified.Format(time.RFC3339) + `</dcterms:modified></cp:coreProperties>`
	}
	asIssued, filled := core(day(-29), day(-29)), strings.Replace(sheetOf(""), "Комментарий", "Результат", 1)
	tests := []struct {
		name, core, calls  string
		wall, folder, want time.Time
		undated            bool
	}{
		{"as issued, the zip tells", asIssued, filled, day(15), day(11), day(10), false},
		{"as issued, the folder tells", asIssued, filled, time.Time{}, day(11), day(11), true},
		{"as made, the zip tells", core(day(7), day(7)), filled, day(15), day(11), day(10), false},
		{"as made, nothing else does", core(day(7), day(7)), filled, time.Time{}, day(11), day(7), false},
		{"saved since it was made", core(day(7), day(9)), filled, day(15), day(11), day(9), false},
		{"the folder is older than the list", asIssued, filled, time.Time{}, day(-40), day(-29), true},
		{"the folder is ahead", asIssued, filled, time.Time{}, day(80), day(-29), true},
		{"nobody wrote into it", asIssued, "", time.Time{}, day(11), day(-29), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			more := map[string]string{"docProps/core.xml": tt.core, "xl/worksheets/two.xml": tt.calls}
			data := listInZip(t, tt.wall, issued, more)
			got, err := xlsx.Read(xlsx.Input{Content: bytes.NewReader(data), Size: int64(len(data)), Modified: tt.folder, Now: day(12)})
			must(t, err)
			if !got.Saved.Equal(tt.want) || got.Undated() != tt.undated {
				t.Errorf("saved %v, undated %t; want %v, %t", got.Saved.UTC(), got.Undated(), tt.want, tt.undated)
			}
		})
	}
}

// listInZip packs a list with an empty sheet of calls; the zip's times are what a
// clock shows, as most packers write them.
func listInZip(t *testing.T, wall time.Time, issued string, more map[string]string) []byte {
	t.Helper()
	fact := func(name, value string) string {
		return `<row><c t="str"><v>` + name + `</v></c><c t="str"><v>` + value + `</v></c></row>`
	}
	r := raw{sheet: "<worksheet><sheetData>" + fact("layout", "1") + fact("list", "l") + fact("date", "2026-11-23") + fact("issued", issued) +
		fact("manager", "") + fact("ИНН", "№") + "</sheetData></worksheet>"}
	r.book = strings.Replace(rawBook, "</sheets>", `<sheet name="_obzvon" sheetId="2" r:id="rId1"/><sheet name="Обзвон" sheetId="3" r:id="rId9"/></sheets>`, 1)
	r.more = map[string]string{
		"xl/_rels/workbook.xml.rels": strings.Replace(rawRels, "</Relationships>", `<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/two.xml"/></Relationships>`, 1),
		"xl/worksheets/two.xml":      "<worksheet/>",
	}
	for name, body := range more {
		if body != "" {
			r.more[name] = body
		}
	}
	r.wall = wall
	return r.bytes(t)
}

// A plain table that says it was saved when it was made, by a packer that knows no
// time, is as old as its folder says: excelize writes 2006 into both.
func TestPlainTableThatKnowsNoTime(t *testing.T) {
	mtime := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	stamped := time.Date(2026, time.November, 18, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name     string
		modified string
		want     time.Time
	}{
		{"made and saved at one moment", "", mtime},
		{"saved later than it was made", stamped.Format(time.RFC3339), stamped},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := excelize.NewFile()
			defer func() { _ = f.Close() }() // it is in memory alone
			for cell, text := range map[string]string{"A1": "ИНН", "B1": "Результат", "A2": "7707083893", "B2": "Контракт"} {
				if err := f.SetCellValue("Sheet1", cell, text); err != nil {
					t.Fatal(err)
				}
			}
			if tt.modified != "" {
				if err := f.SetDocProps(&excelize.DocProperties{Modified: tt.modified}); err != nil {
					t.Fatal(err)
				}
			}
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			got, err := xlsx.Read(xlsx.Input{Name: "clients.xlsx", Content: bytes.NewReader(b.Bytes()), Size: int64(b.Len()), Modified: mtime})
			if err != nil || !got.Saved.Equal(tt.want) {
				t.Errorf("saved %v, %v; want %v", got.Saved, err, tt.want)
			}
		})
	}
}
