package dump

// Numbers of firms: a region, a running number that no other firm has, and the
// control digits of ФНС (order ЕД-7-14/559@ of 26.06.2025).

// scatter spreads running numbers over their range without a repetition: the
// factors have no divisor in common with a power of ten.
func scatter(n, factor, offset, size int) int { return (n*factor + offset) % size }

func appendDigits(b []byte, n, width int) []byte {
	at := len(b)
	for range width {
		b = append(b, '0')
	}
	for i := at + width - 1; i >= at; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// appendFirmINN appends the ten digits of the n-th legal entity.
func appendFirmINN(b []byte, region string, n int) []byte {
	at := len(b)
	b = append(b, region...)
	b = appendDigits(b, scatter(n, 7_654_321, 1_234_567, 10_000_000), 7)
	return append(b, controlDigit(b[at:], 2, 4, 10, 3, 5, 9, 4, 6, 8))
}

// appendSoleINN appends the twelve digits of the n-th sole proprietor.
func appendSoleINN(b []byte, region string, n int) []byte {
	at := len(b)
	b = append(b, region...)
	b = appendDigits(b, scatter(n, 7_654_321, 31_415_926, 100_000_000), 8)
	b = append(b, controlDigit(b[at:], 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
	return append(b, controlDigit(b[at:], 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
}

func controlDigit(digits []byte, weights ...int) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return byte('0' + sum%11%10)
}

// appendOGRN appends the thirteen digits of a legal entity, or the fifteen of
// a sole proprietor.
func appendOGRN(b []byte, sole bool, year int, region string, n int) []byte {
	at, width, mod := len(b), 7, uint64(11)
	if sole {
		b, width, mod = append(b, '3'), 9, 13
	} else {
		b = append(b, '1')
	}
	b = appendDigits(b, year%100, 2)
	b = append(b, region...)
	b = appendDigits(b, scatter(n, 7_654_321, 7_777_777, 10_000_000), width)
	value := uint64(0)
	for _, d := range b[at:] {
		value = value*10 + uint64(d-'0')
	}
	return append(b, byte('0'+value%mod%10))
}
