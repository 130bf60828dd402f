package xlsx

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

// linkLimit bounds the links of one sheet: excelize looks through all of them
// for each new one (5,000 take 0.4 s). Rows beyond it keep their text.
const linkLimit = 5000

// targetLimit is the longest address Excel takes.
const targetLimit = 2079

var (
	telForm   = regexp.MustCompile(`^\+[0-9]{7,15}(;ext=[0-9]{1,8})?$`)
	queryForm = regexp.MustCompile(`^[A-Za-z0-9._~!$&*+,;=:@/?%-]*$`)
	mailForm  = regexp.MustCompile(`^([A-Za-z0-9.!#$*+/=^_{|}~-]{1,64})@([^\s@/?#%&<>"'(),:;\[\]\\]{1,250})$`)
)

// telLink dials a number in E.164 form; anything else gives "".
func telLink(number string) string {
	if !telForm.MatchString(number) {
		return ""
	}
	return "tel:" + number
}

// mailLink writes to the first address of a cell.
func mailLink(cell string) string {
	first, _, _ := strings.Cut(strings.NewReplacer(";", ",", " ", ",", "\n", ",").Replace(strings.TrimSpace(cell)), ",")
	m := mailForm.FindStringSubmatch(first)
	if m == nil {
		return ""
	}
	host, err := idna.Lookup.ToASCII(m[2])
	if err != nil || !strings.Contains(host, ".") {
		return ""
	}
	return "mailto:" + (&url.URL{Path: m[1]}).EscapedPath() + "@" + host
}

// siteLink opens a web page; no other scheme is let through. Excel calls a
// workbook damaged when an address is no valid URI, so it is put together anew.
func siteLink(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return ""
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || !strings.Contains(host, ".") {
		return ""
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	u.Host = host
	if !queryForm.MatchString(u.RawQuery) {
		u.RawQuery = u.Query().Encode()
	}
	if s := u.String(); len(s) <= targetLimit {
		return s
	}
	return ""
}
