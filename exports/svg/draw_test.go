package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"obzvon/exports/svg"
	"obzvon/pipeline"
)

func days(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%02d.11", i+1)
	}
	return out
}

func series(title string, values ...float64) pipeline.Series {
	return pipeline.Series{Title: title, Values: values}
}

// drawn is what a reader makes of the document.
type drawn struct {
	Title string   `xml:"title"`
	Desc  string   `xml:"desc"`
	Texts []string // of the picture
	Paths int
}

// read wants a document that is whole, has nothing but shapes and texts, and leads
// nowhere.
func read(t *testing.T, c *pipeline.Chart) drawn {
	t.Helper()
	out, err := svg.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := svg.Draw(c)
	if err != nil || !bytes.Equal(out, again) {
		t.Fatalf("drawn twice, two documents; %v", err)
	}
	var d drawn
	if err := xml.Unmarshal(out, &d); err != nil {
		t.Fatal(err)
	}
	allowed := []string{"svg", "title", "desc", "g", "path", "text"}
	for dec, inText := xml.NewDecoder(bytes.NewReader(out)), false; ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatal(err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			if !slices.Contains(allowed, v.Name.Local) {
				t.Errorf("element %s", v.Name.Local)
			}
			for _, a := range v.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Name.Local, "href") || strings.Contains(a.Value, "url(") || strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("attribute %s=%q", a.Name.Local, a.Value)
				}
			}
			if inText = v.Name.Local == "text"; inText {
				d.Texts = append(d.Texts, "")
			}
			if v.Name.Local == "path" {
				d.Paths++
			}
		case xml.CharData:
			if inText {
				d.Texts[len(d.Texts)-1] += string(v)
			}
		case xml.EndElement:
			inText = false
		}
	}
}

func TestDraw(t *testing.T) {
	c := &pipeline.Chart{
		ID: "work", Title: "Звонки по дням", Kind: pipeline.ChartLine, Unit: "звонков", Labels: days(3),
		Series: []pipeline.Series{series("Анна", 10, math.NaN(), 1200), series("Борис", 0, 2.5, 3)},
	}
	d := read(t, c)
	if d.Title != c.Title {
		t.Errorf("title %q", d.Title)
	}
	want := "Единица: звонков. Анна: 01.11 — 10, 03.11 — 1\u00a0200. Борис: 01.11 — 0, 02.11 — 2,5, 03.11 — 3."
	if d.Desc != want {
		t.Errorf("in words %q, want %q", d.Desc, want)
	}
	for _, want := range []string{"Звонки по дням", "звонков", "01.11", "03.11", "Анна", "Борис", "0", "1\u00a0500"} {
		if !slices.Contains(d.Texts, want) {
			t.Errorf("no text %q in %q", want, d.Texts)
		}
	}
}

// Each value that is there is drawn, none that is not; a line ends at a gap.
func TestGaps(t *testing.T) {
	shapes := func(kind pipeline.ChartKind, values ...float64) int {
		return read(t, &pipeline.Chart{Kind: kind, Labels: days(len(values)), Series: []pipeline.Series{series("", values...)}}).Paths
	}
	gap := math.NaN()
	for _, test := range []struct {
		kind   pipeline.ChartKind
		values []float64
		lost   int // shapes, against no gap
	}{
		{pipeline.ChartBars, []float64{9, gap, 9, 9, 9}, 1},
		{pipeline.ChartBars, []float64{gap, gap, gap, 9, gap}, 4},
		{pipeline.ChartLine, []float64{9, 9, gap, 9, 9}, 3}, // a dot, and the line to either side
		{pipeline.ChartLine, []float64{gap, 9, 9, 9, 9}, 2},
		{pipeline.ChartLine, []float64{9, gap, 9, gap, 9}, 6},
	} {
		if got := shapes(test.kind, 9, 9, 9, 9, 9) - shapes(test.kind, test.values...); got != test.lost {
			t.Errorf("%s %v: %d shapes less, want %d", test.kind, test.values, got, test.lost)
		}
	}
}

func TestWithoutValues(t *testing.T) {
	for name, c := range map[string]*pipeline.Chart{
		"nothing":   {Kind: pipeline.ChartBars},
		"no series": {Kind: pipeline.ChartLine, Labels: days(3)},
		"only gaps": {Kind: pipeline.ChartBars, Labels: days(1), Series: []pipeline.Series{series("Анна", math.NaN())}},
		"no labels": {Kind: pipeline.ChartLine, Series: []pipeline.Series{series("Анна")}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := read(t, c); !slices.Contains(d.Texts, "Данных пока нет") || d.Desc != "Данных пока нет." {
				t.Errorf("texts %q, in words %q", d.Texts, d.Desc)
			}
		})
	}
}

