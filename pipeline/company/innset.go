package company

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
)

// INNSet is a set of ИНН in eight bytes each. The zero value and nil are the
// empty set. Once filled it may be asked by many goroutines.
type INNSet struct{ has map[uint64]struct{} }

// Add puts an ИНН into the set; one that is not of digits is left out.
func (s *INNSet) Add(inn INN) {
	n, ok := innNumber(inn)
	if !ok {
		return
	}
	if s.has == nil {
		s.has = map[uint64]struct{}{}
	}
	s.has[n] = struct{}{}
}

// Has tells whether the ИНН is in the set.
func (s *INNSet) Has(inn INN) bool {
	n, ok := innNumber(inn)
	return ok && s.hasNumber(n)
}

// HasText is Has for digits that are not yet an ИНН, without a copy of them.
func (s *INNSet) HasText(text []byte) bool {
	n, ok := innNumber(text)
	return ok && s.hasNumber(n)
}

func (s *INNSet) hasNumber(n uint64) bool {
	if s == nil {
		return false
	}
	_, ok := s.has[n]
	return ok
}

// Len is how many there are.
func (s *INNSet) Len() int {
	if s == nil {
		return 0
	}
	return len(s.has)
}

// Hash names the content of the set, whatever the order in which it was filled.
func (s *INNSet) Hash() string {
	h := sha256.New()
	var b []byte
	if s != nil {
		all := make([]uint64, 0, len(s.has))
		for n := range s.has {
			all = append(all, n)
		}
		slices.Sort(all)
		for _, n := range all {
			b = append(strconv.AppendUint(b[:0], n, 10), '\n')
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// innNumber is the number that an ИНН of either length has for itself: leading
// zeros count, so the length is part of it.
func innNumber[T ~string | ~[]byte](text T) (uint64, bool) {
	if len(text) != 10 && len(text) != 12 {
		return 0, false
	}
	n := uint64(0)
	for i := range len(text) {
		d := text[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n<<1 | uint64(len(text)>>1&1), true // 5 and 6 differ in the last bit
}
