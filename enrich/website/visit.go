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
	outcome string       // "" = the site was read
	until   time.Time    // the site asked to be left alone until then; zero = it did not
	home    string       // address of the home page
	pages   []pageMemory // in the order of the visit
	missed  []string     // addresses of pages that may come back: busy, too slow
}

// visit is one under way.
type visit struct {
	opt     Options
	persons bool
	today   company.Date
	scope   scope
	browser *browser
	front   *frontier
	known   map[string]*pageMemory
	after   map[string][]*pageMemory // known pages by the page that led to them
	bodies  map[uint64]bool          // hashes of what was read
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
		opt: e.opt, persons: task.persons, today: task.today, front: newFrontier(),
		known: map[string]*pageMemory{}, after: map[string][]*pageMemory{}, bodies: map[uint64]bool{}, seed: maphash.MakeSeed(),
		links: newLinker(),
	}
	for i := range old.Pages {
		p := &old.Pages[i]
		v.known[p.Found.URL] = p
		v.after[p.From] = append(v.after[p.From], p)
	}
	h := &hop{web: e.web, known: v.known, left: int64(e.opt.MiB) * mib}
	v.browser = newBrowser(limited, h, &v.scope, e.opt.Depth+frames)
	err := v.home(host, old.Home)
	if err == nil {
		v.rest(limited)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		v.out.outcome, v.out.until = outcomeOf(err), untilOf(err, task.now)
	}
	return &v.out, nil
}

// frames is how many pages may stand in one another or refresh to each other,
// the home page counted.
const frames = 4

// home reads the home page under the first address that answers. Where none
// does, the error is that which tells most.
func (v *visit) home(host, last string) error {
	var why error
	gone := map[string]bool{}
	for _, u := range startsOf(host, last) {
		if gone[u.Host] {
			continue
		}
		err := v.page(step{link: link{url: u, topic: topicHome}}, nil)
		if err == nil {
			return nil
		}
		next, hostGone := otherAddress(err)
		if !next {
			return err // the site is there and says no
		}
		gone[u.Host] = hostGone
		if why == nil || tells(err) > tells(why) {
			why = err
		}
	}
	return why
}

// startsOf lists the addresses under which the home page may stand: where it
// was last, then with and without encryption, then the same with www.
func startsOf(host, last string) []*url.URL {
	tries := []string{last}
	for _, h := range []string{host, "www." + host} {
		tries = append(tries, "https://"+h+"/", "http://"+h+"/")
	}
	var out []*url.URL
	seen := map[string]bool{}
	for _, s := range tries {
		if u, err := url.Parse(s); s != "" && err == nil && !seen[s] {
			seen[s] = true
			out = append(out, u)
		}
	}
	return out
}

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
		err := v.page(s, s.request)
		switch {
		case err == nil:
			pages++
		case visitedBefore(err):
		case errors.Is(err, errSpent), ctx.Err() != nil:
			v.miss(s)
			return
		default:
			pages++ // it was asked for
			if passing(err) {
				v.miss(s)
			}
		}
	}
}

func (v *visit) miss(s step) { v.out.missed = append(v.out.missed, s.url.String()) }

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
	a, err := v.browser.get(s.url, from)
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
	v.keep(pageMemory{Topic: s.as(), From: s.from, Weight: s.weight, Depth: s.depth, ETag: a.etag, Modified: a.modified, Day: v.today, Found: f})
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
	page.Day = v.today
	v.front.read[s.topic]++
	v.keep(page)
	for _, p := range v.after[page.Found.URL] {
		u, err := url.Parse(p.Found.URL)
		if err != nil || !v.scope.has(u) {
			continue
		}
		v.front.add(step{link: link{url: u, topic: p.Topic, weight: p.Weight}, depth: p.Depth, from: p.From})
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
