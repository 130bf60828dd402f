package analyst

import (
	"fmt"
	"regexp"
	"strings"

	"obzvon/pipeline"
)

// reasonTitle names a class of rejects, and says what is usually to be done.
func reasonTitle(r pipeline.Reason) (title, advice string) {
	switch r {
	case pipeline.ReasonINN:
		return "ИНН или ОГРН неверный", "Не сходится контрольная сумма или число цифр. Обычно это опечатка в выгрузке; угадывать ИНН программа не станет."
	case pipeline.ReasonMissing:
		return "Нет главного", "В строке нет названия, ИНН или другого, без чего компанию не узнать."
	case pipeline.ReasonFormat:
		return "Не та форма", "Строка устроена не так, как остальные: лишние или потерянные ячейки, незнакомые слова."
	case pipeline.ReasonEncoding:
		return "Не текст", "Буквы испорчены: файл сохранён в другой кодировке или повреждён."
	case pipeline.ReasonLimit:
		return "Слишком большая", "Строка или поле больше, чем бывает у настоящих."
	case pipeline.ReasonConflict:
		return "Две разные с одним ключом", "Один и тот же ключ встретился дважды с разным содержанием."
	}
	return "Другое", "Подробности знает администратор: obzvon sources rejects."
}

// details are the words of the sources with what they come to in Russian; groups of
// the pattern fill the %s.
var details = []struct {
	english *regexp.Regexp
	russian string
}{
	{regexp.MustCompile(`^no ИНН and a wrong ОГРН "([^"]*)"`), "ИНН нет, а ОГРН «%s» неверный"},
	{regexp.MustCompile(`^"([^"]*)": digits of the ИНН were lost in a spreadsheet`), "«%s»: цифры ИНН потерялись в таблице, там число вместо текста"},
	{regexp.MustCompile(`"([^"]*)".*(?:checksum|check digit)`), "«%s»: не сходится контрольная сумма"},
	{regexp.MustCompile(`"([^"]*)".*want (\d+) digits`), "«%s»: нужно цифр: %s"},
	{regexp.MustCompile(`"([^"]*)".*(?:ИНН|INN)`), "«%s»: это не ИНН"},
	{regexp.MustCompile(`^no name`), "нет названия"},
	{regexp.MustCompile(`no ИНН`), "нет ИНН"},
	{regexp.MustCompile(`^(\d+) cells under a header of (\d+)`), "ячеек %s, а столбцов в шапке %s"},
	{regexp.MustCompile(`^"([^"]*)" is no known type of object`), "«%s»: такой вид объекта не знаком"},
	{regexp.MustCompile(`^"([^"]*)" is no known country`), "«%s»: такая страна не знакома"},
	{regexp.MustCompile(`^a (?:line|row) of (\d+) bytes, (\d+) allowed`), "строка в %s байт, можно до %s"},
	{regexp.MustCompile(`amount "([^"]*)"`), "сумма «%s» записана не числом"},
	{regexp.MustCompile(`number "([^"]*)", want at most (\d+)`), "число «%s», можно до %s"},
	{regexp.MustCompile(`code "([^"]*)", want 1 to (\d+)`), "код «%s», можно от 1 до %s"},
	{regexp.MustCompile(`UTF-8|encoding`), "буквы не читаются"},
}

// detailText says what is wrong with a row; "" where nothing beyond the reason can
// be said.
func detailText(detail string) string {
	for _, d := range details {
		m := d.english.FindStringSubmatch(detail)
		if m == nil {
			continue
		}
		var values []any
		for _, v := range m[1:] {
			values = append(values, masked(v))
		}
		return fmt.Sprintf(d.russian, values...)
	}
	return ""
}

// masked shows of a value that may be a number to dial how it begins.
func masked(v string) string {
	if out := MaskRow(v); out == v || len(v) < 6 || strings.Trim(v, "0123456789") != "" {
		return out
	}
	return v[:4] + "…"
}

// quarantineShown is a source on the page.
type quarantineShown struct {
	Quarantine

	Lines []reasonShown
}

type reasonShown struct {
	Reason        pipeline.Reason
	Title, Advice string
	Count         int
	Current       bool
}

func quarantineOf(q Quarantine, current string) quarantineShown {
	out := quarantineShown{Quarantine: q}
	for _, r := range q.Reasons {
		title, advice := reasonTitle(r.Reason)
		out.Lines = append(out.Lines, reasonShown{r.Reason, title, advice, r.Count, string(r.Reason) == current})
	}
	return out
}

func quarantinesOf(all []Quarantine) []quarantineShown {
	out := make([]quarantineShown, len(all))
	for i, q := range all {
		out[i] = quarantineOf(q, "")
	}
	return out
}

type rejectsPage struct {
	quarantineShown

	Current string
	Rows    []rejectShown
	Pager   pager
}

// rejectShown is a row as it may be shown.
type rejectShown struct {
	Unit                string
	Row                 int64
	Title, Detail, Text string
}

func rejectsOf(r *Rejects, current string, p pager) rejectsPage {
	out := rejectsPage{quarantineShown: quarantineOf(r.Quarantine, current), Current: current, Pager: p}
	for i := range r.Rows {
		row := &r.Rows[i]
		title, _ := reasonTitle(row.Reason)
		out.Rows = append(out.Rows, rejectShown{
			Unit: row.Unit, Row: row.Row, Title: title, Detail: detailText(row.Detail), Text: MaskRow(row.Raw),
		})
	}
	return out
}
