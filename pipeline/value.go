package pipeline

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// String is the cell as people read it: «1 234», «12,5 %», «—». A figure below
// the plan ends with an exclamation mark.
func (v Value) String() string {
	text := ""
	switch v.Kind {
	case ValueText:
		text = v.Text
	case ValueCount, ValueMoney:
		text = grouped(int64(math.Round(v.Number)))
	case ValueShare:
		text = decimal(100*v.Number) + " %"
	case ValueTenth:
		text = decimal(v.Number)
	case ValueNone:
		text = "—"
	}
	if v.Tone == ToneShort {
		text += " !"
	}
	return text
}

// decimal has one digit behind the comma, none where it would be a nought.
func decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.Replace(strings.TrimSuffix(text, ".0"), ".", ",", 1)
}

// grouped puts a no-break space between thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u00a0" + digits[i:]
	}
	return sign + digits
}

// MarshalJSON writes null where there is nothing, since JSON has no NaN.
func (s Series) MarshalJSON() ([]byte, error) {
	values := make([]*float64, len(s.Values))
	for i := range s.Values {
		if !math.IsNaN(s.Values[i]) {
			values[i] = &s.Values[i]
		}
	}
	return json.Marshal(struct {
		Title  string
		Values []*float64
	}{s.Title, values})
}
