package evidence

import "math"

// outcome is how often a comparison ends in one way: m of a hundred times where
// both are one firm; u is for two different firms, where it does not depend on
// who carries the value.
//
// The rates are estimates, each with its reason, rounded so that nobody takes
// them for more. They were not fitted to any data: a listing's weight rests on
// counts of carriers first.
const (
	// firmsInAll is among how many firms a listing's is looked for, which makes
	// a number of carriers a frequency; u of a value is its carriers by this.
	firmsInAll = 1_000_000.0
	// known is how many of ten listings are of a firm that the registries hold:
	// every second one, for the rest are of persons, offices and firms of other
	// trades.
	known = 0.5

	// Registration numbers have a checksum, so one that agrees by a slip is of
	// another firm: the bank, the landlord or the builder whose requisites a
	// page prints.
	mNumber       = 0.95
	strayOwn      = 0.0005 // carriers beside those counted, where the source vouches for it
	strayPrinted  = 0.02
	otherOwn      = 1e-11       // both known and different: a firm has one ОГРН for ever, so nothing outweighs it
	otherPrinted  = 1e-10       // likewise in print, where now and then it is the landlord's alone
	anotherNumber = int64(1000) // weight of a second number beside the first of the same print

	// Contacts. One firm has several, so that a listing shows another one in
	// every second case. Strays are firms that have the value and are not
	// known: the same owner's, the neighbour's in the office.
	mPhone, mDomain, mMailbox                = 0.75, 0.85, 0.6
	otherPhone, otherDomain, otherMailbox    = 0.5, 0.25, 0.7
	strayLandline, strayMobile, strayMailbox = 0.06, 0.04, 0.05
	strayFree                                = 0.5 // 8 800: a chain, a franchise or a call centre
	strayDomain                              = 0.04
	strayBrought                             = 0.1  // what a listing brought may be the listing's only
	strayListing                             = 0.03 // for each listing beyond the usual few: a centre's phone
	strayUnlike                              = 0.2  // likewise where the names differ
	strayDoor                                = 0.3  // likewise for a domain: a franchise's site
	usualListings                            = 2    // listings that one firm's value has anyway
	// Two firms of one owner share phone, site and mailbox together: beside the
	// first contact that agrees another adds this part of its weight.
	furtherContact = 4

	// Names. Of one firm two legal names agree but for a renaming; a sign is
	// the legal name of about half of the firms.
	mWholeLegal, mWholeSign       = 0.9, 0.5
	mSimilarLegal, mSimilarSign   = 0.03, 0.15  // the same telling words among other descriptions
	mPartLegal, mPartSign         = 0.01, 0.06  // one has further telling words
	mCrossLegal, mCrossSign       = 0.002, 0.01 // both have
	mSlipLegal, mSlipSign         = 0.03, 0.04  // a slip of the pen in the telling word
	mInitialsLegal, mInitialsSign = 0.01, 0.02
	otherLegal                    = 0.01 // both legal names known, nothing in common
	otherSign                     = 0.3  // a sign that is not the legal name
	otherKnownSign                = 0.03 // nor any of the firm's signs
	doorsOfName                   = 3    // listings of a name from which on it is a brand
	strayDoorName                 = 0.1
	strayGeneric                  = 500.0 // firms that go by their trade: «Автозапчасти»
	uncounted                     = 50.0  // carriers of a word in the country, where none were counted

	// Sole proprietors: the name is the person's.
	mPersonWhole, mPersonInitials = 0.95, 0.95
	mPersonSlip                   = 0.03
	otherPerson                   = 0.0005

	// Forms. Firms are transformed rarely, and a person never into an entity.
	mForm       = 0.97
	otherForm   = 0.02
	otherNature = 0.0005

	// Places. Firms are listed where they trade and registered where the
	// founder lives: now and then in another town, seldom in another region;
	// of two neighbouring capitals often.
	mRegion, otherRegionOf, nearRegion = 0.93, 0.05, 0.1
	mCity, otherCityOf                 = 0.85, 0.12
	mAddress, otherAddress             = 0.4, 0.6
	strayAddress                       = 4.0 // firms at an address that are not known
)

// unseen is how many firms that nobody counted have a value that only the firm
// itself was seen with: by Turing's estimate (I. J. Good, The Population
// Frequencies of Species, Biometrika 40, 1953) that falls the more values are
// seen once only, which names are the longer they are.
func unseen(sounds int) float64 {
	switch {
	case sounds <= 4:
		return 0.8
	case sounds <= 7:
		return 0.35
	case sounds <= 11:
		return 0.15
	}
	return 0.06
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

// weight is ln(m/u) in thousandths.
func weight(m, u float64) int64 { return int64(math.Round(1000 * math.Log(m/u))) }

// rare is weight for a value that so many firms carry in all.
func rare(m, carriers float64) int64 { return weight(m, carriers/firmsInAll) }
