package erasure

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"obzvon/pipeline/fetch/disk"
)

// KeyName is the file of the key, in the folder of the store, mode 0600. It is in
// no backup of the store: keep it elsewhere. Without it what was forgotten cannot
// be told from anything else.
const KeyName = "forgotten.key"

const keySize = sha256.Size

// Key is under which digests are made.
type Key struct {
	bytes []byte
	id    string // of the key, part of each digest
}

// ErrKeyFile is a file of the key that holds something else.
var ErrKeyFile = errors.New("not a key of what was forgotten")

// ReadKey reads the key of a folder; nil if there is none.
func ReadKey(dir string) (*Key, error) {
	text, err := os.ReadFile(filepath.Join(dir, KeyName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the key of what was forgotten: %w", err)
	}
	b := make([]byte, hex.DecodedLen(len(text)))
	n, err := hex.Decode(b, trimmed(text))
	if err != nil || n != keySize {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, KeyName), ErrKeyFile)
	}
	return newKey(b[:n]), nil
}

// MakeKey reads the key of a folder, or makes one, whole and on the disk.
func MakeKey(dir string) (*Key, error) {
	k, err := ReadKey(dir)
	if k != nil || err != nil {
		return k, err
	}
	k = RandomKey()
	text := append(hex.AppendEncode(nil, k.bytes), '\n')
	if err := (disk.Disk{}).WriteFile(filepath.Join(dir, KeyName), text); err != nil {
		return nil, fmt.Errorf("write the key of what was forgotten: %w", err)
	}
	return k, nil
}

// RandomKey is a key that is kept nowhere.
func RandomKey() *Key {
	b := make([]byte, keySize)
	rand.Read(b) // never fails: it ends the program first
	return newKey(b)
}

func newKey(b []byte) *Key {
	sum := sha256.Sum256(b)
	return &Key{bytes: b, id: hex.EncodeToString(sum[:4])}
}

func trimmed(text []byte) []byte {
	for len(text) > 0 && (text[len(text)-1] == '\n' || text[len(text)-1] == '\r') {
		text = text[:len(text)-1]
	}
	return text
}
