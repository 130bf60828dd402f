package website

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gocolly/colly/v2"
)

// redirects is how many are followed to one page.
const redirects = 5

// browser is a colly collector for one visit. Its own robots.txt, delays,
// limits and decoding are off: the Web and hop do that on every hop. What it
// does is to keep the visit from fetching a page twice, to follow redirects
// within the site and to bound the depth.
type browser struct {
	colly *colly.Collector
	hop   *hop
	scope *scope              // domain "" until the home page is there
	worth func(*url.URL) bool // what is under way may lead there
	body  []byte
	at    *colly.Request
}

// answer is a page as it came.
type answer struct {
	received
	url     *url.URL
	body    []byte
	request *colly.Request // to go on from
}

func newBrowser(ctx context.Context, h *hop, s *scope, depth int) *browser {
	c := colly.NewCollector()
	// COLLY_… variables of the environment have no say.
	c.Context = ctx
	c.MaxDepth = depth
	c.MaxBodySize = 0
	c.MaxRequests = 0
	c.CacheDir = ""
	c.UserAgent = ""
	c.IgnoreRobotsTxt = true
	c.AllowURLRevisit = false
	c.DetectCharset = false
	c.ParseHTTPErrorResponse = false
	c.CheckHead = false
	c.TraceHTTP = false
	c.Async = false
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.SetRequestTimeout(0) // the context's deadline counts
	c.WithTransport(h)
	b := &browser{colly: c, hop: h, scope: s}
	c.SetRedirectHandler(b.redirect)
	c.OnResponse(func(r *colly.Response) { b.body, b.at = r.Body, r.Request })
	return b
}

// redirect follows within the site, to what would be asked for as a link too; the
// home page may move to another domain and to any address of its own, but not
// into a house of many firms.
func (b *browser) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > redirects {
		return fmt.Errorf("%w: more than %d redirects", errOutside, redirects)
	}
	req.Header.Del("Referer")
	if err := b.allowed(req.URL); err != nil {
		return err
	}
	if !b.worth(req.URL) {
		return fmt.Errorf("%w: to an address that is not asked for", errOutside)
	}
	return nil
}

// fits is all that is asked of the address of a home page or a map.
func fits(u *url.URL) bool { return len(u.String()) <= maxAddress }

func (b *browser) allowed(u *url.URL) error {
	site, ok := siteOf(u)
	switch {
	case !ok || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !usualPort(u):
		return errOutside
	case b.scope.domain != "" && site.Domain != b.scope.domain:
		return errOutside
	case site.Shared:
		return errShared
	}
	return nil
}

// usualPort tells the ports of the web: at others other servers may live, and a
// place is a host without one.
func usualPort(u *url.URL) bool {
	switch u.Port() {
	case "", "80", "443":
		return true
	}
	return false
}

// get fetches a page, from wherever it redirects to if that is worth it; from is
// the request of the page that leads to it, nil for the home page. errUnchanged
// says that it is as it was remembered.
func (b *browser) get(u *url.URL, from *colly.Request, worth func(*url.URL) bool) (answer, error) {
	if err := b.allowed(u); err != nil {
		return answer{}, err
	}
	b.body, b.at, b.worth = nil, nil, worth
	var err error
	if from == nil {
		err = b.colly.Visit(u.String())
	} else {
		err = from.Visit(u.String())
	}
	switch {
	case err != nil:
		return answer{}, fmt.Errorf("visit %s: %w", u.Hostname(), err)
	case b.at == nil:
		return answer{}, fmt.Errorf("visit %s: %w", u.Hostname(), errNotPage)
	}
	return answer{received: b.hop.last, url: b.at.URL, body: b.body, request: b.at}, nil
}

// visitedBefore tells the error of a page that was fetched in this visit.
func visitedBefore(err error) bool { return destination(err) != "" }

// destination is the address that was fetched before, "" if err is of another
// kind.
func destination(err error) string {
	if before := (*colly.AlreadyVisitedError)(nil); errors.As(err, &before) {
		return before.Destination.String()
	}
	return ""
}
