package zakupki

import (
	"slices"
	"strings"
)

// notice44 reads a notice of 44-ФЗ (or of ПП 615, which keeps to the same names) of
// either generation: epNotification… since 2019, with commonInfo and notificationInfo,
// and fcsNotification… before it, with lots.
func notice44(n *node) *purchase {
	p := &purchase{
		number:   numberOf(n.get("commonInfo/purchaseNumber", "purchaseNumber")),
		subject:  subjectOf(n.get("commonInfo/purchaseObjectInfo", "purchaseObjectInfo")),
		page:     pageOf(n.get("commonInfo/href", "href")),
		day:      dayOf(n.get("commonInfo/publishDTInEIS", "docPublishDate", "commonInfo/docPublishDate", "publishDate", "commonInfo/plannedPublishDate")),
		deadline: dayOf(n.get("notificationInfo/procedureInfo/collectingInfo/endDT", "procedureInfo/collectingInfo/endDT", "procedureInfo/collecting/endDate", "procedureInfo/collectingInfo/endDate")),
		version:  versionOf(n), positions: positionsOf(n),
	}
	if p.page == "" && p.number != "" {
		p.page = pageOfNotice(p.number)
	}
	p.roubles = price44(n)
	org := n.child("purchaseResponsibleInfo")
	if org == nil {
		org = n.child("purchaseResponsible")
	}
	responsible := org.child("responsibleOrgInfo")
	if responsible == nil {
		responsible = org.child("responsibleOrg")
	}
	itself := partyOf(responsible)
	p.customers = customers44(n)
	role := org.get("responsibleRole")
	if buys := role == "" || role == "CU"; buys && len(p.customers) <= 1 {
		one := customer{party: itself}
		if len(p.customers) == 1 {
			one.code = p.customers[0].code
		}
		p.customers = []customer{one}
		p.contact = contact44(org.child("responsibleInfo"))
	}
	return p
}

// price44 is the price of the whole notice, else the sum of its lots.
func price44(n *node) int64 {
	if info := n.at("notificationInfo/contractConditionsInfo/maxPriceInfo"); info != nil {
		if !rouble(info.get("currency/code")) {
			return 0
		}
		return roublesOf(info.get("maxPrice"))
	}
	lots := n.all("lot")
	var sum int64
	for _, lot := range lots {
		if !rouble(lot.get("currency/code")) {
			return 0
		}
		sum += roublesOf(lot.get("maxPrice", "maxPriceInfo/maxPrice", "lotInfo/maxPriceInfo/maxPrice"))
	}
	if len(lots) == 0 {
		return roublesOf(n.find("maxPrice"))
	}
	return sum
}

// customers44 are those for whom is bought. Their ИНН stands in the ИКЗ alone, where
// another body places the notice.
func customers44(n *node) []customer {
	var out []customer
	for _, r := range n.all("customerRequirementInfo", "customerRequirement") {
		c := customer{party: partyOf(r.child("customer"))}
		c.code, _ = parseIKZ(r.find("purchaseCode"))
		same := func(d customer) bool { return d.party == c.party && d.code.inn == c.code.inn }
		if !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		if code, ok := parseIKZ(n.find("purchaseCode")); ok {
			out = append(out, customer{code: code})
		}
	}
	return out
}

// contact44 reads whom the notice names for questions.
func contact44(n *node) contact {
	person := n.child("contactPersonInfo")
	if person == nil {
		person = n.child("contactPerson")
	}
	return contact{name: fullName(person), phone: n.get("contactPhone"), email: n.get("contactEMail")}
}

// fullName joins the parts of a person's name.
func fullName(n *node) string {
	return strings.Join(strings.Fields(n.get("lastName")+" "+n.get("firstName")+" "+n.get("middleName")), " ")
}

// contract44 reads an entry of the register of contracts.
func contract44(n *node) *purchase {
	number := numberOf(n.get("regNum"))
	p := &purchase{
		kind: kindContract, number: number,
		subject: subjectOf(n.get("contractSubject", "subject")),
		page:    pageOf(n.get("href")),
		day:     dayOf(n.get("signDate")), updated: dayOf(n.get("publishDate")),
		version: versionOf(n), positions: positionsOf(n.child("products")),
		customers: []customer{{party: partyOf(n.child("customer"))}},
	}
	if p.page == "" && number != "" {
		p.page = pageOfContract(number)
	}
	if rouble(n.get("currency/code", "priceInfo/currency/code")) {
		p.roubles = roublesOf(n.get("priceInfo/price", "priceInfo/priceRUR", "price"))
	}
	for _, name := range []string{"suppliersInfo", "suppliers"} {
		if list := n.child(name); list != nil && len(list.kids) > 0 {
			p.supplier = supplierOf(list.kids[0])
		}
	}
	if s := n.child("supplier"); s != nil && p.supplier == (party{}) {
		p.supplier = supplierOf(s)
	}
	return p
}
