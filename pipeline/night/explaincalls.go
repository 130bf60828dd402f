package night

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// CallLine is one call, or one edit, as `explain` shows it.
type CallLine struct {
	Day     company.Date `json:"day"`
	Outcome string       `json:"outcome,omitempty"`
	Next    company.Date `json:"next,omitzero"`
	Comment string       `json:"comment,omitempty"`
	Manager string       `json:"manager,omitempty"`
	Amount  int64        `json:"amount,omitempty"`  // roubles
	Consent string       `json:"consent,omitempty"` // store.ConsentGiven, ConsentRefused; the comment is its proof
	File    string       `json:"file"`
}

// Text is the call in one line.
func (l *CallLine) Text() string {
	text := l.Day.Russian() + "  " + cmp.Or(l.Outcome, "правка без звонка")
	if l.Amount > 0 {
		text += fmt.Sprintf(", %d ₽", l.Amount)
	}
	if l.Next.Known() {
		text += ", следующий контакт " + l.Next.Russian()
	}
	text += l.consentText()
	if l.Comment != "" {
		text += ": " + strings.Join(strings.Fields(l.Comment), " ")
	}
	return text + " (" + cmp.Or(l.Manager, "кто звонил, не сказано") + ", " + l.File + ")"
}

// consentText says what was said of consent. Whoever calls has to prove it (38-ФЗ,
// ст. 18, ч. 1), and the rest of the line is what there is to prove it with.
func (l *CallLine) consentText() string {
	switch {
	case l.Consent == store.ConsentGiven && l.Comment == "":
		return ", согласие дано, без доказательства"
	case l.Consent == store.ConsentGiven:
		return ", согласие дано, доказательство"
	case l.Consent == store.ConsentRefused:
		return ", в согласии отказано"
	}
	return ""
}

// callLines are the calls to a company, the oldest first.
func (p *presenter) callLines(ctx context.Context, inn company.INN) ([]CallLine, error) {
	results, err := p.night.Store.Results(ctx, inn)
	if err != nil {
		return nil, fmt.Errorf("read the calls to %s: %w", inn, err)
	}
	stand, _ := funnel.Standing(results)
	var out []CallLine
	for _, r := range stand {
		out = append(out, CallLine{
			Day: r.Day, Outcome: r.Outcome, Next: r.Next, Comment: r.Comment, Manager: p.managerName(r.Manager),
			Amount: r.Amount, Consent: r.Consent, File: r.FileName,
		})
	}
	return out, nil
}

func (p *presenter) managerName(id string) string {
	if m := p.keepers.managers[id]; m != nil {
		return m.Name
	}
	return id
}

// whyLater is for a lead that was called and whose turn has not come; "" =
// neither.
func (p *presenter) whyLater(ctx context.Context, inn company.INN) (string, error) {
	reason := p.calls.reasons[inn]
	if reason == "" {
		return "", nil
	}
	wakes, err := p.wakes(ctx, inn)
	if err != nil {
		return "", err
	}
	if wakes {
		reason = calllist.SkipQueue
	}
	h, err := p.calls.of(ctx, inn)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("Нет в списке на %s: %s. Последний звонок: %s.", p.day.Russian(), calllist.ReasonText(reason), calllist.LastText(&h))
	if next := p.calls.nextDay(&h); next.Known() && !wakes {
		text += fmt.Sprintf(" Следующий — %s.", next.Russian())
	}
	return text, nil
}
