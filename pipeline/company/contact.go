package company

import (
	"cmp"
	"slices"
)

// Duty is what a person or a department does, as far as a seller cares. The
// values stand in stores: add new ones, never rename.
type Duty string

// The duties, those of whom a supplier asks for first.
const (
	DutySupply     Duty = "supply"     // снабжение, закупки, МТО, тендеры
	DutyMechanic   Duty = "mechanic"   // главный механик, ремонтная служба
	DutyEngineer   Duty = "engineer"   // главный инженер, технический директор, главный энергетик
	DutyProduction Duty = "production" // производство, начальник цеха, мастерская, главный агроном
	DutyHead       Duty = "head"       // директор, руководитель, собственник, глава КФХ
	DutyReception  Duty = "reception"  // приёмная, секретарь, офис
	DutySales      Duty = "sales"      // продажи, коммерческий директор, сбыт
	DutyOther      Duty = "other"      // всё прочее: склад, доставка, сервис
	DutyAccounts   Duty = "accounts"   // бухгалтерия, финансы
	DutyStaff      Duty = "staff"      // кадры
)

var dutyOrder = []Duty{
	DutySupply, DutyMechanic, DutyEngineer, DutyProduction, DutyHead,
	DutyReception, DutySales, DutyOther, DutyAccounts, DutyStaff,
}

// Duties lists all of them, those of whom a supplier asks for first.
func Duties() []Duty { return slices.Clone(dutyOrder) }

// Rank is the place in that order; what this version does not know comes last.
func (d Duty) Rank() int {
	if i := slices.Index(dutyOrder, d); i >= 0 {
		return i
	}
	return len(dutyOrder)
}

// Buys tells whether the duty has a say in buying bearings.
func (d Duty) Buys() bool { return d.Rank() <= DutyHead.Rank() }

// Title is what a list shows when the source prints neither name nor post.
func (d Duty) Title() string {
	switch d {
	case DutySupply:
		return "Отдел снабжения"
	case DutyMechanic:
		return "Главный механик"
	case DutyEngineer:
		return "Главный инженер"
	case DutyProduction:
		return "Производство"
	case DutyHead:
		return "Руководитель"
	case DutyReception:
		return "Приёмная"
	case DutySales:
		return "Отдел продаж"
	case DutyAccounts:
		return "Бухгалтерия"
	case DutyStaff:
		return "Отдел кадров"
	case DutyOther:
	}
	return ""
}

// Contact is a person or a department of a company.
type Contact struct {
	Key    string // of its facts
	Duty   Duty
	Post   string // post or department as printed
	Name   string // "" = a department, or named people are off
	Phone  string // as FieldPhone
	Email  string
	Page   string // where it is printed
	Source string
	Seen   Date
}

// Contacts are those of the company, those of whom a supplier asks for first;
// among equals a named one, then one with a number, then the most trusted.
func (c *Company) Contacts() []Contact {
	var out []Contact
	at := map[string]int{}
	for i := range c.Values {
		v := &c.Values[i]
		if !v.Wins {
			continue
		}
		switch v.Field {
		case FieldContactDuty, FieldContactPost, FieldContactName, FieldContactPhone, FieldContactEmail, FieldContactPage:
		default:
			continue
		}
		n, ok := at[v.Key]
		if !ok {
			n = len(out)
			at[v.Key] = n
			out = append(out, Contact{Key: v.Key, Source: v.Source, Seen: v.Seen})
		}
		out[n].take(v)
	}
	slices.SortStableFunc(out, func(a, b Contact) int {
		return cmp.Or(
			cmp.Compare(a.Duty.Rank(), b.Duty.Rank()),
			boolFirst(a.Name != "", b.Name != ""),
			boolFirst(a.Phone != "", b.Phone != ""),
			cmp.Compare(a.Key, b.Key),
		)
	})
	return out
}

func (t *Contact) take(v *Value) {
	switch v.Field {
	case FieldContactDuty:
		t.Duty = Duty(v.Value)
	case FieldContactPost:
		t.Post = v.Value
	case FieldContactName:
		t.Name = v.Value
	case FieldContactPhone:
		t.Phone = v.Value
	case FieldContactEmail:
		t.Email = v.Value
	case FieldContactPage:
		t.Page = v.Value
	}
	t.Seen = max(t.Seen, v.Seen)
}

// boolFirst orders true before false.
func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
