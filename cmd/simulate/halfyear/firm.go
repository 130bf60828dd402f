package halfyear

import (
	"fmt"
	"strconv"
	"time"

	"obzvon/pipeline/company"
)

// firm is a company with what nobody knows beforehand.
type firm struct {
	inn    company.INN
	phones []string // E.164, what the directory has
	right  string   // the number that reaches whoever decides; one of phones, or told by the reception
	code   string
	place  place
	people int

	morning, evening float64 // how likely somebody answers
	needs            bool
	hostile          bool // asks not to be called
	alien            bool // buys no bearings
}

type place struct{ region, city string }

// places are where the firms are, from Kaliningrad to the Pacific.
func places() []place {
	return []place{
		{"77", "Москва"},
		{"59", "Пермь"},
		{"66", "Екатеринбург"},
		{"54", "Новосибирск"},
		{"25", "Владивосток"},
		{"39", "Калининград"},
		{"16", "Казань"},
		{"38", "Иркутск"},
	}
}

func firmsOf(c chance, n int) []*firm {
	codes := []string{"45.20.1", "45.31.1", "45.32.1", "33.12", "01.11", "42.11", "08.11", "35.30"}
	var out []*firm
	for i := range n {
		draw := func(what string) float64 { return c.of("firm", i, what) }
		f := &firm{
			inn: innOf(i), code: codes[int(draw("code")*float64(len(codes)))],
			place: places()[int(draw("place")*float64(len(places())))], people: 3 + int(draw("people")*200),
			morning: 0.2 + 0.5*draw("morning"), evening: 0.2 + 0.5*draw("evening"),
			needs: draw("needs") < 0.3, hostile: draw("hostile") < 0.03, alien: draw("alien") < 0.08,
		}
		f.phones = []string{fmt.Sprintf("+7907%07d", 2*i)}
		if draw("two") < 0.3 {
			f.phones = append(f.phones, fmt.Sprintf("+7907%07d", 2*i+1))
		}
		if draw("shared") < 0.02 && i > 0 { // in one business centre with the one before
			f.phones[0] = out[i-1].phones[0]
		}
		f.right = f.phones[0]
		if draw("wrong") < 0.06 {
			f.right = fmt.Sprintf("+7907%07d", 5_000_000+i) // the directory's number is no more
		}
		out = append(out, f)
	}
	return out
}

// innOf makes a valid number of an invented company.
func innOf(n int) company.INN {
	for last := range 10 {
		if v, err := company.ParseINN(fmt.Sprintf("99%07d%d", n, last)); err == nil {
			return v
		}
	}
	return "" // a check digit is always found
}

// observations are what the registry and the directory say.
func (f *firm) observations() (registry, directory company.Observation) {
	day := company.NewDate(2026, time.October, 20)
	registry = company.Observation{Key: string(f.inn), INN: f.inn, Date: day}
	registry.Add(company.FieldNameShort, "ООО «Опыт-"+string(f.inn[2:9])+"»")
	registry.Add(company.FieldOKVEDMain, f.code)
	registry.Add(company.FieldRegion, f.place.region)
	registry.Add(company.FieldCity, f.place.city)
	registry.Add(company.FieldStatus, string(company.StatusActive))
	registry.Facts = append(registry.Facts, company.Fact{Field: company.FieldHeadcount, Key: "2025", Value: strconv.Itoa(f.people)})
	registry.Sort()
	directory = company.Observation{Key: "d" + string(f.inn), INN: f.inn, Date: day}
	for _, p := range f.phones {
		directory.Add(company.FieldPhone, p)
	}
	directory.Sort()
	return registry, directory
}
