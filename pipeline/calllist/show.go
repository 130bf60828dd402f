package calllist

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// DialOrder lists the numbers a person can dial, the one to try first at the
// front: one that a manager was given, that of whom to ask for, one that the source
// ties to purchasing or to the main office, then the sources' own order; free numbers
// lead to a call centre and come last, faxes not at all.
func DialOrder(c *company.Company) []company.Phone {
	var out []company.Phone
	seen, told := map[string]bool{}, map[string]bool{}
	for _, v := range c.Winners(company.FieldPhone) {
		p, ok := company.PhoneFromValue(v.Value)
		p.Note = v.Note
		if !ok || !p.Dialable() || seen[p.E164] || isFax(v.Note) {
			continue
		}
		seen[p.E164] = true
		told[p.E164] = v.Source == config.ManagerSource
		out = append(out, p)
	}
	buyer, _ := BuyerOf(c, false)
	direct, _ := company.PhoneFromValue(buyer.Phone)
	rank := func(p company.Phone) int {
		switch {
		case told[p.E164]:
			return -2
		case p.E164 == direct.E164:
			return -1
		}
		return dialRank(p)
	}
	slices.SortStableFunc(out, func(a, b company.Phone) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// isFax tells a number that answers with a tone: its remark says «факс» and not
// «тел./факс».
func isFax(note string) bool {
	note = strings.ToLower(note)
	return strings.Contains(note, "факс") && !strings.Contains(note, "тел")
}

func dialRank(p company.Phone) int {
	note := strings.ToLower(p.Note)
	switch {
	case strings.Contains(note, "снаб"), strings.Contains(note, "закуп"):
		return 0
	case p.Kind == company.PhoneTollFree:
		return 3
	case strings.Contains(note, "бухгалт"), strings.Contains(note, "кадр"):
		return 2
	}
	return 1
}

// otherPhones is how many further numbers a cell shows.
const otherPhones = 4

// PhoneList writes the numbers after the first.
func PhoneList(phones []company.Phone) string {
	var out []string
	for i, p := range phones {
		if i == 0 || i > otherPhones {
			continue
		}
		text := p.Pretty()
		if p.Note != "" {
			text += " (" + p.Note + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// DisplayName is the legal name as people write it, with the sign over the
// door behind it when that says something else.
func DisplayName(c *company.Company) string {
	name := company.ParseName(c.Name())
	text := name.String()
	if text == "" {
		text = c.Name()
	}
	brand := c.Get(company.FieldNameBrand)
	if brand == "" {
		return text
	}
	key := company.ParseName(brand).Key()
	if key == "" || strings.Contains(name.Key(), key) || strings.Contains(key, name.Key()) {
		return text
	}
	return text + " (" + brand + ")"
}

// OKVEDText is the main code with its official name.
func OKVEDText(c *company.Company) string {
	code := c.Get(company.FieldOKVEDMain)
	if code == "" {
		code = c.Get(company.FieldOKVEDReported)
	}
	name, ok := company.OKVED(code).Name()
	if !ok {
		return code
	}
	return code + " " + name
}

// BestEmail is the address most likely to reach a buyer.
func BestEmail(c *company.Company) string {
	var all []company.Email
	for _, v := range c.Winners(company.FieldEmail) {
		emails, _ := company.ParseEmails(v.Value)
		all = append(all, emails...)
	}
	slices.SortStableFunc(all, func(a, b company.Email) int { return cmp.Compare(a.Rank(), b.Rank()) })
	if len(all) == 0 {
		return ""
	}
	return all[0].Address
}

// BestSite is the company's own address before any page on a shared host.
func BestSite(c *company.Company) string {
	best := ""
	for _, v := range c.Winners(company.FieldSite) {
		site, err := company.ParseSite(v.Value)
		if err != nil {
			continue
		}
		if !site.Shared {
			return site.URL
		}
		if best == "" {
			best = site.URL
		}
	}
	return best
}
