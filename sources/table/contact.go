package table

import (
	"strings"

	"obzvon/pipeline/company"
)

// readPlace finds region and city, which bare phone numbers need.
func (x *listing) readPlace() {
	if x.regional {
		return
	}
	x.regional = true
	address := x.get(roleAddress)
	for _, text := range []string{x.get(roleRegion), address} {
		if r, ok := company.FindRegion(text); ok {
			x.region = r.Code
			break
		}
	}
	switch city := x.get(roleCity); {
	case city != "":
		x.city = company.CleanCity(city)
	case x.l.has(roleCity):
	default:
		if x.city = cityIn(address); x.city == "" {
			x.city = x.s.city
		}
	}
	if x.region == "" {
		x.region = x.regionOfTown(x.get(roleCity), address)
	}
}

// regionOfTown tells the region by the town of the row, then the one that the
// config gives for rows without, then by the town that it gives.
func (x *listing) regionOfTown(city, address string) string {
	code, ok := company.TownRegion(city)
	if city == "" {
		code, ok = company.AddressRegion(address)
	}
	switch {
	case ok:
		return code
	case x.s.region == "" && x.city == x.s.city:
		code, _ = company.TownRegion(x.s.city)
		return code
	}
	return x.s.region
}

func (x *listing) readPhones() {
	if x.phoned {
		return
	}
	x.phoned = true
	x.readPlace()
	x.each(rolePhone, func(_ int, text, link string) {
		if text == "" {
			text = link
		}
		text, _ = plainNumber(text)
		phones, rest := company.ParsePhones(text, x.region, x.city)
		for _, piece := range rest {
			x.abroad = x.abroad || strings.HasPrefix(piece, "+") && !strings.HasPrefix(piece, "+7")
		}
		x.phones = append(x.phones, phones...)
	})
}
