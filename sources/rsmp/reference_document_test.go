package rsmp

import "encoding/xml"

// refDocument is one Документ as it stands in the file: texts, nothing checked.
type refDocument struct {
	id        string // ИдДок
	composed  string // ДатаСост
	since     string // ДатаВклМСП
	kind      string // ВидСубМСП: 1 ЮЛ, 2 ИП, 3 глава КФХ
	category  string // КатСубМСП
	headcount string // ССЧР, as an attribute or as an element

	org    *refOrganisation
	sole   *refProprietor
	place  refPlace
	codes  refCodes // СвОКВЭД: declared at registration
	report refCodes // СвОКВЭДотч: by the firm's own reporting

	licences []refLicence
	products []refProduct
}

type refOrganisation struct{ full, short, inn, ogrn string }

type refProprietor struct{ inn, ogrn, surname, name, patronymic string }

type refPlace struct {
	code                               string // КодРегион
	region, district, city, settlement refNamed
}

type refNamed struct{ kind, name string } // Тип, Наим

type refCodes struct{ main, extra []refCode }

type refCode struct{ text, version string } // КодОКВЭД, ВерсОКВЭД

type refLicence struct {
	number, from, until string
	activities          []string
}

type refProduct struct{ code, name string }

// refTextAt is the one element whose text is kept.
const refTextAt = "/СвЛиценз/НаимЛицВД"

// take copies what is wanted from an element. The path begins below Документ,
// so that equal names under different parents stay apart: СвОКВЭДОсн stands
// in СвОКВЭД and in СвОКВЭДотч.
func (d *refDocument) take(path string, attrs []xml.Attr) {
	switch path {
	case "":
		refAssign(attrs, refField{"ИдДок", &d.id}, refField{"ДатаСост", &d.composed}, refField{"ДатаВклМСП", &d.since},
			refField{"ВидСубМСП", &d.kind}, refField{"КатСубМСП", &d.category}, refField{"ССЧР", &d.headcount})
	case "/ССЧР":
		refAssign(attrs, refField{"ВеличССЧР", &d.headcount})
	case "/ОргВклМСП":
		d.org = &refOrganisation{}
		refAssign(attrs, refField{"НаимОрг", &d.org.full}, refField{"НаимОргСокр", &d.org.short},
			refField{"ИННЮЛ", &d.org.inn}, refField{"ОГРН", &d.org.ogrn})
	case "/ИПВклМСП":
		d.sole = &refProprietor{}
		refAssign(attrs, refField{"ИННФЛ", &d.sole.inn}, refField{"ОГРНИП", &d.sole.ogrn})
	case "/ИПВклМСП/ФИОИП":
		refAssign(attrs, refField{"Фамилия", &d.sole.surname}, refField{"Имя", &d.sole.name}, refField{"Отчество", &d.sole.patronymic})
	case "/СведМН":
		refAssign(attrs, refField{"КодРегион", &d.place.code})
	case "/СведМН/Регион":
		d.place.region = refNamedOf(attrs)
	case "/СведМН/Район":
		d.place.district = refNamedOf(attrs)
	case "/СведМН/Город":
		d.place.city = refNamedOf(attrs)
	case "/СведМН/НаселПункт":
		d.place.settlement = refNamedOf(attrs)
	case "/СвОКВЭД/СвОКВЭДОсн":
		d.codes.main = append(d.codes.main, refCodeOf(attrs))
	case "/СвОКВЭД/СвОКВЭДДоп":
		d.codes.extra = append(d.codes.extra, refCodeOf(attrs))
	case "/СвОКВЭДотч/СвОКВЭДОсн":
		d.report.main = append(d.report.main, refCodeOf(attrs))
	case "/СвОКВЭДотч/СвОКВЭДДоп":
		d.report.extra = append(d.report.extra, refCodeOf(attrs))
	case "/СвЛиценз":
		var l refLicence
		refAssign(attrs, refField{"НомЛиценз", &l.number}, refField{"ДатаНачЛиценз", &l.from}, refField{"ДатаКонЛиценз", &l.until})
		d.licences = append(d.licences, l)
	case refTextAt:
		l := &d.licences[len(d.licences)-1]
		l.activities = append(l.activities, "")
	case "/СвПрод":
		var p refProduct
		refAssign(attrs, refField{"КодПрод", &p.code}, refField{"НаимПрод", &p.name})
		d.products = append(d.products, p)
	}
}

// text adds to the licensed activity that is being read.
func (d *refDocument) text(b []byte) {
	l := &d.licences[len(d.licences)-1]
	l.activities[len(l.activities)-1] += string(b)
}

// refField names an attribute and where its value goes.
type refField struct {
	name string
	to   *string
}

func refAssign(attrs []xml.Attr, fields ...refField) {
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

func refNamedOf(attrs []xml.Attr) (n refNamed) {
	refAssign(attrs, refField{"Тип", &n.kind}, refField{"Наим", &n.name})
	return n
}

func refCodeOf(attrs []xml.Attr) (c refCode) {
	refAssign(attrs, refField{"КодОКВЭД", &c.text}, refField{"ВерсОКВЭД", &c.version})
	return c
}