// Whatever is to be drawn: a whole document, or an error.
func TestExtremes(t *testing.T) {
	for _, kind := range []pipeline.ChartKind{pipeline.ChartBars, pipeline.ChartLine} {
		for _, values := range [][]float64{
			{0}, {1}, {-5}, {0, 0, 0}, {1e15, -1e15}, {5e-324}, {0.001, 0.0004}, {-1, -7, 3}, make([]float64, 400), {99.99, 0.5},
		} {
			c := &pipeline.Chart{Kind: kind, Labels: days(len(values)), Series: []pipeline.Series{series("а", values...), series("б", values...)}}
			read(t, c)
		}
		many := &pipeline.Chart{Kind: kind, Labels: days(2)}
		for i := range 60 {
			many.Series = append(many.Series, series(fmt.Sprint("Менеджер ", i), 1, 2))
		}
		d := read(t, many)
		if last := d.Texts[len(d.Texts)-1]; !strings.HasPrefix(last, "и ещё ") {
			t.Errorf("the legend ends with %q", last)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	for _, evil := range []string{
		`</text><script>alert(1)</script>`, `" onload="alert(1)`, `]]><!--`, "&lt;&#34;", "style=\"font-family:Liberation Sans;", "строка\nвторая\r\n\tтретья",
		"\x00\x1b[31m\ufffe\uffff\ud7ff", "\xff\xfe", "\u202eзадом\u2066", strings.Repeat("Очень длинное название ", 5000), "👩‍🔧 العربية 漢字", "", " ", "https://evil.example/x.svg",
	} {
		c := &pipeline.Chart{
			ID: evil, Title: evil, Unit: evil, Kind: pipeline.ChartBars, Labels: []string{evil, "б", evil},
			Series: []pipeline.Series{series(evil, 1, 2, 3), series("Анна", 3, 2, 1)},
		}
		d := read(t, c)
		for _, text := range append(d.Texts, d.Title, d.Desc) {
			if strings.ContainsAny(text, "\n\r\t\x1b\u202e\u2066") {
				t.Errorf("text %q", text)
			}
		}
		for _, text := range d.Texts {
			if n := len([]rune(text)); n > 200 {
				t.Errorf("a text of %d characters in the picture", n)
			}
		}
	}
}

// A text is drawn as it is, whatever it holds, when there is room.
func TestTextsStay(t *testing.T) {
	const title = `ООО «Ромашка & Ко» <50 % "плана"`
	d := read(t, &pipeline.Chart{Title: title, Kind: pipeline.ChartBars, Labels: []string{"<б>"}, Series: []pipeline.Series{series("", 1)}})
	if !slices.Contains(d.Texts, title) || !slices.Contains(d.Texts, "<б>") || d.Title != title {
		t.Errorf("texts %q", d.Texts)
	}
}

// Names too long for their place are shortened, too many are thinned out.
func TestLabels(t *testing.T) {
	long := []string{"Горнодобывающие предприятия Кузбасса и Якутии", "Оптовики запчастей", "Сельхозпредприятия", "Энергетика", "Мелкие дилеры", "Строительные компании", "Автосервисные сети", "Промышленные предприятия"}
	values := make([]float64, len(long))
	d := read(t, &pipeline.Chart{Kind: pipeline.ChartBars, Labels: long, Series: []pipeline.Series{series("", values...)}})
	if !slices.Contains(d.Texts, "Энергетика") || slices.Contains(d.Texts, long[0]) {
		t.Errorf("texts %q", d.Texts)
	}
	cut := slices.IndexFunc(d.Texts, func(s string) bool { return strings.HasPrefix(s, "Горнодобы") && strings.HasSuffix(s, "…") })
	if cut < 0 {
		t.Errorf("no shortened name in %q", d.Texts)
	}
	many := read(t, &pipeline.Chart{Kind: pipeline.ChartLine, Labels: days(300), Series: []pipeline.Series{series("", make([]float64, 300)...)}})
	if n := len(many.Texts); n > 70 {
		t.Errorf("%d texts in a row", n)
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		c    pipeline.Chart
		want error
	}{
		{pipeline.Chart{Kind: "pie"}, svg.ErrKind},
		{pipeline.Chart{Kind: pipeline.ChartBars, Labels: days(2), Series: []pipeline.Series{series("", 1)}}, svg.ErrShape},
		{pipeline.Chart{Kind: pipeline.ChartBars, Labels: days(1), Series: []pipeline.Series{series("", math.Inf(1))}}, svg.ErrValue},
		{pipeline.Chart{Kind: pipeline.ChartLine, Labels: days(1), Series: []pipeline.Series{series("", -1e16)}}, svg.ErrValue},
	} {
		if _, err := svg.Draw(&test.c); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.c.Kind, err, test.want)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	c := &pipeline.Chart{ID: "dials", Title: "Звонки по дням", Kind: pipeline.ChartLine, Labels: days(20)}
	for i := range 4 {
		c.Series = append(c.Series, series(fmt.Sprint("Менеджер ", i), make([]float64, 20)...))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := svg.Draw(c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "charts/s")
}
