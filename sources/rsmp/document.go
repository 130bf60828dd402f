package rsmp

// value is an attribute as it stands between its quotes, references and all;
// nil when there is none. It is a part of the file in memory and changes with
// it.
type value []byte

// document is one Документ as it stands in the file: nothing checked, nothing
// copied. It is used again for the next one.
type document struct {
	is   bool // there is a Документ
	file file

	id        value // ИдДок
	composed  value // ДатаСост
	since     value // ДатаВклМСП
	kind      value // ВидСубМСП: 1 ЮЛ, 2 ИП, 3 глава КФХ
	category  value // КатСубМСП
	headcount value // ССЧР, as an attribute or as an element

	hasOrg, hasSole bool
	org             organisation
	sole            proprietor
	place           place
	codes           codes // СвОКВЭД: declared at registration
	report          codes // СвОКВЭДотч: by the firm's own reporting

	licences   []licence
	activities []activity
	texts      []byte // of activities, one behind the other
	products   []product
}

// file is the root element.
type file struct{ id, version, kind, rows value }

type organisation struct{ full, short, inn, ogrn value }

type proprietor struct{ inn, ogrn, surname, name, patronymic value }

type place struct {
	code                               value // КодРегион
	region, district, city, settlement named
}

type named struct{ kind, name value } // Тип, Наим

type codes struct{ main, extra []code }

type code struct{ text, version value } // КодОКВЭД, ВерсОКВЭД

type licence struct{ number, from, until value }

// activity is НаимЛицВД: what a licence allows.
type activity struct {
	licence  int // index
	from, to int // in texts
}

type product struct{ code, name value }

// reset forgets everything but the memory.
func (d *document) reset() {
	*d = document{
		codes:    codes{main: d.codes.main[:0], extra: d.codes.extra[:0]},
		report:   codes{main: d.report.main[:0], extra: d.report.extra[:0]},
		licences: d.licences[:0], activities: d.activities[:0], texts: d.texts[:0], products: d.products[:0],
	}
}

// open begins an element. One that may stand only once and comes again takes
// the place of the first.
func (d *document) open(at node) {
	switch at {
	case nodeDocument:
		d.is = true
	case nodeOrg:
		d.hasOrg, d.org = true, organisation{}
	case nodeSole:
		d.hasSole, d.sole = true, proprietor{}
	case nodeRegion:
		d.place.region = named{}
	case nodeDistrict:
		d.place.district = named{}
	case nodeCity:
		d.place.city = named{}
	case nodeSettlement:
		d.place.settlement = named{}
	case nodeMain:
		d.codes.main = append(d.codes.main, code{})
	case nodeExtra:
		d.codes.extra = append(d.codes.extra, code{})
	case nodeReportMain:
		d.report.main = append(d.report.main, code{})
	case nodeReportExtra:
		d.report.extra = append(d.report.extra, code{})
	case nodeLicence:
		d.licences = append(d.licences, licence{})
	case nodeActivity:
		n := len(d.texts)
		d.activities = append(d.activities, activity{licence: len(d.licences) - 1, from: n, to: n})
	case nodeProduct:
		d.products = append(d.products, product{})
	}
}

// addText adds to the licensed activity that is being read. None begins
// before the last has ended.
func (d *document) addText(raw []byte, references bool) {
	d.texts = appendText(d.texts, raw, references)
	d.activities[len(d.activities)-1].to = len(d.texts)
}
