package egrul

import (
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// subject is whom a document speaks of: a legal entity or a sole proprietor.
type subject interface {
	// number checks the ИНН. It is errNoINN when there is none.
	number() (company.INN, error)
	// registration is the ОГРН or ОГРНИП as it stands, since the day of it.
	registration() string
	since() string
	// end tells that the subject is no longer there, and since when if it says.
	end() (ended bool, on company.Date)
	// day is by what an extract of the given day is dated.
	day(extracted company.Date) company.Date
	// shared is what both kinds say in the same way.
	shared() *common
	// add states what only this kind says.
	add(b *builder)
	// tag names the subject without naming any person but himself.
	tag() string
}

// newSubject returns an empty one to decode an element into, nil for an
// element of another name.
func newSubject(element string) subject {
	switch element {
	case "СвЮЛ":
		return &legal{}
	case "СвИП":
		return &sole{}
	default:
		return nil
	}
}

// common stands in СвЮЛ and СвИП under the same names.
type common struct {
	Extracted string    `xml:"ДатаВып,attr"`
	Emails    []mailbox `xml:"СвАдрЭлПочты"`
	Declared  declared  `xml:"СвОКВЭД"`
	Reported  reported  `xml:"СвОКВЭДОтч"` // from 4.08
	Licences  []licence `xml:"СвЛицензия"`
}

func (c *common) shared() *common { return c }

type mailbox struct {
	Address string `xml:"E-mail,attr"`
}

// errNoINN is returned for a subject without an ИНН.
var errNoINN = errors.New("no ИНН")

// errSubject is returned for a company with a person's number or the reverse.
var errSubject = errors.New("ИНН of the other kind of subject")

// parseNumber checks an ИНН and that it has as many digits as its kind of
// subject should.
func parseNumber(text string, digits int) (company.INN, error) {
	if strings.TrimSpace(text) == "" {
		return "", errNoINN
	}
	inn, err := company.ParseINN(members.Clip(text, 40)) // it stands in the message
	if err != nil {
		return "", err
	}
	if len(inn) != digits {
		return "", fmt.Errorf("%q: %w: want %d digits here", inn, errSubject, digits)
	}
	return inn, nil
}
