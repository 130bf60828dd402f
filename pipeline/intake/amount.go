package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// amountAtMost is roubles: what is more is a slip.
const amountAtMost = 1e12

// amountForm is digits, perhaps in groups of three, a fraction of kopecks or of
// the unit, the unit, the currency.
var amountForm = regexp.MustCompile(`^(\d+|\d{1,3}(?: \d{3})+)(?:[.,](\d+))? ?(тыс|тысяч|тысячи|тысяча|т|к|k|млн|миллион|миллиона|миллионов|м)?\.? ?(?:₽|р|руб|рублей|рубля|рубль|rub|т\.?р)?$`)

// groupedByMarks is digits in groups of three that marks part, at least two of
// them: 1.250.000.
var groupedByMarks = regexp.MustCompile(`^\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})`)

// readAmount understands «Сумма (₽)» in roubles: «12 500 ₽», «12500.5», «12,5
// тыс». Kopecks are rounded. An amount of zero is none.
func readAmount(text string) (roubles int64, problem string) {
	const longest = 64 // bytes; what is longer is no number
	word := plain(strings.NewReplacer("'", " ", "’", " ").Replace(text))
	if word == "" && tidy(text) == "" {
		return 0, ""
	}
	v, ok := 0.0, false
	if len(word) <= longest {
		v, ok = parseAmount(word)
	}
	switch {
	case !ok:
		return 0, "сумма " + quoted(text) + " не понята: напишите рубли числом, например 12500"
	case v > amountAtMost:
		return 0, "сумма " + quoted(text) + " слишком велика"
	}
	return int64(math.Round(v)), ""
}

func parseAmount(word string) (float64, bool) {
	if strings.ContainsAny(word, "e") { // as spreadsheets write great numbers
		v, err := strconv.ParseFloat(word, 64)
		return v, err == nil && v >= 0 && !math.IsInf(v, 0)
	}
	if g := groupedByMarks.FindString(word); g != "" {
		word = strings.NewReplacer(".", "", ",", "").Replace(g) + word[len(g):]
	}
	m := amountForm.FindStringSubmatch(word)
	if m == nil {
		return 0, false
	}
	unit := unitOf(m[3])
	if len(m[2]) == 3 && unit == 1 && m[1] != "0" { // 12.500: thousands, or a fraction?
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(m[1], " ", "")+"."+m[2]+"0", 64)
	return v * unit, err == nil
}

func unitOf(word string) float64 {
	switch {
	case word == "":
		return 1
	case strings.HasPrefix(word, "м"):
		return 1e6
	}
	return 1e3
}
