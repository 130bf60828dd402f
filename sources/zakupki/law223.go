package zakupki

// notice223 reads the …Data element of a notice of 223-ФЗ of whatever procedure.
func notice223(n *node) *purchase {
	p := &purchase{
		number:  numberOf(n.get("registrationNumber")),
		subject: subjectOf(n.get("name")),
		page:    page223(n),
		day:     dayOf(n.get("publicationDateTime", "createDateTime")), updated: dayOf(n.get("modificationDate")),
		deadline: dayOf(n.get("submissionCloseDateTime", "applSubmisionCloseDateTime", "placingProcedure/submissionCloseDateTime")),
		version:  versionOf(n), positions: positionsOf(n), roubles: price223(n),
	}
	p.customers = []customer{{party: customer223(n)}}
	if c := n.child("contact"); c != nil {
		p.contact = contact{name: fullName(c), phone: c.get("phone"), email: c.get("email")}
		if org := partyOf(c.at("organization/mainInfo")); org.inn != "" && org.inn != p.customers[0].inn {
			p.contact = contact{} // of the body that places the notice for another
		}
	}
	return p
}

// page223 is the public page of a notice; a link into the cabinet helps nobody.
func page223(n *node) string {
	number := numberOf(n.get("registrationNumber"))
	if number == "" {
		return ""
	}
	return addressBase + "/223/purchase/public/purchase/info/common-info.html?regNumber=" + number
}

// customer223 is the customer, else whoever places the notice.
func customer223(n *node) party {
	p := partyOf(n.at("customer/mainInfo"))
	if p == (party{}) {
		p = partyOf(n.at("customers/customer/mainInfo"))
	}
	if p == (party{}) {
		p = partyOf(n.at("placer/mainInfo"))
	}
	return p
}

// price223 is the sum of the lots in roubles.
func price223(n *node) int64 {
	var sum int64
	for _, lot := range n.all("lotData") {
		if !rouble(lot.get("currency/code", "currency/digitalCode")) {
			return 0
		}
		sum += roublesOf(lot.get("initialSum", "initialSumInfo/initialSum"))
	}
	return sum
}

// contract223 reads the contractData element of the register of contracts of 223-ФЗ.
// Its names are known from documentation alone.
func contract223(n *node) *purchase {
	p := &purchase{
		kind: kindContract, number: numberOf(n.get("registrationNumber", "contractRegNumber")),
		subject: subjectOf(n.get("subjectContract", "contractSubject", "subject", "name")),
		page:    pageOf(n.get("urlEIS", "urlOOS")),
		day:     dayOf(n.get("contractDate", "contractCreateDate", "signDate", "createDateTime")),
		updated: dayOf(n.get("publicationDateTime", "publicationDate")),
		version: versionOf(n), positions: positionsOf(n),
		customers: []customer{{party: customer223(n)}},
	}
	if rouble(n.get("currency/code", "currency/digitalCode")) {
		p.roubles = roublesOf(n.get("sum", "price", "priceInfo/price", "contractPrice"))
	}
	for _, name := range []string{"supplierInfo", "supplier", "suppliers"} {
		if s := n.child(name); s != nil {
			p.supplier = supplierOf(s)
			break
		}
	}
	return p
}
