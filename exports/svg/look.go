package svg

import (
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// rgb is an opaque colour, 0xRRGGBB.
type rgb uint32

// RGBA makes it a color.Color.
func (c rgb) RGBA() (r, g, b, a uint32) {
	return uint32(c>>16&0xff) * 0x101, uint32(c>>8&0xff) * 0x101, uint32(c&0xff) * 0x101, 0xffff
}

const (
	paper   rgb = 0xffffff
	ink     rgb = 0x262626
	inkNote rgb = 0x595959
	inkGrid rgb = 0xd9d9d9
)

// palette is told apart by those who do not see all colours, too: that of M. Okabe
// and K. Ito, "Color Universal Design", 2008, less its yellow, which paper swallows.
var palette = [...]rgb{0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9, 0x595959}

// dashes tell lines apart once the colours begin anew.
var dashes = [...][]vg.Length{nil, {6, 3}, {2, 2}, {8, 2, 2, 2}}

func colourOf(series int) rgb { return palette[series%len(palette)] }

func dashOf(series int) []vg.Length { return dashes[series/len(palette)%len(dashes)] }

// The sizes of texts, in points.
const (
	sizeTitle vg.Length = 16
	sizeText  vg.Length = 11
	sizeSmall vg.Length = 9
)

const bold = xfont.WeightBold

// sans is the face that is measured; readers without it take one as wide.
func sans(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}
