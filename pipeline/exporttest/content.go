package exporttest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// snapshot reads every file under a folder, by relative path.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// contents is snapshot with archives opened: their order and compression do
// not count.
func contents(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for name, data := range snapshot(t, dir) {
		out[name] = members(t, []byte(data))
	}
	return out
}

func members(t *testing.T, data []byte) map[string]string {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return map[string]string{"": string(data)}
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("open archive: %v", err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("open %s: %v", f.Name, err)
		}
		body, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatalf("read %s: %v", f.Name, err)
		}
		out[f.Name] = string(body)
	}
	return out
}

// texts is what an artefact says: raw for plain formats, the character data
// and the formulas for archives of XML.
type texts struct {
	raw, chars, formulas string
}

func textOf(t *testing.T, path string) texts {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out texts
	for name, body := range members(t, data) {
		if name == "" {
			out.raw = body
			continue
		}
		if strings.HasSuffix(name, ".xml") {
			chars, formulas := xmlText(t, name, body)
			out.chars += chars
			out.formulas += formulas
		}
	}
	return out
}

// xmlText gathers character data; what stands in <f> is a formula.
func xmlText(t *testing.T, name, body string) (chars, formulas string) {
	t.Helper()
	var all, computed strings.Builder
	dec := xml.NewDecoder(strings.NewReader(body))
	inFormula := false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return all.String(), computed.String()
		}
		if err != nil {
			t.Fatalf("%s is no XML: %v", name, err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			inFormula = v.Name.Local == "f" && !strings.Contains(v.Name.Space, "chart")
		case xml.EndElement:
			inFormula = false
			all.WriteByte('\n')
		case xml.CharData:
			if inFormula {
				computed.Write(v)
			}
			all.Write(v)
		}
	}
}

// holds tells whether the text can be read from the artefact.
func (x texts) holds(text string) bool {
	// A spreadsheet writes "_x0041_" as "_x005F_x0041_" so that it is not
	// read as an escape.
	if strings.Contains(x.chars, text) || strings.Contains(x.chars, strings.ReplaceAll(text, "_x", "_x005F_x")) {
		return true
	}
	if x.raw == "" {
		return false
	}
	quoted, err := json.Marshal(text)
	return strings.Contains(x.raw, text) || strings.Contains(html.UnescapeString(x.raw), text) ||
		strings.Contains(x.raw, strings.ReplaceAll(text, `"`, `""`)) ||
		err == nil && strings.Contains(x.raw, strings.Trim(string(quoted), `"`))
}

// computes tells whether the text became a formula.
func (x texts) computes(text string) bool {
	return strings.Contains(x.formulas, strings.TrimLeft(text, "=+-@"))
}
