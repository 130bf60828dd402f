package score

import (
	"math"
	"strconv"
	"strings"
)

// Points is an amount of score in thousandths of a point. A score is 0 to
// 100 points, that is 0 to 100,000.
type Points int64

// Point is one whole point.
const Point Points = 1000

// pointsOf rounds to the nearest thousandth.
func pointsOf(points float64) Points { return Points(math.Round(points * float64(Point))) }

// capOf rounds down, so that caps that add up to 100 never make 100.001. The
// small addend keeps 33.4, which is 33.39999… in binary, at 33.4.
func capOf(points float64) Points { return Points(math.Floor(points*float64(Point) + 1e-6)) }

// decimal writes all digits there are and no more, with the given mark: an
// exact text, so that what is shown adds up.
func (p Points) decimal(mark string) string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	whole, rest := strconv.FormatInt(int64(p/Point), 10), int64(p%Point)
	if rest == 0 {
		return sign + whole
	}
	digits := strconv.FormatInt(rest+int64(Point), 10)[1:]
	return sign + whole + mark + strings.TrimRight(digits, "0")
}

// String writes the amount as people here do: «67,4».
func (p Points) String() string { return strings.Replace(p.decimal(","), "-", "−", 1) }

// Signed writes the amount with its sign: «+12», «−3,5».
func (p Points) Signed() string {
	if p > 0 {
		return "+" + p.String()
	}
	return p.String()
}

// MarshalJSON writes points as a number: 67.4.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.decimal(".")), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Points) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return err
	}
	*p = pointsOf(f)
	return nil
}
