package members

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// TestUnreadableInputs: each is a gap that says what it is, and costs nothing
// else.
func TestUnreadableInputs(t *testing.T) {
	zipData := zipOf(t, 2)
	for name, c := range map[string]struct {
		content string
		want    error
		words   string
	}{
		"page.zip":  {"<html><body>Слишком много запросов</body></html>", pipeline.ErrUnknownForm, "XML of the lists, it looks like an HTML page"},
		"cut.zip":   {zipData[:len(zipData)-30], pipeline.ErrDamaged, "cut off"},
		"empty.zip": {"", pipeline.ErrEmpty, "want a zip or XML of the lists"},
		"none.zip":  {zipped(t), pipeline.ErrEmpty, "without members"},
		"bare.zip":  {zipped(t, "structure.xsd", "x", "folder/readme.txt", "y"), pipeline.ErrEmpty, "without members"},
		"out.zip":   {zipped(t, "../x.xml", "x"), pipeline.ErrDamaged, "leads outside"},
		"x.zip":     {zipped(t, "inner.zip", zipData), pipeline.ErrUnknownForm, "not opened"},
		"bomb.zip":  {zipped(t, "1.xml", strings.Repeat(" ", 4<<20)), pipeline.ErrTooLarge, "open: member"},
		"great.xml": {"<list>" + strings.Repeat(" ", 64<<10), pipeline.ErrTooLarge, "65536 allowed: split the file"},
		"old.xls":   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100), pipeline.ErrUnknownForm, "old Excel"},
		"a.csv":     {"ИНН;Название\n", pipeline.ErrUnknownForm, "plain text"},
		"a.xml.gz":  {"\x1f\x8b\x08\x00\x00", pipeline.ErrUnknownForm, "gzip"},
		"other.xml": {"<other></other> and more", pipeline.ErrUnknownForm, "no list"},
	} {
		l := lists{inputs: []files.Input{input(name, c.content), input("good.xml", list(1))}}
		p := l.pull(t, pipeline.Request{})
		if p.err != nil || p.counts != (pipeline.Counts{Declared: 1, Read: 1, NotWanted: 1}) {
			t.Errorf("%s: error %v, counts %+v", name, p.err, p.counts)
		}
		if len(p.gaps) != 1 || !strings.HasPrefix(p.gaps[0].Unit, name) || !strings.Contains(p.gaps[0].Detail, c.words) {
			t.Errorf("%s: gaps %+v, want %q", name, p.gaps, c.words)
		}
		alone := lists{inputs: l.inputs[:1]}
		if p := alone.pull(t, pipeline.Request{}); !errors.Is(p.err, c.want) {
			t.Errorf("%s alone: %v, want %v", name, p.err, c.want)
		}
	}
}

// TestInputThatIsGone: a file that went away between looking and reading.
func TestInputThatIsGone(t *testing.T) {
	l := lists{inputs: []files.Input{gone(t), input("b.xml", list(2))}}
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return &lists{inputs: l.inputs} }})
	p := l.pull(t, pipeline.Request{})
	if p.err != nil || p.counts.Read != 2 || len(p.gaps) != 1 || p.gaps[0].Unit != "gone.xml" {
		t.Errorf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
}

// TestWhatComesBeside is no gap.
func TestWhatComesBeside(t *testing.T) {
	l := lists{inputs: []files.Input{input("r.zip", zipped(t,
		"structure.xsd", "<xs:schema/>", "1.XML", list(1), "1.XML.sig", "x", "1.p7s", "x", "__MACOSX/._1.xml", "\x00",
		"readme.txt", "x", "a/README.MD", "x", ".DS_Store", "x", "b/Thumbs.DB", "x", "a.pdf", "x"))}}
	if p := l.pull(t, pipeline.Request{}); p.err != nil || len(p.gaps) > 0 || p.counts.Read != 1 || len(p.batches) != 1 {
		t.Errorf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
	}
}

