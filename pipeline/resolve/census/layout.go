package census

// layout tells which companies take part in which story. Companies stand in
// the order of their ИНН; stories take them by their place in another order,
// which is a bijection, so that either is found from the other.
type layout struct {
	companies                      int
	factor, inverse                int
	franchises, networks, holdings int // how many of each
}

// role is a company's part in a story.
type role struct {
	story  story
	group  int // number of the story of its kind
	member int // 0 = the leader
}

type story uint8

const (
	storyAlone story = iota
	storyFranchise
	storyNetwork
	storyHolding
)

const (
	franchiseFirms = 12
	networkMean    = 5 // listings
	holdingFirms   = 3
)

const placesOffset = 7919

func newLayout(companies, listings int) layout {
	y := layout{companies: companies, factor: companies*5/8 | 1}
	for !coprime(y.factor, companies) {
		y.factor += 2
	}
	y.inverse = inverseOf(y.factor, companies)
	n := float64(listings)
	y.franchises = max(1, int(rateFranchise*n/franchiseFirms))
	y.networks = max(1, int(rateNetwork*n/networkMean))
	y.holdings = max(1, int(rateHolding*n/holdingFirms))
	return y
}

// at gives the company at a place of the other order.
func (y *layout) at(place int) int { return (place*y.factor + placesOffset) % y.companies }

// place is the inverse of at.
func (y *layout) place(n int) int {
	p := (n - placesOffset) % y.companies
	if p < 0 {
		p += y.companies
	}
	return p * y.inverse % y.companies
}

// The places of stories come one after the other, then those who stand alone.
func (y *layout) networksFrom() int { return y.franchises * franchiseFirms }
func (y *layout) holdingsFrom() int { return y.networksFrom() + y.networks }
func (y *layout) aloneFrom() int    { return y.holdingsFrom() + y.holdings*holdingFirms }

func (y *layout) role(n int) role {
	p := y.place(n)
	switch {
	case p < y.networksFrom():
		return role{storyFranchise, p / franchiseFirms, p % franchiseFirms}
	case p < y.holdingsFrom():
		return role{storyNetwork, p - y.networksFrom(), 0}
	case p < y.aloneFrom():
		p -= y.holdingsFrom()
		return role{storyHolding, p / holdingFirms, p % holdingFirms}
	}
	return role{story: storyAlone}
}

// leader is the company that a story is named after.
func (y *layout) leader(r role) int {
	switch r.story {
	case storyFranchise:
		return y.at(r.group * franchiseFirms)
	case storyHolding:
		return y.at(y.holdingsFrom() + r.group*holdingFirms)
	case storyNetwork:
		return y.at(y.networksFrom() + r.group)
	default:
		return -1
	}
}

func coprime(a, b int) bool {
	for b != 0 {
		a, b = b, a%b
	}
	return a == 1
}

// inverseOf finds x with a·x = 1 modulo m by Euclid.
func inverseOf(a, m int) int {
	t, next, r, rest := 0, 1, m, a%m
	for rest != 0 {
		q := r / rest
		t, next = next, t-q*next
		r, rest = rest, r-q*rest
	}
	return ((t % m) + m) % m
}
