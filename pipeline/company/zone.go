package company

import (
	_ "embed"
	"sync"
	"time"
)

//go:embed data/zones.tsv
var zonesTSV string

// zoneExceptions gives the zone by region code, then by city key.
var zoneExceptions = sync.OnceValue(func() map[string]map[string]string {
	m := map[string]map[string]string{}
	for _, f := range tsvRows(zonesTSV) {
		if m[f[0]] == nil {
			m[f[0]] = map[string]string{}
		}
		m[f[0]][f[1]] = f[2]
	}
	return m
})

// zoneLocations loads every zone of the tables once, since time.LoadLocation
// reads the database anew each time. A zone that the machine does not know is
// missing: programs import time/tzdata.
var zoneLocations = sync.OnceValue(func() map[string]*time.Location {
	m := map[string]*time.Location{}
	load := func(name string) {
		if loc, err := time.LoadLocation(name); err == nil {
			m[name] = loc
		}
	}
	for _, r := range regionIndex().list {
		load(r.Zone)
	}
	for _, cities := range zoneExceptions() {
		for _, name := range cities {
			load(name)
		}
	}
	return m
})

// ZoneOf returns the zone in which a company of that region and city lives;
// its String is the IANA name. The city may be unknown ("") or spelled with
// its kind; it matters only where a region keeps several times (Якутия).
func ZoneOf(regionCode, city string) (*time.Location, bool) {
	r, ok := RegionByCode(regionCode)
	if !ok {
		return nil, false
	}
	name := r.Zone
	if cities := zoneExceptions()[r.Code]; cities != nil && city != "" {
		if z, ok := cities[cityKey(city)]; ok {
			name = z
		}
	}
	loc, ok := zoneLocations()[name]
	return loc, ok
}
