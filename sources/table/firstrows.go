package table

import (
	"errors"
	"io"
)

// firstRows returns what may be a header: rows with text among the first.
func firstRows(g grid, sheet string) ([]record, error) {
	r, err := g.rows(sheet, 0)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []record
	for {
		rec, err := r.next()
		var cut *damageError
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case errors.As(err, &cut) && len(out) > 0:
			return out, nil
		case err != nil:
			return nil, err
		case rec.row > headerRows && len(out) > 0, rec.row > 10*headerRows:
			return out, nil
		}
		if rec.fault == nil {
			out = append(out, rec)
		}
	}
}
