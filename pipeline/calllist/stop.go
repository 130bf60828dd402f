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

// Why a text cannot be an entry of the stop list.
var (
	ErrStop       = errors.New("neither an ИНН with the right checksum, nor a phone, an e-mail or a domain")
	ErrStopTwoWay = errors.New("it reads as an ИНН and as a phone: write inn: or tel: before it")
	ErrStopShared = errors.New("thousands of firms share it, and an entry would stop all of them")
)

// ParseStop finds out what a text names: an ИНН by its checksum, an e-mail by
// its @, a phone by the numbering plan, else a domain. "inn:" or "tel:" before
// it settles what could be both. Domains that many firms share (free mail,
// social networks, site builders, and those in shared) are refused.
func ParseStop(text string, shared ...string) (store.Stop, error) {
	stop, many, err := parseStop(strings.TrimSpace(text))
	if err == nil && (many || stop.Kind == store.StopDomain && sharedDomain(stop.Value, shared)) {
		err = ErrStopShared
	}
	if err != nil {
		return store.Stop{}, fmt.Errorf("%q: %w", text, err)
	}
	return stop, nil
}

// NameStop is ParseStop for an entry that may stand on the list already: it
// refuses nothing for being shared.
func NameStop(text string) (store.Stop, error) {
	stop, _, err := parseStop(strings.TrimSpace(text))
	if err != nil {
		return store.Stop{}, fmt.Errorf("%q: %w", text, err)
	}
	return stop, nil
}

// parseStop reads a text; many tells of a site on a host of many firms.
func parseStop(text string) (stop store.Stop, many bool, err error) {
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(lower, "inn:"), strings.HasPrefix(lower, "инн:"):
		_, number, _ := strings.Cut(text, ":")
		stop, err = stopINN(number)
		return stop, false, err
	case strings.HasPrefix(lower, "tel:"), strings.HasPrefix(lower, "тел:"):
		_, number, _ := strings.Cut(text, ":")
		stop, err = stopPhone(number)
		return stop, false, err
	case strings.Contains(text, "@"):
		if emails, _ := company.ParseEmails(text); len(emails) == 1 {
			return store.Stop{Kind: store.StopEmail, Value: emails[0].Address}, false, nil
		}
		return stop, false, ErrStop
	}
	inn, innErr := stopINN(text)
	phone, phoneErr := stopPhone(text)
	switch {
	case innErr == nil && phoneErr == nil:
		return stop, false, ErrStopTwoWay
	case innErr == nil:
		return inn, false, nil
	case phoneErr == nil:
		return phone, false, nil
	}
	site, err := company.ParseSite(text)
	if err != nil || site.Domain == "" {
		return stop, false, ErrStop
	}
	return store.Stop{Kind: store.StopDomain, Value: site.Domain}, site.Shared, nil
}

func stopINN(text string) (store.Stop, error) {
	inn, err := company.ParseINNCell(text)
	if err != nil {
		return store.Stop{}, ErrStop
	}
	return store.Stop{Kind: store.StopINN, Value: string(inn)}, nil
}

func stopPhone(text string) (store.Stop, error) {
	phones, rest := company.ParsePhones(text, "", "")
	if len(phones) != 1 || len(rest) > 0 {
		return store.Stop{}, ErrStop
	}
	return store.Stop{Kind: store.StopPhone, Value: phones[0].E164}, nil
}

func sharedDomain(domain string, shared []string) bool {
	if company.FreeMail(domain) || company.SharedHost(domain) || company.ReportingOperator(domain) {
		return true
	}
	for _, s := range shared {
		if strings.EqualFold(s, domain) {
			return true
		}
	}
	return false
}

// StopSet answers whether somebody is on the stop list.
type StopSet struct {
	byKind map[store.StopKind]map[string]string // value → reason
}

// NewStopSet indexes the stop list. Of a value's reasons that of a client
// counts least.
func NewStopSet(stops []store.Stop) *StopSet {
	s := &StopSet{byKind: map[store.StopKind]map[string]string{}}
	for _, stop := range stops {
		if s.byKind[stop.Kind] == nil {
			s.byKind[stop.Kind] = map[string]string{}
		}
		was, there := s.byKind[stop.Kind][stop.Value]
		if !there || was == StopClient {
			s.byKind[stop.Kind][stop.Value] = stop.Reason
		}
	}
	return s
}

// Reason tells whether an ИНН or any of its contacts must not be called, and
// why. A client's entry counts less than a refusal. What many firms share is
// not held against a firm.
func (s *StopSet) Reason(inn company.INN, phones, emails, domains []string) (reason string, stopped bool) {
	look := func(kind store.StopKind, value string) {
		if r, there := s.byKind[kind][value]; there && (!stopped || reason == StopClient) {
			reason, stopped = r, true
		}
	}
	look(store.StopINN, string(inn))
	for _, p := range phones {
		look(store.StopPhone, p)
	}
	for _, e := range emails {
		look(store.StopEmail, e)
	}
	for _, d := range domains {
		if !sharedDomain(d, nil) {
			look(store.StopDomain, d)
		}
	}
	return reason, stopped
}

// Stopped tells whether an entry of a list must not be shown.
func (s *StopSet) Stopped(e Entry) bool {
	_, stopped := s.Reason(e.Row.INN, e.Phones, e.Emails, e.Domains)
	return stopped
}

// Learn remembers that a company is excluded by one of its contacts, so that
// scoring, which sees only ИНН, excludes it too. It is not for concurrent use.
func (s *StopSet) Learn(c score.Contacts) {
	reason, stopped := s.Reason(c.INN, c.Phones, c.Emails, c.Domains)
	if !stopped {
		return
	}
	if s.byKind[store.StopINN] == nil {
		s.byKind[store.StopINN] = map[string]string{}
	}
	s.byKind[store.StopINN][string(c.INN)] = reason
}

// Excluded makes the stop list a veto.
func (s *StopSet) Excluded(c score.Contacts) score.Veto {
	reason, stopped := s.Reason(c.INN, c.Phones, c.Emails, c.Domains)
	switch {
	case !stopped:
		return score.Veto{}
	case reason == StopClient:
		return score.NewVeto(score.VetoClient)
	}
	return score.NewVeto(score.VetoStop)
}

// ByContact tells whether any entry names a company by something else than its
// ИНН, so that Learn has something to find.
func (s *StopSet) ByContact() bool {
	return len(s.byKind[store.StopPhone])+len(s.byKind[store.StopEmail])+len(s.byKind[store.StopDomain]) > 0
}
