package archive

import (
	"bytes"
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       Form
	}{
		{"nothing", "", FormEmpty},
		{"white space", "\xef\xbb\xbf \r\n\t", FormEmpty},
		{"zip", "PK\x03\x04....a.xml", FormZip},
		{"zip of nothing", endSignature + strings.Repeat("\x00", 18), FormZip},
		{"workbook", "PK\x03\x04....[Content_Types].xml....xl/workbook.xml", FormXLSX},
		{"workbook of a streaming writer", "PK\x03\x04....xl/worksheets/sheet1.xml", FormXLSX},
		{"text document", "PK\x03\x04....[Content_Types].xml....word/document.xml", FormZip},
		{"OpenDocument", "PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", FormODS},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", FormOLE},
		{"gzip", "\x1f\x8b\x08", FormGzip},
		{"rar", "Rar!\x1a\x07\x01\x00", FormRAR},
		{"7z", "7z\xbc\xaf\x27\x1c\x00\x04", Form7z},
		{"pdf", "%PDF-1.7", FormPDF},
		{"page", "\r\n<!DOCTYPE HTML PUBLIC>", FormHTML},
		{"page with BOM", "\xef\xbb\xbf<HTML>", FormHTML},
		{"bare table", "<table border=1><tr><td>ИНН", FormHTML},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">`, FormHTML},
		{"page after a comment", "<!-- x --><html>", FormHTML},
		{"registry", `<?xml version="1.0" encoding="UTF-8"?><Файл ИдФайл="x">`, FormXML},
		{"XML without declaration", "<Файл>", FormXML},
		{"XML after a comment", "<!-- x --><Файл>", FormXML},
		{"CSV", "ИНН;Название\r\n", FormText},
		{"CSV in windows-1251", "\xc8\xcd\xcd;\xcd\xe0\xe7\xe2\xe0\xed\xe8\xe5\r\n", FormText},
		{"CSV in UTF-16", "\xff\xfeI\x00N\x00N\x00", FormText},
		{"less than", "< 15 человек;1", FormText},
		{"binary", "\x00\x01\x02\x03\x7f\x80", FormUnknown},
		{"control bytes", "\x01\x02\x03\x04\x05abc", FormUnknown},
		{"cut signature", "PK\x03", FormUnknown},
	} {
		if got := Sniff([]byte(c.head)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, string(got), string(c.want))
		}
	}
}

func TestFormsDescribeThemselves(t *testing.T) {
	seen := map[string]Form{}
	for _, f := range []Form{
		FormEmpty, FormZip, FormXLSX, FormODS, FormOLE, FormHTML, FormXML, FormGzip, FormRAR, Form7z, FormPDF, FormText, FormUnknown,
	} {
		words := f.String()
		if other, twice := seen[words]; twice || words == "" {
			t.Errorf("%q and %q are both called %q", string(f), string(other), words)
		}
		seen[words] = f
	}
	for f, want := range map[Form]bool{FormZip: true, FormGzip: true, FormRAR: true, Form7z: true, FormXLSX: false, FormXML: false} {
		if f.Archive() != want {
			t.Errorf("%s: packs other files: %t", f, f.Archive())
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("PK\x03\x04xl/workbook.xml"))
	f.Add([]byte("\xef\xbb\xbf<html"))
	f.Add([]byte("ИНН;\x00"))
	f.Fuzz(func(t *testing.T, head []byte) {
		form := Sniff(head)
		if form.String() == "" {
			t.Errorf("form %q has no words", string(form))
		}
		visible := bytes.ContainsFunc(head[:min(len(head), SniffLen)], func(r rune) bool { return r > ' ' && r < 0x7f })
		if form == FormEmpty && visible || len(head) == 0 && form != FormEmpty {
			t.Errorf("%q is called %s", head, form)
		}
	})
}
