package release

// slabSize is how much memory is taken at a time for lines.
const slabSize = 256 << 10

// slab keeps many small lines in few pieces of memory.
type slab struct{ rest []byte }

func (s *slab) keep(line []byte) []byte {
	if len(line) > cap(s.rest)-len(s.rest) {
		s.rest = make([]byte, 0, max(slabSize, len(line)))
	}
	from := len(s.rest)
	s.rest = append(s.rest, line...)
	return s.rest[from:len(s.rest):len(s.rest)]
}
