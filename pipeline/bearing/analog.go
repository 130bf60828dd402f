package bearing

import "strings"

// Maker is who writes a designation.
type Maker int8

// The makers whose spelling is known, and the two standards.
const (
	SKF Maker = iota
	FAG
	NSK
	NTN
	Chinese // HRB, C&U and ZWZ, which write alike
	makers  = iota
)

// The standards.
const (
	ByISO  Maker = makers + iota // the number with its signs as Chinese makers write it
	ByGOST                       //
)

// Title is the maker's name, or all of them.
func (m Maker) Title() string {
	return [...]string{"SKF", "FAG", "NSK", "NTN", "HRB, C&U, ZWZ", "ISO", "ГОСТ"}[m]
}

// Analog is the bearing in one maker's spelling.
type Analog struct {
	Maker Maker
	Name  string
}

// Analogs are the bearing in the spellings that are known, premium makers first,
// ГОСТ last. None are those of an unclear designation, and of one that does not
// tell its angle of contact.
func Analogs(b Bearing) []Analog {
	var out []Analog
	for _, m := range []Maker{SKF, FAG, NSK, NTN, Chinese, ByGOST} {
		if name := b.Name(m); name != "" {
			out = append(out, Analog{m, name})
		}
	}
	return out
}

// Name writes the bearing as a maker does; "" where that is not known.
func (b *Bearing) Name(m Maker) string {
	switch {
	case b.Unclear():
		return ""
	case m == ByGOST:
		return b.gostName()
	case b.ISO == "" || b.Partial && m != ByISO:
		return ""
	case m == ByISO:
		m = Chinese
	}
	number, ok := b.numberBy(m)
	if !ok {
		return ""
	}
	var parts []string
	for _, word := range []string{b.seal(), b.Cage, b.oil()} {
		if word == "" {
			continue
		}
		spelt := spelling(m, word)
		if spelt == "" {
			return ""
		}
		parts = append(parts, spelt)
	}
	return join(m, number, parts, b.Oil, b.classAndClearance())
}

// numberBy writes the number itself. What the letters C and AC of an angle are
// called by makers other than the Chinese is not known, nor is it of pairs,
// washers and units for housings.
func (b *Bearing) numberBy(m Maker) (string, bool) {
	digits := strings.IndexAny(b.ISO, "0123456789")
	digits += len(b.ISO[digits:]) - len(strings.TrimLeft(b.ISO[digits:], "0123456789"))
	number, ending := b.ISO[:digits], b.ISO[digits:]
	plain := ending == "" || ending == "B" || ending == "K" || ending == "X"
	switch {
	case b.Sleeve != "":
		return b.ISO + " + " + b.Sleeve, m == Chinese
	case strings.ContainsAny(b.ISO, "+/") || !plain || strings.HasPrefix(b.ISO, "UC"):
		return b.ISO, m == Chinese
	case ending == "":
		return number, true
	case m == SKF:
		return number + " " + ending, true
	case m == FAG:
		return number + "-" + ending, true
	}
	return b.ISO, true
}

func (b *Bearing) oil() string {
	if b.Oil {
		return "W33"
	}
	return ""
}

// classAndClearance are written together when both differ from normal: P63.
func (b *Bearing) classAndClearance() string {
	if b.Class != "" && b.Clearance != "" {
		return b.Class + b.Clearance[1:]
	}
	return b.Class + b.Clearance
}

// spelling of a feature by a maker; "" = not known.
func spelling(m Maker, word string) string {
	for _, s := range tables().suffixes {
		if s.value == word && s.by[m] != "" && s.by[m] != "?" {
			return s.by[m]
		}
	}
	return ""
}

// join puts the signs behind a number: 6205-2RS1/C3, 6205-2RSR-C3, 6205DDUC3,
// 6205LLU/C3, 6205-2RS C3.
func join(m Maker, number string, parts []string, oil bool, grade string) string {
	switch m {
	case SKF:
		return joinSKF(number, parts, oil, grade)
	case Chinese:
		return joinChinese(number, parts, grade)
	case FAG:
		if grade != "" {
			parts = append(parts, grade)
		}
		return strings.Join(append([]string{number}, parts...), "-")
	case NSK:
		return number + strings.Join(parts, "") + grade
	case NTN:
		number += strings.Join(parts, "")
		if grade != "" {
			number += "/" + grade
		}
		return number
	}
	return number
}

// joinChinese writes the groove onto the number, seals behind a hyphen, and the
// rest apart.
func joinChinese(number string, parts []string, grade string) string {
	var out strings.Builder
	out.WriteString(number)
	for _, p := range parts {
		switch {
		case p == "N":
			out.WriteString(p)
		case strings.ContainsAny(p, "ZR"):
			out.WriteString("-" + p)
		default:
			out.WriteString(" " + p)
		}
	}
	if grade != "" {
		out.WriteString(" " + grade)
	}
	return out.String()
}

// joinSKF writes clearance and groove for oil behind a stroke: 22322/C3W33.
func joinSKF(number string, parts []string, oil bool, grade string) string {
	end := grade
	if oil {
		parts, end = parts[:len(parts)-1], grade+"W33"
	}
	var out strings.Builder
	out.WriteString(number)
	for _, p := range parts {
		if strings.ContainsAny(p, "ZR") {
			out.WriteString("-" + p)
		} else {
			out.WriteString(" " + p)
		}
	}
	if end != "" {
		out.WriteString("/" + end)
	}
	return out.String()
}

// gostName writes the bearing by ГОСТ. How a greater clearance is written before
// the number is known of radial ball bearings only; of others it is said.
func (b *Bearing) gostName() string {
	if b.GOST == "" {
		return ""
	}
	name, said := b.GOST+b.gostLetters(), ""
	grade := b.Class + b.Clearance
	switch {
	case grade == "":
	case b.radialBall() && grade == "C3":
		name = "70-" + name
	case b.radialBall() && grade == "P6C3":
		name = "76-" + name
	case b.Clearance == "":
		name = strings.TrimPrefix(b.Class, "P") + "-" + name
	default:
		said = ", зазор " + b.Clearance
		if b.Class != "" {
			name = strings.TrimPrefix(b.Class, "P") + "-" + name
		}
	}
	return name + said
}

// gostLetters are those that were written, else those of the cage and the groove.
func (b *Bearing) gostLetters() string {
	if b.Letters != "" {
		return b.Letters
	}
	letters := map[string]string{"M": "Л", "TN": "Е"}[b.Cage]
	if b.Oil {
		letters += "Н"
	}
	return letters
}
