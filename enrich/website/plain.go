package website

import (
	_ "embed"
	"net/url"
	"strings"
	"unicode"

	"obzvon/pipeline/company"
)

//go:embed data/places.txt
var placeList string

// placeWords are those of addresses of pages of contacts, requisites and the
// like, and of systems that keep such pages.
var placeWords = setOf(placeList)

// plainAddress tells the address of a page that is about the firm: the home
// page, or one whose every word is known. Any other may name a person.
func plainAddress(u *url.URL) bool {
	if u.User != nil || u.Fragment != "" {
		return false
	}
	path := u.Path
	for _, end := range documents {
		if end != "" && strings.HasSuffix(strings.ToLower(path), end) {
			path = path[:len(path)-len(end)]
			break
		}
	}
	query, err := url.QueryUnescape(u.RawQuery)
	if err != nil {
		return false
	}
	for w := range strings.FieldsFuncSeq(path+" "+query, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if low := strings.ToLower(w); !number(w) && !placeWords[low] && !workWords[low] && !impersonal(w) {
			return false
		}
	}
	return true
}

func homeOf(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}).String()
}

// shownPage is the address that a fact gives of a contact's page, and whether it
// may name somebody. Of a contact without a name an address that may is that of
// the home page.
func shownPage(c *contactSaid) (string, company.Subject) {
	u, err := url.Parse(c.page)
	switch {
	case err != nil:
		return "", company.SubjectCompany
	case plainAddress(u):
		return c.page, company.SubjectCompany
	case c.name == "":
		return homeOf(u), company.SubjectCompany
	}
	return c.page, company.SubjectPerson
}
