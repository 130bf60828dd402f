package xlsx_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash"
	"strings"
	"unicode/utf16"
)

// box is a compound file of the simplest form: version 3, every stream in whole
// sectors but a short one, which lies alone in the mini stream.
type box struct {
	names   []string
	streams [][]byte
}

const boxSector = 512

// bytes lays it out: directory, mini table, mini stream, streams, then the tables.
func (b box) bytes() []byte {
	const end = 0xFFFFFFFE
	var body []byte
	var fat []uint32
	add := func(data []byte) (first uint32) {
		first = uint32(len(fat))
		body = append(body, data...)
		body = append(body, make([]byte, (boxSector-len(body)%boxSector)%boxSector)...)
		for len(fat) < len(body)/boxSector {
			fat = append(fat, uint32(len(fat)+1))
		}
		if len(data) > 0 {
			fat[len(fat)-1] = end
		}
		return first
	}
	entries := make([][]byte, len(b.names)+1)
	for i := range entries {
		entries[i] = make([]byte, 128)
	}
	directory := add(make([]byte, 128*len(entries)))
	mini := add(bytes.Repeat([]byte{0xFF}, boxSector))
	for i, data := range b.streams {
		at, kind := uint32(0), byte(2)
		if len(data) < 4096 {
			size := (len(data) + 63) / 64 * 64
			entry(entries[0], "Root Entry", 5, add(data), size)
			for s := range size/64 - 1 {
				binary.LittleEndian.PutUint32(body[int(mini)*boxSector+4*s:], uint32(s+1))
			}
			binary.LittleEndian.PutUint32(body[int(mini)*boxSector+size/16-4:], end)
		} else {
			at = add(data)
		}
		entry(entries[i+1], b.names[i], kind, at, len(data))
	}
	for i := range b.names { // each is the next one's left neighbour, the first the root's child
		binary.LittleEndian.PutUint32(entries[i][76-4*min(i, 1):], uint32(i+1))
	}
	copy(body[directory*boxSector:], bytes.Join(entries, nil))
	tables := 1
	for (len(fat)+tables)*4 > tables*boxSector {
		tables++
	}
	if tables > 109 {
		panic("too large for a box")
	}
	head := make([]byte, boxSector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(tables), 48: directory, 56: 4096, 60: mini, 64: 1, 68: end, 72: 0} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(0xFFFFFFFF)
		if i < tables {
			v = uint32(len(fat) + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	for range tables {
		fat = append(fat, 0xFFFFFFFD)
	}
	out := append(head, body...)
	for i := range tables * boxSector / 4 {
		v := uint32(0xFFFFFFFF)
		if i < len(fat) {
			v = fat[i]
		}
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func entry(e []byte, name string, kind byte, start uint32, size int) {
	for i, u := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66] = kind
	for _, at := range []int{68, 72, 76} {
		binary.LittleEndian.PutUint32(e[at:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
}

// agile is a second, plain telling of MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15, the other
// way round.
type agile struct {
	password string
	hash     func() hash.Hash
	name     string // of the hash
	keyBytes int
	spins    int
}

// lock encrypts a workbook. Nothing in it is random.
func (a agile) lock(book []byte) []byte { return a.box(book).bytes() }

func (a agile) box(book []byte) box {
	salt, packageSalt := []byte("0123456789abcdef"), []byte("fedcba9876543210")
	key := []byte("the key of a package is as long!")[:a.keyBytes]
	sum := a.sum(salt, utf16Bytes(a.password))
	for i := range a.spins {
		sum = a.sum(binary.LittleEndian.AppendUint32(nil, uint32(i)), sum)
	}
	wrap := func(block string, data []byte) string {
		k := padded(a.sum(sum, []byte(block)), a.keyBytes)
		return base64.StdEncoding.EncodeToString(sealed(k, salt, data))
	}
	verifier := []byte("verify me please")
	info := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData saltSize="16" blockSize="16" keyBits="%[1]d" hashSize="%[2]d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%[3]s" saltValue="%[4]s"/><dataIntegrity encryptedHmacKey="" encryptedHmacValue=""/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="%[5]d" saltSize="16" blockSize="16" keyBits="%[1]d" hashSize="%[2]d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%[3]s" saltValue="%[6]s" encryptedVerifierHashInput="%[7]s" encryptedVerifierHashValue="%[8]s" encryptedKeyValue="%[9]s"/></keyEncryptor></keyEncryptors></encryption>`,
		8*a.keyBytes, a.hash().Size(), a.name, base64.StdEncoding.EncodeToString(packageSalt), a.spins, base64.StdEncoding.EncodeToString(salt),
		wrap("\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79", verifier), wrap("\xd7\xaa\x0f\x6d\x30\x61\x34\x4e", a.sum(verifier)), wrap("\x14\x6e\x0b\xe7\xab\xac\xd0\xd6", key))
	locked := binary.LittleEndian.AppendUint64(nil, uint64(len(book)))
	for i := 0; i*4096 < len(book); i++ {
		part := book[i*4096 : min(len(book), (i+1)*4096)]
		vector := padded(a.sum(packageSalt, binary.LittleEndian.AppendUint32(nil, uint32(i))), 16)
		locked = append(locked, sealed(key, vector, part)...)
	}
	return box{[]string{"EncryptionInfo", "EncryptedPackage"}, [][]byte{append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, info...), locked}}
}

func (a agile) sum(pieces ...[]byte) []byte {
	h := a.hash()
	h.Write(bytes.Join(pieces, nil))
	return h.Sum(nil)
}

func padded(b []byte, n int) []byte {
	return append(bytes.Clone(b), strings.Repeat("\x36", n)...)[:n]
}

// sealed encrypts, with zeros up to the end of the last block.
func sealed(key, vector, data []byte) []byte {
	out := append(bytes.Clone(data), make([]byte, (16-len(data)%16)%16)...)
	c, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	cipher.NewCBCEncrypter(c, vector).CryptBlocks(out, out)
	return out
}

func utf16Bytes(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
