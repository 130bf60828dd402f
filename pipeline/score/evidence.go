package score

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// evidence is what a contribution rests on.
type evidence struct {
	text   string
	phrase string // for «Почему в списке»
	value  *company.Value
}

// evidence tells in Russian what is known of a property, for a signal that is
// known and has the given value. A row that is older than the company may leave the value empty.
func (w *witness) evidence(k kind, segment int, value float64) evidence {
	switch k {
	case okvedMain, okvedReported, okvedExtra:
		return w.codeEvidence(k, segment)
	case nameWords, rubric:
		return w.textEvidence(k, segment)
	case season:
		return w.seasonEvidence(segment)
	case headcount, revenue, smeCategory, branches:
		return w.sizeEvidence(k)
	case phone, mobile, email, site, namedPerson:
		return w.reachEvidence(k)
	case proximity:
		return w.placeEvidence(value)
	case age, statusClean, freshness:
		return w.stateEvidence(k)
	case tender, tenderPast, exhibition, competitorClient:
		return w.needEvidence(k)
	}
	return evidence{}
}

// winner gives the deciding value of a field, nil if there is none.
func (w *witness) winner(f company.Field) *company.Value {
	for i := range w.company.Values {
		if v := &w.company.Values[i]; v.Field == f && v.Wins {
			return v
		}
	}
	return nil
}

// latest gives the value of the newest year.
func (w *witness) latest(f company.Field) *company.Value {
	v, _, ok := w.company.Latest(f)
	if !ok {
		return nil
	}
	return &v
}

func (w *witness) sizeEvidence(k kind) evidence {
	switch k {
	case headcount:
		return w.headcountEvidence()
	case revenue:
		v := w.latest(company.FieldRevenue)
		text := "выручка " + money(w.row.Revenue)
		ev := evidence{text: text + yearOf(v), value: v}
		if w.row.Revenue > 0 {
			ev.phrase = text
		}
		return ev
	case smeCategory:
		text := [...]string{"", "микропредприятие", "малое предприятие", "среднее предприятие"}[w.row.SME]
		return evidence{text: text, phrase: text, value: w.winner(company.FieldSME)}
	}
	n := int64(w.row.Branches)
	ev := evidence{text: count(n, "точка", "точки", "точек") + " в справочнике", value: w.winner(company.FieldBranch)}
	if n > 1 {
		ev.phrase = "сеть из " + count(n, "точки", "точек", "точек")
	}
	return ev
}

// unknown says that a property is not known, and why not what the sources say
// of it.
func (w *witness) unknown(k kind) evidence {
	if k == revenue {
		if d, doubted := doubtedRevenue(w.company); doubted {
			return evidence{text: d.Why + ", считаем неизвестной", value: w.latest(d.Field)}
		}
	}
	return evidence{text: "неизвестно"}
}

func (w *witness) headcountEvidence() evidence {
	v := w.latest(company.FieldHeadcount)
	n := int64(w.row.Headcount)
	text := count(n, "сотрудник", "сотрудника", "сотрудников")
	ev := evidence{text: text + yearOf(v), value: v}
	if n > 0 {
		ev.phrase = text
	}
	return ev
}

func yearOf(v *company.Value) string {
	if v == nil || v.Key == "" {
		return ""
	}
	return " за " + v.Key + " год"
}

func (w *witness) reachEvidence(k kind) evidence {
	yes, no, phrase, bit, field := reachWords(k)
	if w.row.Reach&bit == 0 {
		return evidence{text: no}
	}
	v := w.reachValue(k, field)
	if k == namedPerson && v == nil {
		v = w.buyer()
	}
	if k == namedPerson && v == nil {
		return evidence{text: "предприниматель отвечает сам"}
	}
	return evidence{text: yes, phrase: phrase, value: v}
}

func reachWords(k kind) (yes, no, phrase string, bit Reach, field company.Field) {
	switch k {
	case phone:
		return "есть номер, по которому можно звонить", "номера для звонка нет", "телефон", ReachPhone, company.FieldPhone
	case mobile:
		return "есть мобильный", "мобильного в справочнике нет", "мобильный", ReachMobile, company.FieldPhone
	case email:
		return "есть", "в справочнике не указан", "почта", ReachEmail, company.FieldEmail
	case site:
		return "есть", "в справочнике не указан", "сайт", ReachSite, company.FieldSite
	}
	return "известно, кого спросить", "", "известно, кого спросить", ReachPerson, company.FieldHeadName
}

