package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/klauspost/compress/flate"
)

// inflating is the limit: parallel inflate with checksum and nothing else.
func inflating(path string, members int, docs int64) reader {
	return timed("inflate and CRC", func(ctx context.Context) (reading, error) {
		_, err := eachMember(ctx, path, members, func(f *os.File) func(*zip.File) (reading, error) {
			return newInflater(f).inflate
		})
		return reading{docs: docs, wanted: -1}, err
	})
}

// inflater works with memory of its own, as fast as the library does.
type inflater struct {
	file   *os.File
	packed []byte
	chunk  []byte
	from   bytes.Reader
	flate  io.ReadCloser
}

func newInflater(f *os.File) *inflater {
	i := &inflater{file: f, chunk: make([]byte, 256<<10)}
	i.flate = flate.NewReader(&i.from)
	return i
}

func (i *inflater) inflate(m *zip.File) (reading, error) {
	at, err := m.DataOffset()
	if err != nil {
		return reading{}, fmt.Errorf("find the data: %w", err)
	}
	size := int(m.CompressedSize64)
	if cap(i.packed) < size {
		i.packed = make([]byte, size)
	}
	i.packed = i.packed[:size]
	if _, err := i.file.ReadAt(i.packed, at); err != nil {
		return reading{}, fmt.Errorf("read: %w", err)
	}
	i.from.Reset(i.packed)
	reset, ok := i.flate.(flate.Resetter)
	if !ok {
		return reading{}, fmt.Errorf("inflate: %T cannot start again", i.flate)
	}
	if err := reset.Reset(&i.from, nil); err != nil {
		return reading{}, fmt.Errorf("inflate: %w", err)
	}
	sum := uint32(0)
	for {
		n, err := i.flate.Read(i.chunk)
		sum = crc32.Update(sum, crc32.IEEETable, i.chunk[:n])
		if err == io.EOF {
			break
		}
		if err != nil {
			return reading{}, fmt.Errorf("inflate: %w", err)
		}
	}
	if sum != m.CRC32 {
		return reading{}, errSum
	}
	return reading{}, nil
}
