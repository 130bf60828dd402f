package calllist

import (
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
// tells whether people may be named.
func BuyerOf(c *company.Company, persons bool) (Buyer, bool) {
	registry, known := registered(c, persons)
	for _, k := range c.Contacts() {
		if !k.Duty.Buys() {
			break // they come in that order
		}
		if k.Duty == company.DutyHead && k.Name == "" && known {
			break // a registry that names him says more than «Руководитель»
		}
		return buyerOf(&k, persons), true
	}
	return registry, known
}

func buyerOf(k *company.Contact, persons bool) Buyer {
	b := Buyer{Phone: k.Phone, Page: k.Page}
	title := k.Post
	if title == "" {
		title = k.Duty.Title()
	}
	if k.Name == "" || !persons {
		b.Name = title
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
