// Package dump makes a synthetic monthly release of the registry of small
// and medium business for measurements: in form, size and mix like those that
// ФНС publishes (structure 10062025 and later, version 4.06), with invented
// firms whose numbers have valid checksums. Equal options give equal bytes.
//
// The mix follows published members: 900 documents a member, some 8 additional
// codes each, two thirds sole proprietors, one region a member, one line of
// UTF-8 with &quot; around names.
package dump

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"obzvon/pipeline/company"
)

// MemberDocs is how many documents a published member holds.
const MemberDocs = 900

// DocsMax bounds a release: beyond it numbers would repeat.
const DocsMax = 9_000_000

// What is different in the next month's release.
const (
	changedShare = 0.03  // of wanted documents
	goneShare    = 0.005 // of all
	newShare     = 0.005 // of all
)

// ErrOptions is returned for options that give no release.
var ErrOptions = errors.New("wrong option of the synthetic release")

// Options say what to make.
type Options struct {
	Seed   uint64
	Docs   int             // of the first month, up to DocsMax
	Share  float64         // of documents whose main code is wanted, 0..1
	Wanted []company.OKVED // a code takes all below it
	Date   company.Date    // ДатаСост
	Next   bool            // the month after: 3 % of the wanted changed, some new, some gone
}

// Generator makes one release. It may be used by several goroutines.
type Generator struct {
	opt    Options
	codes  codes
	places []place
	slots  int // documents of both months together
}

// New prepares a release.
func New(opt Options) (*Generator, error) {
	if opt.Docs < 1 || opt.Docs > DocsMax || opt.Share < 0 || opt.Share > 1 || opt.Date == 0 {
		return nil, fmt.Errorf("%w: %d documents, share %g, date %s", ErrOptions, opt.Docs, opt.Share, opt.Date)
	}
	g := &Generator{opt: opt, places: placesTable(), slots: opt.Docs}
	var err error
	if g.codes, err = readCodes(opt.Wanted); err != nil {
		return nil, err
	}
	if opt.Next {
		g.slots += int(float64(opt.Docs) * newShare)
	}
	return g, nil
}

// Members is how many members the release has.
func (g *Generator) Members() int { return (g.slots + MemberDocs - 1) / MemberDocs }

// What a draw is for, so that one does not shift another.
const (
	drawFirm = iota + 1
	drawID
	drawMember
	drawGone
	drawChanged
	drawListing
)

// draws restarts the generator for one purpose and number.
func (g *Generator) draws(r *rand.PCG, purpose, n int) *rand.Rand {
	r.Seed(mix(g.opt.Seed+uint64(purpose)<<32), mix(uint64(n)))
	return rand.New(r)
}

// mix is the finaliser of SplitMix64: neighbouring numbers become unlike.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// chance decides by purpose and number alone.
func (g *Generator) chance(purpose, n int, share float64) bool {
	x := mix(mix(g.opt.Seed+uint64(purpose)<<32) ^ uint64(n))
	return float64(x>>11)/(1<<53) < share
}

// gone tells a document of the first month that the next one lacks.
func (g *Generator) gone(n int) bool {
	return g.opt.Next && n < g.opt.Docs && g.chance(drawGone, n, goneShare)
}

// changed tells a wanted document that the next month has otherwise.
func (g *Generator) changed(n int) bool {
	return g.opt.Next && n < g.opt.Docs && g.chance(drawChanged, n, changedShare)
}
