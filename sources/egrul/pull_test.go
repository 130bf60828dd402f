package egrul

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// spoiled breaks the packed bytes of the n-th member, not its headers.
func spoiled(t testing.TB, data string, n int) string {
	t.Helper()
	at := 0
	for range n + 1 {
		i := strings.Index(data[at:], "PK\x03\x04")
		if i < 0 {
			t.Fatal("no such member")
		}
		at += i + 4
	}
	b := []byte(data)
	b[at+200] ^= 0xff
	return string(b)
}

// TestConformance runs the port's promises over every kind of input.
func TestConformance(t *testing.T) {
	zipData := release(t, 5, 3)
	whole := input("EGRUL_2026-09-12_1.zip", zipData)
	single := input("b.xml", exchange(firm(1, "45.20"), strings.Replace(firm(2, "45.20"), string(firmINN(2)), "1", 1)))
	page := input("c.zip", "<!DOCTYPE html><html>502 Bad Gateway</html>")
	for _, c := range []struct {
		name    string
		inputs  []files.Input
		options Options
		err     error
	}{
		{"zip", []files.Input{whole}, Options{}, nil},
		{"one worker", []files.Input{whole}, Options{Workers: 1}, nil},
		{"more workers than members", []files.Input{whole}, Options{Workers: 32}, nil},
		{"single file", []files.Input{single}, Options{}, nil},
		{"4.04", []files.Input{fixture(t, "archive-4.04.xml")}, Options{}, nil},
		{"4.08", []files.Input{fixture(t, "exchange-4.08.xml")}, Options{}, nil},
		{"ЕГРИП", []files.Input{fixture(t, "exchange-egrip-4.06.xml")}, Options{}, nil},
		{"several", []files.Input{page, whole, single, input("d.zip", ""), input("e.zip", zipData[:9000])}, Options{Workers: 2}, nil},
		{"broken member", []files.Input{input("r.zip", spoiled(t, zipData, 2))}, Options{}, nil},
		{"nothing of use", []files.Input{page, input("d.xml", "")}, Options{}, pipeline.ErrUnknownForm},
		{"no inputs", nil, Options{}, pipeline.ErrEmpty},
		{"wrong option", []files.Input{single}, Options{Branches: -1}, ErrOptions},
	} {
		t.Run(c.name, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				New:     func() pipeline.Source { return New("егрюл", c.inputs, c.options) },
				Request: pipeline.Request{Wanted: wantCars(), Held: held("300000020460", "5400001054")},
				Err:     c.err,
			})
		})
	}
}

// TestWorkersDoNotChangeTheOutcome compares one worker with many.
func TestWorkersDoNotChangeTheOutcome(t *testing.T) {
	data := release(t, 12, 5)
	want := pullFrom(t, pipeline.Request{}, Options{Workers: 1}, input("r.zip", data))
	if len(want.batches) != 12 || want.counts.Taken != 60 {
		t.Fatalf("%d batches, counts %+v", len(want.batches), want.counts)
	}
	for _, n := range []int{2, 5, 16} {
		got := pullFrom(t, pipeline.Request{}, Options{Workers: n}, input("r.zip", data))
		if !reflect.DeepEqual(got.batches, want.batches) {
			t.Errorf("%d workers: other batches", n)
		}
	}
}

