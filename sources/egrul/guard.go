package egrul

import (
	"encoding/xml"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// Bounds that real files stay far below.
const (
	depthMax = 64
	attrsMax = 64
)

// bounds are those of one document.
type bounds struct {
	bytes    int // of UTF-8
	elements int
}

// usual has room for the longest documents, which list thousands of licences
// and of entries in the register.
func usual() bounds { return bounds{bytes: 64 << 20, elements: 1_000_000} }

// guard stands between the bytes and the decoder: it hands tokens on and
// refuses what these registers never hold and what would cost memory before
// anything is decoded.
type guard struct {
	xml      *xml.Decoder
	begun    bool
	depth    int
	elements int // since reset
	limit    int // how many there may be
}

func (g *guard) reset() { g.elements = 0 }

// Token implements xml.TokenReader. That end tags fit is for the decoder above.
func (g *guard) Token() (xml.Token, error) {
	token, err := g.xml.RawToken()
	if err != nil {
		return nil, err
	}
	first := !g.begun
	g.begun = true
	switch t := token.(type) {
	case xml.StartElement:
		err = g.start(t)
	case xml.EndElement:
		g.depth--
	case xml.ProcInst:
		if t.Target == "xml" && !first {
			err = fmt.Errorf("%w: an XML declaration inside the file", pipeline.ErrDamaged)
		}
	case xml.Directive:
		err = fmt.Errorf("%w: a DOCTYPE or other directive", pipeline.ErrUnknownForm)
	}
	if err != nil {
		return nil, err
	}
	return token, nil
}

func (g *guard) start(t xml.StartElement) error {
	g.depth++
	g.elements++
	switch {
	case g.depth > depthMax:
		return fmt.Errorf("%w: elements nested more than %d deep", pipeline.ErrDamaged, depthMax)
	case g.elements > g.limit:
		return fmt.Errorf("%w: more than %d elements in one document", pipeline.ErrTooLarge, g.limit)
	case len(t.Attr) > attrsMax:
		return fmt.Errorf("%w: an element of more than %d attributes", pipeline.ErrDamaged, attrsMax)
	}
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
			return fmt.Errorf("%w: attribute %q twice in one element", pipeline.ErrDamaged, members.Clip(a.Name.Local, 60))
		}
	}
	return nil
}
