package xlsx

import (
	"bytes"
	"crypto/aes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"

	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

// What only files under a password are refused for. Both are pipeline.ErrUnknownForm.
var (
	ErrPassword = unread("a workbook under another password")
	ErrScheme   = unread("a workbook encrypted in a way that is not read")
)

const (
	wrongPassword = "пароль к файлу не подходит: проверьте раскладку и большие буквы или снимите пароль (Файл → Сведения → Защита книги), сохраните и загрузите снова"
	otherScheme   = "файл защищён способом, который не читается: снимите защиту (Файл → Сведения → Защита книги), сохраните и загрузите снова"
)

// lock is how a workbook is encrypted.
type lock interface {
	// key makes the key of the package out of a password in UTF-16, or is
	// ErrPassword when it is another one.
	key(password []byte) ([]byte, error)
	// decrypt decrypts whole blocks in place.
	decrypt(key, data []byte) error
}

// unlocked gives the workbook inside an encrypted one. Whether somebody without the
// password has changed it is not checked: what is inside is read as hostile anyway.
//
// excelize.Decrypt is no help here: it believes every number in the file (rounds,
// sizes, lengths), panics on many of them, and cannot tell a wrong password.
func (in Input) unlocked() (Input, error) {
	file, err := openCompound(in.Content, in.Size)
	if err != nil {
		return in, refused(err)
	}
	info, err := file.read(streamInfo, lockedInfo)
	if err != nil {
		return in, refused(err)
	}
	lock, err := readLock(info)
	if err != nil {
		return in, lockRefused(err)
	}
	key, err := lock.key(utf16le(in.Password))
	if err != nil {
		return in, lockRefused(err)
	}
	book, err := file.read(streamPackage, lockedBytes)
	if err == nil {
		book, err = unpack(book, lock, key)
	}
	if err != nil {
		return in, refused(err)
	}
	in.Content, in.Size, in.Password = bytes.NewReader(book), int64(len(book)), ""
	return in, nil
}

// lockRefused adds what to do to an error of the encryption.
func lockRefused(err error) error {
	switch {
	case errors.Is(err, ErrPassword):
		return &heading.Refusal{Err: err, Advice: wrongPassword}
	case errors.Is(err, ErrScheme):
		return &heading.Refusal{Err: err, Advice: otherScheme}
	}
	return refused(err)
}

// readLock reads how the file is encrypted (MS-OFFCRYPTO 2.3.4.5, 2.3.4.10).
func readLock(info []byte) (lock, error) {
	if len(info) < 8 {
		return nil, broken("no word of the encryption")
	}
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case major == 4 && minor == 4:
		return readAgile(info[8:])
	case major >= 2 && major <= 4 && minor == 2:
		return readStandard(info[8:])
	}
	return nil, fmt.Errorf("version %d.%d: %w", major, minor, ErrScheme)
}

// unpack decrypts the package: its length, then whole blocks.
func unpack(data []byte, l lock, key []byte) ([]byte, error) {
	if len(data) < 8 {
		return nil, broken("the package is cut off")
	}
	size := binary.LittleEndian.Uint64(data)
	data = data[8:]
	data = data[:len(data)-len(data)%aes.BlockSize]
	if size > uint64(len(data)) {
		return nil, broken("the package is cut off")
	}
	if err := l.decrypt(key, data); err != nil {
		return nil, err
	}
	return data[:size], nil
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// keyLength tells lengths that AES has, in bytes.
func keyLength(n int) bool { return n == 16 || n == 24 || n == 32 }

// asLock says of an error of a cipher that the file is to blame.
func asLock(err error) error { return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err) }
