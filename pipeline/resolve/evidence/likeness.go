package evidence

import (
	"slices"

	"github.com/agnivade/levenshtein"
)

// level is how alike two names are.
type level uint8

const (
	apart      level = iota // they cannot be compared: one tells nothing
	unlike                  // nothing telling in common
	byCross                 // a telling word in common, and each has others
	byInitials              // one is the initials of the other
	byOther                 // the same telling words, and each has another description
	byPart                  // one has all telling words of the other, and more
	bySlip                  // alike but for a slip of the pen
	bySimilar               // the same telling words among other descriptions
	whole                   // every word
	levels
)

// kind tells what kind of evidence it is.
func (l level) kind() string {
	switch l {
	case bySimilar, byOther, byPart, byCross:
		return kindPart
	case apart, unlike, byInitials, bySlip, whole:
	}
	return kindName
}

// likeness is how alike two names are, with the word of the second that counts.
type likeness struct {
	level level
	word  *word
}

func compareNames(a, b *name) likeness {
	switch {
	case a.key == b.key && a.joined == b.joined:
		return likeness{level: whole}
	case !a.tells || !b.tells:
		return likeness{level: apart}
	case numbersDiffer(a, b):
		return likeness{level: unlike}
	}
	l := compareWords(a, b)
	if l.level != unlike {
		return l
	}
	switch {
	case a.initials != "" && a.initials == b.joined, b.initials != "" && b.initials == a.joined:
		return likeness{level: byInitials}
	case slipped(a.joined, b.joined):
		one, _ := b.mostTelling()
		return likeness{bySlip, one}
	}
	return l
}

// numbersDiffer tells «СМУ-5» from «СМУ-7».
func numbersDiffer(a, b *name) bool {
	one, both := false, false
	for i := range a.words {
		if a.words[i].class != number {
			continue
		}
		one = true
		for j := range b.words {
			both = both || a.words[i].hash == b.words[j].hash && b.words[j].class == number
		}
	}
	return one && !both && slices.ContainsFunc(b.words, func(w word) bool { return w.class == number })
}

// compareWords aligns the telling words.
func compareWords(a, b *name) likeness {
	var taken [maxWords]bool // of b
	var common *word
	lonely, found := (*word)(nil), 0
	extraA := 0
	for i := range a.words {
		w := &a.words[i]
		if w.class != telling {
			continue
		}
		j := slices.IndexFunc(b.words, func(v word) bool { return v.hash == w.hash })
		if j < 0 || taken[j] {
			extraA++
			lonely = w
			continue
		}
		taken[j] = true
		found++
		if common == nil || len(b.words[j].sound) > len(common.sound) {
			common = &b.words[j]
		}
	}
	extraB, other := 0, (*word)(nil)
	for j := range b.words {
		if b.words[j].class == telling && !taken[j] {
			extraB++
			other = &b.words[j]
		}
	}
	switch {
	case extraA == 1 && extraB == 1 && slipped(lonely.sound, other.sound):
		if common == nil {
			common = other
		}
		return likeness{bySlip, common}
	case found == 0:
		return likeness{level: unlike}
	case extraA > 0 && extraB > 0:
		return likeness{byCross, common}
	case extraA > 0 || extraB > 0 || hasNumber(a) != hasNumber(b):
		return likeness{byPart, common}
	}
	if describedApart(a, b) {
		return likeness{byOther, common}
	}
	return likeness{bySimilar, common}
}

// describedApart tells «ТД Вектор» and «Вектор-Сервис», which are two firms of
// one group, from «Вектор».
func describedApart(a, b *name) bool { return describedBeyond(a, b) && describedBeyond(b, a) }

func describedBeyond(a, b *name) bool {
	return slices.ContainsFunc(a.words, func(w word) bool {
		return w.class == generic && len(w.sound) > 1 && !slices.ContainsFunc(b.words, func(v word) bool { return v.hash == w.hash })
	})
}

func hasNumber(n *name) bool {
	return slices.ContainsFunc(n.words, func(w word) bool { return w.class == number })
}

// slipped tells words that a slip or two of the pen make of each other: the
// longer the word, the less it is another one.
func slipped(a, b string) bool {
	shorter, longer := min(len(a), len(b)), max(len(a), len(b))
	allowed := 0
	switch {
	case shorter >= twoSlips:
		allowed = 2
	case shorter >= minSlip:
		allowed = 1
	}
	return allowed > 0 && longer-shorter <= allowed && levenshtein.ComputeDistance(a, b) <= allowed
}

// twoSlips is the length of sound from which on two slips are taken for slips.
const twoSlips = 9

// kinship is how alike two persons' names are.
type kinship uint8

const (
	strangers kinship = iota
	samePen           // but for a slip in the surname
	sameInitials
	sameWhole
)

func comparePeople(p, q *person) kinship {
	switch {
	case !sameGiven(p.first, q.first, p.firstInit, q.firstInit), !sameGiven(p.patronymic, q.patronymic, p.patInit, q.patInit):
		return strangers
	case p.surname != q.surname:
		if slipped(p.surname, q.surname) {
			return samePen
		}
		return strangers
	case p.whole != 0 && p.whole == q.whole:
		return sameWhole
	}
	return sameInitials
}

// sameGiven compares given names, of which either may be an initial or
// missing.
func sameGiven(a, b, initialA, initialB string) bool {
	switch {
	case a == "" || b == "":
		return true
	case a == initialA || b == initialB:
		return initialA == initialB
	}
	return a == b
}
