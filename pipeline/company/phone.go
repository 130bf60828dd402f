package company

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// PhoneKind tells what answers at a number.
type PhoneKind uint8

// The kinds of number.
const (
	PhoneOther    PhoneKind = iota // Russian, but paid, virtual or of unknown use
	PhoneLandline                  // geographic
	PhoneMobile
	PhoneTollFree // 8 800, 8 804: a call centre
	PhoneForeign  // of another country; Kazakhstan shares +7 with Russia
)

// String names the kind in English, for logs and JSON.
func (k PhoneKind) String() string {
	switch k {
	case PhoneLandline:
		return "landline"
	case PhoneMobile:
		return "mobile"
	case PhoneTollFree:
		return "toll-free"
	case PhoneForeign:
		return "foreign"
	case PhoneOther:
	}
	return "other"
}

// Phone is a valid number. Kind is derived from E164.
type Phone struct {
	E164 string // "+74951234567"
	Ext  string // "12", digits only
	Note string // what stood beside it: «отдел продаж»
	Kind PhoneKind
}

const extParam = ";ext="

// Value is the canonical form of a phone fact: E.164 and, where there is one,
// ";ext=NN" as in RFC 3966.
func (p Phone) Value() string {
	if p.Ext == "" {
		return p.E164
	}
	return p.E164 + extParam + p.Ext
}

// PhoneFromValue reads what Value wrote; ok is false for anything else.
func PhoneFromValue(v string) (p Phone, ok bool) {
	e164, ext, hasExt := strings.Cut(v, extParam)
	if hasExt && (!digits(ext) || len(ext) > maxExt) {
		return Phone{}, false
	}
	if p, ok = phoneFromE164(e164); !ok || p.E164 != e164 {
		return Phone{}, false
	}
	p.Ext = ext
	return p, true
}

// Pretty writes the number for people, its area code apart: «+7 495 123-45-67
// доб. 12», «+7 4722 24-04-24», «+7 34241 2-12-34». A code that is not in the
// table is shown as one of three digits.
func (p Phone) Pretty() string {
	var s string
	if nat, ok := p.national(); ok {
		n := 3
		if p.Kind == PhoneLandline {
			n = areaCodeLen(nat)
		}
		s = "+7 " + nat[:n] + " " + nat[n:6] + "-" + nat[6:8] + "-" + nat[8:]
	} else if n, err := phonenumbers.Parse(p.E164, ""); err == nil {
		// Some countries write "/", which here parts two numbers.
		s = strings.ReplaceAll(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), "/", " ")
	} else {
		s = p.E164
	}
	if p.Ext != "" {
		s += " доб. " + p.Ext
	}
	return s
}

// Dialable tells a Russian subscriber's number.
func (p Phone) Dialable() bool { return p.Kind.Dialable() }

// Dialable tells the kinds of a Russian subscriber: fixed, mobile or toll-free.
func (k PhoneKind) Dialable() bool {
	return k == PhoneLandline || k == PhoneMobile || k == PhoneTollFree
}

// Region returns the code of the subject to which the numbering plan gives the
// number. It is not ok where the plan names several (Москва и Московская
// область share mobile codes), none (toll-free), or another country. People
// move and take numbers along: an address knows better.
func (p Phone) Region() (code string, ok bool) {
	if all := p.Regions(); len(all) == 1 {
		return all[0], true
	}
	return "", false
}

// Regions returns every subject that shares the number's block, none when the
// plan does not tell. All subjects that share blocks keep one time.
func (p Phone) Regions() []string {
	nat, ok := p.national()
	if !ok {
		return nil
	}
	switch p.Kind {
	case PhoneMobile:
		return append([]string(nil), mobileRegions(nat)...)
	case PhoneLandline:
		if r, ok := areaRegion(nat); ok {
			return []string{r}
		}
	case PhoneOther, PhoneTollFree, PhoneForeign:
	}
	return nil
}

// national returns the ten digits of a Russian number.
func (p Phone) national() (string, bool) {
	nat, ok := strings.CutPrefix(p.E164, "+7")
	return nat, ok && len(nat) == 10 && p.Kind != PhoneForeign
}

// phoneFromE164 checks a number with its plus sign and tells its kind.
func phoneFromE164(s string) (Phone, bool) {
	nat, ours := strings.CutPrefix(s, "+7")
	if ours {
		return phoneFromNational(nat)
	}
	if len(s) < 2 || s[0] != '+' || !digits(s[1:]) {
		return Phone{}, false
	}
	n, err := phonenumbers.Parse(s, "")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return Phone{}, false
	}
	return Phone{E164: phonenumbers.Format(n, phonenumbers.E164), Kind: PhoneForeign}, true
}

// phoneFromNational checks ten digits under +7, which Russia shares with
// Kazakhstan (6xx, 7xx) and Abkhazia (840, 940).
func phoneFromNational(nat string) (Phone, bool) {
	if len(nat) != 10 || !digits(nat) {
		return Phone{}, false
	}
	v, err := strconv.ParseUint(nat, 10, 64)
	if err != nil {
		return Phone{}, false
	}
	n := &phonenumbers.PhoneNumber{CountryCode: new(int32(7)), NationalNumber: &v}
	p := Phone{E164: "+7" + nat}
	if code := nat[:3]; code == "840" || code == "940" || code[0] == '6' || code[0] == '7' {
		p.Kind = PhoneForeign
		return p, phonenumbers.IsValidNumber(n)
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.UNKNOWN:
		return Phone{}, false
	case phonenumbers.FIXED_LINE:
		p.Kind = PhoneLandline
	case phonenumbers.MOBILE:
		p.Kind = PhoneMobile
	case phonenumbers.TOLL_FREE:
		p.Kind = PhoneTollFree
	default:
		p.Kind = PhoneOther
	}
	return p, true
}
