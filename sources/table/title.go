package table

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// title is a column's title as titles are compared: case, ё, punctuation and
// Latin look-alikes folded, the number of a numbered column cut off.
type title struct {
	key  string // "дополнительный телефон"
	full string // with its number
	bare string // without year, unit and the words around them
	year int    // 0 = none
	unit unit   // 0 = none
}

// Words that belong to the year or the unit of a title.
var titleFillers = map[string]unit{
	"за": 0, "на": 0, "год": 0, "г": 0, "года": 0, "годы": 0, "чел": 0, "человек": 0,
	"тыс": thousands, "тысяч": thousands, "тысячи": thousands, "млн": millions, "миллионов": millions,
	"млрд": milliards, "руб": roubles, "рублей": roubles, "рубли": roubles, "рублях": roubles, "р": roubles,
	"rub": roubles,
}

func parseTitle(s string) title {
	words := company.FoldWords(s)
	t := title{full: strings.Join(words, " ")}
	bare := make([]string, 0, len(words))
	for _, w := range words {
		if year, err := strconv.Atoi(w); err == nil && year >= 1990 && year <= 2100 {
			t.year = year
			continue
		}
		if u, ok := titleFillers[w]; ok {
			t.unit = max(t.unit, u)
			continue
		}
		bare = append(bare, w)
	}
	t.bare = strings.Join(bare, " ")
	t.key = cutNumber(t.full)
	return t
}

// cutNumber takes a number of at most two digits off the end: «телефон 2»,
// «телефон2».
func cutNumber(s string) string {
	cut := strings.TrimRight(s, "0123456789")
	if n := len(s) - len(cut); n == 0 || n > 2 || strings.TrimSpace(cut) == "" {
		return s
	}
	return strings.TrimSpace(cut)
}
