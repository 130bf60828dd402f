package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// passwordMost is how long a password may be, in UTF-16 units: what Excel takes.
const passwordMost = 255

// ErrPasswordForm is a password that no editor takes.
var ErrPasswordForm = errors.New("want a password of 1 to 255 characters")

// Encrypt puts a workbook under a password. It is the standard encryption of
// ECMA-376 (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9): AES-128 in ECB mode under a key from
// 50,000 rounds of SHA-1, which Excel since 2007 and LibreOffice open. It keeps a
// file that went astray from being read; a weak password can be guessed all the
// same, and nothing shows whether the file was changed.
func Encrypt(book []byte, password string) ([]byte, error) {
	if len(book) < cfbCutoff {
		return nil, fmt.Errorf("encrypt %d bytes: %w", len(book), ErrNoTable) // the library loses what is so short
	}
	if n := len(utf16.Encode([]rune(password))); n < 1 || n > passwordMost {
		return nil, ErrPasswordForm
	}
	// The library fills up the last block behind the slice's end.
	out, err := excelize.Encrypt(slices.Clip(book), &excelize.Options{Password: password})
	if err != nil {
		return nil, fmt.Errorf("encrypt the workbook: %w", err)
	}
	return out, nil
}
