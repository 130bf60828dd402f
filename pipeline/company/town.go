package company

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/towns.tsv
var townsTSV string

// townIndex gives the region by the key of a town.
var townIndex = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, f := range tsvRows(townsTSV) {
		for town := range strings.SplitSeq(f[1], ";") {
			for spelling := range strings.SplitSeq(town, "=") {
				m[cityKey(spelling)] = f[0]
			}
		}
	}
	return m
})

// TownRegion returns the code of the subject in which a town lies, in any
// spelling that CleanCity reads. It knows the administrative centres and the
// larger towns (data/towns.tsv). It is not ok for a town it does not know, for
// a name that several towns share and for a village («с. Пушкино»). A text
// that names the subject too («Киров, Калужская область») gives that one.
func TownRegion(city string) (code string, ok bool) {
	if len(city) > maxRegionText {
		return "", false
	}
	parts := strings.FieldsFunc(city, func(r rune) bool { return strings.ContainsRune(",;|()\n", r) })
	if r, ok := FindRegion(strings.Join(parts, ",")); ok && (len(parts) > 1 || r.Kind == "город") {
		return r.Code, true
	}
	if code, ok = townIndex()[foldText(city)]; ok || rural(city) {
		return code, ok
	}
	code, ok = townIndex()[cityKey(city)]
	return code, ok
}

// AddressRegion returns the code of the subject that an address names, else of
// the first part that is a known town. Behind a village nothing counts: what
// follows is in it.
func AddressRegion(address string) (code string, ok bool) {
	if r, ok := FindRegion(address); ok {
		return r.Code, true
	}
	if len(address) > maxRegionText {
		return "", false
	}
	for part := range strings.SplitSeq(address, ",") {
		part = strings.TrimLeft(part, "0123456789 \u00a0") // post index
		if code, ok := TownRegion(part); ok {
			return code, true
		}
		if rural(part) {
			break
		}
	}
	return "", false
}

// rural tells a settlement that is marked as something smaller than a town.
func rural(city string) bool {
	words := FoldWords(city)
	if len(words) < 2 || words[0] == "г" || words[0] == "город" {
		return false
	}
	if ruralKinds[words[0]] {
		return !unicode.IsDigit([]rune(words[1])[0]) // «д. 5» is a house
	}
	return ruralKinds[words[len(words)-1]]
}

var ruralKinds = map[string]bool{
	"село": true, "с": true, "деревня": true, "дер": true, "д": true, "хутор": true, "х": true, "аул": true,
	"станица": true, "ст": true, "поселок": true, "пос": true, "п": true, "пгт": true, "рп": true,
}
