package company

import (
	_ "embed"
	"strings"
	"sync"
)

// Region is a subject of the Russian Federation, or Байконур, which has a code
// of its own.
type Region struct {
	Code     string // two digits, the code that ФНС and КЛАДР use
	Name     string // «Пермский край»
	Kind     string // республика, край, область, город, автономная область, автономный округ
	Zone     string // IANA name of the zone where most of its people live
	District string // federal district: «Приволжский»; "" where there is none
}

// The tables are compiled from the list of subjects in article 65 of the
// Constitution and from the tz database.
var (
	//go:embed data/regions.tsv
	regionsTSV string
	//go:embed data/regions_retired.tsv
	regionsRetiredTSV string
)

type regionTable struct {
	list   []Region
	byCode map[string]int
	byKey  map[string]int // sorted words of the name without its kind
}

// regionIndex reads the embedded tables once.
var regionIndex = sync.OnceValue(func() regionTable {
	t := regionTable{byCode: map[string]int{}, byKey: map[string]int{}}
	for _, f := range tsvRows(regionsTSV) {
		r := Region{Code: f[0], Name: f[1], Kind: f[2], Zone: f[4], District: f[5]}
		i := len(t.list)
		t.byCode[r.Code] = i
		t.addKeys(i, f[3])
		t.list = append(t.list, r)
	}
	for _, f := range tsvRows(regionsRetiredTSV) {
		i := t.byCode[f[1]]
		if f[0] != "" {
			t.byCode[f[0]] = i
		}
		t.addKeys(i, f[2])
	}
	return t
})

func (t *regionTable) addKeys(i int, spellings string) {
	for s := range strings.SplitSeq(spellings, ";") {
		t.byKey[placeKey(FoldWords(s))] = i
	}
}

// tsvRows splits an embedded table into rows of fields, without comments.
func tsvRows(s string) [][]string {
	var rows [][]string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && line[0] != '#' {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// Regions lists the 89 subjects and Байконур in the order of their codes.
func Regions() []Region { return append([]Region(nil), regionIndex().list...) }

// RegionByCode finds a region by its two digits. A retired code (80 Агинский
// Бурятский, 81 Коми-Пермяцкий, …) gives the region that took it in.
func RegionByCode(code string) (Region, bool) {
	t := regionIndex()
	i, ok := t.byCode[code]
	if !ok {
		return Region{}, false
	}
	return t.list[i], true
}
