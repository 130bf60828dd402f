package night

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// reviewCalls are the rows of «На проверку» that calls bring up: companies of which
// no number is left, and those of which the head decides. What is to be done
// stands in the row; the next result of any kind takes it away.
func (p *presenter) reviewCalls(ctx context.Context, missed []calllist.Missed) ([]pipeline.Review, error) {
	var out []pipeline.Review
	for _, inn := range p.calls.wrong {
		why := func(firm *company.Company, history *funnel.Progress) string {
			if len(firm.Values) == 0 || history.BandOn(p.day, numbers(firm)) != funnel.BandNoNumber {
				return ""
			}
			return "Звонить некуда: " + strings.Join(prettyPhones(history.BadPhones), ", ") + " — нет такого номера, других не известно. " +
				"Найдите номер и загрузите таблицу со столбцами «ИНН» и «Телефон»."
		}
		if err := p.reviewCall(ctx, inn, why, &out); err != nil {
			return nil, err
		}
	}
	for _, m := range missed {
		why := func(*company.Company, *funnel.Progress) string {
			return fmt.Sprintf("Договорились о звонке на %s, а в список не попала: %s. Позвоните вне списка или договоритесь на другой день.",
				m.Due.Russian(), calllist.ReasonText(m.Reason))
		}
		if err := p.reviewCall(ctx, m.INN, why, &out); err != nil {
			return nil, err
		}
	}
	for _, inn := range p.calls.stuck {
		why := func(*company.Company, *funnel.Progress) string {
			return "Решает руководитель: звонили столько раз, сколько можно, а ответа по существу нет. " +
				"Назначьте день: таблица со столбцами «ИНН» и «Следующий контакт»; или отметьте результат «Не интересно»."
		}
		if err := p.reviewCall(ctx, inn, why, &out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *presenter) reviewCall(ctx context.Context, inn company.INN, why func(*company.Company, *funnel.Progress) string, out *[]pipeline.Review) error {
	d, err := p.Dossier(ctx, inn)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("read company %s for review: %w", inn, err)
	}
	d.INN = inn // of one that no source knows any more nothing else is left
	history, err := p.calls.of(ctx, inn)
	if err != nil {
		return err
	}
	firm := p.company(d)
	text := why(&firm, &history)
	if text == "" {
		return nil
	}
	line := pipeline.Review{
		Name: calllist.DisplayName(&firm) + "\nИНН " + string(inn), City: firm.Get(company.FieldCity), SourceTitle: "Звонки",
		Source: config.ManagerSource, Key: string(inn), Why: text + " Последний звонок: " + calllist.LastText(&history) + ".",
		Site: calllist.BestSite(&firm), Address: firm.Get(company.FieldAddress),
	}
	line.Phone = strings.Join(prettyPhones(history.BadPhones), "\n")
	*out = append(*out, line)
	return nil
}

// numbers are those that a company can be dialled at.
func numbers(c *company.Company) []string {
	var out []string
	for _, p := range calllist.DialOrder(c) {
		out = append(out, p.E164)
	}
	return out
}

// prettyPhones are numbers as people write them.
func prettyPhones(numbers []string) []string {
	out := slices.Clone(numbers)
	for i, n := range out {
		if p, ok := company.PhoneFromValue(n); ok {
			out[i] = p.Pretty()
		}
	}
	return out
}
