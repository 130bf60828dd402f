package company

import (
	"strings"
	"sync/atomic"
)

// PhoneKinds tells kinds of numbers for many values, and asks the library only
// once for each of the blocks of the numbering plan: five digits after +7
// decide what a number is. The zero value is ready; it may be used by many
// goroutines.
type PhoneKinds struct {
	blocks [kindBlocks / kindsInWord]atomic.Uint32
}

const (
	kindBlocks  = 100_000
	kindsInWord = 8
	kindBits    = 4

	kindUnasked = 0 // then:
	kindNone    = 1 // not a number
	kindFirst   = 2 // the first PhoneKind
)

// Of gives the Kind of PhoneFromValue; ok is false where that is not.
func (k *PhoneKinds) Of(value string) (kind PhoneKind, ok bool) {
	nat, plain := plainNational(value)
	if !plain {
		p, ok := PhoneFromValue(value)
		return p.Kind, ok
	}
	block := 0
	for i := range 5 {
		block = block*10 + int(nat[i]-'0')
	}
	word, shift := &k.blocks[block/kindsInWord], block%kindsInWord*kindBits
	known := word.Load() >> shift & (1<<kindBits - 1)
	if known == kindUnasked {
		known = kindNone
		if p, ok := phoneFromNational(nat); ok {
			known = kindFirst + uint32(p.Kind)
		}
		word.Or(known << shift)
	}
	if known == kindNone {
		return PhoneOther, false
	}
	return PhoneKind(known - kindFirst), true
}

// plainNational gives the ten digits of a Russian number. Codes that other
// countries have under +7 are left to the library.
func plainNational(value string) (string, bool) {
	nat, ours := strings.CutPrefix(value, "+7")
	if !ours || len(nat) < 10 {
		return "", false
	}
	nat, ext := nat[:10], nat[10:]
	if ext != "" {
		ext, cut := strings.CutPrefix(ext, extParam)
		if !cut || !digits(ext) || len(ext) > maxExt {
			return "", false
		}
	}
	if !digits(nat) || nat[0] == '6' || nat[0] == '7' || nat[:3] == "840" || nat[:3] == "940" {
		return "", false
	}
	return nat, true
}
