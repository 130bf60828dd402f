// Package evidence weighs what speaks for and against a listing without ИНН
// being a company's. It is the model of probabilistic record linkage
// (I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, JASA 64, 1969):
// each comparison has an outcome, the outcome weighs ln(m/u), where m is how
// often it is seen of one firm and u how often of two different ones, and u
// rests on how many carry the value. Nothing here reads a store.
package evidence

import "obzvon/pipeline/store"

// CarrierLimit is how many carriers of a token are counted: one that has more
// is common and finds nobody.
const CarrierLimit = 64

// Count is how many carry a token, each kind up to CarrierLimit.
type Count struct {
	Firms, Listings int
	More            bool // of either kind there are more
}

// Kind tells what a token was made of. Tokens of different kinds have
// different hashes.
type Kind uint8

// The kinds. Names are those of legal names and of signs alike.
const (
	KindNumber  Kind = iota + 1 // ИНН, ОГРН
	KindPhone                   // without its extension
	KindDomain                  // of a site or of mail, registered by a firm
	KindMailbox                 // a whole address in a mail service that many use
	KindName                    // a whole name, anywhere
	KindWord                    // a telling word of a name in a region; the initials of a long name
	KindSound                   // what slips of the pen leave of the most telling word, in a region
	KindPerson                  // surname and initials
	KindAddress                 // city, street and house
)

// Token is something by which owners find each other.
type Token struct {
	Hash  uint64
	Kind  Kind
	Links bool // equal ones tie listings of one firm together: phone, own domain, mailbox, ИНН, ОГРН
}

// Weighed is what speaks for and against one company.
type Weighed struct {
	Weight   int64            // natural log-odds in thousandths, the prior included
	Evidence []store.Evidence // the pieces, whose weights add up to Weight; the prior first
	Others   int              // so many more firms, which were not weighed, are as likely each
}

// Outcome is what to do about a listing.
type Outcome uint8

// The outcomes.
const (
	None   Outcome = iota // nobody's, as far as is known
	Review                // a person must look
	Match                 // joined by itself
)

// String names the outcome in English, for logs and errors.
func (o Outcome) String() string {
	switch o {
	case None:
		return "none"
	case Review:
		return "review"
	case Match:
		return "match"
	}
	return "unknown"
}

// Decision is what the weights of a listing's candidates come to.
type Decision struct {
	Outcome     Outcome
	Best        int     // index of the likeliest candidate; -1 if there is none
	Probability float64 // that it is the listing's company, 0..1
	Close       []int   // candidates worth showing, the likeliest first
}
