package zakupki

import (
	"io"
	"strconv"
	"strings"
)

// document reads the purchases of one XML file. One that is neither a notice nor a
// contract gives none.
func document(r io.Reader) ([]*purchase, error) {
	root, err := parseTree(r)
	if err != nil {
		return nil, err
	}
	var out []*purchase
	take := func(n *node) bool {
		p := recognise(n)
		if p != nil {
			out = append(out, p)
		}
		return p == nil
	}
	if take(root) {
		for _, k := range root.kids { // <export> and its like
			if take(k) && k.name == "body" {
				for _, item := range k.all("item") {
					for _, data := range item.kids {
						take(data)
					}
				}
			}
		}
	}
	return out, nil
}

// recognise tells by the element's name what it is.
func recognise(n *node) *purchase {
	switch name := n.name; {
	case strings.HasPrefix(name, "purchaseNotice") && strings.HasSuffix(name, "Data"):
		return notice223(n)
	case name == "contractData":
		return contract223(n)
	case name == "contract" && n.child("body") == nil:
		return contract44(n)
	case strings.HasPrefix(name, "epNotification"), strings.HasPrefix(name, "fcsNotification"), strings.HasPrefix(name, "pprf615Notification"):
		if strings.Contains(name, "Cancel") || strings.Contains(name, "DateChange") || strings.Contains(name, "Prolongation") {
			return nil
		}
		return notice44(n)
	}
	return nil
}

func versionOf(n *node) int {
	v, err := strconv.Atoi(n.get("versionNumber", "version"))
	if err != nil {
		return 0
	}
	return v
}

// positionsOf are all elements below that carry a code of ОКПД2 or КТРУ, but those
// of the plan and of the ИКЗ, which name groups only.
func positionsOf(n *node) []position {
	var out []position
	n.each(func(k *node) bool {
		switch k.name {
		case "IKZInfo", "OKPD2Info", "tenderPlanInfo", "tenderPlan2020Info", "lotPlanInfo", "planInfo", "restrictionsInfo":
			return false
		}
		p := position{name: k.get("name", "additionalInfo", "KTRU/name", "OKPD2/OKPDName", "OKPD2/name", "okpd2/name")}
		for _, path := range []string{"OKPD2/OKPDCode", "OKPD2/code", "okpd2/code", "KTRU/OKPD2/OKPDCode", "KTRU/OKPD2/code", "KTRU/code", "ktru/code"} {
			if code := k.get(path); code != "" {
				p.codes = append(p.codes, code)
			}
		}
		if len(p.codes) > 0 {
			out = append(out, p)
		}
		return len(p.codes) == 0
	})
	return out
}

// partyOf reads an organisation whose properties are children of the element, in the
// spellings of both laws.
func partyOf(n *node) party {
	return party{
		full: n.get("fullName", "organizationName", "name"), short: n.get("shortName"),
		inn: n.get("INN", "inn"), kpp: n.get("KPP", "kpp"), ogrn: n.get("OGRN", "ogrn"),
		address: n.get("factAddress", "factualAddress", "legalAddress", "orgFactAddress", "postAddress", "postalAddress"),
		phone:   n.get("phone", "contactPhone"), email: n.get("email", "contactEMail"),
	}
}

// rouble tells a currency that is not another one.
func rouble(code string) bool { return code == "" || code == "RUB" || code == "RUR" || code == "643" }
