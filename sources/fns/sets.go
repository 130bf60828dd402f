package fns

import (
	"strings"

	"obzvon/pipeline/company"
)

// form is how the text of an attribute is read.
type form uint8

const (
	formMoney form = iota // roubles with kopecks
	formCount             // whole number
	formFlag              // "1" = the column's value holds, "0" = it does not
	formCode              // one of the column's codes
)

// keying is what the values of a field are told apart by.
type keying uint8

const (
	byNothing keying = iota
	byYear           // of ДатаСост
	byDay            // ДатаСост
)

// column is an attribute of the payload element and the field that it fills.
type column struct {
	attribute string
	field     company.Field
	form      form
	keying    keying
	value     string   // for formFlag
	codes     []string // for formCode: values of the codes from 1
}

// set is what makes one data set different from the others.
type set struct {
	id      string // in config, and after "7707329152-" in addresses
	title   string // Russian
	number  string // of ТипИнф ОТКРДАННЫЕn and of names VO_OTKRDANn_, VO_OTKRDAN_n_; "" = not known
	sole    bool   // of sole proprietors, by ИННФЛ
	state   bool   // shows the state of one day, so that an older release is superseded
	element string // child of Документ that carries the figures
	list    bool   // the element is a row of a list
	label   string // attribute that names the row of a list
	columns []column

	rhythm string
	stale  int // days after which a release is
}

// The figures of a year are published anew once a year and mended in between.
const (
	yearly       = "yearly, mended at times about the 25th of a month"
	monthly      = "monthly, about the 25th"
	yearlyStale  = 430 // a month beyond the next year's release
	monthlyStale = 75  // two monthly releases missed
)

// sets are all that this package reads.
var sets = [...]set{
	{
		id: "sshr2019", title: "Среднесписочная численность (ФНС)", number: "3", rhythm: yearly, stale: yearlyStale,
		element: "СведССЧР",
		columns: []column{{attribute: "КолРаб", field: company.FieldHeadcount, form: formCount, keying: byYear}},
	},
	{
		id: "revexp", title: "Доходы и расходы по отчётности (ФНС)", number: "5", rhythm: yearly, stale: yearlyStale,
		element: "СведДохРасх",
		columns: []column{
			{attribute: "СумДоход", field: company.FieldRevenue, keying: byYear},
			{attribute: "СумРасход", field: company.FieldExpense, keying: byYear},
		},
	},
	{
		id: "paytax", title: "Уплаченные налоги и взносы (ФНС)", number: "4", rhythm: yearly, stale: yearlyStale,
		element: "СвУплСумНал", list: true, label: "НаимНалог",
		columns: []column{{attribute: "СумУплНал", field: company.FieldTax, keying: byYear}},
	},
	{
		id: "debtam", title: "Задолженность перед бюджетом (ФНС)", number: "6", state: true, rhythm: monthly, stale: monthlyStale,
		element: "СведНедоим", list: true, label: "НаимНалог",
		columns: []column{{attribute: "ОбщСумНедоим", field: company.FieldDebt, keying: byDay}},
	},
	{
		id: "snr", title: "Специальные налоговые режимы организаций (ФНС)", number: "1", state: true, rhythm: monthly, stale: monthlyStale,
		element: "СведСНР",
		columns: []column{
			{attribute: "ПризнУСН", field: company.FieldRegime, form: formFlag, value: "УСН"},
			{attribute: "ПризнАУСН", field: company.FieldRegime, form: formFlag, value: "АУСН"},
			{attribute: "ПризнЕСХН", field: company.FieldRegime, form: formFlag, value: "ЕСХН"},
			{attribute: "ПризнСРП", field: company.FieldRegime, form: formFlag, value: "СРП"},
		},
	},
	{
		id: "snrip", title: "Специальные налоговые режимы ИП (ФНС)", sole: true, state: true, rhythm: monthly, stale: monthlyStale,
		element: "СведСНР", list: true,
		columns: []column{{
			attribute: "ПризнСНР", field: company.FieldRegime, form: formCode,
			codes: []string{"УСН", "АУСН", "ЕСХН", "ПСН", "НПД"},
		}},
	},
	{
		id: "taxoffence", title: "Налоговые правонарушения и штрафы (ФНС)", rhythm: "yearly, on 1 December", stale: yearlyStale,
		element: "СведНаруш", list: true,
		columns: []column{{attribute: "СумШтраф", field: company.FieldFine, keying: byYear}},
	},
}

// setOf finds a set by its id.
func setOf(id string) (*set, bool) {
	for i := range sets {
		if sets[i].id == id {
			return &sets[i], true
		}
	}
	return nil, false
}

// setIDs lists the ids for a message.
func setIDs() string {
	ids := make([]string, len(sets))
	for i := range sets {
		ids[i] = sets[i].id
	}
	return strings.Join(ids, ", ")
}

// innAttribute is where СведНП carries the ИНН.
func (s *set) innAttribute() string {
	if s.sole {
		return "ИННФЛ"
	}
	return "ИННЮЛ"
}

func (s *set) innDigits() int {
	if s.sole {
		return 12
	}
	return 10
}
