package table

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// maxRowText bounds the text of one row of a sheet, in bytes.
const maxRowText = 1 << 20

// sheetReader yields the rows of a sheet, each only when the next has come:
// excelize gives the row in which the XML breaks as if it were whole.
type sheetReader struct {
	rows *excelize.Rows
	scan *sheetScan
	row  int64
	size int64
	held *record
	end  error
}

func (r *sheetReader) next() (record, error) {
	for r.end == nil {
		var cells []string
		more := false
		err := guarded(func() (err error) {
			if more = r.rows.Next(); more {
				cells, err = r.rows.Columns()
			}
			return err
		})
		switch {
		case err != nil:
			r.row++
			r.end = r.damage(err.Error())
		case !more:
			r.end = r.finish()
		default:
			r.row++
			if rec := r.record(cells); !rec.blank() {
				before := r.held
				if r.held = &rec; before != nil {
					return *before, nil
				}
			}
		}
	}
	if last := r.held; last != nil {
		r.held = nil
		return *last, nil
	}
	return record{}, r.end
}

func (r *sheetReader) record(cells []string) record {
	rec := record{row: r.row, cells: cells, loose: true}
	if len(r.scan.links) > 0 {
		row := r.row
		rec.link = func(col int) string { return r.scan.links[cellID(row, col)] }
	}
	n := 0
	for _, c := range cells {
		n += len(c)
	}
	if n > maxRowText {
		rec.fault = &fault{pipeline.ReasonLimit, fmt.Sprintf("a row of %d bytes, %d allowed", n, maxRowText)}
	}
	return rec
}

// finish tells a sheet that was read to its end from one whose XML breaks
// off: excelize ends silently in both cases.
func (r *sheetReader) finish() error {
	switch {
	case r.row < r.scan.last:
		return r.damage("the XML of the sheet cannot be read on")
	case !r.scan.closed && r.scan.open:
		return r.damage("the sheet ends inside a row")
	case !r.scan.closed:
		return &damageError{detail: fmt.Sprintf("the sheet ends after row %d without its end", r.row)}
	default:
		return io.EOF
	}
}

// damage gives up the row in which reading broke and counts what was not read.
func (r *sheetReader) damage(detail string) error {
	if r.held != nil && r.held.row == r.row {
		r.held = nil
	}
	return &damageError{detail: fmt.Sprintf("at row %d: %s", r.row, detail), unread: r.scan.from(r.row)}
}

func (r *sheetReader) done() int64 {
	if r.scan.last == 0 {
		return r.size
	}
	return min(r.size, r.size*r.row/r.scan.last)
}

func (r *sheetReader) Close() error { return r.rows.Close() }
