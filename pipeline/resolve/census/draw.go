package census

import (
	"math"
	"math/rand/v2"
)

// stream keeps the draws of one subject apart from those of others.
type stream uint64

const (
	streamFirm    stream = iota + 1 // what a firm is, by its number
	streamContact                   // its phones, site, mail and what registries tell of them
	streamScene                     // how directories show it
	streamLook                      // one listing
	streamOutside                   // firms that the registry does not have
	streamSite                      // what a site prints
	streamNight                     // what changes from one night to the next
	streamStory                     // groups
	streamWords                     // words that nobody reads
	streamKompas                    // what the second directory says
)

// draw gives random values that depend on a seed, a stream and a number alone.
type draw struct {
	pcg  rand.PCG
	rand *rand.Rand
}

func newDraw() *draw {
	d := &draw{}
	d.rand = rand.New(&d.pcg)
	return d
}

// of begins the draws of the n-th subject of a stream.
func (d *draw) of(seed uint64, s stream, n int) *draw {
	d.pcg.Seed(seed^uint64(s)*0x9e3779b97f4a7c15, uint64(n)+1)
	return d
}

func (d *draw) float() float64        { return d.rand.Float64() }
func (d *draw) chance(p float64) bool { return d.rand.Float64() < p }
func (d *draw) below(n int) int       { return d.rand.IntN(n) }

// zipf gives a rank below n with probability falling as rank to the power -s.
func (d *draw) zipf(n int, s float64) int {
	u := d.rand.Float64()
	top := float64(n + 1)
	var x float64
	if math.Abs(s-1) < 1e-9 {
		x = math.Exp(u * math.Log(top))
	} else {
		x = math.Pow(u*(math.Pow(top, 1-s)-1)+1, 1/(1-s))
	}
	return min(int(x)-1, n-1)
}

// pick takes one of a list, each as likely.
func pick[T any](d *draw, from []T) T { return from[d.below(len(from))] }

// choose takes one of some weights, which need not sum up to anything.
func (d *draw) choose(weights ...float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	at := d.float() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
