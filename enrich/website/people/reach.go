package people

import (
	"strings"

	"obzvon/enrich/website/finding"
)

// reach finds the firm's numbers and e-mails, which were read off the page
// before, in its lines.
type reach struct {
	phones map[string][]phone // by the digits that pages print: in full, and without the area code
	emails []string           // small letters
}

type phone struct {
	value string // as finding.Phone
	ext   string
}

func newReach(f *finding.Page) *reach {
	r := &reach{phones: map[string][]phone{}}
	for _, p := range f.Phones {
		number, ext, _ := strings.Cut(p.Value, ";ext=")
		digits := strings.TrimPrefix(number, "+")
		spelled := []string{digits}
		if own, ok := strings.CutPrefix(number, "+7"); ok {
			spelled = append(spelled, "8"+own, own)
			digits = own
		}
		for n := leastDigits; n <= mostLocal && n < len(digits); n++ {
			spelled = append(spelled, digits[len(digits)-n:])
		}
		for _, s := range spelled {
			r.phones[s] = append(r.phones[s], phone{p.Value, ext})
		}
	}
	for _, e := range f.Emails {
		r.emails = append(r.emails, strings.ToLower(e.Value))
	}
	return r
}

// place is where a number or an e-mail stands in a text.
type place struct {
	from, to int
	phones   []string
	email    string
}

const (
	leastDigits = 5  // of a number told without its area code
	mostLocal   = 7  // likewise
	mostDigits  = 16 // of any number
	mostGap     = 3  // bytes between groups of digits
)

// find gives the numbers and e-mails of a text in their order.
func (r *reach) find(text string) []place {
	var out []place
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '@':
			if p, ok := r.emailAt(text, i); ok {
				out = append(dropFrom(out, p.from), p)
				i = p.to
				continue
			}
		case '0' <= c && c <= '9':
			p, ok := r.phoneAt(text, i)
			if ok {
				out = append(out, p)
			}
			i = p.to
			continue
		}
		i++
	}
	return out
}

// dropFrom drops what was taken for a number inside an e-mail.
func dropFrom(list []place, from int) []place {
	for len(list) > 0 && list[len(list)-1].to > from {
		list = list[:len(list)-1]
	}
	return list
}

// phoneAt reads groups of digits from a place on. If they are no number of the
// firm, p.to is behind the first group: the next may begin one.
func (r *reach) phoneAt(text string, at int) (p place, ok bool) {
	p = place{from: at, to: at}
	for p.from > 0 && strings.IndexByte("+(", text[p.from-1]) >= 0 {
		p.from--
	}
	var digits [mostDigits]byte
	first := true
	for i, gap, n := at, 0, 0; i < len(text) && gap <= mostGap && n < mostDigits; i++ {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			digits[n] = c
			n++
			gap = 0
			if first {
				p.to = i + 1
			}
			known := r.phones[string(digits[:n])]
			if known != nil && (i+1 == len(text) || text[i+1] < '0' || text[i+1] > '9') {
				p.to = i + 1
				p.phones = r.withExtension(known, text[i+1:], &p)
				return p, true
			}
		case strings.IndexByte(" -().", c) >= 0:
			gap++
			first = false
		case strings.HasPrefix(text[i:], "–"), strings.HasPrefix(text[i:], "—"), strings.HasPrefix(text[i:], "‑"):
			gap++
			i += len("–") - 1
			first = false
		default:
			return p, false
		}
	}
	return p, false
}

// withExtension picks among the extensions of one number those that are told
// behind it: «доб. 292».
func (r *reach) withExtension(known []phone, rest string, p *place) []string {
	var out []string
	plain := known[0].value
	window := cutText(rest, 60)
	for _, k := range known {
		if k.ext == "" {
			plain = k.value
			continue
		}
		if i := strings.Index(window, k.ext); i >= 0 && extensionLabel(window[:i]) {
			out = append(out, k.value)
			p.to = max(p.to, p.to+i+len(k.ext))
		}
	}
	if len(out) == 0 {
		out = append(out, plain)
	}
	return out
}

// emailAt reads the e-mail around an @.
func (r *reach) emailAt(text string, at int) (place, bool) {
	low := text
	for _, e := range r.emails {
		local := strings.IndexByte(e, '@')
		from, to := at-local, at-local+len(e)
		if local > 0 && from >= 0 && to <= len(low) && strings.EqualFold(low[from:to], e) {
			return place{from: from, to: to, email: e}, true
		}
	}
	return place{}, false
}

// extensionLabel tells what stands between a number and its extension: «доб.»,
// «внутренний номер», «(», «#».
func extensionLabel(s string) bool {
	for _, w := range splitWords(s) {
		if !hasStem([]string{w.low}, []string{"доб", "вн", "внутр", "ext", "номер", "тел"}) {
			return false
		}
	}
	return !digitsIn(s)
}
