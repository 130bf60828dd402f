package zakupki

import (
	"obzvon/pipeline/company"
)

// kind tells a notice, by which somebody begins to buy, from a contract.
type kind uint8

const (
	kindNotice kind = iota
	kindContract
)

// purchase is a notice or a contract in whatever form it came.
type purchase struct {
	kind      kind
	number    string // of the notice, or in the register of contracts
	subject   string // in the customer's words; "" = the site does not say
	page      string // https address
	roubles   int64  // most that is to be paid, or what the contract says; 0 = not told
	day       company.Date
	updated   company.Date // last change of what is said, if told apart
	deadline  company.Date
	version   int // of the document, where several have one number
	customers []customer
	positions []position
	contact   contact // of the customer; zero where it is somebody else's
	supplier  party   // of a contract
}

// customer is who buys.
type customer struct {
	party
	code ikz
}

// party is an organisation as printed.
type party struct {
	full, short           string
	inn, kpp, ogrn        string
	address, phone, email string
	last                  string // of a supplier who is a sole proprietor: the whole name
	person                bool   // a natural person who is no entrepreneur
}

// position is one thing that is bought.
type position struct {
	name  string
	codes []string // ОКПД2, also as the beginning of a КТРУ code
}

// contact is whom the document names for questions.
type contact struct {
	name, phone, email string
}

// date is the newest day on which the document says what it says.
func (p *purchase) date() company.Date { return max(p.day, p.updated) }
