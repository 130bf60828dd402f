package archive

import (
	"bytes"
	"unicode/utf8"
)

// SniffLen is how many first bytes of a file Sniff wants; fewer are fine.
const SniffLen = 4096

// Form is what a file looks like by its first bytes.
type Form string

// The forms that inputs turn out to have.
const (
	FormEmpty   Form = "empty" // no bytes, or nothing but white space
	FormZip     Form = "zip"
	FormXLSX    Form = "xlsx" // Office Open XML workbook
	FormODS     Form = "ods"  // OpenDocument spreadsheet
	FormOLE     Form = "xls"  // compound file: .xls, or an encrypted .xlsx
	FormHTML    Form = "html"
	FormXML     Form = "xml"
	FormGzip    Form = "gzip"
	FormRAR     Form = "rar"
	Form7z      Form = "7z"
	FormPDF     Form = "pdf"
	FormText    Form = "text" // in UTF-8, UTF-16 or a one-byte encoding
	FormUnknown Form = "unknown"
)

// String says in words what the file looks like, to follow "it is" or "it
// looks like".
func (f Form) String() string {
	switch f {
	case FormEmpty:
		return "an empty file"
	case FormZip:
		return "a zip archive"
	case FormXLSX:
		return "an Excel workbook (.xlsx)"
	case FormODS:
		return "an OpenDocument spreadsheet (.ods)"
	case FormOLE:
		return "an old Excel workbook (.xls) or an encrypted .xlsx"
	case FormHTML:
		return "an HTML page"
	case FormXML:
		return "an XML document"
	case FormGzip:
		return "a gzip file"
	case FormRAR:
		return "a RAR archive"
	case Form7z:
		return "a 7-Zip archive"
	case FormPDF:
		return "a PDF document"
	case FormText:
		return "plain text"
	default:
		return "binary data of unknown form"
	}
}

// Archive tells whether the form packs other files.
func (f Form) Archive() bool {
	switch f {
	case FormZip, FormGzip, FormRAR, Form7z:
		return true
	default:
		return false
	}
}

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	signatures = []struct {
		prefix string
		form   Form
	}{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FormOLE},
		{"\x1f\x8b", FormGzip},
		{"Rar!\x1a\x07", FormRAR},
		{"7z\xbc\xaf\x27\x1c", Form7z},
		{"%PDF-", FormPDF},
		{"\xff\xfe", FormText}, // byte order marks of UTF-16
		{"\xfe\xff", FormText},
	}
)

// Sniff tells by the first bytes of a file what it is. It does not look at
// the name and never fails.
func Sniff(head []byte) Form {
	if len(head) > SniffLen {
		head = head[:SniffLen]
	}
	for _, p := range []string{localSignature, endSignature, "PK\x07\x08"} {
		if bytes.HasPrefix(head, []byte(p)) {
			return sniffZip(head)
		}
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) {
			return s.form
		}
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(head, bomUTF8))
	switch {
	case len(text) == 0:
		return FormEmpty
	case text[0] == '<':
		return sniffMarkup(text)
	case binaryData(text):
		return FormUnknown
	default:
		return FormText
	}
}

// sniffZip looks at the names of the first members: an office file is a zip.
func sniffZip(head []byte) Form {
	switch {
	case bytes.Contains(head, []byte("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")):
		return FormODS
	case bytes.Contains(head, []byte("word/")), bytes.Contains(head, []byte("ppt/")):
		return FormZip
	case bytes.Contains(head, []byte("[Content_Types].xml")), bytes.Contains(head, []byte("xl/workbook.xml")),
		bytes.Contains(head, []byte("xl/worksheets/")), bytes.Contains(head, []byte("docProps/app.xml")):
		return FormXLSX
	default:
		return FormZip
	}
}

func sniffMarkup(text []byte) Form {
	low := bytes.ToLower(text)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<title"} {
		if bytes.HasPrefix(low, []byte(tag)) {
			return FormHTML
		}
	}
	if bytes.HasPrefix(low, []byte("<?xml")) {
		if bytes.Contains(low, []byte("<html")) {
			return FormHTML
		}
		return FormXML
	}
	if bytes.HasPrefix(low, []byte("<!--")) && bytes.Contains(low, []byte("<html")) {
		return FormHTML
	}
	if next, _ := utf8.DecodeRune(low[1:]); next == '!' || next == '_' || next > 0x7f && next != utf8.RuneError ||
		'a' <= next && next <= 'z' {
		return FormXML
	}
	return FormText
}

// binaryData tells bytes that no text encoding but UTF-16 has.
func binaryData(b []byte) bool {
	odd := 0
	for _, c := range b {
		switch {
		case c == 0:
			return true
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a:
			odd++
		}
	}
	return odd*20 > len(b)
}
