package score

import "obzvon/pipeline/company"

// Veto is why a company is on no list whatever its points.
type Veto struct {
	Code string `json:"code"` // for counts: VetoLiquidated, …
	Text string `json:"text"` // Russian, for people
}

// Codes of vetoes.
const (
	VetoLiquidated  = "liquidated"
	VetoLiquidating = "liquidating"
	VetoBankrupt    = "bankrupt"
	VetoBankruptcy  = "bankruptcy" // a case that goes on, by messages of ЕФРСБ
	VetoStop        = "stop"       // by the stop list
	VetoClient      = "client"     // an existing client
	VetoMaker       = "maker"
	VetoCompetitor  = "competitor"
	VetoNotOurs     = "not_ours" // by a word of the name
)

// NewVeto makes a veto with the usual words for its code.
func NewVeto(code string) Veto { return Veto{code, VetoText(code)} }

// VetoText says in Russian what a code means.
func VetoText(code string) string {
	switch code {
	case VetoLiquidated:
		return "компания ликвидирована"
	case VetoLiquidating:
		return "компания ликвидируется"
	case VetoBankrupt:
		return "компания в банкротстве"
	case VetoBankruptcy:
		return company.RiskBankruptcy.Title()
	case VetoStop:
		return "в стоп-листе"
	case VetoClient:
		return "уже наш клиент"
	case VetoMaker:
		return "сама производит подшипники"
	case VetoCompetitor:
		return "конкурент"
	case VetoNotOurs:
		return "жилищный, гаражный или садовый кооператив"
	}
	return code
}

// Contacts is everything by which an exclusion may name a company.
type Contacts struct {
	INN     company.INN
	Phones  []string // E.164 without extension
	Emails  []string
	Domains []string // of sites, without hosts that many share, and of e-mails
}

// Exclusions tells whom never to call, and why: stop list and clients. Score
// asks with the ИНН alone, since a row has no contacts; Explain asks with all
// of them. So whoever rests on Score must give the ИНН of every company whose
// phone, e-mail or domain is excluded (see ContactsOf), or ask again with the
// company at hand.
type Exclusions interface {
	// Excluded may be called from many goroutines. A veto without a code
	// means that nothing excludes the company.
	Excluded(c Contacts) Veto
}

// ContactsOf collects a company's contacts, losers included: a number that
// another source gives up may still be the one in the stop list.
func ContactsOf(c *company.Company) Contacts {
	out := Contacts{INN: c.INN}
	seen := map[string]bool{}
	add := func(list *[]string, value string) {
		if value != "" && !seen[value] {
			seen[value] = true
			*list = append(*list, value)
		}
	}
	for i := range c.Values {
		v := &c.Values[i]
		switch v.Field {
		case company.FieldPhone:
			if p, ok := company.PhoneFromValue(v.Value); ok {
				add(&out.Phones, p.E164)
			}
		case company.FieldEmail:
			add(&out.Emails, v.Value)
			emails, _ := company.ParseEmails(v.Value)
			for _, e := range emails {
				add(&out.Domains, e.Domain)
			}
		case company.FieldSite:
			if s, err := company.ParseSite(v.Value); err == nil && !s.Shared {
				add(&out.Domains, s.Domain)
			}
		}
	}
	return out
}

// veto returns the first reason against a row.
func (s *Scorer) veto(r *Row) Veto {
	if code := standingVeto(r); code != "" {
		return NewVeto(code)
	}
	if s.options.Exclusions != nil {
		if v := s.options.Exclusions.Excluded(Contacts{INN: r.INN()}); v.Code != "" {
			return v
		}
	}
	if code := markVeto(r.Marks); code != "" {
		return NewVeto(code)
	}
	return Veto{}
}

// standingVeto goes by the registries: the state, then a case that goes on, which
// the state may not show yet.
func standingVeto(r *Row) string {
	switch {
	case r.Status == statusLiquidated:
		return VetoLiquidated
	case r.Status == statusLiquidating:
		return VetoLiquidating
	case r.Status == statusBankrupt:
		return VetoBankrupt
	case r.Risks&RiskBankruptcy != 0:
		return VetoBankruptcy
	}
	return ""
}

func markVeto(m Marks) string {
	switch {
	case m&MarkMaker != 0:
		return VetoMaker
	case m&competitorMarks != 0:
		return VetoCompetitor
	case m&MarkNotOurs != 0:
		return VetoNotOurs
	}
	return ""
}
