package erasure

import (
	"errors"
	"fmt"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// SubjectKind is what somebody wants forgotten.
type SubjectKind string

// The kinds.
const (
	SubjectPhone SubjectKind = "phone"
	SubjectEmail SubjectKind = "e-mail"
	SubjectSole  SubjectKind = "sole proprietor" // a person's ИНН: everything of it goes
	SubjectFirm  SubjectKind = "legal entity"    // its people go, what is known of the company stays
)

// Subject is what is to be forgotten.
type Subject struct {
	Kind  SubjectKind
	Value string // E.164, an address in lower case, an ИНН
}

// ErrSubject is a text that names nothing that can be forgotten.
var ErrSubject = errors.New("neither an ИНН with the right checksum, nor a phone, nor an e-mail")

// ParseSubject finds out what a text names; "inn:" or "tel:" before it settles what
// could be both.
func ParseSubject(text string) (Subject, error) {
	named, err := calllist.NameStop(text)
	switch {
	case errors.Is(err, calllist.ErrStopTwoWay):
		return Subject{}, err
	case err != nil || named.Kind == store.StopDomain:
		return Subject{}, fmt.Errorf("%q: %w", text, ErrSubject)
	}
	s := Subject{Value: named.Value}
	switch named.Kind {
	case store.StopPhone:
		s.Kind = SubjectPhone
	case store.StopEmail:
		s.Kind = SubjectEmail
	default:
		s.Kind = SubjectFirm
		if company.INN(named.Value).Person() {
			s.Kind = SubjectSole
		}
	}
	return s, nil
}

// phoneKind is the kind of a number in E.164.
func phoneKind(e164 string) kind {
	if len(e164) == len("+79070000001") && e164[:2] == "+7" {
		return kindPhone
	}
	return kindAbroad
}
