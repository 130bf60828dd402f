package rsmp

import "encoding/xml"

// document is one Документ as it stands in the file: texts, nothing checked.
type document struct {
	id        string // ИдДок
	composed  string // ДатаСост
	since     string // ДатаВклМСП
	kind      string // ВидСубМСП: 1 ЮЛ, 2 ИП, 3 глава КФХ
	category  string // КатСубМСП
	headcount string // ССЧР, as an attribute or as an element

	org    *organisation
	sole   *proprietor
	place  place
	codes  codes // СвОКВЭД: declared at registration
	report codes // СвОКВЭДотч: by the firm's own reporting

	licences []licence
	products []product
}

type organisation struct{ full, short, inn, ogrn string }

type proprietor struct{ inn, ogrn, surname, name, patronymic string }

type place struct {
	code                               string // КодРегион
	region, district, city, settlement named
}

type named struct{ kind, name string } // Тип, Наим

type codes struct{ main, extra []code }

type code struct{ text, version string } // КодОКВЭД, ВерсОКВЭД

type licence struct {
	number, from, until string
	activities          []string
}

type product struct{ code, name string }

// textAt is the one element whose text is kept.
const textAt = "/СвЛиценз/НаимЛицВД"

// take copies what is wanted from an element. The path begins below Документ,
// so that equal names under different parents stay apart: СвОКВЭДОсн stands
// in СвОКВЭД and in СвОКВЭДотч.
func (d *document) take(path string, attrs []xml.Attr) {
	switch path {
	case "":
		assign(attrs, field{"ИдДок", &d.id}, field{"ДатаСост", &d.composed}, field{"ДатаВклМСП", &d.since},
			field{"ВидСубМСП", &d.kind}, field{"КатСубМСП", &d.category}, field{"ССЧР", &d.headcount})
	case "/ССЧР":
		assign(attrs, field{"ВеличССЧР", &d.headcount})
	case "/ОргВклМСП":
		d.org = &organisation{}
		assign(attrs, field{"НаимОрг", &d.org.full}, field{"НаимОргСокр", &d.org.short},
			field{"ИННЮЛ", &d.org.inn}, field{"ОГРН", &d.org.ogrn})
	case "/ИПВклМСП":
		d.sole = &proprietor{}
		assign(attrs, field{"ИННФЛ", &d.sole.inn}, field{"ОГРНИП", &d.sole.ogrn})
	case "/ИПВклМСП/ФИОИП":
		assign(attrs, field{"Фамилия", &d.sole.surname}, field{"Имя", &d.sole.name}, field{"Отчество", &d.sole.patronymic})
	case "/СведМН":
		assign(attrs, field{"КодРегион", &d.place.code})
	case "/СведМН/Регион":
		d.place.region = namedOf(attrs)
	case "/СведМН/Район":
		d.place.district = namedOf(attrs)
	case "/СведМН/Город":
		d.place.city = namedOf(attrs)
	case "/СведМН/НаселПункт":
		d.place.settlement = namedOf(attrs)
	case "/СвОКВЭД/СвОКВЭДОсн":
		d.codes.main = append(d.codes.main, codeOf(attrs))
	case "/СвОКВЭД/СвОКВЭДДоп":
		d.codes.extra = append(d.codes.extra, codeOf(attrs))
	case "/СвОКВЭДотч/СвОКВЭДОсн":
		d.report.main = append(d.report.main, codeOf(attrs))
	case "/СвОКВЭДотч/СвОКВЭДДоп":
		d.report.extra = append(d.report.extra, codeOf(attrs))
	case "/СвЛиценз":
		var l licence
		assign(attrs, field{"НомЛиценз", &l.number}, field{"ДатаНачЛиценз", &l.from}, field{"ДатаКонЛиценз", &l.until})
		d.licences = append(d.licences, l)
	case textAt:
		l := &d.licences[len(d.licences)-1]
		l.activities = append(l.activities, "")
	case "/СвПрод":
		var p product
		assign(attrs, field{"КодПрод", &p.code}, field{"НаимПрод", &p.name})
		d.products = append(d.products, p)
	}
}

// text adds to the licensed activity that is being read.
func (d *document) text(b []byte) {
	l := &d.licences[len(d.licences)-1]
	l.activities[len(l.activities)-1] += string(b)
}

// field names an attribute and where its value goes.
type field struct {
	name string
	to   *string
}

func assign(attrs []xml.Attr, fields ...field) {
	for i := range attrs {
		if attrs[i].Name.Space != "" {
			continue
		}
		for _, f := range fields {
			if f.name == attrs[i].Name.Local {
				*f.to = attrs[i].Value
			}
		}
	}
}

func namedOf(attrs []xml.Attr) (n named) {
	assign(attrs, field{"Тип", &n.kind}, field{"Наим", &n.name})
	return n
}

func codeOf(attrs []xml.Attr) (c code) {
	assign(attrs, field{"КодОКВЭД", &c.text}, field{"ВерсОКВЭД", &c.version})
	return c
}