// reachValue finds the best value that gives the property: for a phone one
// that can be dialled, for a mobile a mobile.
func (w *witness) reachValue(k kind, field company.Field) *company.Value {
	want := map[kind]Reach{phone: ReachPhone, mobile: ReachMobile}[k]
	for i := range w.company.Values {
		v := &w.company.Values[i]
		if v.Field == field && v.Wins && (want == 0 || phoneReach(&w.scorer.matcher.phones, v.Value)&want != 0) {
			return v
		}
	}
	return nil
}

// buyer finds a contact that has a say in buying.
func (w *witness) buyer() *company.Value {
	for v := range w.company.Winning(company.FieldContactDuty) {
		if company.Duty(v.Value).Buys() {
			return v
		}
	}
	return nil
}

// How near a region must be, as a value of the signal, to be called so. Below
// neighbouring the place speaks for nobody, and a caller need not read it.
const (
	neighbouring = 0.8
	midway       = 0.5
)

// placeEvidence names the region, not the town: «Мга — наш регион» reads as if
// the town were one.
func (w *witness) placeEvidence(value float64) evidence {
	code := strconv.Itoa(int(w.row.Region) + 100)[1:]
	name := code
	if r, ok := company.RegionByCode(code); ok {
		name = r.Name
	}
	v := w.winner(company.FieldRegion)
	switch {
	case code == w.scorer.options.SellerRegion:
		return evidence{name + ", регион продавца", name + " — наш регион", v}
	case value >= neighbouring:
		return evidence{name + ", соседний регион", name + " — соседний регион", v}
	case value >= midway:
		return evidence{text: name + ", не по соседству", value: v}
	}
	return evidence{text: name + ", далеко", value: v}
}

func (w *witness) seasonEvidence(segment int) evidence {
	s := w.scorer
	month := monthName(s.month())
	switch {
	case s.rules[segment].season:
		return evidence{text: month + " — сезон закупок", phrase: "сейчас сезон закупок"}
	case len(s.segments.Segments[segment].Season) == 0:
		return evidence{text: "покупают круглый год, особого сезона нет"}
	}
	return evidence{text: month + " — не сезон"}
}

func (w *witness) stateEvidence(k kind) evidence {
	today := w.scorer.options.Today
	switch k {
	case age:
		d := w.row.Registered
		years := fullYears(d, today)
		year := strconv.Itoa(d.Time().Year())
		ev := evidence{text: "дата регистрации " + d.Russian() + ", " + ageText(years), value: w.winner(company.FieldRegistered)}
		if years >= 1 {
			ev.phrase = "работает с " + year + " года"
		}
		return ev
	case statusClean:
		if w.row.Risks&unclean != 0 {
			return w.riskEvidence()
		}
		text := "действующая"
		if w.row.Status != statusActive {
			text = "реорганизуется"
		}
		return evidence{text: text, value: w.winner(company.FieldStatus)}
	}
	seen := w.scorer.seen(w.row)
	days := int64(max(today-seen, 0))
	return evidence{text: "последние сведения " + seen.Russian() + ", " + daysAgo(days)}
}

func ageText(years int64) string {
	if years == 0 {
		return "меньше года"
	}
	return count(years, "год", "года", "лет")
}

func daysAgo(days int64) string {
	if days == 0 {
		return "сегодня"
	}
	return count(days, "день", "дня", "дней") + " назад"
}

// fullYears counts birthdays passed.
func fullYears(from, to company.Date) int64 {
	years := to.Time().Year() - from.Time().Year()
	if from.Time().AddDate(years, 0, 0).After(to.Time()) {
		years--
	}
	return int64(max(years, 0))
}

// trimFloat writes a share with no more than three digits.
func trimFloat(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 3, 64), "0"), ".")
}

// noun names a property in a list of what is missing.
func (k kind) noun() string {
	switch k {
	case okvedMain:
		return "основной ОКВЭД"
	case okvedReported:
		return "ОКВЭД по отчётности"
	case okvedExtra:
		return "дополнительные ОКВЭД"
	case nameWords:
		return "название"
	case rubric:
		return "рубрики справочников"
	case season:
		return "сезон"
	case headcount:
		return "число сотрудников"
	case revenue:
		return "выручка"
	case smeCategory:
		return "категория МСП"
	case branches:
		return "число точек"
	case phone:
		return "телефон"
	case mobile:
		return "мобильный"
	case email:
		return "e-mail"
	case site:
		return "сайт"
	case namedPerson:
		return "руководитель"
	case proximity:
		return "регион"
	case age:
		return "дата регистрации"
	case statusClean:
		return "статус"
	case freshness:
		return "дата сведений"
	case tender, tenderPast:
		return "тендеры"
	case exhibition:
		return "выставки"
	case competitorClient:
		return "контракты с другими поставщиками"
	}
	return ""
}
