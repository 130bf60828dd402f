package calllist

import (
	"unicode"
	"unicode/utf8"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Buyer is whom a caller asks for.
type Buyer struct {
	Name  string // a person, or a department when none is named: «Отдел снабжения»
	Post  string // of a person
	Phone string // a number of his own, as company.FieldPhone
	Page  string // where it is printed; "" = by a registry
}

// BuyerOf finds whom to ask for: purchasing first, then the mechanic, the
// engineer and production, then the head, as the firm's own pages name them;
// else the director of the registry. A sole proprietor answers himself. Persons
// tells whether people may be named whom sources name: those whom a manager was
// told of are kept for the calls that follow.
func BuyerOf(c *company.Company, persons bool) (Buyer, bool) {
	registry, known := registered(c, persons)
	all := c.Contacts() // whoever buys comes first
	for i := range all {
		if all[i].Source == config.ManagerSource { // named in a talk: nobody knows better
			return buyerOf(&all[i], true), true
		}
	}
	if len(all) == 0 || !all[0].Duty.Buys() {
		return registry, known
	}
	if first := &all[0]; first.Duty != company.DutyHead || first.Name != "" || !known {
		return buyerOf(first, persons), true
	}
	return registry, known // a registry that names the head says more than «Руководитель»
}

func buyerOf(k *company.Contact, persons bool) Buyer {
	b := Buyer{Phone: k.Phone, Page: k.Page}
	title := k.Duty.Title()
	if first, n := utf8.DecodeRuneInString(k.Post); n > 0 {
		title = string(unicode.ToUpper(first)) + k.Post[n:]
	}
	if k.Name == "" || !persons {
		b.Name, b.Post = title, k.Duty.Title()
		return b
	}
	b.Name, b.Post = k.Name, title
	return b
}

// registered is the head by the registries.
func registered(c *company.Company, persons bool) (Buyer, bool) {
	if c.Subject == company.SubjectSole { // the name of the business
		if name := company.ParseName(c.Name()); name.Core != "" {
			return Buyer{Name: company.PersonName(name.Core), Post: "индивидуальный предприниматель"}, true
		}
		return Buyer{}, false
	}
	if name := c.Get(company.FieldHeadName); name != "" && persons {
		return Buyer{Name: name, Post: c.Get(company.FieldHeadPost)}, true
	}
	return Buyer{}, false
}
