package evidence

import "math"

// How often a comparison ends in each way: m of one firm, u of two that have
// nothing to do with each other, kin of two firms of one owner, one group or
// one franchise, which share phones, sites and words of their names and are
// two firms all the same. Where u is not given it is the number of carriers by
// firmsInAll. Brand is of two points of one franchise, or a firm and a shop that
// sells its brand.
//
// The rates are estimates, each with its reason, rounded so that nobody takes
// them for more: what a listing weighs rests on counts of carriers first. They
// were held against the invented world of pipeline/resolve/census by classes of
// evidence, so that of joins of one probability about that share is right; no
// rate was set to a single mistake of it.
const (
	// firmsInAll is among how many firms a listing's is looked for, which makes
	// a number of carriers a frequency.
	firmsInAll = 1_000_000.0
	// known is how many of ten listings are of a firm that the registries hold:
	// four in five, since the sections of directories that are read are of the
	// trades that are taken from the registries; the rest have another main
	// code, are closed, or are no firms.
	known = 0.8
	// kinOf is how many listings of kindred firms there are to one of the
	// firm's own: one in eighty is of a group that shows it. Of a site that other
	// listings show too it is up to groupOf times as many: all firms of a group
	// show the group's, so that one which nobody else shows is hardly a group's.
	// From groupFrom other listings on it is half as many, and from groupTo on
	// chains are more common than groups of that size.
	kinOf, groupOf, groupFrom, groupTo = 0.012, 2.5, 2, 5
	// brandOf is how many times rather than a chain's own a site with very many
	// doors is a franchise's: there are twice as many chains of that size. Chains are
	// small mostly, a franchise is large or none: at halfDoors beyond the usual few
	// it is half as much, and by the power steepDoors less below.
	brandOf, halfDoors, steepDoors = 0.5, 9, 4
)

// rates are how often an outcome is seen of one firm, of kindred ones, and of
// two under one brand.
type rates struct{ m, kin, brand float64 }

// Registration numbers have a checksum, so one that agrees by a slip is of
// another firm: the bank, the landlord or the builder whose requisites a page
// prints, or the leader of a group.
var (
	sameNumber  = rates{0.95, 0.04, 0.04}
	ownNumber   = rates{0.95, 0.001, 0.001}
	anotherSame = int64(1000) // weight of a second number beside the first of the same print
)

const (
	strayOwn     = 0.0005 // carriers beside those counted, where the source vouches for it
	strayPrinted = 0.02
	otherOwn     = 1e-12 // both known and different: a firm has one ОГРН for ever, so nothing outweighs it
	otherPrinted = 1e-12 // likewise in print, where now and then it is the landlord's alone
)

// Contacts. One firm has several phones, so that a listing shows another one
// in every second case. Kindred firms often share a site, less often a phone.
var (
	samePhone, otherPhone     = rates{0.75, 0.2, 0.05}, rates{0.5, 0.8, 0.9}
	ownPhone                  = rates{0.75, 0.01, 0.05} // known of one firm alone: if kindred ones shared it, it would be known of them too
	sameDomain, otherDomain   = rates{0.85, 0.6, 0.85}, rates{0.25, 0.4, 0.25}
	ownMailbox                = rates{0.6, 0.01, 0.05} // likewise
	sameMailbox, otherMailbox = rates{0.6, 0.2, 0.05}, rates{0.7, 0.8, 0.9}
)

// Strays are firms that have a contact and were not counted: the neighbour's in
// the office, those that no source knows.
const (
	strayLandline, strayMobile, strayMailbox = 0.004, 0.001, 0.001
	strayInside                              = 1.0   // a number with an extension: a switchboard, often a business centre's
	strayFree                                = 0.5   // 8 800: a chain, a franchise or a call centre
	strayDomain                              = 0.004 //
	strayPrinting                            = 0.002 // where the site was seen to print the firm's number
	strayBrought                             = 0.1   // what a listing brought may be the listing's only
	strayListing                             = 0.03  // for each listing beyond the usual few: a centre's phone; where no name agrees, for each pair of them
	strayBroughtUnlike                       = 4.0   // brought, where no name agrees: a centre's reception, which the listing shows like its neighbours
	strayInsideUnlike                        = 20.0  // likewise with an extension
	strayDoor                                = 0.02  // likewise for a domain
	usualPhone, usualDomain                  = 2, 4  // listings that one firm's value has anyway
)

// Names. Of one firm two legal names agree but for a renaming; a sign is the
// legal name of about half of the firms. Kindred firms are told apart by what
// stands beside the word they share: «ТД Вектор», «Вектор-Сервис».
var (
	legalRates = [levels]rates{
		whole: {0.9, 0.05, 0.02}, bySimilar: {0.03, 0.2, 0.02}, byOther: {0.002, 0.3, 0.01}, bySlip: {0.03, 0.002, 0.001},
		byPart: {0.01, 0.2, 0.02}, byInitials: {0.01, 0.001, 0.001}, byCross: {0.002, 0.1, 0.01}, unlike: {0.01, 0.3, 0.8},
	}
	signRates = [levels]rates{
		whole: {0.55, 0.08, 0.55}, bySimilar: {0.1, 0.12, 0.1}, byOther: {0.01, 0.2, 0.01}, bySlip: {0.04, 0.01, 0.04},
		byPart: {0.05, 0.12, 0.05}, byInitials: {0.02, 0.005, 0.02}, byCross: {0.01, 0.1, 0.01}, unlike: {0.3, 0.45, 0.3},
	}
	otherKnownSign = rates{0.03, 0.45, 0.03} // nor is it any of the firm's signs
)

