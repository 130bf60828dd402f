package bearing

import (
	"slices"
	"strings"
	"sync"
)

// prefixes are the letters before ISO numbers of the table: NU, QJ, UC.
var prefixes = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for i := range tables().series {
		iso := tables().series[i].iso
		if letters := iso[:strings.IndexAny(iso, "0123456789")]; letters != "" {
			out[letters] = true
		}
	}
	return out
})

// resolve looks a draft up; false if it is no designation that is known.
func (d *draft) resolve() (Bearing, bool) {
	b := Bearing{Written: d.text, Brand: d.brand, Digits: d.prefix + d.digits, draft: *d}
	evidence := b.sign(d)
	gost, byGOST := b.asGOST()
	iso, byISO := b.asISO()
	switch {
	case byGOST && byISO && gost.Same(&iso):
		iso.System, iso.GOST = SystemBoth, gost.GOST
		return iso, true
	case byGOST && (!byISO || evidence == SystemGOST):
		return gost, true
	case byISO && (!byGOST || evidence == SystemISO):
		return iso, true
	case byGOST && byISO:
		b.System = SystemUnclear
		return b, true
	}
	return b, false
}

// sign reads what stands around the number and tells whose rules that speaks
// for; SystemUnclear if for none, or for both.
func (b *Bearing) sign(d *draft) System {
	speaks := map[System]bool{}
	if d.prefix != "" {
		speaks[SystemISO] = true
	}
	if d.left != "" {
		speaks[SystemGOST] = true
		b.front(d.left)
	}
	tail := d.tail
	if russian(tail) {
		speaks[SystemGOST] = true
		b.Letters, tail = tail, ""
		b.behind()
	}
	signs := slices.Clone(d.signs)
	if tail != "" {
		signs = append([]string{tail}, signs...)
	}
	for i := 0; i < len(signs); i++ {
		word := latin(signs[i])
		if word[0] == '+' {
			b.draft.ending += word
			speaks[SystemISO] = true
			continue
		}
		if word == "2" && i+1 < len(signs) { // 2 RS
			i++
			word += latin(signs[i])
		}
		if b.read(word) {
			speaks[SystemISO] = true
		}
	}
	if len(speaks) == 0 {
		return d.hint
	}
	if len(speaks) > 1 {
		return SystemUnclear
	}
	if speaks[SystemGOST] {
		return SystemGOST
	}
	return SystemISO
}

// russian tells letters behind a number that are those of ГОСТ: Cyrillic, but for
// the clearance that people type in either alphabet.
func russian(tail string) bool {
	for _, r := range tail {
		return r > 'Z' && !strings.HasPrefix(latin(tail), "C3") && !strings.HasPrefix(latin(tail), "C4")
	}
	return false
}

// front reads what stands before a ГОСТ number: the row of the clearance, where
// it is known what it is, then the class.
func (b *Bearing) front(left string) {
	class := left[len(left)-1:]
	if strings.Contains("2456", class) {
		b.Class = "P" + class
	}
	switch left[:len(left)-1] {
	case "7":
		b.Clearance = "C3"
	case "6":
		b.Clearance = "C2"
	case "":
	default:
		b.More = append(b.More, left)
	}
}

// behind reads the letters behind a ГОСТ number that have a counterpart.
func (b *Bearing) behind() {
	switch {
	case strings.Contains(b.Letters, "НК5"):
		b.Cage, b.Oil, b.Clearance = "M", true, "C3"
		return
	case strings.Contains(b.Letters, "Л"):
		b.Cage = "M"
	case strings.Contains(b.Letters, "Е"):
		b.Cage = "TN"
	}
	b.Oil = strings.Contains(b.Letters, "Н")
}

// read takes a word behind a number apart, the longest sign first. It tells
// whether one of them is known to stand behind ISO numbers only.
func (b *Bearing) read(word string) (iso bool) {
	for word != "" {
		s, ok := signAt(word)
		if !ok {
			b.More = append(b.More, word)
			return iso
		}
		word = word[len(s.text):]
		iso = b.apply(s) || iso
	}
	return iso
}

// signAt is the longest sign with which a word begins.
func signAt(word string) (suffix, bool) {
	var best suffix
	for _, s := range tables().suffixes {
		if strings.HasPrefix(word, s.text) {
			best = s
			break
		}
	}
	for _, tail := range tails() {
		if len(tail) > len(best.text) && strings.HasPrefix(word, tail) {
			return suffix{text: tail, feature: featureTail, value: tail}, true
		}
	}
	return best, best.text != ""
}

// tails are the letters that end ISO numbers of the table, the longest first.
var tails = sync.OnceValue(func() []string {
	var out []string
	for i := range tables().series {
		if t := tables().series[i].tail; t != "" && !strings.ContainsAny(t, "+/") {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(out)
})

// apply sets what a sign says, and tells whether it stands behind ISO numbers
// only. A clearance or a class is put behind ГОСТ numbers, too.
func (b *Bearing) apply(s suffix) bool {
	switch s.feature {
	case featureSeal:
		seal, groove := sealed(s.value)
		b.Seal, b.Groove = seal, b.Groove || groove
		return true
	case featureGroove:
		b.Groove = true
		return true
	case featureOil:
		b.Oil = true
		return true
	case featureTail:
		b.draft.ending += s.value
		return true
	case featureISO:
		b.More = append(b.More, s.value)
		return s.value != "E"
	case featureCage:
		b.Cage = s.value
	case featureClearance:
		b.Clearance = s.value
	case featureClass:
		b.Class = s.value[:2]
		if len(s.value) > 2 { // P63
			b.Clearance = "C" + s.value[2:]
		}
	case featureBlank:
	}
	return false
}
