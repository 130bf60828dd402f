package zakupki

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// supplierOf reads a supplier of either generation: its properties stand right below,
// in an element for the kind of supplier, or in a further one with what its register
// says.
func supplierOf(n *node) party {
	var p party
	sole := n.find("isIP") == "true" || n.find("status") == "IP" || len(n.all("EGRIPInfo")) > 0
	look := func(k *node) {
		q := partyOf(k)
		if q.full != "" && p.full == "" {
			p.full, p.short = q.full, q.short
		}
		p.inn = cmp.Or(p.inn, q.inn)
		p.last = cmp.Or(p.last, fullName(k))
		if strings.HasPrefix(k.name, "individualPerson") && !sole {
			p.person = true
		}
	}
	look(n)
	n.each(func(k *node) bool {
		holds := slices.Contains([]string{"EGRULInfo", "EGRIPInfo", "supplierInfo", "supplierMainInfo", "mainInfo", "otherInfo"}, k.name) ||
			strings.HasPrefix(k.name, "legalEntity") || strings.HasPrefix(k.name, "individual")
		if holds {
			look(k)
		}
		return holds
	})
	return p
}

// named is how a supplier is shown: name and ИНН. A natural person is not named; a
// sole proprietor's name is that of the business, and sole tells so.
func (p *party) named() (text string, sole bool) {
	if p.person {
		return "", false
	}
	inn, err := company.ParseINN(p.inn)
	sole = err == nil && inn.Person()
	name := subjectOf(cmp.Or(p.short, p.full))
	if name == "" && p.last != "" {
		name, sole = "ИП "+subjectOf(p.last), true
	}
	var parts []string
	if name != "" && name != "*" {
		parts = append(parts, name)
	}
	if err == nil {
		parts = append(parts, "ИНН "+string(inn))
	}
	return strings.Join(parts, ", "), sole
}
