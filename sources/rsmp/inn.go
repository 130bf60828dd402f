package rsmp

import (
	"errors"
	"fmt"

	"obzvon/pipeline/company"
)

// errNoSubject is returned for a document with neither of the two blocks that
// carry an ИНН.
var errNoSubject = errors.New("neither ОргВклМСП nor ИПВклМСП with an ИНН")

// errSubject is returned for a company with a person's number or the reverse.
var errSubject = errors.New("ИНН of the other kind of subject")

// inn checks the document's number and that it fits the kind of subject. The
// bytes are a part of the document where that is possible.
func (d *document) inn() ([]byte, error) {
	text, want := d.org.inn, 10
	switch {
	case d.hasOrg && len(d.org.inn) > 0:
	case d.hasSole && len(d.sole.inn) > 0:
		text, want = d.sole.inn, 12
	default:
		return nil, errNoSubject
	}
	if len(text) == want && validINN(text) {
		return text, nil
	}
	inn, err := company.ParseINN(text.text())
	if err != nil {
		return nil, err
	}
	if len(inn) != want {
		return nil, fmt.Errorf("%q: %w: want %d digits here", inn, errSubject, want)
	}
	return []byte(inn), nil
}

// The weights of the control digits, order ФНС ЕД-7-14/559@ of 26.06.2025: of
// the last but one digit of twelve from the second weight on, of the last of
// ten from the third.
var innWeights = [...]int{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}

// validINN tells what company.ParseINN accepts as it is, without a copy and
// without words for what is wrong.
func validINN(b []byte) bool {
	nonzero := byte(0)
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
		nonzero |= c & 0xf
	}
	switch {
	case nonzero == 0:
		return false
	case len(b) == 10:
		return controlDigit(b, innWeights[2:]) == b[9]
	case len(b) == 12:
		return controlDigit(b, innWeights[1:]) == b[10] && controlDigit(b, innWeights[:]) == b[11]
	default:
		return false
	}
}

func controlDigit(b []byte, weights []int) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(b[i]-'0')
	}
	return byte('0' + sum%11%10)
}
