package rsmp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
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
	return sourcetest.Zip(t, pairs...)
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

func TestWholeRelease(t *testing.T) {
	data := string(sourcetest.Zip(t, "1.xml", registry(firm(1, "45.20"))))
	for _, c := range []struct {
		file   string
		option members.Whole
		want   bool
		id     string
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

// TestFingerprint: what counts as a whole release decides what is yielded, the
// number of workers does not.
func TestFingerprint(t *testing.T) {
	in := input("data-10072026-structure-12052026.zip", string(sourcetest.Zip(t, "1.xml", registry(firm(1, "45.20")))))
	print := func(o Options) string {
		t.Helper()
		p, err := New("мсп", []files.Input{in}, o).Fingerprint(t.Context())
		if err != nil || p == "" {
			t.Fatalf("%q, %v", p, err)
		}
		return p
	}
	base := print(Options{})
	if print(Options{Workers: 3}) != base || print(Options{Whole: "yes"}) != base || print(Options{Whole: "no"}) == base {
		t.Error("options that change nothing change the fingerprint, or one that does leaves it")
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
