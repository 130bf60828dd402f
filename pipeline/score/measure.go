package score

import (
	"math/bits"

	"obzvon/pipeline/company"
)

// kinds is a set of kinds, bit by kind.
type kinds uint32

func (s kinds) has(k kind) bool { return s>>k&1 != 0 }

// The bits of Given and Reach stand in the order of their kinds, so that sets
// of them are shifted, not tested one by one; a test holds them to it.
const (
	givenShift = okvedMain
	reachShift = phone
	listable   = kinds(1<<phone | 1<<mobile | 1<<email | 1<<site)
)

// known tells of which properties of a row anything is known. It does not
// depend on the segment, and neither does the known share.
func (s *Scorer) known(r *Row) kinds {
	set := 1<<season | kinds(r.Given)<<givenShift | kinds(r.Reach&^ReachListed)<<reachShift
	if r.Reach&ReachListed != 0 {
		set |= listable // directories do not list people: absent there says nothing
	}
	if r.Headcount != Unknown {
		set |= 1 << headcount
	}
	if r.Revenue != Unknown {
		set |= 1 << revenue
	}
	if r.SME != 0 {
		set |= 1 << smeCategory
	}
	if r.Branches != 0 {
		set |= 1 << branches
	}
	if r.Region != 0 && s.options.SellerRegion != "" {
		set |= 1 << proximity
	}
	if r.Registered.Known() {
		set |= 1 << age
	}
	if r.Status != statusUnknown || r.Risks&unclean != 0 {
		set |= 1 << statusClean
	}
	if s.seen(r).Known() {
		set |= 1 << freshness
	}
	return set | s.knownNeeds(r)
}

// knownNeeds is the part of known that tells of needs. Where a source in force
// tells of them, silence on a company means that there are none.
func (s *Scorer) knownNeeds(r *Row) kinds {
	var set kinds
	if w := &s.options.Watched; w.Tenders || r.Tender.Known() || r.Notice.Known() {
		set |= 1<<tender | 1<<tenderPast
	}
	if s.options.Watched.Fairs || r.Fair.Known() {
		set |= 1 << exhibition
	}
	if s.options.Watched.Supplies || r.Supply.Known() {
		set |= 1 << competitorClient
	}
	return set
}

// seen is the newest day on which any source showed the company.
func (s *Scorer) seen(r *Row) company.Date { return s.options.Releases.Seen(r) }

// share is the part of the weight of which something is known, in thousandths.
func (s *Scorer) share(known kinds) int {
	if s.weight == 0 {
		return 0
	}
	var sum Points
	for ; known != 0; known &= known - 1 {
		sum += s.weights[bits.TrailingZeros32(uint32(known))]
	}
	return int(sum * 1000 / s.weight)
}

// measure grades one signal of a row for a segment: the only place where a
// property becomes points. Both Score and Explain rest on it. It has no
// branches but the one on the kind, since rows come in no order that a
// processor could guess.
func (s *Scorer) measure(sig *signal, r *Row, known kinds, segment int) *grade {
	n := 0
	switch sig.kind {
	case okvedMain:
		n = int(r.Match[segment].Main())
	case okvedReported:
		n = int(r.Match[segment].Reported())
	case okvedExtra:
		n = int(r.Match[segment].Extra())
	case nameWords:
		n = one(r.Match[segment].Word())
	case rubric:
		n = one(r.Match[segment].Rubric())
	case season:
		n = one(s.rules[segment].season)
	case headcount:
		n = sig.climb(int64(r.Headcount))
	case revenue:
		n = sig.climb(r.Revenue)
	case smeCategory:
		n = sig.climb(int64(r.SME))
	case branches:
		n = sig.climb(int64(r.Branches))
	case phone:
		n = one(r.Reach&ReachPhone != 0)
	case mobile:
		n = one(r.Reach&ReachMobile != 0)
	case email:
		n = one(r.Reach&ReachEmail != 0)
	case site:
		n = one(r.Reach&ReachSite != 0)
	case namedPerson:
		n = one(r.Reach&ReachPerson != 0)
	case proximity:
		n = int(r.Region)
	case age:
		n = sig.climb(-int64(r.Registered))
	case statusClean:
		n = one(r.Status == statusActive && r.Risks&unclean == 0)
	case freshness:
		n = sig.climb(int64(max(s.options.Today-s.seen(r), 0)))
	case tender:
		n = sig.climb(int64(r.Tender - s.options.Today))
	case tenderPast:
		n = sig.climb(s.since(r.lastNotice(s.options.Today)))
	case exhibition:
		n = sig.climb(s.distance(r.Fair))
	case competitorClient:
		n = sig.climb(s.since(r.Supply))
	}
	mask := -int(known >> sig.kind & 1) // all ones when known
	return &sig.grades[(n+1)&mask]
}

// lastNotice is the newest day on which the company showed by a tender that it
// buys. Where no notice has a day, that of its end stands for it, as far as it has
// come.
func (r *Row) lastNotice(today company.Date) company.Date {
	if r.Notice.Known() || !r.Tender.Known() {
		return r.Notice
	}
	return min(r.Tender, today)
}

// since counts the days since a day, none for one to come; below every step of a
// ladder where there was none.
func (s *Scorer) since(day company.Date) int64 {
	if !day.Known() {
		return -1
	}
	return int64(max(s.options.Today-day, 0))
}

// distance is since for days to come as well.
func (s *Scorer) distance(day company.Date) int64 {
	if !day.Known() {
		return -1
	}
	return int64(max(s.options.Today-day, day-s.options.Today))
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// climb counts the steps reached. They rise, so it is the number of the
// highest one, and zero below the first.
func (sig *signal) climb(quantity int64) int {
	n := 0
	for _, from := range sig.steps {
		n += one(quantity >= from)
	}
	return n
}
