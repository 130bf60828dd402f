package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"obzvon/cmd/obzvon/sample"
)

// craft writes a damaged input made of the sample data: craft KIND FILE
func craft(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: craft KIND FILE")
	}
	kinds := map[string]func(*testscript.TestScript) []byte{
		"whole-zip":     registryZip,
		"truncated-zip": func(ts *testscript.TestScript) []byte { z := registryZip(ts); return z[:len(z)/2] },
		"broken-member": brokenMember,
		"cut-xml":       func(ts *testscript.TestScript) []byte { x := member(ts); return x[:len(x)/2] },
		"html":          func(*testscript.TestScript) []byte { return []byte("<!DOCTYPE html><html><body>503</body></html>") },
		"ods":           func(ts *testscript.TestScript) []byte { return openDocument(ts) },
		"xls": func(*testscript.TestScript) []byte {
			return []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504))
		},
		"empty": func(*testscript.TestScript) []byte { return nil },
	}
	make, ok := kinds[args[0]]
	if !ok {
		ts.Fatalf("no kind %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), make(ts), 0o600))
}

func registryZip(ts *testscript.TestScript) []byte {
	data, err := fs.ReadFile(sample.FS(), "rsmp.zip")
	ts.Check(err)
	return data
}

// brokenMember flips a byte in the packed data of the first member.
func brokenMember(ts *testscript.TestScript) []byte {
	data := bytes.Clone(registryZip(ts))
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	ts.Check(err)
	at, err := z.File[0].DataOffset()
	ts.Check(err)
	data[at+int64(z.File[0].CompressedSize64)/2] ^= 0xff
	return data
}

func member(ts *testscript.TestScript) []byte {
	data := registryZip(ts)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	ts.Check(err)
	f, err := z.File[0].Open()
	ts.Check(err)
	text, err := io.ReadAll(f)
	ts.Check(err)
	ts.Check(f.Close())
	return text
}

func openDocument(ts *testscript.TestScript) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	ts.Check(err)
	_, err = io.WriteString(w, "application/vnd.oasis.opendocument.spreadsheet")
	ts.Check(err)
	ts.Check(z.Close())
	return b.Bytes()
}
