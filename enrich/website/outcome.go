package website

import (
	"errors"
	"slices"
	"time"

	"obzvon/enrich/website/page"
	"obzvon/pipeline/fetch"
)

// Outcomes of an answer beyond those of fetch.Outcome, which tell why the home
// page could not be had.
const (
	noSite     = "no_site"     // nothing to visit
	noContacts = "no_contacts" // the site was read and says nothing by which anybody can be reached
	otherINN   = "other_inn"   // it prints only ИНН and ОГРН of others
	onShared   = "shared"      // it stands on, or leads to, a host of many firms
	notPage    = "content"     // as fetch.Outcome has it
	redirected = "redirect"    // likewise
)

// outcomeOf names why a home page could not be had.
func outcomeOf(err error) string {
	switch {
	case errors.Is(err, errShared):
		return onShared
	case errors.Is(err, errOutside), visitedBefore(err):
		return redirected
	case errors.Is(err, errNotPage), errors.Is(err, errUnchanged), errors.Is(err, page.ErrNotHTML), errors.Is(err, page.ErrTooDeep):
		return notPage
	}
	return fetch.Outcome(err)
}

// untilOf tells until when a host asked to be left alone; zero = it did not.
func untilOf(err error, now time.Time) time.Time {
	if later := (*fetch.LaterError)(nil); errors.As(err, &later) {
		return later.Until
	}
	if status := (*fetch.StatusError)(nil); errors.As(err, &status) && status.RetryAfter > 0 {
		return now.Add(status.RetryAfter)
	}
	return time.Time{}
}

// otherAddress tells whether the site may answer under another address than
// the one that failed, and whether its host is gone under any scheme.
func otherAddress(err error) (try, hostGone bool) {
	switch outcomeOf(err) {
	case "dns":
		return true, true
	case "refused", "certificate", "timeout", "broken":
		return true, false
	}
	return false, false
}

// tells weighs the errors of several addresses of one site: that a name leads
// nowhere says less of a site than that a port is closed, and that less than
// silence.
func tells(err error) int {
	return slices.Index([]string{"dns", "refused", "certificate", "broken", "timeout"}, outcomeOf(err))
}

// busy are outcomes that pass by themselves.
var busy = []string{"status_429", "status_5xx", "robots_later", "later"}

// passing tells whether a page that could not be had may be there next time.
func passing(err error) bool {
	code := outcomeOf(err)
	return slices.Contains(busy, code) || code == "timeout" || code == "refused" || code == "broken"
}
