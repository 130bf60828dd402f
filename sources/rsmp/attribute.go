package rsmp

// take keeps an attribute of an element if it is wanted. It returns whether the
// name is known there, so that it need not be looked at.
func (d *document) take(at node, name []byte, v value) bool {
	to, known := d.field(at, name)
	if to != nil {
		*to = v
	}
	return known
}

// field is where the attribute of a name goes, nil when it is known but not
// wanted.
func (d *document) field(at node, name []byte) (to *value, known bool) {
	switch at {
	case nodeMain:
		return d.codes.main[len(d.codes.main)-1].field(name)
	case nodeExtra:
		return d.codes.extra[len(d.codes.extra)-1].field(name)
	case nodeReportMain:
		return d.report.main[len(d.report.main)-1].field(name)
	case nodeReportExtra:
		return d.report.extra[len(d.report.extra)-1].field(name)
	case nodeDocument:
		return d.own(name)
	case nodeOrg:
		return d.org.field(name)
	case nodeSole, nodePerson:
		return d.sole.field(at, name)
	case nodeRegion:
		return d.place.region.field(name)
	case nodeDistrict:
		return d.place.district.field(name)
	case nodeCity:
		return d.place.city.field(name)
	case nodeSettlement:
		return d.place.settlement.field(name)
	case nodeLicence:
		return d.licences[len(d.licences)-1].field(name)
	case nodeProduct:
		return d.products[len(d.products)-1].field(name)
	case nodeFile:
		return d.file.field(name)
	case nodePlace:
		return only(name, "КодРегион", &d.place.code)
	case nodeHeadcount:
		return only(name, "ВеличССЧР", &d.headcount)
	default:
		return nil, false
	}
}

func only(name []byte, want string, to *value) (*value, bool) {
	if string(name) == want {
		return to, true
	}
	return nil, false
}

func (d *document) own(name []byte) (*value, bool) {
	switch string(name) {
	case "ИдДок":
		return &d.id, true
	case "ДатаСост":
		return &d.composed, true
	case "ДатаВклМСП":
		return &d.since, true
	case "ВидСубМСП":
		return &d.kind, true
	case "КатСубМСП":
		return &d.category, true
	case "ССЧР":
		return &d.headcount, true
	case "ПризНовМСП", "СведСоцПред":
		return nil, true
	default:
		return nil, false
	}
}

func (f *file) field(name []byte) (*value, bool) {
	switch string(name) {
	case "ИдФайл":
		return &f.id, true
	case "ВерсФорм":
		return &f.version, true
	case "ТипИнф":
		return &f.kind, true
	case "КолДок":
		return &f.rows, true
	default:
		return nil, false
	}
}

func (o *organisation) field(name []byte) (*value, bool) {
	switch string(name) {
	case "НаимОрг":
		return &o.full, true
	case "НаимОргСокр":
		return &o.short, true
	case "ИННЮЛ":
		return &o.inn, true
	case "ОГРН":
		return &o.ogrn, true
	default:
		return nil, false
	}
}

func (p *proprietor) field(at node, name []byte) (*value, bool) {
	switch {
	case at == nodeSole && string(name) == "ИННФЛ":
		return &p.inn, true
	case at == nodeSole && string(name) == "ОГРНИП":
		return &p.ogrn, true
	case at == nodePerson && string(name) == "Фамилия":
		return &p.surname, true
	case at == nodePerson && string(name) == "Имя":
		return &p.name, true
	case at == nodePerson && string(name) == "Отчество":
		return &p.patronymic, true
	default:
		return nil, false
	}
}

func (n *named) field(name []byte) (*value, bool) {
	switch string(name) {
	case "Наим":
		return &n.name, true
	case "Тип":
		return &n.kind, true
	default:
		return nil, false
	}
}

func (c *code) field(name []byte) (*value, bool) {
	switch string(name) {
	case "КодОКВЭД":
		return &c.text, true
	case "НаимОКВЭД":
		return nil, true
	case "ВерсОКВЭД":
		return &c.version, true
	default:
		return nil, false
	}
}

func (l *licence) field(name []byte) (*value, bool) {
	switch string(name) {
	case "НомЛиценз":
		return &l.number, true
	case "ДатаНачЛиценз":
		return &l.from, true
	case "ДатаКонЛиценз":
		return &l.until, true
	case "ДатаЛиценз":
		return nil, true
	default:
		return nil, false
	}
}

func (p *product) field(name []byte) (*value, bool) {
	switch string(name) {
	case "КодПрод":
		return &p.code, true
	case "НаимПрод":
		return &p.name, true
	case "ПрОтнПрод":
		return nil, true
	default:
		return nil, false
	}
}
