package website

import (
	"net/url"
	"slices"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// Bounds on what is taken of one site.
const (
	maxPhones   = 100
	maxEmails   = 100
	maxPrinted  = 20 // ИНН, ОГРН
	maxContacts = 60
	maxNote     = 120 // bytes
)

// value is something that a site says, with the remark beside it.
type value struct {
	text string
	note string
	seen company.Date // the last page that said it was read
}

// merged is what all pages of a site say together, the words of pages of
// contacts and requisites before those of others.
type merged struct {
	phones, emails, messengers []value
	inns, ogrns, kpps          []string
	name, address, hours       value
	contacts                   []contactSaid
}

// order is how much a page's word weighs on numbers: the first comes first.
var order = []topic{topicContacts, topicDetails, topicSupply, topicPeople, topicHome, topicPlaces, topicAbout, topicLegal, topicJobs}

func merge(pages []pageMemory) *merged {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b pageMemory) int { return rank(a.Topic) - rank(b.Topic) })
	m := &merged{}
	for i := range pages {
		m.add(&pages[i].Found, pages[i].Day)
	}
	m.label()
	return m
}

func rank(t topic) int {
	if i := slices.Index(order, t); i >= 0 {
		return i
	}
	return len(order)
}

func (m *merged) add(f *finding.Page, seen company.Date) {
	for _, p := range f.Phones {
		m.phones = put(m.phones, value{p.Value, note(p.Label), seen}, maxPhones)
	}
	for _, e := range f.Emails {
		m.emails = put(m.emails, value{e.Value, note(e.Label), seen}, maxEmails)
	}
	for _, s := range f.Messengers {
		m.messengers = put(m.messengers, value{text: s, seen: seen}, maxEmails)
	}
	m.inns, m.ogrns, m.kpps = union(m.inns, f.INNs), union(m.ogrns, f.OGRNs), union(m.kpps, f.KPPs)
	for _, v := range []struct {
		into *value
		from []string
	}{{&m.name, f.Names}, {&m.address, placesOnly(f.Addresses)}, {&m.hours, []string{f.Hours}}} {
		if v.into.text == "" && len(v.from) > 0 {
			*v.into = value{text: v.from[0], seen: seen}
		}
	}
	for i := range f.People {
		m.contact(&f.People[i], f.URL, seen)
	}
}

// put adds a value once; a remark and a later day are taken over.
func put(into []value, v value, most int) []value {
	i := slices.IndexFunc(into, func(w value) bool { return w.text == v.text })
	switch {
	case v.text == "" || i < 0 && len(into) >= most:
		return into
	case i < 0:
		return append(into, v)
	}
	if into[i].note == "" {
		into[i].note = v.note
	}
	into[i].seen = max(into[i].seen, v.seen)
	return into
}

func union(into, more []string) []string {
	for _, s := range more {
		if !slices.Contains(into, s) && len(into) < maxPrinted {
			into = append(into, s)
		}
	}
	return into
}

// note is a remark beside a number, if it can name nobody: a remark outlives the
// people of a page.
func note(label string) string {
	if len(label) > maxNote {
		label = cut(label[:maxNote])
	}
	return unlessNames(label)
}

// label gives numbers without a remark that of the department they belong to.
// A person's name is no remark.
func (m *merged) label() {
	for i := range m.contacts {
		c := &m.contacts[i]
		remark := note(c.post)
		if remark == "" {
			remark = c.duty.Title()
		}
		for _, pairs := range []struct {
			values []value
			of     []string
		}{{m.phones, c.phones}, {m.emails, c.emails}} {
			for j := range pairs.values {
				if v := &pairs.values[j]; v.note == "" && slices.Contains(pairs.of, v.text) {
					v.note = remark
				}
			}
		}
	}
}

// says tells whether anything is there that helps to call or to tell whose the
// site is.
func (m *merged) says() bool {
	return m.reaches() || len(m.inns) > 0 || len(m.ogrns) > 0
}

// reaches tells whether somebody can be called or written to.
func (m *merged) reaches() bool {
	return len(m.phones)+len(m.emails)+len(m.messengers) > 0
}

// rootOf is the address of a site's home page as a site fact has it.
func rootOf(home string) string {
	u, err := url.Parse(home)
	if err != nil {
		return ""
	}
	s, err := company.ParseSite(u.Scheme + "://" + u.Host)
	if err != nil {
		return ""
	}
	return s.URL
}
