package egrul

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// extract is what the register holds of a subject.
type extract struct{ node }

func (x extract) inn() string  { return x.attr("ИНН", "ИННФЛ") }
func (x extract) ogrn() string { return x.attr("ОГРН", "ОГРНИП") }

// name is the legal name; a sole proprietor's is that of the person.
func (x extract) name() string {
	if s := x.at("СвНаимЮЛ").attr("НаимЮЛПолн"); s != "" {
		return s
	}
	return fullName(x.at("СвФЛ/ФИОРус"))
}

func (x extract) short() string {
	n := x.at("СвНаимЮЛ")
	return cmp.Or(n.at("СвНаимЮЛСокр").attr("НаимСокр"), n.attr("НаимЮЛСокр"))
}

func fullName(n node) string {
	var parts []string
	for _, name := range []string{"Фамилия", "Имя", "Отчество"} {
		if s := company.PersonName(n.attr(name)); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// date is the day of the extract; 0 = it does not say.
func (x extract) date() company.Date { return members.DateOf(x.attr("ДатаВып")) }

// observe states what the extract says.
func (x extract) observe(o *company.Observation, persons bool) {
	o.Add(company.FieldNameFull, x.name())
	o.Add(company.FieldNameShort, x.short())
	if n, err := company.ParseOGRN(x.ogrn()); err == nil && n.Sole() == o.INN.Person() {
		o.Add(company.FieldOGRN, string(n))
	}
	if kpp, err := company.ParseKPP(x.attr("КПП")); err == nil {
		o.Add(company.FieldKPP, string(kpp))
	}
	o.Add(company.FieldRegistered, x.registered().String())
	x.status(o)
	for _, n := range x.all("СвАдрЭлПочты") {
		emails, _ := company.ParseEmails(n.attr("E-mail"))
		for _, m := range emails {
			if m.Role != company.RoleOperator {
				o.Add(company.FieldEmail, m.Address)
			}
		}
	}
	x.codes(o)
	x.seat(o)
	o.Add(company.FieldCapital, roubles(x.at("СвУстКап").attr("СумКап")))
	x.head(o, persons)
}

// registered is the first of the days on which the subject was: who was there before
// 2002, or 2004, has an ОГРН of a later day.
func (x extract) registered() company.Date {
	var first company.Date
	for _, s := range []string{x.attr("ДатаОГРН", "ДатаОГРНИП"), x.at("СвОбрЮЛ").attr("ДатаРег"), x.at("СвРегИП").attr("ДатаРег")} {
		if d := members.DateOf(s); d.Known() && (!first.Known() || d < first) {
			first = d
		}
	}
	return first
}

// codes adds codes of the second ОКВЭД; those of the first mean something else.
func (x extract) codes(o *company.Observation) {
	for _, c := range []struct {
		path, name string
		field      company.Field
		most       int // 0 = all
	}{
		{"СвОКВЭД", "СвОКВЭДОсн", company.FieldOKVEDMain, 1},
		{"СвОКВЭД", "СвОКВЭДДоп", company.FieldOKVEDExtra, 0},
		{"СвОКВЭДОтч", "СвОКВЭДОтчОсн", company.FieldOKVEDReported, 1},
		{"СвОКВЭДОтч", "СвОКВЭДОтчДоп", company.FieldOKVEDRepExtra, 0},
	} {
		n := 0
		for _, k := range x.at(c.path).all(c.name) {
			okved, err := company.ParseOKVED(k.attr("КодОКВЭД"))
			if err != nil || k.attr("ПрВерсОКВЭД") == "2001" || c.most > 0 && n == c.most {
				continue
			}
			o.Add(c.field, string(okved))
			n++
		}
	}
}

// head adds who acts for the company: its post always, its name where named people may
// be collected. A company may be the head of another.
func (x extract) head(o *company.Observation, persons bool) {
	if m := x.at("СвУпрОрг/НаимИННЮЛ"); len(m) > 0 {
		text := line(company.ParseName(m.attr("НаимЮЛПолн")).String())
		if inn, err := company.ParseINN(m.attr("ИНН")); err == nil && !inn.Person() {
			text = strings.TrimPrefix(text+", ИНН "+string(inn), ", ")
		}
		o.Add(company.FieldManager, text)
	}
	for _, n := range x.all("СведДолжнФЛ") {
		addRisks(o, n)
	}
	for _, n := range x.all("СведДолжнФЛ") {
		post := sentence(n.at("СвДолжн").attr("НаимДолжн", "НаимВидДолжн"))
		if post == "" {
			continue
		}
		addHead(o, post, fullName(n.at("СвФЛ")), persons)
		return
	}
}

// addRisks tells a head who is barred from being one, or whom the register doubts.
func addRisks(o *company.Observation, officer node) {
	for _, r := range []struct {
		child, note string
		risk        company.Risk
	}{
		{"СвДискв", "сведения о дисквалификации руководителя", company.RiskDisqualified},
		{"СвНедДанДолжнФЛ", "сведения о руководителе недостоверны", company.RiskDoubt},
	} {
		if len(officer.all(r.child)) > 0 {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldRisk, Value: string(r.risk), Note: r.note})
		}
	}
}

func addHead(o *company.Observation, post, name string, persons bool) {
	o.Add(company.FieldHeadPost, post)
	if name != "" && persons {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadName, Value: name, Subject: company.SubjectPerson})
	}
}

// sumForm is the schema's sum: at most 19 digits, four of them behind the point.
var sumForm = regexp.MustCompile(`^\d{1,19}(?:\.\d{1,4})?$`)

// roubles rounds a sum to whole ones; "" for what is no sum.
func roubles(s string) string {
	if !sumForm.MatchString(s) {
		return ""
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok {
		return ""
	}
	return n.FloatString(0)
}
