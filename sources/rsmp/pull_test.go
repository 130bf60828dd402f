package rsmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// release is a zip of n members of rows documents each.
func release(t testing.TB, n, rows int) []byte {
	t.Helper()
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("VO_RRMSPSV_0000_9965_20260711_%04d.xml", i), synthetic(uint64(i), rows))
	}
	return zipped(t, pairs...)
}

// spoiled breaks the packed bytes of the n-th member, not its headers.
func spoiled(t testing.TB, data []byte, n int) string {
	t.Helper()
	at := 0
	for range n + 1 {
		i := strings.Index(string(data[at:]), "PK\x03\x04")
		if i < 0 {
			t.Fatal("no such member")
		}
		at += i + 4
	}
	b := slices.Clone(data)
	b[at+200] ^= 0xff
	return string(b)
}

// TestConformance runs the port's promises over every kind of input.
func TestConformance(t *testing.T) {
	zipData := release(t, 6, 30)
	whole := input("data-10072026-structure-12052026.zip", string(zipData))
	single := input("b.xml", registry(firm(1, "45.20"), strings.Replace(firm(2, "45.20"), string(firmINN(2)), "1", 1)))
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
		{"fixture", fixtureInputs(t), Options{}, nil},
		{"several", []files.Input{page, whole, single, input("d.zip", ""), input("e.zip", string(zipData[:9000]))}, Options{Workers: 2}, nil},
		{"broken member", []files.Input{input("r.zip", spoiled(t, zipData, 2))}, Options{}, nil},
		{"nothing of use", []files.Input{page, input("d.xml", "")}, Options{}, pipeline.ErrUnknownForm},
		{"no inputs", nil, Options{}, pipeline.ErrEmpty},
		{"wrong option", []files.Input{single}, Options{Whole: "maybe"}, ErrOptions},
	} {
		t.Run(c.name, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				New:     func() pipeline.Source { return New("мсп", c.inputs, c.options) },
				Request: pipeline.Request{Wanted: wantCars()},
				Err:     c.err,
			})
		})
	}
}

// TestWorkersDoNotChangeTheOutcome compares one worker with many.
func TestWorkersDoNotChangeTheOutcome(t *testing.T) {
	data := string(release(t, 12, 20))
	want := pullFrom(t, pipeline.Request{}, Options{Workers: 1}, input("r.zip", data))
	if len(want.batches) != 12 || want.counts.Taken != 240 {
		t.Fatalf("%d batches, counts %+v", len(want.batches), want.counts)
	}
	for _, n := range []int{2, 5, 16} {
		got := pullFrom(t, pipeline.Request{}, Options{Workers: n}, input("r.zip", data))
		if len(got.batches) != len(want.batches) {
			t.Fatalf("%d workers: %d batches", n, len(got.batches))
		}
		for i := range got.batches {
			if fmt.Sprint(got.batches[i]) != fmt.Sprint(want.batches[i]) {
				t.Errorf("%d workers: batch %d differs", n, i)
			}
		}
	}
}

