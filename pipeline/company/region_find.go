package company

import (
	"slices"
	"strings"
)

// Words that say what kind of region it is, folded to the kinds by which
// regions are told apart. A word with "" only accompanies another.
var regionKindWords = map[string]string{
	"республика": "республика", "респ": "республика", "р": "республика",
	"край": "край", "область": "область", "обл": "область",
	"город": "город", "г": "город", "гор": "город",
	"округ": "округ", "ао": "округ", "аокр": "округ",
	"аобл": "область", "автономный": "", "автономная": "", "авт": "",
	"федерального": "", "значения": "",
}

// maxRegionText is the longest text that is read as an address, in bytes.
const maxRegionText = 1000

// FindRegion finds the subject of the Federation that a text names: its code
// («59»), a КЛАДР code, its name in any order and case («Татарстан респ»,
// «РЕСП. ТАТАРСТАН», «Кемеровская область - Кузбасс»), a customary short name
// (ХМАО, Югра, СПб), or an address whose parts are set off by commas. A text
// that names two regions («Москва и Московская область») names none.
func FindRegion(text string) (Region, bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxRegionText {
		return Region{}, false
	}
	if digits(text) {
		return regionByNumber(text)
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' })
	var found Region
	for _, part := range parts {
		r, ok := regionOfPart(part, len(parts) == 1)
		if !ok || r.Code == found.Code {
			continue
		}
		if found.Code != "" {
			return Region{}, false
		}
		found = r
	}
	return found, found.Code != ""
}

// regionByNumber reads the code itself, which a spreadsheet may have robbed of
// its leading zero, or the first two digits of a КЛАДР code (11 or 13 digits
// for places, 17 for streets, 19 for houses).
func regionByNumber(s string) (Region, bool) {
	switch len(s) {
	case 1:
		return RegionByCode("0" + s)
	case 2:
		return RegionByCode(s)
	case 11, 13, 17, 19:
		return RegionByCode(s[:2])
	}
	return Region{}, false
}

// regionOfPart reads one part of an address. An adjective without a kind
// («Пермский») counts only where it stands alone: elsewhere it may be a
// district or a street.
func regionOfPart(part string, alone bool) (Region, bool) {
	var core, kinds []string
	var code string
	for _, w := range FoldWords(part) {
		kind, isKind := regionKindWords[w]
		switch {
		case isKind && kind != "":
			kinds = append(kinds, kind)
		case isKind:
		case digits(w) && len(w) == 6: // post index
		case digits(w) && code == "":
			code = w
		default:
			core = append(core, w)
		}
	}
	if len(core) == 0 {
		return Region{}, false
	}
	t := regionIndex()
	i, ok := t.byKey[placeKey(core)]
	if !ok {
		return Region{}, false
	}
	r := t.list[i]
	if code != "" && code != r.Code || !r.kindFits(kinds) {
		return Region{}, false
	}
	if len(kinds) == 0 && !alone && adjective(core[0]) {
		return Region{}, false
	}
	return r, true
}

// kindFits tells whether the kind in a text may stand for this region. Regions
// that changed their kind are still met under the old one.
func (r *Region) kindFits(kinds []string) bool {
	if len(kinds) == 0 {
		return true
	}
	allowed := []string{r.Kind}
	switch r.Kind {
	case "автономный округ":
		allowed = []string{"округ"}
	case "автономная область":
		allowed = []string{"область"}
	}
	switch r.Code {
	case "24", "38", "41", "59", "75": // took in districts, were regions of another kind
		allowed = append(allowed, "округ", "область")
	case "93", "94": // as in addresses before 2014
		allowed = append(allowed, "область")
	}
	for _, k := range kinds {
		if !slices.Contains(allowed, k) {
			return false
		}
	}
	return true
}

func adjective(word string) bool {
	return strings.HasSuffix(word, "ая") || strings.HasSuffix(word, "ий")
}
