package contact

import "strings"

// gluedZones are the ends of domains behind which another address may be glued,
// longest first where one begins with another.
var gluedZones = []string{
	".company", ".online", ".info", ".com", ".net", ".org", ".biz", ".pro", ".ru", ".su", ".by", ".kz", ".ua", ".uz", ".kg", ".am", ".eu", ".de",
}

// gluedAfter tells that the domain behind an at sign runs into another address,
// as in «a@mail.rub@mail.ru», and where the domain ends; where none is seen to
// end, that is where both end: neither can be told.
func gluedAfter(s string, at sign, host string) (to int, glued bool) {
	if !at.plain {
		return 0, false
	}
	run := at.to
	for run < len(s) && run-at.to < maxDomain && (alnum(s[run]) || strings.IndexByte("._%+-", s[run]) >= 0) {
		run++
	}
	if run == len(s) || s[run] != '@' || run == at.to || run+1 == len(s) || !alnum(s[run+1]) {
		return 0, false
	}
	text := strings.ToLower(s[at.to:run])
	if knownDomain(text, host) == text {
		return at.to + len(text), true
	}
	best := -1
	for _, z := range gluedZones {
		if i := strings.Index(text, z); i > 0 && (best < 0 || i < best) {
			best, to = i, at.to+i+len(z)
		}
	}
	if best < 0 {
		return run, true
	}
	return to, true
}
