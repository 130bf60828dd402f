package evidence

import (
	"cmp"
	"slices"
)

// Bounds of a party's tokens, for listings that hold a whole catalogue.
const (
	maxOfKind  = 24 // values of each kind
	maxRegions = 3
	// Of each name there are one token, and in each region five at most.
	maxTokens = 5*maxOfKind + 2*maxOfKind*(1+5*maxRegions)
)

// makeTokens lists what the party is found by.
func (p *Party) makeTokens() []Token {
	var stack [64]Token
	t := stack[:0]
	for i := range first(p.numbers) {
		t = append(t, Token{p.numbers[i].hash, KindNumber, true})
	}
	for i := range first(p.phones) {
		t = append(t, Token{p.phones[i].hash, KindPhone, true})
	}
	for i := range first(p.domains) {
		t = append(t, Token{p.domains[i].hash, KindDomain, true})
	}
	for i := range first(p.mailboxes) {
		t = append(t, Token{p.mailboxes[i].hash, KindMailbox, true})
	}
	for i := range first(p.addresses) {
		t = append(t, Token{p.addresses[i].place, KindAddress, false})
	}
	var regionStack [maxRegions]string
	regions := p.regions(regionStack[:0])
	for i := range first(p.names) {
		t = p.names[i].tokens(t, regions)
	}
	for i := range first(p.people) {
		t = p.people[i].tokens(t, regions)
	}
	slices.SortFunc(t, func(a, b Token) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Kind, b.Kind)) })
	return slices.Clone(slices.CompactFunc(t, func(a, b Token) bool { return a.Hash == b.Hash }))
}

func first[T any](all []T) []T { return all[:min(len(all), maxOfKind)] }

// regions are those where names are looked for: first where the firm is.
func (p *Party) regions(to []string) []string {
	for _, brought := range []bool{false, true} {
		for _, at := range p.places {
			if at.brought == brought && at.region != "" && len(to) < maxRegions && !slices.Contains(to, at.region) {
				to = append(to, at.region)
			}
		}
	}
	return to
}

// tokens of a name: the whole of it anywhere; in each region its most telling
// words, its initials, and what slips of the pen leave.
func (n *name) tokens(t []Token, regions []string) []Token {
	t = append(t, Token{n.key, KindName, false})
	one, two := n.mostTelling()
	for _, region := range regions {
		at := regionHash(region)
		switch {
		case one == nil:
			t = append(t, Token{hashWord(hashOf(KindWord, n.joined), at), KindWord, false})
			continue
		case two != nil:
			t = append(t, Token{hashWord(two.hash, at), KindWord, false})
		}
		t = append(t, Token{hashWord(one.hash, at), KindWord, false})
		if n.initials != "" {
			t = append(t, Token{hashWord(hashOf(KindWord, n.initials), at), KindWord, false})
		}
		t = appendSlips(t, one.sound, at)
	}
	return t
}

func regionHash(region string) uint64 { return hashText(hashBasis, region) }

// Lengths of sounds: below minSlip a slip makes another word of it, from
// twoHalves on each half is enough to look by.
const (
	minSlip   = 5
	twoHalves = 9
	half      = 5
)

// appendSlips makes tokens of which one slip of the pen spares at least one: of
// a long word both ends, of a shorter one its bones.
func appendSlips(t []Token, sound string, at uint64) []Token {
	switch n := len(sound); {
	case n >= twoHalves:
		return append(t,
			Token{slipBegin(sound, at), KindSound, false}, Token{slipEnd(sound, at), KindSound, false})
	case n >= minSlip:
		var stack [16]byte
		bones := appendBones(stack[:0], sound)
		return append(t, Token{hashWord(hashOf(KindSound, "=", string(bones)), at), KindSound, false})
	}
	return t
}

func slipBegin(sound string, at uint64) uint64 {
	return hashWord(hashOf(KindSound, "<", sound[:half]), at)
}

func slipEnd(sound string, at uint64) uint64 {
	return hashWord(hashOf(KindSound, ">", sound[len(sound)-half:]), at)
}

// tokens of a person: the whole name anywhere, surname and initials in each
// region, and the surname with its slips.
func (p *person) tokens(t []Token, regions []string) []Token {
	if p.whole != 0 {
		t = append(t, Token{p.whole, KindName, false})
	}
	for _, region := range regions {
		at := regionHash(region)
		t = append(t, Token{hashWord(p.key, at), KindPerson, false})
		var stack [32]byte
		bones := appendBones(stack[:0], p.surname)
		t = append(t, Token{hashWord(hashOf(KindSound, string(bones), p.firstInit, p.patInit), at), KindSound, false})
	}
	return t
}
