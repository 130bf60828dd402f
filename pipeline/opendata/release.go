package opendata

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// ErrNoRelease is returned for a page that names no release.
var ErrNoRelease = errors.New("no release is named")

// Release is one zip of a set.
type Release struct {
	Name string       `json:"name"` // of the file
	URL  string       `json:"url"`
	Date company.Date `json:"date,omitzero"` // of the data; 0 = not told
}

// believed is the release without a date that cannot be.
func (r Release) believed(until company.Date) Release {
	r.Date = believed(r.Date, until)
	return r
}

// believed is a date, or 0 if it lies after until, unless that is 0.
func believed(d, until company.Date) company.Date {
	if until.Known() && d > until {
		return 0
	}
	return d
}

// safeName is what a release may be called here: it becomes a file.
var safeName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,150}\.(?i:zip)$`)

// releaseAt makes a release of an address, if it may be one: a zip, over http
// or https, on the host of the page or on one of ФНС.
func releaseAt(ref string, base *url.URL, page company.Date) (Release, bool) {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return Release{}, false
	}
	u = base.ResolveReference(u)
	u.Fragment, u.RawFragment = "", ""
	name := path.Base(u.Path)
	if !safeName.MatchString(name) || !mayLead(base, u) {
		return Release{}, false
	}
	return Release{Name: name, URL: u.String(), Date: dateOf(name, page)}, true
}

// publishers are the domains under which ФНС publishes.
var publishers = []string{"nalog.gov.ru", "nalog.ru"}

func mayLead(base, u *url.URL) bool {
	if u.Opaque != "" || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return false
	}
	if strings.EqualFold(u.Host, base.Host) {
		return base.Scheme == u.Scheme || u.Scheme == "https"
	}
	if u.User != nil || u.Port() != "" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(publishers, func(p string) bool { return host == p || strings.HasSuffix(host, "."+p) })
}

// newestOf is the release of the latest date. Names are never compared: the
// order of day, month and year in them has changed.
func newestOf(all []Release) (Release, error) {
	if len(all) == 0 {
		return Release{}, ErrNoRelease
	}
	newest := slices.MaxFunc(all, func(a, b Release) int { return cmp.Compare(a.Date, b.Date) })
	if !newest.Date.Known() && slices.ContainsFunc(all, func(r Release) bool { return r.Name != newest.Name }) {
		return Release{}, fmt.Errorf("%w: %d archives, and no date in their names tells the newest", ErrNoRelease, len(all))
	}
	return newest, nil
}
