package company

import "strings"

// Bounds on one cell: what lies beyond them is no list of phones.
const (
	maxPhoneCell   = 4000 // bytes
	maxPhonePieces = 100
	maxExt         = 6 // digits
)

// ParsePhones reads every number in a cell. Numbers may be parted by commas,
// semicolons, slashes, line breaks or «и»; later ones may leave out what the
// first one says («+7 (812) 324-5479, 740-1163», «210-8270/80/90»). A number
// without a code gets that of the city, or of the region's capital when the
// city is unknown, if the lengths add up to ten digits. Repeats are dropped.
// What stands in brackets or words beside a number becomes its Note. rest holds
// the pieces that are no phone, as they came.
func ParsePhones(cell, regionCode, city string) (phones []Phone, rest []string) {
	cell, tail := cutAt(strings.ToValidUTF8(cell, ""), maxPhoneCell)
	r := phoneReader{regionCode: regionCode, city: city, lastAt: -1}
	for _, p := range splitPhones(cell) {
		r.piece(p)
	}
	return r.phones, appendRest(r.rest, r.label, tail)
}

// phoneReader reads the pieces of one cell in order; each may lean on the one
// before.
type phoneReader struct {
	regionCode, city string

	phones []Phone
	rest   []string
	last   written // the number read last, for those that lean on it
	lastAt int     // its place in phones, -1 when the piece before was none
	label  string  // words that wait for a number: «отдел продаж:»
}

// written is a number and how it was written.
type written struct {
	phone Phone
	code  string // the area code, where brackets or gaps show it
	tail  int    // digits of the last group
}

func (r *phoneReader) piece(p phonePiece) {
	runs := scanRuns(p.text)
	took := false
	var bad []string
	for _, run := range runs {
		switch {
		case run.ext != "" && r.extend(run.ext):
			took = true
		case run.ext != "":
			bad = append(bad, run.ext)
		case run.number != "" && r.number(run.number, p.slash && len(runs) == 1):
			took = true
		case run.number != "":
			bad = append(bad, run.number)
		default:
			r.words(run.words, took)
		}
	}
	switch {
	case took:
		r.rest = appendRest(r.rest, bad...)
	case len(bad) > 0 || hasDigit(p.text):
		r.rest = appendRest(r.rest, p.text)
		r.label, r.lastAt = "", -1
	}
}

// number reads one run of digits; after a slash it may be only the changed end
// of the number before it.
func (r *phoneReader) number(raw string, slash bool) bool {
	w, ok := r.read(raw, slash)
	if !ok {
		return false
	}
	r.last = w
	for i := range r.phones {
		if r.phones[i].Value() == w.phone.Value() {
			r.lastAt = i
			r.note(r.label)
			r.label = ""
			return true
		}
	}
	if len(r.phones) >= maxPhonePieces {
		return false
	}
	r.phones = append(r.phones, w.phone)
	r.lastAt = len(r.phones) - 1
	r.note(r.label)
	r.label = ""
	return true
}

// extend puts an extension on the number before it, or makes one more number
// of it when that has another extension already.
func (r *phoneReader) extend(ext string) bool {
	if r.lastAt < 0 || len(ext) > maxExt {
		return false
	}
	p := &r.phones[r.lastAt]
	if p.Ext == "" {
		p.Ext = ext
		return true
	}
	if p.Ext == ext {
		return true
	}
	more := *p
	more.Ext = ext
	if len(r.phones) < maxPhonePieces {
		r.phones = append(r.phones, more)
		r.lastAt = len(r.phones) - 1
	}
	return true
}

// words keeps a remark: it belongs to the number before it in the same piece,
// else to the next one.
func (r *phoneReader) words(s string, after bool) {
	s = cleanNote(s)
	if s == "" {
		return
	}
	if after {
		r.note(s)
		return
	}
	r.label = joinNote(r.label, s)
}

func (r *phoneReader) note(s string) {
	if s == "" || r.lastAt < 0 {
		return
	}
	p := &r.phones[r.lastAt]
	p.Note = joinNote(p.Note, s)
}

func joinNote(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + ", " + b
}

func appendRest(rest []string, pieces ...string) []string {
	for _, s := range pieces {
		if s = strings.TrimSpace(s); s != "" {
			rest = append(rest, s)
		}
	}
	return rest
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
