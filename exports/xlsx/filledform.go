package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/intake/heading"
)

// Files that look like a table and are none that is read. All are
// pipeline.ErrUnknownForm.
var (
	ErrXLS       = unread("an old Excel workbook (.xls)")
	ErrXLSB      = unread("a binary Excel workbook (.xlsb)")
	ErrODS       = unread("an OpenDocument file (.ods)")
	ErrHTML      = unread("a web page saved as a table")
	ErrXML       = unread("an XML document saved as a table")
	ErrEncrypted = unread("a workbook under a password")
	ErrNoTable   = unread("a file that holds no table")
)

func unread(what string) error { return fmt.Errorf("%s: %w", what, pipeline.ErrUnknownForm) }

const (
	saveAsXLSX = "откройте файл в редакторе таблиц, сохраните как «Книга Excel (.xlsx)» и загрузите снова"
	noPassword = "файл закрыт паролем: укажите пароль при загрузке или снимите его (Файл → Сведения → Защита книги), сохраните и загрузите снова"
	bringXLSX  = "это не таблица: загрузите книгу .xlsx или таблицу CSV"
)

// formOf tells by the first bytes whether the file is a workbook or text, or, where
// a password is given, an encrypted workbook (archive.FormOLE); the name does not
// count. Anything else is refused.
func formOf(in Input) (archive.Form, error) {
	head := make([]byte, min(in.Size, archive.SniffLen))
	if n, err := in.Content.ReadAt(head, 0); n < len(head) {
		return "", fmt.Errorf("read the file: %w", err)
	}
	switch form := archive.Sniff(head); form {
	case archive.FormXLSX, archive.FormZip, archive.FormText:
		return form, nil
	case archive.FormEmpty:
		return "", &heading.Refusal{Err: fmt.Errorf("the file: %w", pipeline.ErrEmpty), Advice: "файл пуст: проверьте, тот ли это файл"}
	case archive.FormODS:
		return "", &heading.Refusal{Err: ErrODS, Advice: saveAsXLSX}
	case archive.FormHTML:
		return "", &heading.Refusal{Err: ErrHTML, Advice: saveAsXLSX}
	case archive.FormXML:
		return "", &heading.Refusal{Err: ErrXML, Advice: saveAsXLSX}
	case archive.FormOLE:
		locked, err := encrypted(io.NewSectionReader(in.Content, 0, in.Size))
		switch {
		case err != nil:
			return "", fmt.Errorf("read the file: %w", err)
		case locked && in.Password != "":
			return form, nil
		case locked:
			return "", &heading.Refusal{Err: ErrEncrypted, Advice: noPassword}
		}
		return "", &heading.Refusal{Err: ErrXLS, Advice: saveAsXLSX}
	default:
		return "", &heading.Refusal{Err: fmt.Errorf("%w: %s", ErrNoTable, form), Advice: bringXLSX}
	}
}

// encrypted looks in a compound file for the stream that holds an encrypted
// workbook (MS-OFFCRYPTO 2.3.4.4); names of streams are in UTF-16.
func encrypted(r io.Reader) (bool, error) {
	var name []byte
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		name = append(name, byte(u), byte(u>>8))
	}
	window := make([]byte, 0, 64<<10)
	for {
		n, err := io.ReadFull(r, window[len(window):cap(window)])
		window = window[:len(window)+n]
		if bytes.Contains(window, name) {
			return true, nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		window = window[:copy(window, window[len(window)-len(name):])]
	}
}
