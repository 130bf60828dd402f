package members

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// list is a file of the tests' own form: a root element that declares its rows,
// and as many <r/>.
func list(rows int) string {
	return fmt.Sprintf("<list rows=%q>%s</list>", strconv.Itoa(rows), strings.Repeat("<r/>", rows))
}

var errRows = fmt.Errorf("%w: other rows than declared", pipeline.ErrDamaged)

// lists is the source of the tests.
type lists struct {
	inputs  []files.Input
	left    []bool
	workers int
	err     error             // of making a reader
	hold    func(unit string) // called before a unit is read
}

func (l *lists) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: "lists", Title: "Списки", Kind: pipeline.KindSet, Licence: "invented", Rhythm: "never", Decoder: 1}
}

func (l *lists) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return Pull(ctx, "list of tests", req, func(context.Context) (*Reader, error) { return l.reader(), l.err })
}

func (l *lists) Fingerprint(ctx context.Context) (string, error) {
	return Fingerprint(ctx, l.inputs, "")
}

func (l *lists) reader() *Reader {
	return &Reader{
		Form: listForm(), Inputs: l.inputs, Left: l.left, Workers: l.workers,
		Release: func(u Unit) pipeline.Release { return pipeline.Release{ID: l.inputs[u.Input].Name, Date: u.Date()} },
		Worker:  func() Worker { return &clerk{source: l} },
	}
}

func listForm() *Form {
	return &Form{Of: "the lists", Limits: archive.Limits{Members: 1000, Member: 64 << 10, Total: 1 << 30, Ratio: 200}}
}

// clerk reads lists. It notes if two goroutines use it.
type clerk struct {
	source *lists
	busy   atomic.Bool
}

var errShared = errors.New("a worker is used by two")

func (c *clerk) Read(u Unit, r io.Reader) (b pipeline.Batch, rows int64, err error) {
	if !c.busy.CompareAndSwap(false, true) {
		return b, 0, errShared
	}
	defer c.busy.Store(false)
	if c.source.hold != nil {
		c.source.hold(u.Name)
	}
	head := make([]byte, len(`<list rows="0">`))
	if _, err := io.ReadFull(r, head); err != nil {
		return b, 0, fmt.Errorf("read the root: %w", err)
	}
	if _, err := fmt.Sscanf(string(head), `<list rows="%d">`, &rows); err != nil {
		return b, 0, fmt.Errorf("%w: no list", pipeline.ErrUnknownForm)
	}
	rest, err := io.ReadAll(r)
	if err != nil {
		return b, rows, fmt.Errorf("read the rows: %w", err)
	}
	if string(head)+string(rest) != list(int(rows)) {
		return b, rows, errRows
	}
	b.Release = pipeline.Release{ID: c.source.inputs[u.Input].Name, Date: u.Date()}
	b.Counts = pipeline.Counts{Declared: rows, Read: rows, NotWanted: rows}
	return b, rows, nil
}

func input(name, content string) files.Input { return files.FromBytes(name, []byte(content)) }

func zipped(t testing.TB, pairs ...string) string {
	t.Helper()
	return string(sourcetest.Zip(t, pairs...))
}

// zipOf is a zip of n lists, the i-th of i%10 rows.
func zipOf(t testing.TB, n int) string {
	t.Helper()
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("L_%03d_20260911_x.xml", i), list(i%10))
	}
	return zipped(t, pairs...)
}

// falsified changes the checksum of the last member, and nothing else.
func falsified(data string) string {
	b := []byte(data)
	b[strings.LastIndex(data, "PK\x01\x02")+16] ^= 1
	return string(b)
}

// pulled is everything that a pull yields.
type pulled struct {
	batches []pipeline.Batch
	units   []string
	counts  pipeline.Counts
	gaps    []pipeline.Gap
	err     error
}

func (l *lists) pull(t testing.TB, req pipeline.Request) pulled {
	t.Helper()
	var p pulled
	for b, err := range l.Pull(t.Context(), req) {
		if err != nil {
			p.err = err
			continue
		}
		p.batches, p.units = append(p.batches, b), append(p.units, b.Unit)
		p.counts, p.gaps = p.counts.Add(b.Counts), append(p.gaps, b.Gaps...)
	}
	return p
}
