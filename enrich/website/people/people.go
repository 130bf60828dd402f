// Package people reads off a page whom to ask for: persons with their posts,
// departments and posts without a name, each with the numbers and e-mails that
// stand beside it. Reviewers, clients, authors, streets and former directors
// are left out.
package people

import (
	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
)

// Bounds on one page. A page with more is a directory or a forum.
const (
	maxLine   = 1500 // bytes of a line in which people are looked for
	maxPeople = 120
	maxItems  = 20_000
	maxRow    = 60 // items of a row of a table that are looked at on either side
)

// Read fills People. Phones and Emails of f, and Names, are to be filled
// before: a person gets only numbers and e-mails that are the firm's.
func Read(p *page.Page, f *finding.Page) {
	f.People = nil
	if storyPage(p) {
		return
	}
	r := &reader{page: p, found: f, reach: newReach(f)}
	r.firms = firmWords(f.Names)
	r.scan()
	r.givePosts()
	r.nameLabels()
	r.giveContacts()
	r.collect()
	r.fromData()
	r.owner()
	r.mailboxes()
	if len(f.People) > 0 && r.directory() {
		f.People = nil
	}
}

// reader is a page taken apart into items.
type reader struct {
	page   *page.Page
	found  *finding.Page
	reach  *reach
	firms  map[string]bool // words of the firm's own names
	items  []item
	words  []word      // of the line that is looked at
	odd    bool        // see piece
	crowds map[int]int // names in each box
}
