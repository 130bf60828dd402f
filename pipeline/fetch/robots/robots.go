package robots

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Limit is how many bytes of a file are read; what comes after is as if it
// were not there (RFC 9309, section 2.5, asks for at least this much).
const Limit = 500 << 10

// Rules are what a file says to one product token. The zero value permits all.
type Rules struct {
	rules    []Rule // the longest first, Allow before Disallow
	delay    time.Duration
	sitemaps []string
}

// Rule is one Allow or Disallow line that means us.
type Rule struct {
	Allow bool
	Path  string // as it is written in the file
	Line  int    // counted from 1

	pattern pattern
}

// String writes the rule as the file has it: "Disallow: /admin (line 4)".
func (r Rule) String() string {
	name := "Disallow"
	if r.Allow {
		name = "Allow"
	}
	return fmt.Sprintf("%s: %s (line %d)", name, r.Path, r.Line)
}

// Delay is the Crawl-delay, 0 = none. RFC 9309 does not know it; hosts use it.
func (r *Rules) Delay() time.Duration { return r.delay }

// Sitemaps are the addresses of the Sitemap lines, as written.
func (r *Rules) Sitemaps() []string { return slices.Clone(r.sitemaps) }

// Check tells whether a URI may be asked for, and the rule that decides; a
// zero Rule when none speaks of it. The URI is path and query as they are sent
// (url.URL.RequestURI). The file itself may always be asked for.
func (r *Rules) Check(uri string) (Rule, bool) {
	if uri == "/robots.txt" || len(r.rules) == 0 {
		return Rule{}, true
	}
	target := targetOf(uri)
	for i := range r.rules {
		if r.rules[i].pattern.matches(target) {
			return r.rules[i], r.rules[i].Allow
		}
	}
	return Rule{}, true
}

// Size is about how many bytes of memory the rules take.
func (r *Rules) Size() int {
	const fixed, each = 128, 120
	n := fixed + each*len(r.rules)
	for i := range r.rules {
		n += len(r.rules[i].Path) + r.rules[i].pattern.size()
	}
	for _, s := range r.sitemaps {
		n += len(s)
	}
	return n
}

// order puts the rules so that the first that matches is the one that counts.
func (r *Rules) order() {
	slices.SortStableFunc(r.rules, func(a, b Rule) int {
		if c := cmp.Compare(b.pattern.length(), a.pattern.length()); c != 0 {
			return c
		}
		if a.Allow != b.Allow {
			if a.Allow {
				return -1
			}
			return 1
		}
		return 0
	})
	r.rules = slices.Clip(r.rules)
}
