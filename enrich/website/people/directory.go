package people

import (
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
	strong, weak := map[string]bool{}, map[string]bool{}
	firms := map[string]bool{}
	count := func(low string, marks []string, in map[string]bool) {
		for _, m := range marks {
			if strings.Contains(low, m) {
				in[m] = true
			}
		}
	}
	for i := range r.page.Lines {
		text := r.page.Lines[i].Text
		if text == "" || len(text) > maxMark {
			continue // marks are titles, links and labels, no sentences
		}
		low := fold(text)
		count(low, directoryMarks, strong)
		count(low, weakMarks, weak)
		if j := strings.Index(low, "инн"); j >= 0 && len(low) == len(text) {
			addINN(text[j:], firms)
		}
	}
	return len(strong) >= sureMarks || len(strong) > 0 && len(weak) >= weakEnough || len(firms) >= manyINNs
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
