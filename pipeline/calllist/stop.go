package calllist

import (
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// Why an entry stands on the stop list.
const (
	StopRefused = "refused" // asked not to be called
	StopClient  = "client"  // an existing client: another department's business
	StopOther   = "other"
)

// ErrStop is returned for a text that names nobody.
var ErrStop = errors.New("neither an ИНН, nor a phone, an e-mail or a domain")

// ParseStop finds out what a text names: an ИНН by its checksum, an e-mail by
// its @, a phone by the numbering plan, else a domain.
func ParseStop(text string) (store.Stop, error) {
	text = strings.TrimSpace(text)
	if inn, err := company.ParseINN(text); err == nil {
		return store.Stop{Kind: store.StopINN, Value: string(inn)}, nil
	}
	if strings.Contains(text, "@") {
		if emails, _ := company.ParseEmails(text); len(emails) == 1 {
			return store.Stop{Kind: store.StopEmail, Value: emails[0].Address}, nil
		}
		return store.Stop{}, fmt.Errorf("%q: %w", text, ErrStop)
	}
	if phones, _ := company.ParsePhones(text, "", ""); len(phones) == 1 {
		return store.Stop{Kind: store.StopPhone, Value: phones[0].E164}, nil
	}
	if site, err := company.ParseSite(text); err == nil && site.Domain != "" {
		return store.Stop{Kind: store.StopDomain, Value: site.Domain}, nil
	}
	return store.Stop{}, fmt.Errorf("%q: %w", text, ErrStop)
}

// StopSet answers whether somebody is on the stop list.
type StopSet struct {
	byKind map[store.StopKind]map[string]string // value → reason
}

// NewStopSet indexes the stop list.
func NewStopSet(stops []store.Stop) *StopSet {
	s := &StopSet{byKind: map[store.StopKind]map[string]string{}}
	for _, stop := range stops {
		if s.byKind[stop.Kind] == nil {
			s.byKind[stop.Kind] = map[string]string{}
		}
		s.byKind[stop.Kind][stop.Value] = stop.Reason
	}
	return s
}

// Reason tells why an ИНН or any of its contacts must not be called; "" =
// nothing stands against it. A client's entry counts less than a refusal.
func (s *StopSet) Reason(inn company.INN, phones, emails, domains []string) string {
	found := s.byKind[store.StopINN][string(inn)]
	look := func(kind store.StopKind, values []string) {
		for _, v := range values {
			if reason := s.byKind[kind][v]; reason != "" && (found == "" || found == StopClient) {
				found = reason
			}
		}
	}
	look(store.StopPhone, phones)
	look(store.StopEmail, emails)
	look(store.StopDomain, domains)
	return found
}

// Stopped tells whether an entry of a list must not be shown.
func (s *StopSet) Stopped(e Entry) bool {
	return s.Reason(e.Row.INN, e.Phones, e.Emails, e.Domains) != ""
}

// Learn remembers that a company is excluded by one of its contacts, so that
// scoring, which sees only ИНН, excludes it too. It is not for concurrent use.
func (s *StopSet) Learn(c score.Contacts) {
	if reason := s.Reason(c.INN, c.Phones, c.Emails, c.Domains); reason != "" {
		if s.byKind[store.StopINN] == nil {
			s.byKind[store.StopINN] = map[string]string{}
		}
		s.byKind[store.StopINN][string(c.INN)] = reason
	}
}

// Excluded makes the stop list a veto.
func (s *StopSet) Excluded(c score.Contacts) score.Veto {
	switch s.Reason(c.INN, c.Phones, c.Emails, c.Domains) {
	case "":
		return score.Veto{}
	case StopClient:
		return score.NewVeto(score.VetoClient)
	}
	return score.NewVeto(score.VetoStop)
}

// ByContact tells whether any entry names a company by something else than its
// ИНН, so that Learn has something to find.
func (s *StopSet) ByContact() bool {
	return len(s.byKind[store.StopPhone])+len(s.byKind[store.StopEmail])+len(s.byKind[store.StopDomain]) > 0
}
