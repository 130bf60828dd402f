package census

import (
	"fmt"
	"strconv"

	"obzvon/pipeline/company"
)

// Numbers of firms lie in ranges of invented inspections (80 to 95), with the
// control digits of the law (order ЕД-7-14/559@ of 26.06.2025; order 165н of
// 30.10.2017 for ОГРН).
const (
	serialFrom = 8_000_000
	serials    = 1_600_000
)

// innOf makes an ИНН of region and serial, unique and rising with both whether
// it has ten digits or twelve.
func innOf(region string, serial int, sole bool) company.INN {
	b := make([]byte, 0, 12)
	b = append(b, region...)
	b = appendDigits(b, serial, 7)
	if !sole {
		return company.INN(append(b, control(b, 2, 4, 10, 3, 5, 9, 4, 6, 8)))
	}
	b = append(b, byte('0'+serial%7))
	b = append(b, control(b, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
	return company.INN(append(b, control(b, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)))
}

func ogrnOf(region string, serial, year int, sole bool) company.OGRN {
	b := make([]byte, 0, 15)
	width, mod := 7, uint64(11)
	if sole {
		b, width, mod = append(b, '3'), 9, 13
	} else {
		b = append(b, '1')
	}
	b = appendDigits(b, year%100, 2)
	b = append(b, region...)
	b = appendDigits(b, serial, width)
	value := uint64(0)
	for _, c := range b {
		value = value*10 + uint64(c-'0')
	}
	return company.OGRN(append(b, byte('0'+value%mod%10)))
}

func appendDigits(b []byte, n, width int) []byte {
	return fmt.Appendf(b, "%0*d", width, n)
}

func control(digits []byte, weights ...int) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return byte('0' + sum%11%10)
}

// Phones are those of 907 by number, so that no two owners share one unless
// the census says so.
const (
	phonesOfFirms     = 0         // four of each
	phonesOfOutsiders = 5_000_000 // four of each
	phonesOfBranches  = 6_500_000 // sixteen of each network
	phonesOfTrackers  = 9_000_000
	phonesOfBooks     = 9_200_000 // bookkeepers
	phonesOfHouses    = 9_400_000 // business centres
	phonesOfCapitals  = 100_000   // of these, those in capitals
	phonesOfBuilders  = 9_900_000
	allPhones         = 10_000_000
)

// MaxCompanies is how many companies have phones of their own.
const MaxCompanies = phonesOfOutsiders / phoneSlots

const phoneSlots = 4

func phone(n int) string {
	n = (n*7_654_321 + 1_234_567) % allPhones // no divisor in common: nothing repeats
	return "+7907" + strconv.Itoa(allPhones + n)[1:]
}
