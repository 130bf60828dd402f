package bearing

import (
	"slices"
	"strings"
)

// asGOST reads the number by ГОСТ.
func (b *Bearing) asGOST() (Bearing, bool) {
	out, t := *b, tables()
	out.System, out.GOST, out.More = SystemGOST, b.draft.digits, slices.Clone(b.More)
	if b.draft.prefix != "" {
		return out, false
	}
	head, code := template(out.GOST)
	if s := t.byGOST[head]; s != nil {
		out.fromSeries(s, code)
		return out, true
	}
	if s, ok := t.specials[out.GOST]; ok {
		out.Kind, out.Single = s.kind, s.single
		out.Bore, out.Outer, out.Width = s.bore, s.outer, s.width
		return out, true
	}
	ok := out.onSleeve(code)
	return out, ok
}

// fromSeries fills in what a ГОСТ series says. A seal that stands behind the
// number goes before that of the series: people write 205-2RS.
func (b *Bearing) fromSeries(s *series, code string) {
	seal, groove := sealed(s.seal)
	written := b.Seal != "" && b.Seal != seal || b.Groove && !groove
	if b.Seal == "" {
		b.Seal = seal
	}
	b.Groove = b.Groove || groove
	b.ISO, b.Kind, b.Single = filled(s.iso, code)+filled(s.tail, code), s.kind, s.single
	if written {
		b.GOST, b.Single = "", false
		if s := seriesFor(s.iso, s.tail, b.seal()); s != nil {
			b.GOST, b.Single = filled(s.gost, code), s.single
		}
	}
	b.measure(filled(s.iso, code), code)
}

// onSleeve tells the series on adapter and withdrawal sleeves, which follow no
// rule: their code is the shaft's.
func (b *Bearing) onSleeve(code string) bool {
	if len(b.GOST) != 5 || !slices.ContainsFunc([]string{"112", "113", "115", "116", "135", "136", "735", "736"}, func(p string) bool {
		return strings.HasPrefix(b.GOST, p)
	}) {
		return false
	}
	b.Kind, b.Shaft = "на закрепительной или стяжной втулке", bore(code)
	if s, ok := tables().sleeves[b.GOST]; ok {
		b.ISO, b.Sleeve, b.Shaft = s.number, s.sleeve, s.shaft
		number := strings.TrimRight(s.number, "K")
		b.measure(number, number[len(number)-2:])
	}
	return true
}

// asISO reads the number by ISO.
func (b *Bearing) asISO() (Bearing, bool) {
	out, t := *b, tables()
	out.System, out.More = SystemISO, slices.Clone(b.More)
	number := b.draft.prefix + b.draft.digits
	if small(number) {
		out.ISO, out.Kind, out.Bore = number, kindRadialBall, float64(number[2]-'0')
		return out, true
	}
	head, code := template(number)
	all := t.byISO[head]
	if all == nil {
		return out, false
	}
	out.Kind = all[0].kind
	ending, known := endingOf(all, code, b.draft.ending)
	out.ISO, out.Partial = number+filled(ending, code), !known && ending == "" && !hasEnding(all, "")
	if !known && b.draft.ending != "" {
		out.More = append(out.More, b.draft.ending)
	}
	if s := seriesFor(head, ending, out.seal()); s != nil && known {
		out.GOST, out.Single = filled(s.gost, code), s.single
	}
	out.measure(number, code)
	return out, true
}

// small tells the ISO numbers of three digits, whose last one is the bore in
// millimetres: 608, 626.
func small(number string) bool {
	return len(number) == 3 && number[0] == '6' && strings.Contains("023", number[1:2]) && number[2] >= '3'
}

// endingOf chooses the letters that end the number among those of its series:
// what was written, else none, else X, which people leave out. known is false
// where what was written is none of them, or nothing was and there are several.
func endingOf(all []*series, code, wrote string) (ending string, known bool) {
	for _, s := range all {
		if filled(s.tail, code) == wrote {
			return s.tail, true
		}
	}
	for _, left := range []string{"", "X"} {
		if hasEnding(all, left) {
			return left, wrote == ""
		}
	}
	return "", false
}

func hasEnding(all []*series, tail string) bool {
	return slices.ContainsFunc(all, func(s *series) bool { return s.tail == tail })
}

// seriesFor is the usual ГОСТ series of an ISO one; nil = none.
func seriesFor(iso, tail, seal string) *series {
	for _, s := range tables().byISO[iso] {
		if s.tail == tail && s.seal == seal {
			return s
		}
	}
	return nil
}

// measure sets the dimensions of an ISO number, or the bore alone, and tells a
// pair that stands in no table.
func (b *Bearing) measure(number, code string) {
	t := tables()
	if s, ok := t.sizes[number]; ok {
		b.Bore, b.Outer, b.Width = s.bore, s.outer, s.width
	} else {
		b.Bore = bore(code)
	}
	b.ByRule = b.GOST != "" && !t.pairs[b.GOST] && b.Sleeve == ""
}
