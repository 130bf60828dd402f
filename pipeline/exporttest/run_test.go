package exporttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"obzvon/pipeline"
)

// document is the plainest exporter there is: the book as one JSON document.
// It shows that the suite asks for nothing that only a workbook has.
type document struct{ dir string }

func (document) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: "json", Title: "Документ JSON", Kind: pipeline.KindExport}
}

func (d document) Export(ctx context.Context, book *pipeline.Book) ([]pipeline.Artefact, error) {
	data, err := json.Marshal(book)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return nil, err
	}
	name := filepath.Join(d.dir, "book.json")
	if err := os.WriteFile(name+".part", []byte(printable(string(data))), 0o600); err != nil {
		return nil, err
	}
	if err := os.Rename(name+".part", name); err != nil {
		return nil, errors.Join(err, os.Remove(name+".part"))
	}
	return []pipeline.Artefact{{Path: name, Title: "Вся книга", Rows: len(book.Calls)}}, nil
}

// printable takes out what JSON escapes and what it lets through.
func printable(s string) string {
	s = strings.NewReplacer(`\u0000`, "", `\u001b`, "", "\u202e", "").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func TestRunOnPlainDocument(t *testing.T) {
	Run(t, func(dir string) pipeline.Exporter { return document{dir} })
}

// TestBookIsInvented: the fixture keeps the rules of the house.
func TestBookIsInvented(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Book().Calls {
		if r.INN == "" || seen[string(r.INN)] {
			t.Errorf("%s: ИНН %q is empty or taken", r.Company, r.INN)
		}
		seen[string(r.INN)] = true
		if !strings.HasPrefix(r.PhoneLink, "+7907") {
			t.Errorf("%s: phone %s is not of the free range", r.Company, r.PhoneLink)
		}
		if r.Site != "" && !strings.Contains(r.Site, ".example/") {
			t.Errorf("%s: site %s may belong to somebody", r.Company, r.Site)
		}
	}
}

// TestFormulasAreSeen: the suite would notice a text that became a formula.
func TestFormulasAreSeen(t *testing.T) {
	const sheet = `<worksheet><c><f>1+1</f></c><c><is><t>=2+2</t></is></c></worksheet>`
	chars, formulas := xmlText(t, "sheet", sheet)
	x := texts{chars: chars, formulas: formulas}
	if !x.computes("=1+1") || x.computes("=2+2") || !x.holds("=2+2") || x.holds("=3+3") {
		t.Errorf("read %+v from %s", x, sheet)
	}
}

func TestStoppingContextStopsAtItsLook(t *testing.T) {
	ctx := newStopping(t.Context(), 2)
	for i, want := range []error{nil, nil, context.Canceled} {
		if err := ctx.Err(); !errors.Is(err, want) {
			t.Errorf("look %d: %v, want %v", i+1, err, want)
		}
	}
	select {
	case <-ctx.Done():
	default:
		t.Error("not done after its looks")
	}
}