// TestChecksumIsTold once, whether the worker stops before it or comes upon it.
func TestChecksumIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		words   string
		rows    int64
	}{
		"right rows":      {list(2), "wrong checksum", 2},
		"wrong rows":      {list(2) + " ", "read the rows: ", 2},
		"another content": {"<html>" + strings.Repeat("x", 300<<6), "no list; ", 0},
	} {
		l := lists{inputs: []files.Input{input("r.zip", falsified(zipped(t, "1.xml", list(1), "2.xml", c.content)))}}
		p := l.pull(t, pipeline.Request{})
		if p.err != nil || p.counts != (pipeline.Counts{Declared: 1 + c.rows, Read: 1, NotWanted: 1, Unread: c.rows}) || len(p.gaps) != 1 {
			t.Fatalf("%s: error %v, counts %+v, gaps %v", name, p.err, p.counts, p.gaps)
		}
		detail := p.gaps[0].Detail
		if p.gaps[0].Unit != "r.zip/2.xml" || strings.Count(detail, "wrong checksum") != 1 || !strings.Contains(detail, c.words) || strings.Contains(detail, "\n") {
			t.Errorf("%s: %q, want %q", name, detail, c.words)
		}
	}
}

// TestUnits gives what can be read, and says of the rest nothing or why.
func TestUnits(t *testing.T) {
	data := zipped(t, "1.xml", list(1), "2.bin", "x", "3.xml", strings.Repeat("x", 65<<10), "4.xml", list(4))
	var got []string
	for u, r := range listForm().Units(t.Context(), input("r.zip", data)) {
		b, err := io.ReadAll(r)
		if errors.Is(err, pipeline.ErrTooLarge) {
			b = []byte("too large")
		} else if err != nil {
			t.Fatal(err)
		}
		got = append(got, u.Name+" "+string(b))
	}
	if want := "r.zip/1.xml " + list(1) + "|r.zip/3.xml too large|r.zip/4.xml " + list(4); strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
	for u := range listForm().Units(t.Context(), input("r.zip", data)) {
		if u.Name != "r.zip/1.xml" {
			t.Errorf("%s after the loop was broken off", u.Name)
		}
		break
	}
	for u := range listForm().Units(t.Context(), input("page.zip", "<html></html>")) {
		t.Errorf("%s of a page", u.Name)
	}
}

// TestUntil: a reader ends with its context, and stays ended.
func TestUntil(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := Until(ctx, strings.NewReader("ab"))
	b := make([]byte, 1)
	if n, err := r.Read(b); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	cancel()
	for range 2 {
		if n, err := r.Read(b); n != 0 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d, %v", n, err)
		}
	}
}

func TestDateIn(t *testing.T) {
	for in, want := range map[string]string{
		"VO_RUGFO_0000_9965_20251105_9461e1d5-bbb8-4659-8e86-91fc9dfd2e64.xml": "2025-11-05",
		"VO_OTKRDAN_3_9965_9965_20241025_00000000-0000-4000-8000-000000000001": "2024-10-25",
		"EGRUL_FULL_2026-01-01_1.zip":                                          "2026-01-01", "EGRIP_2025-12-31.zip": "2025-12-31", "EGRUL_20251231.zip": "2025-12-31",
		"data-20260725-structure-20180110.zip": "", "EGRUL_2025-13-31.zip": "", "archive.zip": "", "x_99999999_y": "", "x_19901231_y": "",
		"": "", "_20260231_": "",
	} {
		if got := DateIn(in).String(); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzUnits: whatever an input is, it has a unit, exactly the last is the last,
// and a pull of it keeps its promises.
func FuzzUnits(f *testing.F) {
	for _, s := range []string{"", list(3), zipOf(f, 3), "<html>", falsified(zipOf(f, 2)), zipped(f, "a.bin", "x", "b.xml", "<list")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := files.FromBytes("a", data)
		opened, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		units := listForm().units(3, in, opened)
		for i, u := range units {
			if u.Input != 3 || u.member != i || u.last != (i == len(units)-1) || (u.open == nil) && u.broken == nil {
				t.Fatalf("unit %d of %d: %+v", i, len(units), u)
			}
		}
		l := lists{inputs: []files.Input{in}, workers: 2}
		p := l.pull(t, pipeline.Request{})
		if len(p.batches) != len(units) || p.counts.Check() != nil || (p.err == nil) != (len(p.gaps) < len(units)) {
			t.Fatalf("%d batches of %d units, %d gaps, counts %+v, %v", len(p.batches), len(units), len(p.gaps), p.counts, p.err)
		}
	})
}
