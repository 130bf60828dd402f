package xlsx

import (
	"bytes"
	"crypto/aes"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// Rounds and lengths of the standard encryption (MS-OFFCRYPTO 2.3.2, 2.3.3, 2.3.4.7),
// and the mark of AES there (2.3.2).
const (
	standardSpins    = 50_000
	standardHeader   = 32
	standardVerifier = 72
	standardAES128   = 0x660E
	standardAES256   = 0x6610
)

// standardLock is the encryption of Excel 2007, which Encrypt writes.
type standardLock struct {
	keyBytes             int
	salt, verifier, hash []byte
}

func readStandard(b []byte) (lock, error) {
	if len(b) < 4 {
		return nil, broken("no header of the encryption")
	}
	size := int64(binary.LittleEndian.Uint32(b))
	if b = b[4:]; size < standardHeader || size+standardVerifier > int64(len(b)) {
		return nil, broken("the header of the encryption is cut off")
	}
	header, v := b[:size], b[size:]
	algorithm, bits := binary.LittleEndian.Uint32(header[8:]), binary.LittleEndian.Uint32(header[16:])
	l := standardLock{keyBytes: int(bits / 8), salt: v[4:20], verifier: v[20:36], hash: v[40:72]}
	if algorithm < standardAES128 || algorithm > standardAES256 || bits > 256 || !keyLength(l.keyBytes) {
		return nil, fmt.Errorf("algorithm %#x of %d bits: %w", algorithm, bits, ErrScheme)
	}
	return l, nil
}

func (l standardLock) key(password []byte) ([]byte, error) {
	h := sha1.Sum(append(bytes.Clone(l.salt), password...))
	var round [4 + sha1.Size]byte
	for i := range uint32(standardSpins) {
		binary.LittleEndian.PutUint32(round[:], i)
		copy(round[4:], h[:])
		h = sha1.Sum(round[:])
	}
	h = sha1.Sum(append(h[:], 0, 0, 0, 0))
	var key []byte
	for _, pad := range []byte{0x36, 0x5c} {
		block := bytes.Repeat([]byte{pad}, 64)
		subtle.XORBytes(block, block, h[:])
		sum := sha1.Sum(block)
		key = append(key, sum[:]...)
	}
	key = key[:l.keyBytes]
	verifier, hash := bytes.Clone(l.verifier), bytes.Clone(l.hash)
	if err := l.decrypt(key, verifier); err != nil {
		return nil, err
	}
	if err := l.decrypt(key, hash); err != nil {
		return nil, err
	}
	if sum := sha1.Sum(verifier); subtle.ConstantTimeCompare(sum[:], hash[:sha1.Size]) == 0 {
		return nil, ErrPassword
	}
	return key, nil
}

// decrypt is AES in ECB mode, each block by itself.
func (l standardLock) decrypt(key, data []byte) error {
	c, err := aes.NewCipher(key)
	if err != nil {
		return asLock(err)
	}
	for i := 0; i+aes.BlockSize <= len(data); i += aes.BlockSize {
		c.Decrypt(data[i:i+aes.BlockSize], data[i:i+aes.BlockSize])
	}
	return nil
}
