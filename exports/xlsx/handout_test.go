package xlsx_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// A workbook that is handed out is the exporter's, byte for byte; of the book only
// the manager's calls need to be there.
func TestHandoutIsTheExportersFile(t *testing.T) {
	for _, sample := range []bool{false, true} {
		book := short(sample)
		for _, a := range write(t, book) {
			want, err := os.ReadFile(a.Path)
			if err != nil {
				t.Fatal(err)
			}
			own := *book
			if a.Manager != "" {
				own.Tiers, own.Targets, own.Fresh, own.Review, own.Summary, own.Calls = nil, nil, nil, nil, pipeline.Summary{}, nil
				for _, r := range book.Calls {
					if r.ManagerID == a.Manager {
						own.Calls = append(own.Calls, r)
					}
				}
			}
			for name, b := range map[string]*pipeline.Book{"of all": book, "of his": &own} {
				w, err := xlsx.Handout(b, a.Manager)
				if err != nil {
					t.Fatal(err)
				}
				var got bytes.Buffer
				if err := w.Write(t.Context(), &got); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got.Bytes(), want) {
					t.Errorf("%s, %s: %d bytes, the exporter writes %d others", a.Manager, name, got.Len(), len(want))
				}
				if w.File() != filepath.Base(a.Path) || w.Rows() != a.Rows {
					t.Errorf("%s with %d rows, the exporter has %s with %d", w.File(), w.Rows(), filepath.Base(a.Path), a.Rows)
				}
			}
		}
	}
}

func TestHandoutRefuses(t *testing.T) {
	book := exporttest.Book()
	if _, err := xlsx.Handout(book, "nobody"); !errors.Is(err, xlsx.ErrNoWorkbook) {
		t.Errorf("for nobody: %v", err)
	}
	undated := *book
	undated.Date = 0
	if _, err := xlsx.Handout(&undated, ""); !errors.Is(err, xlsx.ErrNoDate) {
		t.Errorf("without a date: %v", err)
	}
	w, err := xlsx.Handout(book, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(t.Context(), full{}); !errors.Is(err, errFull) {
		t.Errorf("onto a full disk: %v", err)
	}
}

var errFull = errors.New("no space")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