const (
	doorsOfName   = 3 // listings of a name from which on it is a brand
	strayDoorName = 0.05
	mostComposed  = 0.8   // as many as the commonest names that are seen once
	strayGeneric  = 500.0 // firms that go by their trade: «Автозапчасти»
	uncounted     = 50.0  // carriers of a word in the country, where none were counted
)

// Aliases: the name in a mailbox or a domain that one shows is that of the
// other. Every third firm whose sign is not its legal name has mail by its sign;
// that a listing's site has the name of a firm it is not called by is how groups
// show their leader.
var (
	signInMail = rates{0.15, 0.08, 0.15}
	nameInMail = rates{0.1, 0.3, 0.1}
)

const beginOfAlias = 0.4 // of those that have the name, the share in which something follows

const (
	minAlias   = 5    // sounds
	strayAlias = 20.0 // firms whose mailbox has it and whose name has not
)

// Sole proprietors: the name is the person's.
var (
	sameWholePerson, sameInitialsPerson = rates{0.95, 0.002, 0.001}, rates{0.95, 0.01, 0.005}
	slipOfPerson                        = rates{0.03, 0.001, 0.001}
	otherPerson                         = rates{0.0005, 0.4, 0.9}
)

const (
	givenAlike      = 0.15 // of those with the same initials, the share with the same first name and patronymic
	patronymicAlike = 0.12 // of two men, the chance that their patronymics begin alike
	slipsOfSurname  = 3.0  // surnames within a slip of one
)

// Forms. Firms are transformed rarely, and a person never into an entity.
var (
	sameForm, otherForm = rates{0.97, 0.6, 0.5}, rates{0.02, 0.2, 0.3}
	otherNature         = rates{0.0005, 0.4, 0.5}
)

// Trades. Two firms in five live by another trade than that of their main code;
// points of a franchise are of one trade.
var sameTrade, otherTrade = rates{0.65, 0.4, 0.65}, rates{0.3, 0.5, 0.2}

// Places. Firms are listed where they trade and registered where the founder
// lives: now and then in another town, seldom in another region; of two
// neighbouring capitals often. Kindred firms are scattered more.
var (
	sameRegion, otherRegionOf = rates{0.93, 0.8, 0.2}, rates{0.05, 0.2, 0.1}
	nearRegion                = rates{0.1, 0.1, 0.1}
	// Of listings with the firm's own site and whole name every fifth is a branch
	// in another region, every third in another town.
	branchElsewhere, branchNearby = rates{0.2, 0.2, 0.3}, rates{0.35, 0.35, 0.4}
	sameCity, otherCity           = rates{0.85, 0.6, 0.3}, rates{0.12, 0.35, 0.2}
	sameAddress, otherAddress     = rates{0.4, 0.15, 0.03}, rates{0.5, 0.85, 0.9}
)

const (
	uNearRegion  = 0.2
	strayAddress = 2.0 // firms in a house that are not known
)

// unseen is how many firms that nobody counted have a name that only the firm
// itself was seen with: by Turing's estimate (I. J. Good, The Population
// Frequencies of Species, Biometrika 40, 1953) twice the number of names seen
// twice by that of those seen once, which falls with how much of the name is its
// own.
func unseen(own int) float64 {
	switch {
	case own <= 3:
		return 0.6
	case own <= 5:
		return 0.4
	case own <= 7:
		return 0.22
	case own <= 10:
		return 0.12
	}
	return 0.07
}

// beyond is how many carriers are meant where the count ended at its limit.
const beyond = 3 * CarrierLimit

// others is how many firms have a value beside the one it agrees with.
func (c Count) others() float64 {
	if c.Firms >= CarrierLimit {
		return beyond
	}
	return float64(max(0, c.Firms-1))
}

// doors is how many listings have a value beyond the usual few.
func (c Count) doors(usual int) float64 {
	if c.Listings >= CarrierLimit {
		return beyond
	}
	return float64(max(0, c.Listings-usual))
}

// kindred is how many times rather than usual a site is a group's.
func (c Count) kindred() float64 {
	others := float64(max(0, c.Listings-1))
	return groupOf * others * others / (others*others + groupFrom*groupFrom) / (1 + math.Pow(others/groupTo, 4))
}

// weight is ln(m/u) in thousandths.
func weight(m, u float64) int64 { return int64(math.Round(1000 * math.Log(m/u))) }

// rare is weight for a value that so many firms carry in all.
func rare(m, carriers float64) int64 { return weight(m, carriers/firmsInAll) }

// odds tells by how much more an outcome is one of others than of the firm.
func (r rates) odds() odds { return odds{weight(r.kin, r.m), weight(r.brand, r.m)} }

// odds are natural logarithms in thousandths: of kindred firms against the
// firm, and of those under one brand.
type odds struct{ kin, brand int64 }

func (o odds) plus(p odds) odds { return odds{o.kin + p.kin, o.brand + p.brand} }
