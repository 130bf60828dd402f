package score

import (
	"strconv"

	"obzvon/pipeline/company"
)

// innKey is an ИНН as a number that sorts as the text does: the digits filled
// up to twelve on the right, times two, plus one for a number of twelve
// digits. Zero means none.
type innKey uint64

const (
	fillTen   = 100 // two more digits
	innLimit  = 1_000_000_000_000
	tenDigits = 10
)

func keyOf(inn company.INN) innKey {
	n, err := strconv.ParseUint(string(inn), 10, 64)
	if err != nil || n >= innLimit {
		return 0
	}
	if len(inn) == tenDigits {
		return innKey(n*fillTen) << 1
	}
	return innKey(n)<<1 | 1
}

// INN returns the number as text, "" for none.
func (k innKey) INN() company.INN {
	if k == 0 {
		return ""
	}
	n, width := uint64(k>>1), 12
	if k&1 == 0 {
		n, width = n/fillTen, tenDigits
	}
	var buf [12]byte
	for i := width - 1; i >= 0; i-- {
		buf[i] = byte('0' + n%10)
		n /= 10
	}
	return company.INN(buf[:width])
}

// valid tells a key that keyOf can make.
func (k innKey) valid() bool {
	n := uint64(k >> 1)
	return n < innLimit && (k == 0 || k&1 == 1 || n%fillTen == 0 && n > 0)
}
