package erasure

import (
	"context"
	"maps"
	"slices"

	"obzvon/pipeline/company"
)

// ofResults takes what managers wrote.
func (p *Plan) ofResults(ctx context.Context, s Store) error {
	results, err := s.Results(ctx, p.inn())
	if err != nil {
		return err
	}
	for i := range results {
		r := &results[i]
		p.Known = true
		for _, value := range r.Phones {
			if phone, ok := company.PhoneFromValue(value); ok {
				p.phone(phone, r.Person != "")
				p.write(value, r.Person != "")
			}
		}
		p.email(r.Email, r.Person != "")
		p.write(r.Email, r.Person != "")
	}
	return nil
}

// write notes a number or an address that a manager wrote down. Beside a name it is
// that person's, whatever it looks like; without one only what is in somebody's
// pocket, or in a mailbox of his own, is anybody's.
func (p *Plan) write(value string, named bool) {
	if p.sole() {
		return
	}
	personal := named || personalPhone(value)
	if emails, _ := company.ParseEmails(value); len(emails) == 1 {
		value, personal = emails[0].Address, named || personalMailbox(value)
	} else if _, ok := company.PhoneFromValue(value); !ok {
		return
	}
	v := bare(value)
	p.written[v] = p.written[v] || personal
}

// settleWritten decides on what managers wrote. What a source tells as the company's
// own is nobody's secret: the person is not found by it.
func (p *Plan) settleWritten() {
	for _, v := range slices.Sorted(maps.Keys(p.written)) {
		switch {
		case p.values[v]:
		case !p.written[v]:
			p.Unnamed = append(p.Unnamed, v)
		case p.public[v]:
			p.Public = append(p.Public, v)
		default:
			p.values[v] = true
		}
	}
}
