package bearing

import (
	"errors"
	"fmt"
	"slices"
)

// Why a text is not one bearing.
var (
	ErrUnknown  = errors.New("no designation of the table")
	ErrUnclear  = errors.New("means two different bearings, by ГОСТ and by ISO")
	ErrDisagree = errors.New("the two are different bearings")
)

// Parse reads designations as people write them: «6205-2RSH/C3», «180205»,
// «70-80309», «SKF 6309-2Z/C3», «NU 212; 7307А», each with its pair behind it in
// parentheses or without: «22322 W33 C3 (3622)». A pair settles by whose rules
// each is read. Two that are no pair come apart. rest is what was not
// understood, word by word.
func Parse(text string) (found []Bearing, rest []string) {
	s := scan(text)
	rest = s.rest
	for i := 0; i < len(s.drafts); i++ {
		b, ok := s.drafts[i].resolve()
		if i+1 < len(s.drafts) && s.drafts[i+1].parenthesised {
			if pair, ok := pairOf(&s.drafts[i], &s.drafts[i+1]); ok {
				found = append(found, pair)
				i++
				continue
			}
		}
		if !ok {
			rest = append(rest, s.drafts[i].text)
			continue
		}
		found = append(found, b)
	}
	return found, rest
}

// ParsePair reads one designation, alone or with its pair in parentheses. The
// errors are ErrUnknown, ErrUnclear and ErrDisagree.
func ParsePair(text string) (Bearing, error) {
	s := scan(text)
	if n := len(s.drafts); n == 0 || n > 2 || n == 2 && !s.drafts[1].parenthesised || len(s.rest) > 0 {
		return Bearing{}, fmt.Errorf("%q: %w", text, ErrUnknown)
	}
	first, ok := s.drafts[0].resolve()
	if !ok {
		return Bearing{}, fmt.Errorf("%q: %w", s.drafts[0].text, ErrUnknown)
	}
	if len(s.drafts) == 2 {
		second, ok := s.drafts[1].resolve()
		if !ok {
			return Bearing{}, fmt.Errorf("%q: %w", s.drafts[1].text, ErrUnknown)
		}
		pair, ok := pairOf(&s.drafts[0], &s.drafts[1])
		if !ok {
			return Bearing{}, fmt.Errorf("%s and %s: %w", tell(&first), tell(&second), ErrDisagree)
		}
		return pair, nil
	}
	if first.Unclear() {
		return Bearing{}, fmt.Errorf("%s: %w", tell(&first), ErrUnclear)
	}
	return first, nil
}

// tell says what a designation is, for an error.
func tell(b *Bearing) string {
	if b.Unclear() || b.ISO == "" || b.ISO == b.Digits {
		return b.Written
	}
	return b.Written + " = " + b.Name(ByISO)
}

// pairOf reads a designation and the one in parentheses behind it as the same
// bearing by both systems.
func pairOf(first, second *draft) (Bearing, bool) {
	a, ok := first.resolve()
	if !ok {
		return Bearing{}, false
	}
	b, ok := second.resolve()
	if !ok {
		return Bearing{}, false
	}
	for _, x := range a.Readings() {
		for _, y := range b.Readings() {
			if x.System == y.System && x.System != SystemBoth || !x.Same(&y) || !sameClearance(&x, &y) {
				continue
			}
			return x.with(&y), true
		}
	}
	return Bearing{}, false
}

// sameClearance holds clearances against each other where both systems write
// them into the number, which is radial ball bearings.
func sameClearance(x, y *Bearing) bool {
	if x.radialBall() {
		return x.Clearance == y.Clearance
	}
	return x.Clearance == y.Clearance || x.Clearance == "" || y.Clearance == ""
}

// with adds what the pair says to what the first one does.
func (b *Bearing) with(pair *Bearing) Bearing {
	out := *b
	out.More = slices.Concat(b.More, pair.More)
	for _, s := range []struct {
		to   *string
		from string
	}{
		{&out.Clearance, pair.Clearance}, {&out.Class, pair.Class}, {&out.Cage, pair.Cage}, {&out.Letters, pair.Letters}, {&out.Brand, pair.Brand},
	} {
		if *s.to == "" {
			*s.to = s.from
		}
	}
	out.Oil = b.Oil || pair.Oil
	if pair.System == SystemGOST {
		out.GOST, out.ByRule, out.Single = pair.GOST, pair.ByRule, pair.Single
	}
	return out
}
