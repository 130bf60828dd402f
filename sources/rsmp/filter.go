package rsmp

import (
	"bytes"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// packed is a code of ОКВЭД2 in one number, its first character highest: equal
// numbers are equal codes, and their order is that of the texts. 0 is none.
type packed uint64

// packCode reads a code of the shapes that company.ParseOKVED takes.
func packCode(b []byte) (packed, bool) {
	switch len(b) {
	case 2, 4, 5, 7, 8:
	default:
		return 0, false
	}
	out := packed(0)
	for i, c := range b {
		dot := i == 2 || i == 5
		if dot != (c == '.') || !dot && (c < '0' || c > '9') {
			return 0, false
		}
		out |= packed(c) << (56 - 8*i)
	}
	return out, true
}

// appendTo writes the code as text.
func (p packed) appendTo(b []byte) []byte {
	for ; p != 0; p <<= 8 {
		b = append(b, byte(p>>56))
	}
	return b
}

// filter says what a pull takes, in a form that is quick to ask. It is not
// changed after it was made.
type filter struct {
	everything bool
	additional bool
	held       *company.INNSet
	prefixes   [100][]prefix // of wanted codes, by the class in whose tree they matter
}

// prefix is met by codes that are equal to bits where mask is set.
type prefix struct{ bits, mask packed }

// newFilter compiles a request. It agrees with Wanted.Any.
func newFilter(req pipeline.Request) *filter {
	f := &filter{everything: len(req.Wanted.Codes) == 0, additional: req.Wanted.Additional, held: req.Held}
	for _, code := range req.Wanted.Codes {
		text := strings.TrimSuffix(string(code), ".")
		if code == "" || len(text) > 8 {
			continue
		}
		p := prefix{}
		for i := range len(text) {
			p.bits |= packed(text[i]) << (56 - 8*i)
			p.mask |= 0xff << (56 - 8*i)
		}
		for class := range f.prefixes {
			digits := packed('0'+class/10)<<56 | packed('0'+class%10)<<48
			if (digits^p.bits)&p.mask&(0xffff<<48) == 0 {
				f.prefixes[class] = append(f.prefixes[class], p)
			}
		}
	}
	return f
}

// wants tells whether a code is wanted. No code never is.
func (f *filter) wants(code packed) bool {
	if code == 0 {
		return false
	}
	class := int(code>>56-'0')*10 + int(code>>48&0xff-'0')
	for _, p := range f.prefixes[class] {
		if (code^p.bits)&p.mask == 0 {
			return true
		}
	}
	return false
}

// takes decides on a document with a valid ИНН.
func (f *filter) takes(inn []byte, a *activities) bool {
	switch {
	case f.everything || f.wants(a.main) || f.wants(a.reported):
		return true
	case f.additional && (f.wantsAny(a.extra) || f.wantsAny(a.reportedExtra)):
		return true
	default:
		return f.held.HasText(inn)
	}
}

func (f *filter) wantsAny(codes []packed) bool {
	for _, c := range codes {
		if f.wants(c) {
			return true
		}
	}
	return false
}

// activities are the valid codes of a document. Its memory is used again.
type activities struct {
	main, reported       packed // 0 = none
	extra, reportedExtra []packed
}

func (a *activities) read(d *document) {
	a.main, a.reported = firstCode(d.codes.main), firstCode(d.report.main)
	a.extra = appendCodes(a.extra[:0], d.codes.extra)
	a.reportedExtra = appendCodes(a.reportedExtra[:0], d.report.extra)
}

func firstCode(codes []code) packed {
	for i := range codes {
		if p, ok := codes[i].packed(); ok {
			return p
		}
	}
	return 0
}

func appendCodes(dst []packed, codes []code) []packed {
	for i := range codes {
		if p, ok := codes[i].packed(); ok {
			dst = append(dst, p)
		}
	}
	return dst
}

// packed leaves out codes of the first ОКВЭД: their digits mean something else.
func (c *code) packed() (packed, bool) {
	if string(c.version) != "2014" {
		if v := c.version.trimmed(); len(v) > 0 && !bytes.Equal(v, []byte("2014")) {
			return 0, false
		}
	}
	if p, ok := packCode(c.text); ok {
		return p, true
	}
	return packCode(c.text.trimmed())
}
