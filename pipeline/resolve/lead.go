package resolve

import (
	"slices"
	"strings"
	"sync/atomic"

	"obzvon/pipeline/company"
)

// keptFirms bounds the companies kept for one token: more are never told apart.
const keptFirms = commonName

// firm is what must be known of a company that a token leads to.
type firm struct {
	inn    company.INN
	name   string
	city   string // for people
	ogrn   int32  // its mark, none or strange
	places []place
}

func (f *firm) near(p place) bool { return slices.ContainsFunc(f.places, p.near) }

// lead is what is known of a token that leads to companies.
type lead struct {
	firms    []int32   // by rising ИНН, at most keptFirms
	more     bool      // there are others
	signs    []int32   // distinct names it was seen under, at most matching.shared
	carriers []carrier // for names
}

// carrier is a company of a name.
type carrier struct {
	firm int32
	form uint16
}

// lead returns what a mark leads to; nothing if it leads nowhere.
func (m *matching) lead(mark int32) lead {
	if at := m.leadOf[mark]; at > 0 {
		return m.leads[at-1]
	}
	return lead{}
}

// leadFor returns the lead of a mark, a new one with the listings' names if
// it led nowhere before. It stands until the next is made.
func (m *matching) leadFor(mark int32) *lead {
	if m.leadOf[mark] == 0 {
		var k lead
		for _, n := range m.byMark.of(mark) {
			if len(k.signs) >= m.shared {
				break
			}
			k.addSign(m.listings[n].sign, m.shared)
		}
		m.leads = append(m.leads, k)
		m.leadOf[mark] = int32(len(m.leads))
	}
	return &m.leads[m.leadOf[mark]-1]
}

func (k *lead) addSign(sign int32, limit int) {
	if sign != 0 && len(k.signs) < limit && !slices.Contains(k.signs, sign) {
		k.signs = append(k.signs, sign)
	}
}

// addFirm notes that the mark leads to a company; false if it was known.
func (m *matching) addFirm(k *lead, f int32) bool {
	i, known := slices.BinarySearchFunc(k.firms, m.firms[f].inn, func(g int32, inn company.INN) int {
		return strings.Compare(string(m.firms[g].inn), string(inn))
	})
	if known {
		return false
	}
	if len(k.firms) >= keptFirms {
		k.more = true
		return true
	}
	k.firms = slices.Insert(k.firms, i, f)
	return true
}

// addCarrier keeps the forms under which the kept companies carry the name.
func (k *lead) addCarrier(c carrier) {
	if slices.Contains(k.firms, c.firm) && !slices.Contains(k.carriers, c) {
		k.carriers = append(k.carriers, c)
	}
}

// marks is a set of marks that one goroutine fills while others ask.
type marks struct{ bits []atomic.Uint32 }

func newMarks(n int) *marks { return &marks{make([]atomic.Uint32, (n+31)/32)} }

func (s *marks) add(mark int32) { s.bits[mark/32].Or(1 << (mark % 32)) }

func (s *marks) has(mark int32) bool { return s.bits[mark/32].Load()>>(mark%32)&1 != 0 }

// full tells that further companies, which have greater ИНН, add nothing to
// the lead.
func (k *lead) full(name bool, limit int) bool {
	return len(k.firms) >= keptFirms && k.more && (name || len(k.signs) >= limit)
}

// firmNumber returns the number of a company; one that no token led to yet has
// only its ИНН.
func (m *matching) firmNumber(inn company.INN) int32 {
	f, ok := m.firmOf[inn]
	if !ok {
		f = m.addNewFirm(firm{inn: inn, name: "ИНН " + string(inn), ogrn: none})
	}
	return f
}

func (m *matching) addNewFirm(f firm) int32 {
	n := int32(len(m.firms))
	m.firms = append(m.firms, f)
	m.firmOf[f.inn] = n
	return n
}
