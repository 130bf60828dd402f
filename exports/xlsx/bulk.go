package xlsx

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sync/errgroup"
)

// bulk is the rows of a table, put into XML only when the sheet is packed:
// several goroutines write them, the packer compresses them as they come, and
// nothing is held or spilled in between. What stands around them is excelize's.
type bulk struct {
	ctx    context.Context
	rows   int
	writer func() rowWriter
}

// rowWriter appends the XML of row i, from 0. It is used by one goroutine.
type rowWriter func(dst []byte, i int) ([]byte, error)

const (
	pieceRows    = 128 // some 300 KB
	bulkWriters  = 4
	piecesInHand = 2 // of each writer: one is filled while another is packed
)

// bulk leaves the next n rows of a sheet to a writer.
func (s *sheet) bulk(ctx context.Context, n int, writer func() rowWriter) error {
	if n == 0 {
		return nil
	}
	if s.row+n > excelize.TotalRows {
		return fmt.Errorf("sheet %q: %d rows, Excel takes %d", s.name, s.row+n, excelize.TotalRows)
	}
	s.row += n
	s.w.bulks[s.part] = &bulk{ctx: ctx, rows: n, writer: writer}
	return nil
}

// lane is one writer's pieces on their way.
type lane struct{ full, free chan []byte }

// writeTo writes all rows in order.
func (b *bulk) writeTo(out io.Writer) error {
	pieces := (b.rows + pieceRows - 1) / pieceRows
	lanes := make([]lane, min(pieces, bulkWriters, runtime.GOMAXPROCS(0)))
	group, ctx := errgroup.WithContext(b.ctx)
	for i := range lanes {
		lanes[i] = lane{make(chan []byte, piecesInHand), make(chan []byte, piecesInHand)}
		for range piecesInHand {
			lanes[i].free <- nil
		}
		group.Go(func() error { return b.fill(ctx, lanes[i], i, len(lanes)) })
	}
	group.Go(func() error {
		for piece := range pieces {
			if err := b.ctx.Err(); err != nil {
				return err
			}
			from := lanes[piece%len(lanes)]
			select {
			case buf := <-from.full:
				if _, err := out.Write(buf); err != nil {
					return err
				}
				from.free <- buf
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

// fill makes every step-th piece.
func (b *bulk) fill(ctx context.Context, to lane, first, step int) error {
	write := b.writer()
	for row := first * pieceRows; row < b.rows; row += step * pieceRows {
		var buf []byte
		select {
		case buf = <-to.free:
		case <-ctx.Done():
			return ctx.Err()
		}
		buf = buf[:0]
		for i := row; i < min(row+pieceRows, b.rows); i++ {
			var err error
			if buf, err = write(buf, i); err != nil {
				return err
			}
		}
		to.full <- buf // there is room: as many pieces go round as it holds
	}
	return nil
}
