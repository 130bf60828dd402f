package company

import "strings"

// NameWords are the folded words of a legal name, one space between them.
type NameWords struct {
	Form  LegalForm // of ParseName
	Whole []byte    // of the whole text
	Core  []byte    // of Name.Core
	Brand []byte    // of Name.Brand; none where the brand is a part of the core
}

// NameReader reads one name after another in the same memory. The zero value
// is ready; it is for one goroutine.
type NameReader struct{ whole, core, brand []byte }

// Read takes a name apart as ParseName does and folds the parts. What it
// returns is valid until the next call.
func (r *NameReader) Read(s string) NameWords {
	r.whole = AppendFolded(r.whole[:0], s)
	if form, folded, _, ok := quotedName(s); ok {
		return NameWords{Form: form, Whole: r.whole, Core: r.whole[folded+len(" "):]}
	}
	n := parseAny(s)
	r.core, r.brand = AppendFolded(r.core[:0], n.Core), r.brand[:0]
	if !strings.Contains(n.Core, n.Brand) {
		r.brand = AppendFolded(r.brand, n.Brand)
	}
	return NameWords{Form: n.Form, Whole: r.whole, Core: r.core, Brand: r.brand}
}
