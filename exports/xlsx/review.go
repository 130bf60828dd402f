package xlsx

import (
	"context"
	"fmt"
	"strings"

	"obzvon/pipeline"
)

// choice is a row of «На проверку»: a listing, and a company that it may be.
type choice struct {
	*pipeline.Review

	firm   *pipeline.Candidate
	number int // of the listing's companies, from 1
}

// choices has a row for each company that a listing may be, so that each has its
// own decision; a listing without any has one row.
func choices(reviews []pipeline.Review) []choice {
	var out []choice
	for i := range reviews {
		r := &reviews[i]
		for j := range r.Candidates {
			out = append(out, choice{r, &r.Candidates[j], j + 1})
		}
		if len(r.Candidates) == 0 {
			out = append(out, choice{r, &pipeline.Candidate{}, 1})
		}
	}
	return out
}

// company names the company of a choice: «ООО «Ромашка» (Пермь), ИНН …, 97 %».
func (c *choice) company() string {
	var parts []string
	for _, part := range []string{c.firm.Name, prefixed("ИНН ", string(c.firm.INN)), strings.ReplaceAll(c.firm.Likely, " ", "\u00a0")} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	text := strings.Join(parts, ", ")
	if n := len(c.Candidates); n > 1 {
		text += fmt.Sprintf("\nвариант %d из %d", c.number, n)
	}
	return text
}

// whereabouts is what the company is known by.
func (c *choice) whereabouts() string {
	text := inLines(c.firm.Address, c.firm.Phone, c.firm.Site)
	if text == "" && c.firm.INN != "" {
		return "не известны"
	}
	return text
}

// writeReview makes «На проверку»: listings whose company could not be told,
// beside each company that it may be, and a place to decide.
func (w *workbook) writeReview(ctx context.Context) error {
	field := func(title string, width float64, get func(*choice) string) column[choice] {
		return column[choice]{title: title, width: width, value: func(c *choice) any { return get(c) }}
	}
	inn := field(colTitleCandidateINN, 14, func(c *choice) string { return string(c.firm.INN) }).of(kindID)
	inn.notDigit = true
	t := table[choice]{
		name: SheetReview, tab: tabWork, frozen: 1, printed: 11, high: 36,
		columns: []column[choice]{
			field("Название", 24, func(c *choice) string { return c.Name }).of(kindBold),
			field("Город", 14, func(c *choice) string { return c.City }),
			field("Адрес, телефон, сайт", 27, func(c *choice) string { return inLines(c.Address, c.Phone, c.Site) }),
			field("Почему не решено", 32, func(c *choice) string { return c.Why }),
			field(colTitleCandidates, 30, (*choice).company),
			field("Адрес, телефон, сайт компании", 27, (*choice).whereabouts),
			field("Совпадает", 25, func(c *choice) string { return c.firm.Agrees }),
			field("Различается", 36, func(c *choice) string { return c.firm.Differs }),
			inn,
			{title: colTitleDecision, width: 11, kind: kindCentre, head: kindAsk, ask: true},
			field("Источник", 13, func(c *choice) string { return c.SourceTitle }),
			field(colTitleKey, 22, func(c *choice) string { return c.Source + " " + c.Key }).of(kindID),
		},
	}
	t.finish = func(s *sheet) error {
		decision := t.column(colTitleDecision)
		return w.yesNo(s.name, area(decision, 2, decision, max(s.row, 2)))
	}
	all := choices(w.book.Review)
	return t.write(ctx, w, len(all), func(i int, c *choice) { *c = all[i] })
}

// inLines puts what is known below each other.
func inLines(parts ...string) string {
	var known []string
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	return strings.Join(known, "\n")
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// Columns that ReadReturned reads. «да» in «Решение» makes the listing part of
// the candidate for ever, «нет» never joins them.
const (
	colTitleDecision     = "Решение"
	colTitleCandidateINN = "ИНН кандидата"
	colTitleCandidates   = "Возможная компания"
	colTitleKey          = "Ключ записи"
)
