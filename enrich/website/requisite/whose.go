package requisite

import (
	"strings"

	"obzvon/enrich/website/page"
)

// whose is what the surroundings of a number or a name say of its owner.
type whose struct {
	bank    bool // said to be the bank's
	near    bool // stands behind the bank's name or account
	other   bool // the studio's, a client's, a payment service's
	doubt   bool // a maker's, a landlord's, who may be the firm or not
	ending  bool // in the footer or the header
	listed  bool // under «Реквизиты» or «Контакты»
	branded bool // beside the name of the site
}

func (w whose) alien() bool { return w.bank || w.other }

// bankish is what is taken only if the page has nothing better.
func (w whose) bankish() bool { return w.near || w.doubt }

func (w whose) weight() int {
	n := 0
	if w.branded {
		n += 4
	}
	if w.ending {
		n += 2
	}
	if w.listed {
		n++
	}
	return n
}

// bankMarks are the labels of a bank and of its numbers, in small letters.
var bankMarks = []string{"бик", "р/с", "к/с", "р/сч", "к/сч", "кор/", "корр", "расчетный счет", "расчётный счёт", "расчетный счёт", "рас/с", "swift"}

// bankName tells that a text names a bank.
func bankName(s string) bool {
	return strings.Contains(s, "банк") && !hasAny(s, "банковск", "банкет", "банкомат", "банкрот", "банкнот") || hasAny(s, "казначейств", "гу цб", "юmoney")
}

// whose looks at the line up to a place, then at the lines above.
func (r *reader) whose(i, at int) whose {
	l := &r.lines[i]
	w := whose{
		ending: l.Part == page.Footer || l.Part == page.Header,
		listed: l.topic == topicOwn,
		other:  l.topic == topicAlien,
	}
	front := before(l.lower, at, 260)
	said := r.ownerOf(i, at)
	w.other, w.doubt = w.other || said == ownerOther, said == ownerDoubtful
	// «ИНН банка», «Банк получателя, ИНН».
	rest := l.lower[at:]
	if n := digitAt(rest); n >= 0 && n < farthest {
		rest = rest[:n]
	}
	w.bank = len(rest) < farthest && hasWord(rest, "банка", "банк")
	holder, told := lastHolder(front)
	w.near = told && holder == holderBank
	if !told {
		w.near = r.above(i) == holderBank
	}
	w.branded = r.brandNear(i)
	return w
}

// holder is whom the numbers behind it belong to.
type holder uint8

const (
	holderNone holder = iota
	holderFirm
	holderBank
)

// lastHolder is the last one that a text names: a bank by its name or numbers,
// a firm by its form.
func lastHolder(s string) (holder, bool) {
	bank, firm := -1, firmAt(s)
	for _, m := range []string{"банк", "бик", "к/с", "корр", "р/с"} {
		if i := lastIndex(s, m); i >= 0 && (m != "банк" || bankName(s[i:])) {
			bank = max(bank, i)
		}
	}
	switch {
	case bank < 0 && firm < 0:
		return holderNone, false
	case firm > bank:
		return holderFirm, true
	}
	return holderBank, true
}

// above is the nearest holder in the few lines above.
func (r *reader) above(i int) holder {
	for j, seen := i-1, 0; j >= 0 && seen < 6; j-- {
		l := &r.lines[j]
		if l.text == "" {
			continue
		}
		seen++
		if l.Heading > 0 && l.topic == topicOwn && strings.Contains(l.lower, "реквизит") {
			return holderNone
		}
		if len(l.lower) > 400 {
			return holderNone
		}
		if h, ok := lastHolder(l.lower); ok {
			return h
		}
	}
	return holderNone
}
