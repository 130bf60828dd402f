package market

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// The sources of the invented market.
const (
	registry  = "registry"
	directory = "directory"
)

func standings() company.Standings {
	return company.Standings{registry: {Trust: 90}, directory: {Trust: 50}}
}

// seen is what the sources tell of a firm, as the program would derive it.
func (f *firm) seen(r *rand.Rand, seg *config.Segment, day company.Date) company.Company {
	id := inn(f.serial)
	obs := []company.Observation{
		{Source: registry, Key: string(id), INN: id, Date: day - 30 - company.Date(r.IntN(700)), Facts: f.registered(r, seg, day)},
		{Source: directory, Key: string(id), INN: id, Date: day - company.Date(f.listed), Facts: f.advertised(r, seg)},
	}
	for i := range obs {
		obs[i].Sort()
	}
	return company.Derive(id, obs, standings())
}

// traces is how likely something shows where a trade is real and where its code
// is a leftover.
type traces struct{ real, leftover float64 }

// The traces of a trade that is lived by.
var (
	traceName     = traces{0.35, 0.12} // a telling word in the name
	traceReported = traces{0.85, 0.35} // the reports have the same code, if any
	traceSite     = traces{0.45, 0.20}
	traceRubric   = traces{0.65, 0.10} // a directory has it under the trade
)

// What stands where there is no trace.
const (
	plainName   = "Лазурит"
	otherTrade  = "68.20" // lives by letting rooms
	plainRubric = "Прочие услуги"
)

func (f *firm) shows(r *rand.Rand, t traces) bool {
	u := r.Float64()
	if f.real {
		return u < t.real
	}
	return u < t.leftover
}

func (f *firm) registered(r *rand.Rand, seg *config.Segment, day company.Date) []company.Fact {
	code := pickCode(r, seg, f.core)
	name := plainName
	if f.shows(r, traceName) && len(seg.Words) > 0 {
		name = seg.Words[r.IntN(len(seg.Words))]
	}
	name += " " + strconv.Itoa(f.serial)
	facts := []company.Fact{
		{Field: company.FieldNameFull, Value: "Общество с ограниченной ответственностью «" + name + "»"},
		{Field: company.FieldOKVEDMain, Value: code},
		{Field: company.FieldRegion, Value: f.region},
		{Field: company.FieldRegistered, Value: (day - company.Date(f.years*365.25)).String()},
	}
	if r.Float64() < 0.98 {
		facts = append(facts, company.Fact{Field: company.FieldStatus, Value: string(company.StatusActive)})
	}
	if r.Float64() < 0.5 {
		facts = append(facts, company.Fact{Field: company.FieldOKVEDExtra, Value: pickCode(r, seg, r.Float64() < 0.5)})
	}
	if r.Float64() < 0.6 {
		reported := pickCode(r, seg, f.core)
		if !f.shows(r, traceReported) {
			reported = otherTrade
		}
		facts = append(facts, company.Fact{Field: company.FieldOKVEDReported, Value: reported})
	}
	return append(facts, f.figures(r, day)...)
}

// figures are what the tax service publishes; of a sole proprietor it is little.
func (f *firm) figures(r *rand.Rand, day company.Date) []company.Fact {
	var facts []company.Fact
	year := strconv.Itoa(day.Time().Year() - 1)
	sole := r.Float64() < trades[f.segment].sole
	if !sole && r.Float64() < 0.85 {
		facts = append(facts, company.Fact{Field: company.FieldHeadcount, Key: year, Value: strconv.Itoa(int(f.headcount))})
	}
	if !sole && r.Float64() < 0.8 {
		facts = append(facts, company.Fact{Field: company.FieldRevenue, Key: year, Value: strconv.FormatInt(int64(f.revenue*1e6), 10)})
	}
	if category := f.category(); category != "" && r.Float64() < 0.9 {
		facts = append(facts, company.Fact{Field: company.FieldSME, Value: category})
	}
	if f.named {
		facts = append(facts, company.Fact{Field: company.FieldHeadName, Value: "Образцов Образец Образцович"})
	}
	return facts
}

// category is that of the register of small firms (209-ФЗ, art. 4): people and
// million roubles.
func (f *firm) category() string {
	switch {
	case f.headcount <= 15 && f.revenue <= 120:
		return "1"
	case f.headcount <= 100 && f.revenue <= 800:
		return "2"
	case f.headcount <= 250 && f.revenue <= 2000:
		return "3"
	}
	return ""
}

func (f *firm) advertised(r *rand.Rand, seg *config.Segment) []company.Fact {
	phone := fmt.Sprintf("+7495%07d", f.serial%10_000_000)
	if f.mobile {
		phone = fmt.Sprintf("+7907%07d", f.serial%10_000_000)
	}
	facts := []company.Fact{{Field: company.FieldPhone, Value: phone}}
	if r.Float64() < 0.55 {
		facts = append(facts, company.Fact{Field: company.FieldEmail, Value: fmt.Sprintf("info@firm%d.example", f.serial)})
	}
	if f.shows(r, traceSite) {
		facts = append(facts, company.Fact{Field: company.FieldSite, Value: fmt.Sprintf("https://firm%d.example", f.serial)})
	}
	rubric := plainRubric
	if f.shows(r, traceRubric) && len(seg.Rubrics) > 0 {
		rubric = seg.Rubrics[r.IntN(len(seg.Rubrics))]
	}
	facts = append(facts, company.Fact{Field: company.FieldRubric, Value: rubric})
	for n := range f.places {
		facts = append(facts, company.Fact{Field: company.FieldBranch, Key: strconv.Itoa(n), Value: fmt.Sprintf("ул. Заводская, %d", n+1)})
	}
	return facts
}

// pickCode draws a code of the segment that needs no second sign.
func pickCode(r *rand.Rand, seg *config.Segment, core bool) string {
	from := seg.Codes.Adjacent
	if core || len(from) == 0 {
		from = seg.Codes.Core
	}
	return string(from[r.IntN(len(from))])
}

// startDay is the first working day of the plan.
func startDay() company.Date { return company.NewDate(2026, time.November, 23) }
