package egrul

import (
	"errors"
	"strings"
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

// TestFingerprint: the bound on branches decides what is yielded, the number of
// workers does not.
func TestFingerprint(t *testing.T) {
	print := func(o Options) string {
		t.Helper()
		p, err := New("егрюл", []files.Input{fixture(t, "archive-4.04.xml")}, o).Fingerprint(t.Context())
		if err != nil || p == "" {
			t.Fatalf("%q, %v", p, err)
		}
		return p
	}
	base := print(Options{})
	if print(Options{Workers: 9}) != base || print(Options{Branches: 100}) != base || print(Options{Branches: 5}) == base {
		t.Error("options that change nothing change the fingerprint, or one that does leaves it")
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