// TestBrokenBytesOfAMember: the checksum fails, the others are read.
func TestBrokenBytesOfAMember(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", spoiled(t, release(t, 4, 25), 1)))
	if p.err != nil || p.counts.Read != 75 || len(p.gaps) != 1 || len(p.batches) != 4 {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	if !strings.Contains(p.gaps[0].Detail, "damaged") || !strings.HasSuffix(p.gaps[0].Unit, "_0001.xml") {
		t.Errorf("gap %+v", p.gaps[0])
	}
	if strings.Contains(p.gaps[0].Detail, "\n") {
		t.Errorf("a message of several lines: %q", p.gaps[0].Detail)
	}
	if n := p.counts; n.Declared != n.Read+n.Unread || n.Unread != p.gaps[0].Unread {
		t.Errorf("counts %+v, gap %+v", n, p.gaps[0])
	}
}

// TestChecksumAloneCondemns changes a stored letter: the XML stays right.
func TestChecksumAloneCondemns(t *testing.T) {
	data := zipped(t, "1.xml", registry(firm(1, "45.20")), "2.xml", registry(firm(2, "45.20"), firm(3, "45.20")))
	crc := strings.LastIndex(string(data), "PK\x01\x02") + 16
	data[crc] ^= 1
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", string(data)))
	if p.counts != (pipeline.Counts{Declared: 3, Read: 1, Taken: 1, Unread: 2}) || len(p.found) != 1 {
		t.Errorf("counts %+v, %d observations", p.counts, len(p.found))
	}
	checkGap(t, p, "r.zip/2.xml", "wrong checksum", 2)
}

// TestUnreadableInputs: each is a gap that says what it is.
func TestUnreadableInputs(t *testing.T) {
	good := input("good.xml", registry(firm(1, "45.20")))
	zipData := release(t, 2, 10)
	for name, c := range map[string]struct{ content, words string }{
		"page.zip":  {"<html><body>Слишком много запросов</body></html>", "an HTML page"},
		"cut.zip":   {string(zipData[:len(zipData)-30]), "cut off"},
		"empty.zip": {"", "empty"},
		"none.zip":  {string(zipped(t)), "without members"},
		"out.zip":   {string(zipped(t, "../x.xml", "x")), "leads outside"},
		"x.zip":     {string(zipped(t, "inner.zip", string(zipData))), "not opened"},
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
	if err := os.WriteFile(path, []byte(registry(firm(1, "45.20"))), 0o600); err != nil {
		t.Fatal(err)
	}
	inputs, err := files.Expander{}.Expand([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	inputs = append(inputs, input("b.xml", registry(firm(2, "45.20"))))
	there, err := New("мсп", inputs, Options{}).Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	gone, err := New("мсп", inputs, Options{}).Fingerprint(t.Context())
	if err != nil || gone == there {
		t.Errorf("fingerprint %q of a missing file, %q of the file, %v", gone, there, err)
	}
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return New("мсп", inputs, Options{}) }})
	p := pullFrom(t, pipeline.Request{}, Options{}, inputs...)
	if p.err != nil || p.counts.Taken != 1 || len(p.gaps) != 1 || p.gaps[0].Unit != "gone.xml" {
		t.Errorf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
}

// TestWhatComesBeside: a schema or what macOS leaves is no gap.
func TestWhatComesBeside(t *testing.T) {
	data := zipped(t, "structure-12052026.xsd", "<xs:schema/>", "1.XML", registry(firm(1, "45.20")),
		"__MACOSX/._1.xml", "\x00", "readme.txt", "x", ".DS_Store", "x")
	p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", string(data)))
	if p.err != nil || len(p.gaps) > 0 || p.counts.Taken != 1 || len(p.batches) != 1 {
		t.Errorf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
	}
}

func TestWholeRelease(t *testing.T) {
	data := string(zipped(t, "1.xml", registry(firm(1, "45.20"))))
	for _, c := range []struct {
		file, option string
		want         bool
		id           string
	}{
		{"data-10072026-structure-12052026.zip", "", true, "data-10072026-structure-12052026.zip"},
		{"DATA-10072026-STRUCTURE-12052026.ZIP", "auto", true, "DATA-10072026-STRUCTURE-12052026.ZIP"},
		{"data-10072026-structure-12052026.zip", "no", false, "data-10072026-structure-12052026.zip"},
		{"data-10072026.zip", "auto", false, "data-10072026.zip"},
		{"part of data-10072026-structure-12052026.zip", "auto", false, "part of data-10072026-structure-12052026.zip"},
		{"part.zip", "yes", true, "release of 2026-07-10"},
	} {
		p := pullFrom(t, pipeline.Request{}, Options{Whole: c.option}, input(c.file, data))
		r := p.batches[0].Release
		if r.Whole != c.want || r.ID != c.id || r.Date.String() != "2026-07-10" {
			t.Errorf("%s, whole: %q: release %+v", c.file, c.option, r)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{{Whole: "maybe"}, {Workers: -1}, {Workers: 1000}} {
		if err := o.Validate(); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, o := range []Options{{}, {Whole: "auto", Workers: 4}, {Whole: "yes"}, {Whole: "no"}} {
		if err := o.Validate(); err != nil {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestForeignCursor(t *testing.T) {
	for _, s := range []string{"7", "1:0:0", "1:-1:0:true", "1:0:-1:true", "1:0:0:true ", "2:0:0:true", "1:00:0:true"} {
		p := pullFrom(t, pipeline.Request{Cursor: s}, Options{}, fixtureInputs(t)...)
		if !errors.Is(p.err, errCursor) || len(p.batches) > 0 {
			t.Errorf("%q: %v", s, p.err)
		}
	}
}

// TestProgressReachesTheEnd wants bytes of input, all of them at the end.
func TestProgressReachesTheEnd(t *testing.T) {
	a, b := string(release(t, 3, 10)), registry(firm(1, "45.20"))
	var last pipeline.Progress
	n := 0
	req := pipeline.Request{Progress: func(p pipeline.Progress) { last = p; n++ }}
	p := pullFrom(t, req, Options{}, input("r.zip", a), input("b.xml", b))
	total := int64(len(a) + len(b))
	if want := (pipeline.Progress{Unit: "b.xml", Done: total, Total: total, Rows: 31}); last != want || n != 4 || p.err != nil {
		t.Errorf("last of %d: %+v, want %+v", n, last, want)
	}
	first := p.batches[1].Cursor
	req.Cursor = first
	pullFrom(t, req, Options{}, input("r.zip", a), input("b.xml", b))
	if last.Done != total {
		t.Errorf("going on from %q ends at %+v, want %d", first, last, total)
	}
}

// TestWorkersWaitForTheReader: members begun stay near those taken.
func TestWorkersWaitForTheReader(t *testing.T) {
	const workers, members = 2, 40
	text := registry(firm(1, "45.20"))
	var begun atomic.Int64
	source := New("мсп", []files.Input{input("r.zip", "")}, Options{Workers: workers})
	p := &pull{source: source, filter: newFilter(pipeline.Request{}), plan: plan{releases: make([]pipeline.Release, 1)}, sizes: make([]int64, 1)}
	var running sync.WaitGroup
	defer running.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ordered := p.run(ctx, &running, func(_ context.Context, give func(unit) bool) {
		for i := range members {
			u := unit{name: strconv.Itoa(i), member: i, open: func() (io.ReadCloser, error) {
				begun.Add(1)
				return io.NopCloser(strings.NewReader(text)), nil
			}}
			if !give(u) {
				return
			}
		}
	})
	taken := 0
	for task := range ordered {
		if o := <-task.done; o.err != nil || o.batch.Counts.Taken != 1 || task.unit.member != taken {
			t.Fatalf("%+v, %v", o.batch, o.err)
		}
		taken++
		for range 2000 {
			runtime.Gosched() // let the workers run as far as they may
		}
		if n, limit := int(begun.Load()), taken+2*workers+1; n > limit {
			t.Fatalf("%d members begun when %d batches were taken, want at most %d", n, taken, limit)
		}
	}
	if n := int(begun.Load()); taken != members || n != members {
		t.Errorf("%d batches of %d members", taken, n)
	}
}
