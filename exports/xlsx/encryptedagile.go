package xlsx

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"hash"
	"slices"
	"strings"

	"obzvon/pipeline"
)

// spinMost bounds the rounds of hashing that a file may ask for: Excel writes
// 100,000, the format would allow ten million (MS-OFFCRYPTO 2.3.4.10).
const spinMost = 1_000_000

const segmentBytes = 4096 // each is encrypted with a vector of its own

// What a key is for (MS-OFFCRYPTO 2.3.4.13).
const (
	forVerifier = "\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79"
	forHash     = "\xd7\xaa\x0f\x6d\x30\x61\x34\x4e"
	forPackage  = "\x14\x6e\x0b\xe7\xab\xac\xd0\xd6"
)

// agileLock is the encryption of Excel since 2010 and of LibreOffice (MS-OFFCRYPTO
// 2.3.4.10 to 2.3.4.15).
type agileLock struct {
	Package agileParameters `xml:"keyData"`
	Keys    []struct {
		Password *agileKey `xml:"http://schemas.microsoft.com/office/2006/keyEncryptor/password encryptedKey"`
	} `xml:"keyEncryptors>keyEncryptor"`

	password *agileKey
}

type agileParameters struct {
	Salt      base64Bytes `xml:"saltValue,attr"`
	BlockSize int         `xml:"blockSize,attr"`
	KeyBits   int         `xml:"keyBits,attr"`
	HashSize  int         `xml:"hashSize,attr"`
	Cipher    string      `xml:"cipherAlgorithm,attr"`
	Chaining  string      `xml:"cipherChaining,attr"`
	Hash      string      `xml:"hashAlgorithm,attr"`
}

type agileKey struct {
	agileParameters
	Spins    int         `xml:"spinCount,attr"`
	Verifier base64Bytes `xml:"encryptedVerifierHashInput,attr"`
	Sum      base64Bytes `xml:"encryptedVerifierHashValue,attr"`
	Key      base64Bytes `xml:"encryptedKeyValue,attr"`
}

// base64Bytes is an attribute in base64.
type base64Bytes []byte

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *base64Bytes) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.DecodeString(string(text))
	return err
}

func readAgile(text []byte) (lock, error) {
	l := &agileLock{}
	if err := xml.Unmarshal(text, l); err != nil {
		return nil, fmt.Errorf("%w: how it is encrypted: %w", pipeline.ErrDamaged, err)
	}
	for _, k := range l.Keys {
		if k.Password != nil && l.password == nil {
			l.password = k.Password
		}
	}
	if l.password == nil {
		return nil, fmt.Errorf("no key under a password: %w", ErrScheme)
	}
	for _, p := range []*agileParameters{&l.Package, &l.password.agileParameters} {
		if err := p.check(); err != nil {
			return nil, err
		}
	}
	if k := l.password; k.Spins < 0 || k.Spins > spinMost {
		return nil, fmt.Errorf("%d rounds of hashing, at most %d: %w", k.Spins, spinMost, ErrScheme)
	} else if !blocks(k.Verifier, len(k.Salt)) || !blocks(k.Sum, k.HashSize) || !blocks(k.Key, l.Package.KeyBits/8) {
		return nil, broken("a key of another length than it says")
	}
	return l, nil
}

// blocks tells the whole blocks that a value of some bytes fills.
func blocks(b []byte, length int) bool {
	return len(b)%aes.BlockSize == 0 && len(b) >= length && len(b) < length+aes.BlockSize
}

func (p *agileParameters) check() error {
	if p.Cipher != "AES" || p.Chaining != "ChainingModeCBC" || p.hash() == nil || p.BlockSize != aes.BlockSize || !keyLength(p.KeyBits/8) || p.KeyBits%8 != 0 {
		return fmt.Errorf("%q, %q, %q, %d bits: %w", p.Cipher, p.Chaining, p.Hash, p.KeyBits, ErrScheme)
	}
	if p.HashSize != p.hash().Size() || len(p.Salt) < 1 || len(p.Salt) > 64 {
		return broken("a hash or a salt of another length than it says")
	}
	return nil
}

// hash makes the named hash; nil = it is none that is read.
func (p *agileParameters) hash() hash.Hash {
	switch strings.ReplaceAll(strings.ToUpper(p.Hash), "-", "") {
	case "SHA1":
		return sha1.New()
	case "SHA256":
		return sha256.New()
	case "SHA384":
		return sha512.New384()
	case "SHA512":
		return sha512.New()
	}
	return nil
}

// sum hashes the pieces one after the other.
func (p *agileParameters) sum(pieces ...[]byte) []byte {
	h := p.hash()
	for _, b := range pieces {
		h.Write(b)
	}
	return h.Sum(nil)
}

// fit cuts to a length, or fills up as the format has it.
func fit(b []byte, length int) []byte {
	if len(b) < length {
		return append(slices.Clip(b), bytes.Repeat([]byte{0x36}, length-len(b))...)
	}
	return b[:length]
}

func (l *agileLock) key(password []byte) ([]byte, error) {
	k := l.password
	h, sum := k.hash(), k.sum(k.Salt, password)
	var round [4]byte
	for i := range uint32(k.Spins) {
		binary.LittleEndian.PutUint32(round[:], i)
		h.Reset()
		h.Write(round[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	open := func(what string, locked []byte) ([]byte, error) {
		out := bytes.Clone(locked)
		return out, decryptCBC(fit(k.sum(sum, []byte(what)), k.KeyBits/8), fit(k.Salt, aes.BlockSize), out)
	}
	verifier, err := open(forVerifier, k.Verifier)
	if err != nil {
		return nil, err
	}
	want, err := open(forHash, k.Sum)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(k.sum(verifier[:len(k.Salt)]), want[:k.HashSize]) == 0 {
		return nil, ErrPassword
	}
	key, err := open(forPackage, k.Key)
	if err != nil {
		return nil, err
	}
	return key[:l.Package.KeyBits/8], nil
}

func (l *agileLock) decrypt(key, data []byte) error {
	var number [4]byte
	n := uint32(0)
	for segment := range slices.Chunk(data, segmentBytes) {
		binary.LittleEndian.PutUint32(number[:], n)
		if err := decryptCBC(key, fit(l.Package.sum(l.Package.Salt, number[:]), aes.BlockSize), segment); err != nil {
			return err
		}
		n++
	}
	return nil
}

func decryptCBC(key, vector, data []byte) error {
	c, err := aes.NewCipher(key)
	if err != nil {
		return asLock(err)
	}
	cipher.NewCBCDecrypter(c, vector).CryptBlocks(data, data)
	return nil
}