// TestBrokenBytesOfAMember: the others are read.
func TestBrokenBytesOfAMember(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", spoiled(t, release(t, 4, 6), 1)))
	if p.err != nil || p.counts.Read != 18 || len(p.gaps) != 1 || len(p.batches) != 4 {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	if g := p.gaps[0]; !strings.Contains(g.Detail, "damaged") || strings.Contains(g.Detail, "\n") || p.counts.Unread != g.Unread {
		t.Errorf("gap %+v, counts %+v", g, p.counts)
	}
}

// TestChecksumAloneCondemns changes a stored letter: the XML stays right.
func TestChecksumAloneCondemns(t *testing.T) {
	data := []byte(zipped(t, "1.xml", exchange(firm(1, "45.20")), "2.xml", exchange(firm(2, "45.20"), firm(3, "45.20"))))
	data[bytes.LastIndex(data, []byte("PK\x01\x02"))+16] ^= 1
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", string(data)))
	if p.counts != (pipeline.Counts{Declared: 3, Read: 1, Taken: 1, Unread: 2}) || len(p.found) != 1 {
		t.Errorf("counts %+v, %d observations", p.counts, len(p.found))
	}
	checkGap(t, p, "r.zip/2.xml", "wrong checksum", 2)
}

// TestUnreadableInputs: each is a gap that says what it is.
func TestUnreadableInputs(t *testing.T) {
	good := input("good.xml", exchange(firm(1, "45.20")))
	zipData := release(t, 2, 3)
	for name, c := range map[string]struct{ content, words string }{
		"page.zip":  {"<html><body>Слишком много запросов</body></html>", "an HTML page"},
		"cut.zip":   {zipData[:len(zipData)-30], "cut off"},
		"empty.zip": {"", "empty"},
		"none.zip":  {zipped(t), "without members"},
		"out.zip":   {zipped(t, "../x.xml", "x"), "leads outside"},
		"x.zip":     {zipped(t, "inner.zip", zipData), "not opened"},
		"bomb.zip":  {zipped(t, "1.xml", strings.Repeat(" ", 64<<20)), "packed more than"},
		"old.xls":   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100), "old Excel"},
		"a.csv":     {"ИНН;Название\n", "plain text"},
		"a.xml.gz":  {"\x1f\x8b\x08\x00\x00", "gzip"},
	} {
		p := pullFrom(t, pipeline.Request{}, Options{}, input(name, c.content), good)
		if p.err != nil || p.counts != (pipeline.Counts{Declared: 1, Read: 1, Taken: 1}) {
			t.Errorf("%s: error %v, counts %+v", name, p.err, p.counts)
		}
		if len(p.gaps) != 1 || !strings.HasPrefix(p.gaps[0].Unit, name) || !strings.Contains(p.gaps[0].Detail, c.words) {
			t.Errorf("%s: gaps %+v, want %q", name, p.gaps, c.words)
		}
	}
}

func TestInputThatIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gone.xml")
	if err := os.WriteFile(path, []byte(exchange(firm(1, "45.20"))), 0o600); err != nil {
		t.Fatal(err)
	}
	inputs, err := files.Expander{}.Expand([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	inputs = append(inputs, input("b.xml", exchange(firm(2, "45.20"))))
	there, err := New("егрюл", inputs, Options{}).Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	gone, err := New("егрюл", inputs, Options{}).Fingerprint(t.Context())
	if err != nil || gone == there {
		t.Errorf("fingerprint %q of a missing file, %q of the file, %v", gone, there, err)
	}
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return New("егрюл", inputs, Options{}) }})
	p := pullFrom(t, pipeline.Request{}, Options{}, inputs...)
	if p.err != nil || p.counts.Taken != 1 || len(p.gaps) != 1 || p.gaps[0].Unit != "gone.xml" {
		t.Errorf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
}

