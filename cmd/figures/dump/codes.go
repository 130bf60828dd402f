package dump

import (
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// code is one line of the classifier as it stands in the registry.
type code struct {
	text   company.OKVED
	attrs  []byte // attributes and the end of the element
	wanted bool
}

// codes are the classifier, and which of it is drawn as a main code. The
// orders are by rising code.
type codes struct {
	all    []code
	wanted []int // of all
	other  []int
}

func readCodes(wanted []company.OKVED) (codes, error) {
	want := pipeline.Wanted{Codes: wanted}
	var c codes
	for _, text := range classifier() {
		name, _ := text.Name()
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(name)); err != nil {
			return c, fmt.Errorf("name of code %s: %w", text, err)
		}
		attrs := ` КодОКВЭД="` + string(text) + `" НаимОКВЭД="` +
			strings.NewReplacer("&#34;", "&quot;", "&#39;", "'").Replace(escaped.String()) + `" ВерсОКВЭД="2014"/>`
		one := code{text: text, attrs: []byte(attrs), wanted: want.Any(text)}
		if one.wanted {
			c.wanted = append(c.wanted, len(c.all))
		} else {
			c.other = append(c.other, len(c.all))
		}
		c.all = append(c.all, one)
	}
	if len(c.wanted) == 0 || len(c.other) == 0 {
		return c, fmt.Errorf("%w: %d codes are wanted, %d are not; both are needed", ErrOptions, len(c.wanted), len(c.other))
	}
	return c, nil
}

// classifier lists the codes that have a name, by rising code. Every code but
// a class stands under one that is a digit shorter.
func classifier() []company.OKVED {
	var found []company.OKVED
	var under func(company.OKVED)
	under = func(c company.OKVED) {
		if _, ok := c.Name(); !ok {
			return
		}
		found = append(found, c)
		next := c
		switch len(c) {
		case 2, 5:
			next += "."
		case 8:
			return
		}
		for d := '0'; d <= '9'; d++ {
			under(next + company.OKVED(d))
		}
	}
	for n := 1; n < 100; n++ {
		under(company.OKVED(fmt.Sprintf("%02d", n)))
	}
	slices.Sort(found)
	return found
}

// spread takes the n-th of size as the m-th in popularity: a fixed shuffle.
const spread = 7919 // a prime above the number of codes

// skewed draws a place in a list: a few dozen far more often than the rest, as
// firms do. The twelfth power gives the deflate ratio of published members.
func skewed(r *rand.Rand, size int) int {
	u := r.Float64()
	u *= u * u
	u *= u
	u *= u
	return int(u*float64(size)) * spread % size
}

// extras draws additional codes: nobody, or runs of neighbours of the
// classifier, as firms choose them. They come by rising code, each once.
func (c *codes) extras(r *rand.Rand, to []int) []int {
	to = to[:0]
	if r.Float64() < extraNone {
		return to
	}
	count := 1 + int(r.ExpFloat64()*extraMean)
	for drawn := 0; drawn < min(count, extraMost); {
		start, run := skewed(r, len(c.all)), 4+r.IntN(12)
		for i := range min(run, count-drawn) {
			to = append(to, (start+i)%len(c.all))
			drawn++
		}
	}
	slices.Sort(to)
	return slices.Compact(to)
}

// How many additional codes documents have: none in some, else an exponential
// tail; together the mean of 8 that published members show.
const (
	extraNone = 0.15
	extraMean = 10.5
	extraMost = 120
)
