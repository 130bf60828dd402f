package xlsx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf16"

	"obzvon/pipeline"
)

// Bounds of a compound file that is decrypted: its bytes, the entries of its
// directory, and the stream that tells how it is encrypted.
const (
	lockedBytes   = 64 << 20
	lockedEntries = 1024
	lockedInfo    = 64 << 10
)

// Names of the streams of an encrypted workbook (MS-OFFCRYPTO 2.3.4.4, 2.3.4.5).
const (
	streamInfo    = "EncryptionInfo"
	streamPackage = "EncryptedPackage"
)

// Numbers of MS-CFB (2.1, 2.2, 2.6).
const (
	cfbHeader    = 512
	cfbEntry     = 128
	cfbDIFAT     = 109 // entries in the header
	cfbMini      = 64  // bytes of a sector of the mini stream
	cfbCutoff    = 4096
	cfbRegular   = 0xFFFFFFFA // sectors are below
	cfbEnd       = 0xFFFFFFFE
	cfbStream    = 2 // kinds of entries
	cfbRootEntry = 5
)

// compound is a compound file (MS-CFB) of which single streams are read. What
// excelize reads it with believes counts of the header, and folds names into paths
// that multiply; a hostile file would take all memory.
type compound struct {
	r       io.ReaderAt
	sector  int64
	count   int64 // of sectors
	fat     []uint32
	mini    []uint32
	root    compoundEntry
	streams map[string]compoundEntry
}

type compoundEntry struct {
	start uint32
	size  int64
}

func broken(what string) error {
	return fmt.Errorf("compound file: %s: %w", what, pipeline.ErrDamaged)
}

func openCompound(r io.ReaderAt, size int64) (*compound, error) {
	if size > lockedBytes {
		return nil, fmt.Errorf("encrypted workbook: %w: %d bytes, %d allowed", pipeline.ErrTooLarge, size, int64(lockedBytes))
	}
	h := make([]byte, cfbHeader)
	if n, err := r.ReadAt(h, 0); n < len(h) {
		return nil, shortRead(err, "header")
	}
	shift := binary.LittleEndian.Uint16(h[30:])
	if shift != 9 && shift != 12 {
		return nil, broken("size of sectors")
	}
	c := &compound{r: r, sector: 1 << shift, streams: map[string]compoundEntry{}}
	c.count = (size+c.sector-1)/c.sector - 1
	at := func(offset int) uint32 { return binary.LittleEndian.Uint32(h[offset:]) }
	if err := c.readFAT(h[76:], at(44), at(68)); err != nil {
		return nil, err
	}
	if err := c.readDirectory(at(48)); err != nil {
		return nil, err
	}
	if c.root.start == cfbEnd || at(60) == cfbEnd {
		return c, nil
	}
	table, err := c.chain(at(60), int64(at(64))*c.sector)
	if err != nil {
		return nil, err
	}
	c.mini = words(table)
	return c, nil
}

func shortRead(err error, what string) error {
	if err == nil || errors.Is(err, io.EOF) {
		return broken(what + " is cut off")
	}
	return fmt.Errorf("read the file: %w", err)
}

