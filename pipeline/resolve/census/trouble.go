package census

import "strings"

// Trouble is what stands between a listing and its firm. A listing may have
// several.
type Trouble uint64

// The troubles. Those from TroubleStranger on are of listings whose firm the
// registry does not have.
const (
	TroubleTypo         Trouble = 1 << iota // a slip in the name
	TroubleLookalike                        // a Latin letter for a Russian one that looks the same
	TroubleSpacing                          // «Строй-Сервис» for «СтройСервис»
	TroubleLatin                            // the name in Latin letters
	TroubleExtra                            // words that the legal name does not have
	TroubleDropped                          // a word of the legal name is missing
	TroubleOrder                            // other order of words
	TroubleKind                             // «Торговый дом» for «ТД», or neither
	TroubleInitials                         // «УЗМК»
	TroubleForm                             // another legal form than the registry's
	TroubleSign                             // the sign has nothing to do with the legal name
	TroublePerson                           // shown by the name of a person
	TroubleMoved                            // in another region than registered
	TroubleOtherTown                        // in another town of the region
	TroubleOtherSpot                        // in the same town, at another address
	TroubleNoTown                           // no town is named
	TroubleNoPhone                          // no phone is shown
	TroubleOldPhone                         // a phone that is out of use
	TroubleSharedPhone                      // the phone of a business centre or of a call tracker
	TroubleNamesake                         // another firm of the name in the listing's town
	TroubleTwice                            // a second directory shows the firm too
	TroubleNetwork                          // one of several places of one firm
	TroubleFranchise                        // under the brand and the site of others
	TroubleHolding                          // under the site of a group
	TroubleBuilder                          // its site prints the builder's phone
	TroubleWrongPrint                       // its site prints the ИНН of others only
	TroubleStranger                         // not in the registry
	TroubleElsewhere                        // not in the registry, of the name of a company in another town
	TroubleNear                             // not in the registry, nearly of the name of a company in the town
	TroubleNeighbour                        // not in the registry, at the address of a company
	TroubleReused                           // not in the registry, with a phone that a company had
	TroubleUnknownPrint                     // not in the registry, its site prints the ИНН of its own
	troublesEnd
)

var troubleNames = []string{
	"typo", "lookalike letter", "spacing", "Latin letters", "extra words", "dropped word", "order of words", "other kind words", "initials", "other legal form",
	"sign unlike the legal name", "shown as a person", "moved to another region", "other town of the region", "other address in town", "no town", "no phone", "old phone", "shared phone",
	"namesake in town", "in two directories", "network", "franchise", "holding", "builder's phone on the site", "site prints others' ИНН",
	"stranger", "stranger named as a company elsewhere", "stranger named nearly as a company in town", "stranger at a company's address",
	"stranger with a company's old phone", "stranger whose site prints an unknown ИНН",
}

// String lists the troubles.
func (t Trouble) String() string {
	var names []string
	for i, name := range troubleNames {
		if t&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
