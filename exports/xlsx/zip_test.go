package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPackerSortsMembers(t *testing.T) {
	pack := func(order ...string) []byte {
		var out bytes.Buffer
		p := &packer{out: &out}
		for _, name := range order {
			w, err := p.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			body := "body of " + name
			if name == contentTypes {
				body = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
					`<Override PartName="/b" ContentType="y"/><Default Extension="xml" ContentType="x"/><Override PartName="/a" ContentType="y"/></Types>`
			}
			if _, err := io.WriteString(w, body); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	a, b := pack("xl/b.xml", contentTypes, "xl/a.xml"), pack("xl/a.xml", "xl/b.xml", contentTypes)
	if !bytes.Equal(a, b) {
		t.Error("the order of creation shows")
	}
	zr, err := zip.NewReader(bytes.NewReader(a), int64(len(a)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range zr.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r) // checks the sum
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		if f.Name != contentTypes && string(body) != "body of "+f.Name {
			t.Errorf("%s: %q", f.Name, body)
		}
		if f.Name == contentTypes && strings.Index(string(body), `"/a"`) > strings.Index(string(body), `"/b"`) {
			t.Errorf("content types are not sorted: %s", body)
		}
	}
	if want := contentTypes + " xl/a.xml xl/b.xml"; strings.Join(names, " ") != want {
		t.Errorf("members %v", names)
	}
}

func TestPackerPassesErrorsOn(t *testing.T) {
	p := &packer{out: full{}}
	w, err := p.Create("xl/a.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "text"); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); !errors.Is(err, errFull) {
		t.Errorf("close on a full disk: %v", err)
	}
	broken := &packer{out: io.Discard}
	if w, err = broken.Create(contentTypes); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "<Types"); err != nil {
		t.Fatal(err)
	}
	if err := broken.Close(); err == nil {
		t.Error("broken content types were packed")
	}
	if err := p.AddFS(nil); !errors.Is(err, errAddFS) {
		t.Errorf("AddFS: %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
