package website

import (
	"context"
	"errors"
	"hash/maphash"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// visited is what came of visiting one site. It does not depend on whom it was
// visited for.
type visited struct {
	outcome string          // "" = the site was read
	until   time.Time       // the site asked to be left alone until then; zero = it did not
	home    string          // address of the home page
	pages   []pageMemory    // in the order of the visit
	cut     bool            // time or bytes ran out, or something was busy: there may be more
	missed  map[string]bool // addresses of known pages that were not reached and may be there
	links   []linkMemory    // to pages that were not read
}

// visit is one under way.
type visit struct {
	opt     Options
	persons bool
	today   company.Date
	now     time.Time
	scope   scope
	browser *browser
	front   *frontier
	known   map[string]*pageMemory
	after   map[string][]linkMemory // what is known to be linked, by the page that it stands on
	settled map[string]bool         // addresses asked for that need not be asked for again, in the canonical spelling
	undone  []step                  // asked for in vain
	bodies  map[uint64]bool         // hashes of what was read
	seed    maphash.Seed
	links   linker
	said    said
	out     visited
}

// said is what is known so far: it decides which pages are still wanted.
type said struct{ phone, email, inn, people bool }

// visit reads one site. Only the end of ctx is an error; whatever the site does
// is an outcome.
func (e *Enricher) visit(ctx context.Context, host string, old *siteMemory, task task) (*visited, error) {
	limited, cancel := context.WithTimeout(ctx, e.opt.Time)
	defer cancel()
	v := &visit{
		opt: e.opt, persons: task.persons, today: task.today, now: task.now, front: newFrontier(),
		known: map[string]*pageMemory{}, after: old.linked(), settled: map[string]bool{}, bodies: map[uint64]bool{}, seed: maphash.MakeSeed(),
		links: newLinker(),
	}
	for i := range old.Pages {
		v.known[old.Pages[i].Found.URL] = &old.Pages[i]
	}
	h := &hop{web: e.web, known: v.known, left: int64(e.opt.MiB) * mib}
	v.browser = newBrowser(limited, h, &v.scope, e.opt.Depth+frames)
	err := v.home(host, old.Home)
	if err == nil {
		v.rest(limited)
	}
	if ctx.Err() != nil && (err != nil || v.out.cut) {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		v.out.outcome, v.out.until = outcomeOf(err), untilOf(err, task.now)
		return &v.out, nil
	}
	v.leave(old)
	return &v.out, nil
}

// frames is how many pages may stand in one another or refresh to each other,
// the home page counted.
const frames = 4

// rest visits what is most likely to help until nothing is wanted or a bound
// is reached.
func (v *visit) rest(ctx context.Context) {
	if v.front.count == 0 && v.opt.Depth > 0 && v.opt.Pages > 1 {
		v.sitemap()
	}
	for pages := 1; pages < v.opt.Pages; {
		s, ok := v.front.next(v.wants)
		if !ok {
			return
		}
		before := v.browser.hop.count
		err := v.page(s, s.request)
		if err != nil && !visitedBefore(err) {
			v.undone = append(v.undone, s)
		}
		if ctx.Err() != nil && err != nil || errors.Is(err, errSpent) {
			v.out.cut = true
			return
		}
		if passing(err) {
			v.out.cut = true
			v.out.until = latest(v.out.until, untilOf(err, v.now))
		} else {
			v.settled[s.key] = true
		}
		if err == nil || v.browser.hop.count > before {
			pages++
		}
	}
}

// wants tells whether a page of a topic would still add something.
func (v *visit) wants(t topic) bool {
	k := v.said
	switch t {
	case topicAbout:
		return !k.phone || !k.inn || !k.people
	case topicPlaces:
		return !k.phone
	case topicLegal:
		return !k.inn
	case topicJobs:
		return !k.phone && !k.email
	}
	return true
}

// page fetches and reads one page, and adds where it leads.
func (v *visit) page(s step, from *colly.Request) error {
	leads := worth
	if s.topic == topicHome {
		leads = fits
	}
	a, err := v.browser.get(s.url, from, leads)
	if errors.Is(err, errUnchanged) {
		return v.unchanged(s, err)
	}
	if err != nil {
		return err
	}
	if err := v.settle(a.url); err != nil {
		return err
	}
	key := canonical(a.url)
	if v.front.met(key) && key != s.key && s.topic != topicHome {
		return nil // a redirect to a page that is read or waits
	}
	sum := maphash.Bytes(v.seed, a.body)
	if v.bodies[sum] {
		return nil // another address of a page that was read
	}
	v.bodies[sum] = true
	p, f, err := read(a.url, a.contentType, a.body)
	if err != nil {
		return err
	}
	if !v.persons {
		anonymize(&f)
	}
	v.front.read[s.topic]++
	v.keep(pageMemory{Topic: s.as(), From: s.from, Weight: s.weight, Depth: s.depth, Order: s.order, ETag: a.etag, Modified: a.modified, Day: v.today, Found: f})
	for _, l := range v.links.linksOf(p, v.scope) {
		v.follow(l, s, f.URL, a.request)
	}
	return nil
}

// settle fixes the domain of the visit by the home page.
func (v *visit) settle(u *url.URL) error {
	if v.scope.domain != "" {
		return nil
	}
	site, ok := siteOf(u)
	if !ok {
		return errOutside
	}
	v.scope.domain = site.Domain
	home := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
	v.out.home = home.String()
	return nil
}

// follow puts a link on the frontier. A frame or a refresh is no step away.
func (v *visit) follow(l link, s step, page string, request *colly.Request) {
	next := step{link: l, depth: s.depth + 1, from: page, request: request, part: s.as()}
	if l.topic == topicSame {
		next.depth = s.depth
	}
	if next.depth <= v.opt.Depth {
		v.front.add(next)
	}
}

// unchanged takes a page, and where it led, from what is remembered.
func (v *visit) unchanged(s step, err error) error {
	was := v.known[v.browser.hop.asked]
	if was == nil {
		return err // not asked conditionally: the server is wrong
	}
	u, perr := url.Parse(was.Found.URL)
	if perr != nil {
		return err
	}
	if err := v.settle(u); err != nil {
		return err
	}
	if key := canonical(u); v.front.met(key) && key != s.key && s.topic != topicHome {
		return nil
	}
	page := *was
	page.Day, page.Missed = v.today, 0
	v.front.read[s.topic]++
	v.keep(page)
	for _, l := range v.after[page.Found.URL] {
		u, err := url.Parse(l.URL)
		if err != nil || !v.links.ours(u, v.scope) || !worth(u) {
			continue
		}
		if l.Topic == topicHome {
			l.Topic = topicSame // a part of it
		}
		v.front.add(step{link: link{url: u, topic: l.Topic, weight: l.Weight}, depth: l.Depth, from: l.From, part: page.Topic})
	}
	return nil
}

func (v *visit) keep(p pageMemory) {
	v.out.pages = append(v.out.pages, p)
	f := &p.Found
	v.said.phone = v.said.phone || len(f.Phones) > 0
	v.said.email = v.said.email || len(f.Emails) > 0
	v.said.inn = v.said.inn || len(f.INNs) > 0
	v.said.people = v.said.people || hasBuyer(f.People)
}

// hasBuyer tells whether somebody who has a say in buying is among them.
func hasBuyer(people []finding.Person) bool {
	for i := range people {
		if people[i].Duty != "" && people[i].Duty.Buys() && strings.TrimSpace(people[i].Name+people[i].Post) != "" {
			return true
		}
	}
	return false
}