// TestWhatComesBeside: a schema, a signature or what macOS leaves is no gap.
func TestWhatComesBeside(t *testing.T) {
	data := zipped(t, "VO_RUGF_2_311_26_04_08_01.xsd", "<xs:schema/>", "1.XML", exchange(firm(1, "45.20")), "1.XML.sig", "x",
		"__MACOSX/._1.xml", "\x00", "readme.txt", "x", ".DS_Store", "x")
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", data))
	if p.err != nil || len(p.gaps) > 0 || p.counts.Taken != 1 || len(p.batches) != 1 {
		t.Errorf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{{Branches: -1}, {Branches: 1_000_000}, {Workers: -1}, {Workers: 1000}} {
		if err := o.Validate(); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, o := range []Options{{}, {Workers: 4, Branches: 10}} {
		if err := o.Validate(); err != nil {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestAdvice(t *testing.T) {
	name := func(s string) files.Input { return input(s, "") }
	for _, c := range []struct {
		inputs []files.Input
		words  string
	}{
		{nil, ""},
		{[]files.Input{name("EGRUL_FULL_2026-01-01_1.zip"), name("EGRUL_FULL_2026-01-01_2.zip"), name("a.zip")}, ""},
		{[]files.Input{name("EGRUL_2026-02-01_1.zip"), name("EGRUL_FULL_2026-01-01_2.zip")}, ""},
		{[]files.Input{name("EGRUL_2027-02-05_1.zip"), name("EGRUL_FULL_2026-01-01_2.zip")}, ""},
		{[]files.Input{name("EGRUL_2027-02-06_1.zip"), name("EGRUL_FULL_2026-01-01_2.zip")}, "of 2026-01-01 to 2027-02-06"},
	} {
		lines, err := New("егрюл", c.inputs, Options{}).Advice(t.Context())
		if err != nil || (c.words == "") != (len(lines) == 0) || !strings.Contains(strings.Join(lines, "\n"), c.words) {
			t.Errorf("%q, %v, want %q", lines, err, c.words)
		}
	}
}

func TestForeignCursor(t *testing.T) {
	for _, s := range []string{"7", "1:0:0", "1:-1:0:true", "1:0:-1:true", "1:0:0:true ", "2:0:0:true", "1:00:0:true"} {
		p := pullFrom(t, pipeline.Request{Cursor: s}, Options{}, fixture(t, "archive-4.04.xml"))
		if !errors.Is(p.err, errCursor) || len(p.batches) > 0 {
			t.Errorf("%q: %v", s, p.err)
		}
	}
}

// TestProgressReachesTheEnd wants bytes of input, all of them at the end.
func TestProgressReachesTheEnd(t *testing.T) {
	a, b := release(t, 3, 4), exchange(firm(1, "45.20"))
	var last pipeline.Progress
	n := 0
	req := pipeline.Request{Progress: func(p pipeline.Progress) { last = p; n++ }}
	p := pullFrom(t, req, Options{}, input("r.zip", a), input("b.xml", b))
	total := int64(len(a) + len(b))
	if want := (pipeline.Progress{Unit: "b.xml", Done: total, Total: total, Rows: 13}); last != want || n != 4 || p.err != nil {
		t.Errorf("last of %d: %+v, want %+v", n, last, want)
	}
	req.Cursor = p.batches[1].Cursor
	pullFrom(t, req, Options{}, input("r.zip", a), input("b.xml", b))
	if last.Done != total {
		t.Errorf("going on from %q ends at %+v, want %d", req.Cursor, last, total)
	}
}

// TestWorkersWaitForTheReader: inputs begun stay near those taken.
func TestWorkersWaitForTheReader(t *testing.T) {
	const workers, n = 2, 40
	var inputs []files.Input
	for i := range n {
		inputs = append(inputs, input(fmt.Sprintf(memberName, i), exchange(firm(i, "45.20"))))
	}
	ctx, cancel := context.WithCancel(t.Context())
	p := &pull{source: New("егрюл", inputs, Options{Workers: workers}), start: cursor{member: -1}}
	defer p.handles.closeAll()
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	taken := 0
	for task := range p.run(ctx, &running) {
		if o := <-task.done; o.err != nil {
			t.Fatal(o.err)
		}
		taken++
		for range 2000 {
			runtime.Gosched() // let the lister run as far as it may
		}
		p.handles.mu.Lock()
		begun := len(p.handles.open)
		p.handles.mu.Unlock()
		if limit := taken + workers; begun > limit {
			t.Fatalf("%d files begun when %d batches were taken, want at most %d", begun, taken, limit)
		}
	}
	if taken != n {
		t.Errorf("%d batches of %d files", taken, n)
	}
}
