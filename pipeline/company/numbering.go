package company

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The plan of mobile codes is compiled by data/numberinggen from the open data
// of Минцифры; area codes are the plan of geographic codes.
var (
	//go:embed data/numbering.tsv.gz
	numberingTSV []byte
	//go:embed data/areacodes.tsv
	areaCodesTSV string
)

// mobileBlock is a run of mobile numbers, as offsets from 900 000-00-00.
type mobileBlock struct {
	from, to uint32
	regions  []string
}

// mobilePlan unpacks the table once, sorted by number. The table is part of
// the program and held to the official register by a test; what could not be
// read would end it early and be seen there.
var mobilePlan = sync.OnceValue(func() []mobileBlock {
	z, err := gzip.NewReader(bytes.NewReader(numberingTSV))
	if err != nil {
		return nil
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	var plan []mobileBlock
	lists := map[string][]string{}
	next := uint64(0)
	for _, f := range tsvRows(string(text)) {
		gap, err1 := strconv.ParseUint(f[0], 10, 32)
		size, err2 := strconv.ParseUint(f[1], 10, 32)
		if err1 != nil || err2 != nil {
			return plan
		}
		if lists[f[2]] == nil {
			lists[f[2]] = strings.Split(f[2], "+")
		}
		from := next + gap
		next = from + size
		plan = append(plan, mobileBlock{from: uint32(from), to: uint32(next - 1), regions: lists[f[2]]})
	}
	return plan
})

// mobileRegions finds the subjects to which a ten-digit mobile number was given.
func mobileRegions(national string) []string {
	n, err := strconv.ParseUint(national[1:], 10, 32)
	if err != nil {
		return nil
	}
	plan := mobilePlan()
	i, _ := slices.BinarySearchFunc(plan, uint32(n), func(b mobileBlock, n uint32) int {
		if b.to < n {
			return -1
		}
		return 1
	})
	if i == len(plan) || plan[i].from > uint32(n) {
		return nil
	}
	return plan[i].regions
}

type areaCodes struct {
	region map[string]string   // code → region
	city   map[string][]string // city key → "region/code"
	main   map[string]string   // region → code of its main city
}

var areaPlan = sync.OnceValue(func() areaCodes {
	a := areaCodes{region: map[string]string{}, city: map[string][]string{}, main: map[string]string{}}
	for _, f := range tsvRows(areaCodesTSV) {
		code, region := f[0], f[1]
		a.region[code] = region
		for city := range strings.SplitSeq(f[2], ";") {
			if city == "" {
				continue
			}
			name, isMain := strings.CutSuffix(city, "*")
			if isMain {
				a.main[region] = code
			}
			key := cityKey(name)
			a.city[key] = append(a.city[key], region+"/"+code)
		}
	}
	return a
})

// areaRegion finds the subject of a ten-digit geographic number by its longest
// known code.
func areaRegion(national string) (string, bool) {
	r, ok := areaPlan().region[national[:areaCodeLen(national)]]
	return r, ok
}

// areaCodeLen is the length of the longest known code with which a ten-digit
// geographic number begins, 3 when none is known.
func areaCodeLen(national string) int {
	plan := areaPlan()
	for n := 5; n > 3; n-- {
		if _, ok := plan.region[national[:n]]; ok {
			return n
		}
	}
	return 3
}

// areaCodeOf gives the code that people of a place leave out. Where the city
// is known, only its own code will do; without a city it is that of the
// region's capital.
func areaCodeOf(regionCode, city string) (string, bool) {
	if r, ok := RegionByCode(regionCode); ok {
		regionCode = r.Code
	}
	if strings.TrimSpace(city) == "" {
		code, ok := areaPlan().main[regionCode]
		return code, ok
	}
	found := ""
	for _, entry := range areaPlan().city[cityKey(city)] {
		region, code, _ := strings.Cut(entry, "/")
		if region == regionCode {
			return code, true
		}
		if regionCode == "" {
			if found != "" {
				return "", false
			}
			found = code
		}
	}
	return found, found != ""
}
