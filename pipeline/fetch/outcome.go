package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"

	"obzvon/pipeline"
)

// Outcome is a short code for what came of a request to a Guest, by which
// visits are counted:
//
//	""             no error
//	robots         robots.txt forbids it
//	robots_later   robots.txt is answered and cannot be read
//	crawl_delay    the host wants longer pauses than a visit makes
//	later          the host is to be asked later
//	blocked        it leads to an address that may not be asked
//	url            not an address that can be fetched, or not by GET or HEAD
//	dns            the name leads nowhere, or cannot be resolved now
//	refused        no connection: refused, no route
//	timeout        no answer in time, or the visit's time is over
//	certificate    the certificate is not accepted
//	status_404     the answer; every 4xx and 3xx by its number
//	status_5xx     every other answer that is no page
//	too_large      too many bytes, or too many for their packed size
//	content        not a page by its type, or packed in another way than gzip
//	redirect       a redirect that cannot be followed, or too many
//	broken         the answer is cut or damaged, or not HTTP
//	cancelled      the caller gave up
func Outcome(err error) string {
	if err == nil {
		return ""
	}
	if later := (*RobotsLaterError)(nil); errors.As(err, &later) {
		switch way := Outcome(later.Why); way {
		case "blocked", "dns", "refused", "certificate", "broken", "timeout":
			return way // the host itself, not its robots.txt
		}
		return "robots_later"
	}
	for _, o := range outcomes {
		if errors.Is(err, o.err) {
			return o.code
		}
	}
	if status := (*StatusError)(nil); errors.As(err, &status) {
		if status.Code >= http.StatusMultipleChoices && status.Code < http.StatusInternalServerError {
			return "status_" + strconv.Itoa(status.Code)
		}
		return "status_5xx"
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		return "dns"
	}
	if late := net.Error(nil); errors.As(err, &late) && late.Timeout() {
		return "timeout"
	}
	return "broken"
}

// outcomes are looked through in this order: an error may be several.
var outcomes = []struct {
	err  error
	code string
}{
	{ErrRobots, "robots"},
	{ErrCrawlDelay, "crawl_delay"},
	{ErrLater, "later"},
	{ErrBlocked, "blocked"},
	{ErrURL, "url"},
	{ErrName, "dns"},
	{ErrTimeout, "timeout"},
	{context.DeadlineExceeded, "timeout"},
	{context.Canceled, "cancelled"},
	{ErrCertificate, "certificate"},
	{ErrUnreachable, "refused"},
	{pipeline.ErrTooLarge, "too_large"},
	{ErrContent, "content"},
	{ErrRedirect, "redirect"},
	{ErrTruncated, "broken"},
}
