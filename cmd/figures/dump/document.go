package dump

import (
	"math/rand/v2"
	"strconv"

	"obzvon/pipeline/company"
)

const hexDigits = "0123456789abcdef"

// appendUUID appends 36 characters.
func appendUUID(b []byte, r *rand.Rand) []byte {
	x, y := r.Uint64(), r.Uint64()
	for i := range 32 {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			b = append(b, '-')
		}
		v := x
		if i >= 16 {
			v = y
		}
		b = append(b, hexDigits[v>>(4*(i%16))&15])
	}
	return b
}

func appendDate(b []byte, d company.Date) []byte {
	t := d.Time()
	b = append(appendDigits(b, t.Day(), 2), '.')
	b = append(appendDigits(b, int(t.Month()), 2), '.')
	return appendDigits(b, t.Year(), 4)
}

// attr appends one attribute; the value needs no escaping.
func attr(b []byte, name, value string) []byte {
	b = append(append(append(b, ' '), name...), '=', '"')
	return append(append(b, value...), '"')
}

// document appends the element Документ.
func (m *maker) document(b []byte, f *firm) []byte {
	b = m.appendHead(b, f)
	b = m.appendSubject(b, f)
	b = m.appendPlace(b, f)
	b = m.appendCodes(b, f)
	if f.licence > 0 {
		b = append(b, `<СвЛиценз НомЛиценз="Л041-`...)
		b = appendDigits(b, scatter(f.number, 7_654_321, 1, 10_000_000), 8)
		b = append(b, `" ДатаЛиценз="01.03.2021" ДатаНачЛиценз="01.03.2021"><НаимЛицВД>Деятельность по перевозкам пассажиров и иных лиц автобусами</НаимЛицВД></СвЛиценз>`...)
	}
	if f.product {
		b = append(b, `<СвПрод КодПрод="29.32.30" НаимПрод="Комплектующие и принадлежности для автотранспортных средств" ПрОтнПрод="2"/>`...)
	}
	return append(b, "</Документ>"...)
}

func (m *maker) appendHead(b []byte, f *firm) []byte {
	seed := drawID
	if m.g.opt.Next {
		seed += 1 << 16 // another month gives other identifiers
	}
	b = append(b, `<Документ ИдДок="`...)
	b = appendUUID(b, m.g.draws(&m.pcg, seed, f.number))
	b = append(b, `" ДатаСост="`...)
	b = appendDate(b, m.g.opt.Date)
	b = append(b, `" ДатаВклМСП="`...)
	b = m.appendSince(b, f)
	b = append(b, `" ВидСубМСП="`...)
	b = strconv.AppendInt(b, int64(f.kind), 10)
	b = append(b, `" КатСубМСП="`...)
	b = strconv.AppendInt(b, int64(f.category), 10)
	if f.isNew {
		b = append(b, `" ПризНовМСП="1" СведСоцПред="2"`...)
	} else {
		b = append(b, `" ПризНовМСП="2" СведСоцПред="2"`...)
	}
	if f.staff >= 0 {
		b = append(b, ` ССЧР="`...)
		b = append(strconv.AppendInt(b, int64(f.staff), 10), '"')
	}
	return append(b, '>')
}

// firstMonth is when the registry began, counted in months from year 0: all
// that were there then say 01.08.2016.
const firstMonth = 2016*12 + 7

// published is the month in which the longest membership would begin now.
const published = 2026*12 + 10

func (m *maker) appendSince(b []byte, f *firm) []byte {
	month := published - f.since
	if f.number >= m.g.opt.Docs {
		return appendDate(b, m.g.opt.Date)
	}
	if month <= firstMonth+20 { // a good sixth has been there from the start
		return append(b, "01.08.2016"...)
	}
	b = append(b, "10."...)
	b = append(appendDigits(b, month%12+1, 2), '.')
	return appendDigits(b, month/12, 4)
}

func (m *maker) appendSubject(b []byte, f *firm) []byte {
	if f.kind == kindFirm {
		b = append(b, `<ОргВклМСП НаимОрг="`...)
		b = m.appendName(b, m.words.formsFull[f.form], f.name)
		if !f.noShort {
			b = append(b, `" НаимОргСокр="`...)
			b = m.appendName(b, m.words.formsShort[f.form], f.name)
		}
		b = append(append(b, `" ИННЮЛ="`...), f.inn...)
		b = append(append(b, `" ОГРН="`...), f.ogrn...)
		return append(b, `"/>`...)
	}
	b = append(append(b, `<ИПВклМСП ИННФЛ="`...), f.inn...)
	b = append(append(b, `" ОГРНИП="`...), f.ogrn...)
	b = append(append(b, `"><ФИОИП Фамилия="`...), f.surname...)
	b = attr(append(b, '"'), "Имя", f.given)
	if f.patronymic != "" {
		b = attr(b, "Отчество", f.patronymic)
	}
	return append(b, "/></ИПВклМСП>"...)
}

func (m *maker) appendName(b []byte, form string, name []byte) []byte {
	b = append(append(b, form...), " &quot;"...)
	return append(append(b, name...), "&quot;"...)
}

func (m *maker) appendPlace(b []byte, f *firm) []byte {
	b = append(attr(append(b, "<СведМН"...), "КодРегион", f.place.code), '>')
	b = append(b, f.place.region...)
	if f.district != "" {
		b = attr(attr(append(b, "<Район"...), "Тип", "РАЙОН"), "Наим", f.district)
		b = append(b, "/>"...)
	}
	if f.town != "" {
		b = attr(attr(append(b, "<Город"...), "Тип", f.townKind), "Наим", f.town)
		b = append(b, "/>"...)
	}
	if f.settlement != "" {
		b = attr(attr(append(b, "<НаселПункт"...), "Тип", f.settlementKind), "Наим", f.settlement)
		b = append(b, "/>"...)
	}
	return append(b, "</СведМН>"...)
}

func (m *maker) appendCodes(b []byte, f *firm) []byte {
	all := m.g.codes.all
	b = append(append(b, "<СвОКВЭД><СвОКВЭДОсн"...), all[f.main].attrs...)
	for _, i := range f.extra {
		b = append(append(b, "<СвОКВЭДДоп"...), all[i].attrs...)
	}
	b = append(b, "</СвОКВЭД>"...)
	if f.reported >= 0 {
		b = append(append(b, "<СвОКВЭДотч><СвОКВЭДОсн"...), all[f.reported].attrs...)
		b = append(b, "</СвОКВЭДотч>"...)
	}
	return b
}
