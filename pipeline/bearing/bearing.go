package bearing

import "strings"

// System is by whose rules a number is read.
type System int8

// The systems.
const (
	SystemUnclear System = iota // the digits are a number by both, of different bearings
	SystemGOST
	SystemISO
	SystemBoth // the same number by both
)

// Title is the system's name for people.
func (s System) Title() string {
	switch s {
	case SystemGOST:
		return "ГОСТ"
	case SystemISO:
		return "ISO"
	case SystemBoth:
		return "ГОСТ и ISO"
	}
	return "неясно, ГОСТ или ISO"
}

// Bearing is a designation that was understood.
type Bearing struct {
	Written string // as it stood, in capitals
	Brand   string // that was named: SKF; "" = none
	System  System // by which it was read
	Digits  string // the number as it stood

	ISO  string // its number by ISO with the letters that belong to it: 6205, NU212, 7205AC, 32008X; "" = not known
	GOST string // its number by ГОСТ without what stands before and behind: 180205; "" = not known, or several would do
	Kind string // Russian; "" = not known

	Seal      string   // 2RS, 2RZ, 2Z, Z, RS; "" = open
	Groove    bool     // for a snap ring: N
	Clearance string   // C2 to C5; "" = normal
	Class     string   // P6 to P2; "" = normal
	Cage      string   // M brass, TN polyamide; "" = as the maker has it
	Oil       bool     // groove and holes in the outer ring: W33
	Letters   string   // behind a ГОСТ number, as written: АК10
	More      []string // signs that this package does not know

	Bore, Outer, Width float64 // mm; 0 = not known
	Shaft              float64 // mm, of a bearing on a sleeve, whose ГОСТ number names the shaft
	Sleeve             string  // by ISO; "" = none, or not known

	Partial bool // the letters that tell the angle of contact are missing
	ByRule  bool // the pair follows from its series and stands in no table of pairs
	Single  bool // one source only says so

	draft draft
}

// Unclear tells a number that means two different bearings and does not say by
// whose rules it is meant.
func (b *Bearing) Unclear() bool { return b.System == SystemUnclear }

// Readings are the bearings that the designation may mean: two of an unclear
// one, ГОСТ first, else itself.
func (b *Bearing) Readings() []Bearing {
	if !b.Unclear() {
		return []Bearing{*b}
	}
	var out []Bearing
	for _, s := range []System{SystemGOST, SystemISO} {
		d := b.draft
		d.hint = s
		if r, ok := d.resolve(); ok && r.System == s {
			out = append(out, r)
		}
	}
	return out
}

// Same tells whether two designations name the same bearing in number, seal and
// groove. What they say beyond that is not held against them.
func (b *Bearing) Same(o *Bearing) bool {
	switch {
	case b.Unclear() || o.Unclear() || b.Seal != o.Seal || b.Groove != o.Groove:
		return false
	case b.ISO != "" && o.ISO != "":
		return b.ISO == o.ISO && b.Sleeve == o.Sleeve && !b.Partial && !o.Partial
	}
	return b.GOST != "" && b.GOST == o.GOST
}

// radialBall tells the kind whose clearance is written before a ГОСТ number by
// the rows 7 and 6.
func (b *Bearing) radialBall() bool { return b.Kind == kindRadialBall }

const kindRadialBall = "радиальный шариковый"

// seal is the column of the table of series: ZN is Z with a groove.
func (b *Bearing) seal() string {
	if b.Groove {
		return b.Seal + "N"
	}
	return b.Seal
}

// sealed takes the column apart.
func sealed(column string) (seal string, groove bool) {
	seal, groove = strings.CutSuffix(column, "N")
	return seal, groove
}

// Pair writes the bearing by one system with its number by the other behind it:
// "6306-2RS (180306)", the system in which it was read first; "" if one is not
// known.
func (b *Bearing) Pair() string {
	first, second := b.Name(ByISO), b.Name(ByGOST)
	if b.System == SystemGOST {
		first, second = second, first
	}
	if first == "" || second == "" {
		return ""
	}
	return first + " (" + second + ")"
}
