package exporttest

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"obzvon/pipeline"
)

// Run holds an exporter to the promises of pipeline.Exporter. make returns an
// exporter whose files go into dir, which may be missing. The suite looks at
// files only: an exporter that sends its book elsewhere is tested against a
// fake of that place beside it.
func Run(t *testing.T, make func(dir string) pipeline.Exporter) {
	t.Helper()
	tests := []struct {
		name string
		run  func(*testing.T, func(string) pipeline.Exporter)
	}{
		{"describes itself", describes},
		{"artefacts exist", artefactsExist},
		{"same book, same content", sameContent},
		{"the book is only read", readsOnly},
		{"an empty book", emptyBook},
		{"hostile texts stay texts", hostileTexts},
		{"a cancelled export is unseen", cancelled},
		{"a list in place survives", survives},
		{"an error leaves nothing", failing},
		{"a name that is taken", nameTaken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, make) })
	}
}

func describes(t *testing.T, make func(string) pipeline.Exporter) {
	e := make(t.TempDir())
	d := e.Describe()
	if d.Name == "" || d.Title == "" || d.Kind != pipeline.KindExport {
		t.Errorf("descriptor %+v: want a name, a title and kind %q", d, pipeline.KindExport)
	}
	export(t, e, Book())
	if !reflect.DeepEqual(d, e.Describe()) {
		t.Error("descriptor changed with an export")
	}
}

func export(t *testing.T, e pipeline.Exporter, b *pipeline.Book) []pipeline.Artefact {
	t.Helper()
	made, err := e.Export(t.Context(), b)
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	return made
}

// artefactsExist: what is returned is what lies there, nothing more.
func artefactsExist(t *testing.T, make func(string) pipeline.Exporter) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	b := Book()
	made := export(t, make(dir), b)
	if len(made) == 0 {
		t.Fatal("no artefact")
	}
	if made[0].Manager != "" || made[0].Rows != len(b.Calls) {
		t.Errorf("first artefact %+v: want the main one with %d rows", made[0], len(b.Calls))
	}
	named := map[string]bool{}
	for _, a := range made {
		if a.Title == "" {
			t.Errorf("artefact %s has no title", a.Path)
		}
		rel, err := filepath.Rel(dir, a.Path)
		if err != nil || strings.HasPrefix(rel, "..") {
			t.Errorf("artefact %s is not under %s", a.Path, dir)
		}
		named[rel] = true
	}
	found := snapshot(t, dir)
	for name := range found {
		if !named[name] {
			t.Errorf("file %s is no artefact", name)
		}
	}
	for name := range named {
		if len(found[name]) == 0 {
			t.Errorf("artefact %s is missing or empty", name)
		}
	}
}

func sameContent(t *testing.T, make func(string) pipeline.Exporter) {
	first, second := t.TempDir(), t.TempDir()
	export(t, make(first), Book())
	export(t, make(second), Book())
	e := make(first) // and over the first one
	export(t, e, Book())
	a, b := contents(t, first), contents(t, second)
	if len(a) != len(b) {
		t.Fatalf("%d files, then %d", len(a), len(b))
	}
	for name, want := range a {
		if got := b[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s differs between two exports of the same book", name)
		}
	}
	other := Book()
	other.Calls[0].Hook = "совсем другая зацепка"
	export(t, make(second), other)
	if reflect.DeepEqual(a, contents(t, second)) {
		t.Error("another book gave the same content")
	}
}

func readsOnly(t *testing.T, make func(string) pipeline.Exporter) {
	b := Book()
	export(t, make(t.TempDir()), b)
	if !reflect.DeepEqual(b, Book()) {
		t.Error("export changed the book")
	}
}

func emptyBook(t *testing.T, make func(string) pipeline.Exporter) {
	b := &pipeline.Book{Date: Book().Date, Outcomes: Outcomes()}
	made := export(t, make(t.TempDir()), b)
	if len(made) == 0 || made[0].Rows != 0 {
		t.Errorf("artefacts of an empty book: %+v", made)
	}
}

func hostileTexts(t *testing.T, make func(string) pipeline.Exporter) {
	made := export(t, make(t.TempDir()), hostileBook())
	main := textOf(t, made[0].Path)
	for _, text := range Hostile() {
		if !main.holds(text) {
			t.Errorf("%q is not in the artefact", text)
		}
		if main.computes(text) {
			t.Errorf("%q became a formula", text)
		}
	}
	for _, pair := range Broken() {
		if !main.holds(pair[1]) {
			t.Errorf("nothing is left of %q", pair[0])
		}
		if main.holds(pair[0]) && strings.ContainsAny(pair[0], "\x00\x1b\u202e") {
			t.Errorf("%q went through as it was", pair[0])
		}
	}
}
