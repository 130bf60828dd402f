package rsmp

import (
	"bytes"
	"slices"
	"strconv"

	"obzvon/pipeline/company"
)

// observer makes observations of documents. Its memory serves one document
// after the other; what it hands out shares none of it.
type observer struct {
	source string
	slab   []byte // the texts of one document
	facts  []pending
	codes  activities
	days   days
	places places
}

// pending is a fact whose value or note stands in the slab, which becomes a
// string when all are known.
type pending struct {
	company.Fact
	from, to int // of the value in the slab; 0, 0 where Fact has it
}

// observe makes the observation of a document whose valid ИНН is given and
// whose codes have been read. fallback is the date of the file, for documents
// without their own. file and row are where the document stands: of a release
// the zip is known, and its name a million times would be a tenth of the store.
func (b *observer) observe(d *document, inn []byte, fallback company.Date, file string, row int64) company.Observation {
	b.slab, b.facts = append(b.slab[:0], inn...), b.facts[:0]
	at := b.days.of(d.composed)
	if !at.date.Known() {
		at = dayOf(fallback)
	}
	origin := len(b.slab)
	b.slab = strconv.AppendInt(append(append(b.slab, file...), '#'), row, 10)
	end := len(b.slab)
	b.addNames(d, len(inn) == 12)
	b.addCodes()
	b.addPlace(&d.place)
	b.addHeadcount(d.headcount, at.year)
	b.add(company.FieldSME, category(d.category))
	b.add(company.FieldSMESince, b.days.of(d.since).text)
	b.addLicences(d)
	b.addProducts(d)

	slab := string(b.slab)
	number := company.INN(slab[:len(inn)])
	return company.Observation{
		Source: b.source, Key: string(number), INN: number, Date: at.date,
		Origin: slab[origin:end], Facts: b.settle(slab, number.Person()),
	}
}

// settle makes the facts. They come in the order of Sort but for those of
// licences and products, which few have: see TestFactsComeSorted.
func (b *observer) settle(slab string, sole bool) []company.Fact {
	o := company.Observation{Facts: make([]company.Fact, 0, len(b.facts))}
	loose := 0
	for i := range b.facts {
		f := b.facts[i].Fact
		if p := &b.facts[i]; p.to > 0 {
			f.Value = slab[p.from:p.to]
		}
		switch f.Field {
		case company.FieldOGRN:
			if ogrn, err := company.ParseOGRN(f.Value); err != nil || ogrn.Sole() != sole {
				continue
			}
		case company.FieldLicence, company.FieldProduct:
			loose++
		}
		if sole {
			f.Subject = company.SubjectSole
		}
		o.Facts = append(o.Facts, f)
	}
	if loose > 1 {
		o.Sort()
	}
	return o.Facts
}

// add takes a fact unless the value is empty.
func (b *observer) add(f company.Field, text string) {
	if text != "" {
		b.facts = append(b.facts, pending{Fact: company.Fact{Field: f, Value: text}})
	}
}

// addFrom takes what was written to the slab from a place on.
func (b *observer) addFrom(f company.Field, from int) {
	if to := len(b.slab); to > from {
		b.facts = append(b.facts, pending{Fact: company.Fact{Field: f}, from: from, to: to})
	}
}

// addNames gives name and number. The number is checked when it is a string.
func (b *observer) addNames(d *document, sole bool) {
	number := d.org.ogrn
	if sole {
		number = d.sole.ogrn
		b.addPerson(&d.sole, bytes.Equal(d.kind.trimmed(), []byte("3")))
	} else {
		from := len(b.slab)
		b.slab = appendLine(b.slab, d.org.full)
		b.addFrom(company.FieldNameFull, from)
		from = len(b.slab)
		b.slab = appendLine(b.slab, d.org.short)
		b.addFrom(company.FieldNameShort, from)
	}
	if text := number.trimmed(); len(text) == 13 || len(text) == 15 {
		from := len(b.slab)
		b.slab = append(b.slab, text...)
		b.addFrom(company.FieldOGRN, from)
	}
}

// addPerson gives «Фамилия Имя Отчество» in ordinary capitals and «ИП Фамилия
// И.О.», or «ИП глава КФХ Фамилия И.О.».
func (b *observer) addPerson(p *proprietor, farm bool) {
	full := len(b.slab)
	var ends [3]int // of surname, name, patronymic
	for i, part := range []value{p.surname, p.name, p.patronymic} {
		from := len(b.slab)
		if from > full {
			b.slab = append(b.slab, ' ')
		}
		if b.slab = appendCalm(b.slab, part); from > full && len(b.slab) == from+1 {
			b.slab = b.slab[:from]
		}
		ends[i] = len(b.slab)
	}
	b.addFrom(company.FieldNameFull, full)
	if ends[0] == full {
		return
	}
	short := len(b.slab)
	form := "ИП "
	if farm {
		form = "ИП глава КФХ "
	}
	b.slab = append(append(b.slab, form...), b.slab[full:ends[0]]...)
	separator := " "
	for i := range 2 {
		if ends[i+1] > ends[i] {
			b.slab = append(b.slab, separator...)
			b.slab = append(b.slab, firstLetter(b.slab[ends[i]+1:])...)
			b.slab = append(b.slab, '.')
			separator = ""
		}
	}
	b.addFrom(company.FieldNameShort, short)
}

func (b *observer) addCodes() {
	b.addCode(company.FieldOKVEDMain, b.codes.main)
	b.addExtra(company.FieldOKVEDExtra, b.codes.extra)
	b.addCode(company.FieldOKVEDReported, b.codes.reported)
	b.addExtra(company.FieldOKVEDRepExtra, b.codes.reportedExtra)
}

func (b *observer) addExtra(f company.Field, codes []packed) {
	slices.Sort(codes)
	for i, c := range codes {
		if i == 0 || c != codes[i-1] {
			b.addCode(f, c)
		}
	}
}

func (b *observer) addCode(f company.Field, c packed) {
	from := len(b.slab)
	b.slab = c.appendTo(b.slab)
	b.addFrom(f, from)
}

// addPlace states region, city and district.
func (b *observer) addPlace(p *place) {
	code, town, area := b.places.of(p)
	b.add(company.FieldRegion, code)
	b.add(company.FieldCity, town)
	b.add(company.FieldDistrict, area)
}