func words(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// readSector reads sector n; the last one of a file may be cut short.
func (c *compound) readSector(n uint32, to []byte) error {
	if int64(n) >= c.count {
		return broken("a sector beyond the end")
	}
	clear(to)
	got, err := c.r.ReadAt(to, (int64(n)+1)*c.sector)
	if got < len(to) && (int64(n) != c.count-1 || !errors.Is(err, io.EOF)) {
		return shortRead(err, "a sector")
	}
	return nil
}

// readFAT reads the table of sectors, whose own sectors stand in the header and,
// where these are not enough, in a chain.
func (c *compound) readFAT(first []byte, wanted, next uint32) error {
	if int64(wanted) > c.count {
		return broken("more tables than sectors")
	}
	places := words(first[:4*cfbDIFAT])
	buf := make([]byte, c.sector)
	for links := int64(0); int64(len(places)) < int64(wanted); links++ {
		if links > c.count {
			return broken("a chain of tables without an end")
		}
		if err := c.readSector(next, buf); err != nil {
			return err
		}
		w := words(buf)
		places, next = append(places, w[:len(w)-1]...), w[len(w)-1]
	}
	c.fat = make([]uint32, 0, int64(wanted)*c.sector/4)
	for _, n := range places[:wanted] {
		if err := c.readSector(n, buf); err != nil {
			return err
		}
		c.fat = append(c.fat, words(buf)...)
	}
	return nil
}

// chain reads the first size bytes of a chain of sectors.
func (c *compound) chain(start uint32, size int64) ([]byte, error) {
	if size > c.count*c.sector {
		return nil, broken("a stream longer than the file")
	}
	out := make([]byte, (size+c.sector-1)/c.sector*c.sector)
	n := start
	for at := range slices.Chunk(out, int(c.sector)) {
		if err := c.readSector(n, at); err != nil {
			return nil, err
		}
		n = c.after(n)
	}
	return out[:size], nil
}

// after is the sector that follows in a chain.
func (c *compound) after(n uint32) uint32 {
	if int64(n) >= int64(len(c.fat)) {
		return cfbEnd
	}
	return c.fat[n]
}

func (c *compound) readDirectory(start uint32) error {
	most := lockedEntries * cfbEntry / c.sector
	sectors := int64(0)
	for n := start; n < cfbRegular; n = c.after(n) {
		if sectors++; sectors > most {
			return fmt.Errorf("compound file: %w: more than %d streams, or a chain without an end", pipeline.ErrTooLarge, lockedEntries)
		}
	}
	data, err := c.chain(start, sectors*c.sector)
	if err != nil {
		return err
	}
	for e := range slices.Chunk(data, cfbEntry) {
		entry := compoundEntry{start: binary.LittleEndian.Uint32(e[116:]), size: int64(binary.LittleEndian.Uint32(e[120:]))}
		if c.sector == 4096 {
			entry.size = int64(binary.LittleEndian.Uint64(e[120:]) & (1<<62 - 1))
		}
		switch kind := e[66]; kind {
		case cfbRootEntry:
			c.root = entry
		case cfbStream:
			name := entryName(e)
			if _, twice := c.streams[name]; twice && (name == streamInfo || name == streamPackage) {
				return broken("a stream stands twice")
			}
			c.streams[name] = entry
		}
	}
	return nil
}

func entryName(e []byte) string {
	n := int(binary.LittleEndian.Uint16(e[64:]))/2 - 1 // with a closing zero
	if n < 0 || n > 31 {
		return ""
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(e[2*i:])
	}
	return string(utf16.Decode(units))
}

// read reads a stream of at most limit bytes.
func (c *compound) read(name string, limit int64) ([]byte, error) {
	e, ok := c.streams[name]
	switch {
	case !ok:
		return nil, broken("no stream " + name)
	case e.size > limit:
		return nil, fmt.Errorf("compound file: stream %s: %w: %d bytes, %d allowed", name, pipeline.ErrTooLarge, e.size, limit)
	case e.size >= cfbCutoff:
		return c.chain(e.start, e.size)
	}
	return c.readMini(e)
}

// readMini reads a short stream, which lies in the mini stream.
func (c *compound) readMini(e compoundEntry) ([]byte, error) {
	all, err := c.chain(c.root.start, c.root.size)
	if err != nil {
		return nil, err
	}
	var out []byte
	for n := e.start; int64(len(out)) < e.size; n = c.mini[n] {
		if int64(n) >= int64(len(c.mini)) || (int64(n)+1)*cfbMini > int64(len(all)) {
			return nil, broken("a short stream ends too soon")
		}
		out = append(out, all[int64(n)*cfbMini:(int64(n)+1)*cfbMini]...)
	}
	return out[:e.size], nil
}
