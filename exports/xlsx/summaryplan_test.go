package xlsx_test

import (
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

func counted(n float64, tone pipeline.Tone) pipeline.Value {
	return pipeline.Value{Number: n, Kind: pipeline.ValueCount, Tone: tone}
}

// planBook has a plan of so many equal tables, and charts.
func planBook(tables int) *pipeline.Book {
	b := exporttest.Book()
	for i := range tables {
		t := pipeline.Table{Title: fmt.Sprintf("Таблица %d", i+1), Note: "Что здесь.", Head: []string{"Имя", "Число", "Доля", "Деньги", "Десятые", "Нет", "Слово"}}
		for n := range 9 {
			t.Rows = append(t.Rows, []pipeline.Value{
				{Text: fmt.Sprintf("Строка %d", n+1)},
				counted(1234, pipeline.ToneShort),
				{Number: 0.125, Kind: pipeline.ValueShare, Tone: pipeline.ToneGood},
				{Number: 5e6, Kind: pipeline.ValueMoney},
				{Number: 2.5, Kind: pipeline.ValueTenth},
				{Kind: pipeline.ValueNone},
				{Text: "10–15"},
			})
		}
		b.Summary.Plan = append(b.Summary.Plan, t)
	}
	b.Summary.Charts = []pipeline.Chart{
		{ID: "a", Title: "Звонки", Kind: pipeline.ChartLine, Unit: "звонков", Labels: []string{"02.11", "03.11", "05.11"}, Series: []pipeline.Series{
			{Title: "Анна", Values: []float64{1, math.NaN(), 3}}, {Title: "Борис", Values: []float64{4, 5, 6}},
		}},
		{ID: "b", Title: "Выручка", Kind: pipeline.ChartBars, Labels: []string{"мес. 1"}, Series: []pipeline.Series{{Title: "Выручка", Values: []float64{7.5}}}},
		{ID: "c", Title: "Пусто", Kind: pipeline.ChartBars},
	}
	return b
}

// find returns the row of a text of the first column, from 1.
func find(t *testing.T, all [][]string, text string) int {
	t.Helper()
	i := slices.IndexFunc(all, func(row []string) bool { return len(row) > 0 && row[0] == text })
	if i < 0 {
		t.Fatalf("no row %q", text)
	}
	return i + 1
}

func TestPlanTables(t *testing.T) {
	path := write(t, planBook(2))[0].Path
	f := open(t, path)
	all := rows(t, f, xlsx.SheetSummary)
	top := find(t, all, "Таблица 2")
	if all[top][0] != "Что здесь." || all[top+1][0] != "Имя" {
		t.Fatalf("below the title %q, %q", all[top], all[top+1])
	}
	first := top + 3
	if got, want := all[first-1], []string{"Строка 1", "1234", "0.125", "5000000", "2.5", "—", "10–15"}; !slices.Equal(got, want) {
		t.Errorf("row %q, want %q", got, want)
	}
	shown := open(t, path, excelize.Options{})
	for col, want := range map[string]string{"B": "1,234", "C": "12.5%", "D": "5,000,000", "E": "2.5"} {
		cell := col + strconv.Itoa(first)
		if got, err := shown.GetCellValue(xlsx.SheetSummary, cell); err != nil || got != want {
			t.Errorf("%s reads %q, %v; want %q", cell, got, err, want)
		}
	}
	fill := func(col string) string {
		id, err := f.GetCellStyle(xlsx.SheetSummary, col+strconv.Itoa(first))
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(s.Fill.Color, "")
	}
	if short, good, plain := fill("B"), fill("C"), fill("D"); short == good || short == "" || good == "" || plain != "" {
		t.Errorf("fills: short %q, good %q, plain %q", short, good, plain)
	}
}

// A table that fits on a page stands on one.
func TestPlanPages(t *testing.T) {
	path := write(t, planBook(9))[0].Path
	var ws struct {
		Breaks []struct {
			Row    int  `xml:"id,attr"`
			Manual bool `xml:"man,attr"`
		} `xml:"rowBreaks>brk"`
	}
	if err := xml.Unmarshal([]byte(sheetXML(t, path, xlsx.SheetSummary)), &ws); err != nil {
		t.Fatal(err)
	}
	all := rows(t, open(t, path), xlsx.SheetSummary)
	begin := find(t, all, "План в графиках")
	if len(ws.Breaks) < 4 || len(ws.Breaks) > 6 || ws.Breaks[0].Row != begin-2 {
		t.Fatalf("breaks %+v, the plan begins in row %d", ws.Breaks, begin)
	}
	for _, brk := range ws.Breaks[1:] {
		// A line is left free, then comes a title.
		if title := all[brk.Row+1][0]; !strings.HasPrefix(title, "Таблица ") || !brk.Manual {
			t.Errorf("page breaks above %q, by hand: %v", title, brk.Manual)
		}
	}
	names := strings.ReplaceAll(parts(t, path)["xl/workbook.xml"], "&#39;", "'")
	if want := fmt.Sprintf("'Сводка'!$A$1:$I$%d", len(all)); !strings.Contains(names, want) {
		t.Errorf("no name for %s", want)
	}
}

// While there are no results the plan is a few words, on no page of its own.
func TestPlanInWords(t *testing.T) {
	book := exporttest.Book()
	book.Summary.Plan = []pipeline.Table{{Title: "План", Note: "Результатов пока нет."}}
	path := write(t, book)[0].Path
	all := rows(t, open(t, path), xlsx.SheetSummary)
	if at := find(t, all, "План"); all[at][0] != "Результатов пока нет." || len(all) != at+1 {
		t.Errorf("ends with %q", all[at:])
	}
	if strings.Contains(sheetXML(t, path, xlsx.SheetSummary), "<rowBreaks") {
		t.Error("a page of its own")
	}
}

// reference is a column of cells, or one.
var reference = regexp.MustCompile(`^'Сводка'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$`)

// cellsAt reads what a chart refers to.
func cellsAt(t *testing.T, f *excelize.File, ref string) []string {
	t.Helper()
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		t.Fatalf("reference %q", ref)
	}
	first, err := strconv.Atoi(m[2])
	if err != nil {
		t.Fatal(err)
	}
	last := first
	if m[3] != "" {
		if last, err = strconv.Atoi(m[3]); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for row := first; row <= last; row++ {
		v, err := f.GetCellValue(xlsx.SheetSummary, m[1]+strconv.Itoa(row))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// Charts are fed by cells, which hold what the book says; nothing is an empty cell.
func TestPlanCharts(t *testing.T) {
	path := write(t, planBook(1))[0].Path
	f := open(t, path)
	type series struct {
		Name   string `xml:"tx>strRef>f"`
		Labels string `xml:"cat>strRef>f"`
		Values string `xml:"val>numRef>f"`
	}
	var got []string
	for n := 1; ; n++ {
		body, ok := parts(t, path)[fmt.Sprintf("xl/charts/chart%d.xml", n)]
		if !ok {
			break
		}
		var c struct {
			Title  []string `xml:"chart>title>tx>rich>p>r>t"`
			Blanks struct {
				As string `xml:"val,attr"`
			} `xml:"chart>dispBlanksAs"`
			Bars []series `xml:"chart>plotArea>barChart>ser"`
			Line []series `xml:"chart>plotArea>lineChart>ser"`
		}
		if err := xml.Unmarshal([]byte(body), &c); err != nil {
			t.Fatal(err)
		}
		if n <= 2 { // the day's own
			continue
		}
		if c.Blanks.As != "gap" {
			t.Errorf("%q: blanks are shown as %q", c.Title, c.Blanks.As)
		}
		for _, s := range append(c.Bars, c.Line...) {
			got = append(got, fmt.Sprint(strings.Join(c.Title, ""), cellsAt(t, f, s.Name), cellsAt(t, f, s.Labels), cellsAt(t, f, s.Values), len(c.Line)))
		}
	}
	want := []string{
		"Звонки, звонков[Анна] [02.11 03.11 05.11] [1  3] 2", "Звонки, звонков[Борис] [02.11 03.11 05.11] [4 5 6] 2",
		"Выручка[Выручка] [мес. 1] [7.5] 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("series %q\nwant %q", got, want)
	}
}

// No chart lies over another, and each ends on paper.
func TestChartsDoNotOverlap(t *testing.T) {
	book := planBook(1)
	book.Summary.Charts = append(book.Summary.Charts[:2], book.Summary.Charts...)
	path := write(t, book)[0].Path
	type corner struct {
		Col int `xml:"col"`
		Row int `xml:"row"`
	}
	var d struct {
		Anchors []struct {
			From corner `xml:"from"`
			To   corner `xml:"to"`
		} `xml:"twoCellAnchor"`
	}
	if err := xml.Unmarshal([]byte(parts(t, path)["xl/drawings/drawing1.xml"]), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Anchors) != 6 {
		t.Fatalf("%d charts", len(d.Anchors))
	}
	for i, a := range d.Anchors {
		if a.To.Col <= a.From.Col || a.To.Row <= a.From.Row+5 || a.To.Col > 8 {
			t.Errorf("chart %d spans %+v", i, a)
		}
		for n, b := range d.Anchors[:i] {
			apart := a.From.Row >= b.To.Row || b.From.Row >= a.To.Row || a.From.Col > b.To.Col || b.From.Col > a.To.Col
			if !apart {
				t.Errorf("charts %d and %d overlap: %+v, %+v", n, i, b, a)
			}
		}
	}
}

// Whatever the texts: the book opens, and they are texts.
func TestHostilePlan(t *testing.T) {
	book := exporttest.Book()
	for _, evil := range []string{"=1+1", "</t><script>", "\x00\x1b", strings.Repeat("ж", 40_000), "\u202eназад", "'Сводка'!$A$1", "", "a&b<c>\"'"} {
		book.Summary.Plan = append(book.Summary.Plan, pipeline.Table{Title: evil, Note: evil, Head: []string{evil, evil}, Rows: [][]pipeline.Value{{{Text: evil}, {Text: evil}}}})
		book.Summary.Charts = append(book.Summary.Charts, pipeline.Chart{
			ID: evil, Title: evil, Unit: evil, Kind: pipeline.ChartBars, Labels: []string{evil, evil},
			Series: []pipeline.Series{{Title: evil, Values: []float64{math.Inf(1), math.NaN()}}, {Title: evil, Values: []float64{1, -1e300}}},
		})
	}
	book.Summary.Plan = append(book.Summary.Plan, pipeline.Table{Title: "Только слова", Note: "Пока ничего."})
	path := write(t, book)[0].Path
	for ref, c := range cellsOf(t, path, xlsx.SheetSummary) {
		if c.Formula != nil {
			t.Errorf("%s is a formula", ref)
		}
	}
	for name, body := range parts(t, path) {
		if strings.HasSuffix(name, ".xml") {
			if err := xml.Unmarshal([]byte(body), new(struct{})); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	all := rows(t, open(t, path), xlsx.SheetSummary)
	if last := find(t, all, "Только слова"); all[last][0] != "Пока ничего." {
		t.Errorf("below the title %q", all[last])
	}
}
