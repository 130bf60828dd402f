package zakupki

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// dayOf reads the day of «05.08.2026», «2026-10-12+03:00» and of a moment with its
// offset: the day is the one that the customer's clock shows.
func dayOf(s string) company.Date {
	s = strings.TrimSpace(s)
	if len(s) > len("2026-10-12") {
		s = s[:len("2026-10-12")]
	}
	return members.DateOf(s)
}

// roublesOf reads «506000.00», «262 512,00 ₽» as whole roubles; 0 = no price.
func roublesOf(s string) int64 {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r == '.', r == ',':
			return '.'
		case r == '-':
			return r
		default:
			return -1
		}
	}, s)
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= 0.5 && v < 1e15) {
		return 0
	}
	return int64(math.Round(v))
}

// subjectOf cleans a subject. «null» is what the site prints where there is none.
func subjectOf(s string) string {
	if s = members.Line(s); strings.EqualFold(s, "null") {
		return ""
	}
	return s
}

// numberOf takes a number of digits only, as both laws' notices and contracts have.
func numberOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 5 || len(s) > 40 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// addressBase is where pages lie, whichever host answered.
const addressBase = "https://zakupki.gov.ru"

// linkMax is far more than a link of the site has, in bytes.
const linkMax = 2000

// pageOf makes a full https address of a link; "" = it leads away from the site.
func pageOf(link string) string {
	base, err := url.Parse(addressBase)
	if link = strings.TrimSpace(link); err != nil || link == "" || len(link) > linkMax || !utf8.ValidString(link) {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if h := strings.ToLower(u.Hostname()); h != base.Host && !strings.HasSuffix(h, "."+base.Host) {
		return ""
	}
	u.Scheme, u.Fragment = base.Scheme, ""
	return u.String()
}

// pageOfNotice is the address by which the site finds a notice by its number alone.
func pageOfNotice(number string) string {
	return addressBase + "/epz/order/extendedsearch/results.html?searchString=" + url.QueryEscape(number)
}

// pageOfContract is the card of a contract of 44-ФЗ.
func pageOfContract(number string) string {
	return addressBase + "/epz/contract/contractCard/common-info.html?reestrNumber=" + url.QueryEscape(number)
}
