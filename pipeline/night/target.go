package night

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
)

// target is one company of «ТОП-20».
func (p *presenter) target(ctx context.Context, res *score.Result) (pipeline.Target, error) {
	c, err := p.candidate(ctx, res)
	if err != nil {
		return pipeline.Target{}, err
	}
	d, err := p.Dossier(ctx, res.INN())
	if err != nil {
		return pipeline.Target{}, err
	}
	firm := p.company(d)
	t := pipeline.Target{Row: c.Row, Contacts: p.contactsText(&firm), Equipment: calllist.EquipmentText(p.segment(res))}
	t.LastTalk, err = p.lastTalk(ctx, res.INN())
	return t, err
}

// targetContacts is how many contacts a cell shows.
const targetContacts = 4

// contactsText names whom to ask for, a line each.
func (p *presenter) contactsText(c *company.Company) string {
	var lines []string
	for _, k := range ContactsOf(c) {
		parts := []string{k.Post}
		for _, s := range []string{k.Name, k.Phone, k.Email} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		if line := strings.Join(parts, ", "); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[:min(len(lines), targetContacts)], "\n")
}

// lastTalk says when somebody answered last, who had called, and what was said.
func (p *presenter) lastTalk(ctx context.Context, inn company.INN) (string, error) {
	results, err := p.night.Store.Results(ctx, inn)
	if err != nil {
		return "", fmt.Errorf("read the calls to %s: %w", inn, err)
	}
	stand, _ := funnel.Standing(results)
	for _, r := range slices.Backward(stand) {
		rule, ok := funnel.RuleOf(r.Outcome)
		if !ok || !rule.Answered || r.Day >= p.day {
			continue
		}
		text := r.Day.Russian() + ", " + r.Outcome
		if name := p.managerName(r.Manager); name != "" {
			text += ", " + name
		}
		if comment := calllist.Shorten(r.Comment); comment != "" {
			text += ": " + comment
		}
		return text, nil
	}
	return "", nil
}
