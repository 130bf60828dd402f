package company

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// EmailRole tells who reads a mailbox, as far as its name shows.
type EmailRole string

// The roles, best for a first offer first.
const (
	RoleSupply   EmailRole = "supply"   // zakup, snab, omts, tender: they buy
	RoleSales    EmailRole = "sales"    // sales, sbyt, opt
	RoleGeneral  EmailRole = "general"  // info, office, mail, the firm's own name
	RoleDirector EmailRole = "director" // director, ceo, reception
	RolePerson   EmailRole = "person"   // a.petrov: a named person, under 152-ФЗ
	RoleFree     EmailRole = "free"     // anything in a free mail service
	RoleFinance  EmailRole = "finance"  // buh, glavbuh
	RoleSupport  EmailRole = "support"  // support, help, feedback
	RoleHR       EmailRole = "hr"       // hr, job, kadry
	RoleNoReply  EmailRole = "noreply"  // nobody reads it
	RoleOperator EmailRole = "operator" // belongs to a reporting operator or a registrar
)

// Email is an address in lower case.
type Email struct {
	Address string
	Domain  string // as in Address; Cyrillic domains in Cyrillic
	Role    EmailRole
}

var roleOrder = []EmailRole{
	RoleSupply, RoleSales, RoleGeneral, RoleDirector, RoleFree, RolePerson, RoleFinance, RoleSupport, RoleHR, RoleNoReply, RoleOperator,
}

// Rank orders addresses for showing: 0 is the best. Personal mailboxes stand
// after the firm's own, since the law treats them apart.
func (e Email) Rank() int { return slices.Index(roleOrder, e.Role) }

// Useful tells whether a letter to the address would reach somebody at the
// company who may answer.
func (e Email) Useful() bool {
	return e.Role != RoleNoReply && e.Role != RoleHR && e.Role != RoleOperator
}

const (
	maxEmailCell   = 4000
	maxEmailPieces = 100
)

// ParseEmails reads every address in a cell, parted by commas, semicolons,
// slashes or space, with or without "mailto:" and angle brackets. Repeats are
// dropped. rest holds the pieces that are no address.
func ParseEmails(cell string) (emails []Email, rest []string) {
	cell, tail := cutAt(strings.ToValidUTF8(cell, ""), maxEmailCell)
	pieces := strings.FieldsFunc(cellCleaner.Replace(cell), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;/|<>()\"", r)
	})
	seen := map[string]bool{}
	for _, piece := range pieces {
		e, ok := parseEmail(piece)
		switch {
		case ok && !seen[e.Address] && len(emails) < maxEmailPieces:
			seen[e.Address] = true
			emails = append(emails, e)
		case !ok && !emailLabel(piece):
			rest = append(rest, piece)
		}
	}
	return emails, appendRest(rest, tail)
}

func emailLabel(s string) bool {
	switch strings.ToLower(strings.Trim(s, ":.-")) {
	case "", "e-mail", "email", "mail", "эл.почта", "почта", "эл", "mailto", "и":
		return true
	}
	return false
}

// parseEmail accepts what mail systems here accept: no quotes, no comments, a
// domain with a dot.
func parseEmail(s string) (Email, bool) {
	s = strings.ToLower(strings.Trim(s, ".:'"))
	for _, prefix := range []string{"mailto:", "e-mail:", "email:", "почта:"} {
		s = strings.TrimPrefix(s, prefix)
	}
	s, _, _ = strings.Cut(s, "?") // mailto:…?subject=…
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || strings.Contains(domain, "@") {
		return Email{}, false
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return Email{}, false
	}
	for _, r := range local {
		if !unicode.IsLetter(r) && (r < '0' || r > '9') && !strings.ContainsRune("!#$%&'*+-=^_`{}~.", r) {
			return Email{}, false
		}
	}
	domain, ok = hostName(domain)
	if !ok {
		return Email{}, false
	}
	e := Email{Address: local + "@" + domain, Domain: domain}
	e.Role = roleOf(local, domain)
	return e, true
}

// hostName checks a name of a host and gives its Unicode form: letters, digits
// and hyphens in labels, at least two labels, and a last one that is no number.
func hostName(s string) (string, bool) {
	s = strings.TrimSuffix(strings.ToLower(s), ".")
	ascii, err := idna.Lookup.ToASCII(s)
	if err != nil || len(ascii) > 253 {
		return "", false
	}
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 {
		return "", false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return "", false
		}
	}
	if top := labels[len(labels)-1]; digits(top) || len(top) < 2 {
		return "", false
	}
	u, err := idna.Lookup.ToUnicode(ascii)
	if err != nil {
		return "", false
	}
	return u, true
}
