package people

import (
	"strings"

	"obzvon/enrich/website/finding"
)

// reach finds the firm's numbers and e-mails, which were read off the page
// before, in its lines.
type reach struct {
	phones []phone
	emails []string // small letters
}

type phone struct {
	value string // as finding.Phone
	own   string // digits without country code and extension
	ext   string
}

func newReach(f *finding.Page) *reach {
	r := &reach{}
	for _, p := range f.Phones {
		number, ext, _ := strings.Cut(p.Value, ";ext=")
		own := strings.TrimPrefix(number, "+")
		if strings.HasPrefix(number, "+7") {
			own = number[len("+7"):]
		}
		r.phones = append(r.phones, phone{p.Value, own, ext})
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
	leastDigits = 5 // of a number told without its area code
	mostGap     = 3 // bytes between groups of digits
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

// phoneAt reads groups of digits from a place on. p.to is behind them even if
// they are no number of the firm.
func (r *reach) phoneAt(text string, at int) (p place, ok bool) {
	p = place{from: at, to: at}
	for p.from > 0 && strings.IndexByte("+(", text[p.from-1]) >= 0 {
		p.from--
	}
	digits := make([]byte, 0, 16)
	for i, gap := at, 0; i < len(text) && gap <= mostGap && len(digits) < 16; i++ {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
			p.to, gap = i+1, 0
			if known := r.known(string(digits)); known != nil && (i+1 == len(text) || text[i+1] < '0' || text[i+1] > '9') {
				p.phones = r.withExtension(known, text[i+1:], &p)
				return p, true
			}
		case strings.IndexByte(" -().", c) >= 0:
			gap++
		case c >= 0x80: // dashes of several bytes
			if !strings.HasPrefix(text[i:], "–") && !strings.HasPrefix(text[i:], "—") && !strings.HasPrefix(text[i:], "‑") {
				return p, false
			}
			gap++
			i += len("–") - 1
		default:
			return p, false
		}
	}
	return p, false
}

// known are the numbers that the digits are, in full or without area code.
func (r *reach) known(digits string) []phone {
	if len(digits) < leastDigits {
		return nil
	}
	var out []phone
	for _, p := range r.phones {
		switch {
		case digits == p.own, len(digits) == len(p.own)+1 && digits[1:] == p.own && (digits[0] == '7' || digits[0] == '8'):
			out = append(out, p)
		case len(digits) <= 7 && len(digits) < len(p.own) && strings.HasSuffix(p.own, digits):
			out = append(out, p)
		}
	}
	return out
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
		if i := strings.Index(window, k.ext); i >= 0 && strings.Trim(fold(window[:i]), " .,():;#-добавочныйвнутренийextи") == "" {
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
