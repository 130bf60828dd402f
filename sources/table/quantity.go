package table

import (
	"strconv"
	"time"

	"obzvon/pipeline/company"
)

// quantities files headcount and money, each under its year.
func (b *builder) quantities() {
	rowYear := yearOf(b.x.get(roleYear))
	for _, q := range []struct {
		role  role
		field company.Field
	}{{roleHeadcount, company.FieldHeadcount}, {roleRevenue, company.FieldRevenue}, {roleProfit, company.FieldProfit}} {
		done := map[string]bool{}
		b.x.each(q.role, func(col int, text, _ string) {
			f := b.x.l.fields[col]
			year, note := b.year(f.year, rowYear)
			fact := company.Fact{Field: q.field, Key: year, Note: note}
			ok := year != "" && !done[year]
			if q.role == roleHeadcount && ok {
				var class string
				fact.Value, class, ok = headcount(text)
				fact.Note = joinNotes(class, note)
			} else if ok {
				fact.Value, ok = amount(text, b.unit(f))
			}
			if ok {
				done[year] = true
				b.obs.Facts = append(b.obs.Facts, fact)
			}
		})
	}
}

func joinNotes(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// yearAssumed is the remark on a figure whose year the export does not tell.
const yearAssumed = "год в выгрузке не указан"

// year is that of the column, else of the row, else the last one whose
// accounts were open on the day of the export, else on the day of the pull.
func (b *builder) year(column, row int) (year, note string) {
	switch {
	case column > 0:
		return strconv.Itoa(column), ""
	case row > 0:
		return strconv.Itoa(row), ""
	case b.o.date.Known():
		return accountsOpen(b.o.date.Time()), yearAssumed
	case !b.o.now.IsZero():
		return accountsOpen(b.o.now), yearAssumed
	default:
		return "", ""
	}
}

// accountsOpen is the last year of accounts on a day: they are filed until
// 31 March of the next year (402-ФЗ, article 18) and open to all by May.
func accountsOpen(t time.Time) string {
	if t.Month() < time.May {
		return strconv.Itoa(t.Year() - 2)
	}
	return strconv.Itoa(t.Year() - 1)
}

// unit is the operator's, else the title's, else the preset's.
func (b *builder) unit(f field) unit {
	switch {
	case b.x.s.unit > 0:
		return b.x.s.unit
	case f.unit > 0:
		return f.unit
	default:
		return b.x.l.preset.unit
	}
}
