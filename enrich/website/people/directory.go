package people

import (
	"bytes"
	"math/bits"
	"strings"

	"obzvon/pipeline/company"
)

// Marks of a directory of firms, whose card names the people of another. Many
// firms print a few of the weak ones among their own requisites.
var (
	directoryMarks = []string{
		"это ваша компания", "это ваша организация", "вы представитель", "вы владелец этой", "проверить контрагент", "проверка контрагент",
		"похожие организации", "похожие компании", "похожие предприятия", "каталог организаций", "каталог предприятий", "каталог компаний",
		"справочник организаций", "справочник предприятий", "справочник компаний", "добавить организацию", "добавить компанию", "добавить предприятие",
		"управлять страницей", "отслеживать изменения", "исполнительные производства", "арбитражные дела", "связи организации", "связанные организации",
		"карточка организации в", "сведения о компании взяты", "данные из егрюл", "сообщить об ошибке в карточке",
	}
	weakMarks = []string{
		"карточка организации", "карточка компании", "выписка из егрюл", "выписку из егрюл", "дата регистрации", "уставный капитал", "госзакупки",
		"основной вид деятельности", "учредители", "финансовая отчетность", "надежность", "среднесписочная",
	}
)

const (
	maxMark    = 160 // bytes of a line
	sureMarks  = 2   // of directoryMarks
	weakEnough = 2   // of weakMarks beside one of directoryMarks
	manyINNs   = 6   // firms on one page; a group with its partners and its bank has fewer
)

// directory tells a page of a directory of firms.
func (r *reader) directory() bool {
	var strong, weak uint64
	firms := map[string]bool{}
	var low []byte
	for i := range r.page.Lines {
		text := r.page.Lines[i].Text
		if text == "" || len(text) > maxMark {
			continue // marks are titles, links and labels, no sentences
		}
		low, _ = appendFold(low[:0], text)
		strong |= strongFinder.find(low)
		weak |= weakFinder.find(low)
		if j := bytes.Index(low, []byte("инн")); j >= 0 && len(low) == len(text) {
			addINN(text[j:], firms)
		}
	}
	many, some := bits.OnesCount64(strong), bits.OnesCount64(weak)
	return many >= sureMarks || many > 0 && some >= weakEnough || len(firms) >= manyINNs
}

// finder finds the marks of a list in one pass, by their first two letters.
type finder struct {
	marks  []string   // Russian letters first, 64 at most
	second [32]uint32 // by the first letter: those that may follow it
	from   [32][]int  // by the first letter: places in marks
}

var strongFinder, weakFinder = newFinder(directoryMarks), newFinder(weakMarks)

func newFinder(marks []string) *finder {
	f := &finder{marks: marks}
	for i, m := range marks {
		a, b := letterNumber(m[0], m[1]), letterNumber(m[2], m[3])
		f.second[a] |= 1 << b
		f.from[a] = append(f.from[a], i)
	}
	return f
}

// find gives the marks that are in a folded text, one bit each.
func (f *finder) find(low []byte) uint64 {
	var found uint64
	last := -1
	for i := 0; i+1 < len(low); i++ {
		n := letterNumber(low[i], low[i+1])
		if n >= 0 {
			if last >= 0 && f.second[last]&(1<<n) != 0 {
				found |= f.at(low[i-2:], last)
			}
			i++
		}
		last = n
	}
	return found
}

// at gives the marks with a first letter with which a text begins.
func (f *finder) at(low []byte, first int) uint64 {
	var found uint64
	for _, k := range f.from[first] {
		if m := f.marks[k]; len(low) >= len(m) && string(low[:len(m)]) == m {
			found |= 1 << k
		}
	}
	return found
}

// letterNumber counts the letters а..я from 0; -1 for anything else.
func letterNumber(c, d byte) int {
	switch {
	case c == 0xD0 && 0xB0 <= d && d <= 0xBF:
		return int(d - 0xB0)
	case c == 0xD1 && 0x80 <= d && d <= 0x8F:
		return int(d-0x80) + 16
	}
	return -1
}

// addINN adds the number that stands right behind its label.
func addINN(text string, firms map[string]bool) {
	const near = 20 // bytes: «ИНН организации: »
	from := strings.IndexAny(text, "0123456789")
	if from < 0 || from > 2*near {
		return
	}
	to := from
	for to < len(text) && '0' <= text[to] && text[to] <= '9' {
		to++
	}
	if inn, err := company.ParseINN(text[from:to]); err == nil {
		firms[string(inn)] = true
	}
}
