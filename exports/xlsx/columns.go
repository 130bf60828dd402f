package xlsx

import (
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// The columns of a company, by the titles of the contract. Each sheet picks
// from them and sets widths of its own where it must.

type rowColumn = column[pipeline.Row]

// text is a column of free text.
func text(title string, width float64, get func(*pipeline.Row) string) rowColumn {
	return rowColumn{title: title, width: width, value: func(r *pipeline.Row) any { return get(r) }}
}

// of gives the column another kind of cell.
func (c column[T]) of(k kind) column[T] { c.kind = k; return c }

// wide gives the column another width.
func (c column[T]) wide(width float64) column[T] { c.width = width; return c }

// coloured lets the column take the colour of the row's state.
func (c column[T]) coloured() column[T] { c.tinted = true; return c }

// linked puts an address under the column's text.
func (c column[T]) linked(link func(*T) string) column[T] { c.link = link; return c }

// asked is a column for the reader to fill in.
func asked(title string, width float64, k kind) rowColumn {
	return rowColumn{title: title, width: width, kind: k, head: kindAsk, ask: true}
}

func colNumber() rowColumn {
	return rowColumn{
		title: "№", width: 4.5, kind: kindCentre,
		value: func(r *pipeline.Row) any { return positive(r.Number) },
	}.coloured()
}

func colPriority() rowColumn {
	return rowColumn{
		title: "Приоритет", width: 4.5, kind: kindCentre, head: kindVertical,
		value: func(r *pipeline.Row) any { return positive(r.Priority) },
	}.coloured()
}

func colCompany() rowColumn {
	return text("Компания", 23, func(r *pipeline.Row) string { return r.Company }).of(kindBold).coloured()
}

func colCity() rowColumn {
	return text("Город", 14.5, func(r *pipeline.Row) string { return r.City })
}

func colWindow() rowColumn {
	return text("Звонить (МСК)", 12, func(r *pipeline.Row) string { return r.CallWindow }).of(kindCentre)
}

func colPhone() rowColumn {
	c := text("Телефон", 23.5, func(r *pipeline.Row) string { return r.Phone }).of(kindPhone).
		linked(func(r *pipeline.Row) string { return telLink(r.PhoneLink) })
	c.notDigit = true
	return c
}

func colPerson() rowColumn {
	return text("ЛПР", 13.5, func(r *pipeline.Row) string { return r.Person })
}

func colPost() rowColumn {
	return text("Должность ЛПР", 12.5, func(r *pipeline.Row) string { return r.Post })
}

func colHook() rowColumn {
	return text("Зацепка", 47, func(r *pipeline.Row) string { return r.Hook })
}

func colLastResult() rowColumn {
	return text("Прошлый результат", 19, func(r *pipeline.Row) string { return r.LastResult })
}

func colScore() rowColumn {
	return rowColumn{
		title: "Балл", width: 8, kind: kindTenth,
		value: func(r *pipeline.Row) any { return float64(r.Score) / 1000 },
	}
}

func colSegment() rowColumn {
	return text("Сегмент", 24, func(r *pipeline.Row) string { return r.Segment })
}

func colWhy() rowColumn {
	return text("Почему в списке", 70, func(r *pipeline.Row) string { return r.Why })
}

func colINN() rowColumn {
	c := text("ИНН", 14, func(r *pipeline.Row) string { return string(r.INN) }).of(kindID)
	c.notDigit = true
	return c
}

func colRegion() rowColumn {
	return text("Регион", 20, func(r *pipeline.Row) string { return r.Region })
}

func colLocalTime() rowColumn {
	return text("Время компании", 11, func(r *pipeline.Row) string { return r.LocalTime }).of(kindCentre)
}

func colOtherPhones() rowColumn {
	c := text("Другие телефоны", 24, func(r *pipeline.Row) string { return r.OtherPhones }).of(kindID)
	c.notDigit = true
	return c
}

func colEmail() rowColumn {
	return text("E-mail", 26, func(r *pipeline.Row) string { return r.Email }).
		linked(func(r *pipeline.Row) string { return mailLink(r.Email) })
}

func colSite() rowColumn {
	return text("Сайт", 30, func(r *pipeline.Row) string { return r.Site }).
		linked(func(r *pipeline.Row) string { return siteLink(r.Site) })
}

func colHeadcount() rowColumn {
	return rowColumn{title: "Сотрудники", width: 12, kind: kindInt, value: func(r *pipeline.Row) any {
		if r.Headcount == nil {
			return nil // not known, which is not none
		}
		return *r.Headcount
	}}
}

func colRevenue() rowColumn {
	return rowColumn{title: "Выручка (млн ₽)", width: 12, kind: kindTenth, value: func(r *pipeline.Row) any {
		if r.Revenue == nil {
			return nil
		}
		return float64(*r.Revenue) / 1e6
	}}
}

func colOKVED() rowColumn {
	return text("ОКВЭД", 48, func(r *pipeline.Row) string { return r.OKVED })
}

func colAttempt() rowColumn {
	return rowColumn{
		title: "Попытка", width: 9, kind: kindInt,
		value: func(r *pipeline.Row) any { return positive(r.Attempt) },
	}
}

func colManager() rowColumn {
	return text("Менеджер", 16, func(r *pipeline.Row) string { return r.Manager })
}

func colSources() rowColumn {
	return text("Источники", 30, func(r *pipeline.Row) string { return r.Sources })
}

func colUpdated() rowColumn {
	return rowColumn{
		title: "Обновлено", width: 11.5, kind: kindDate,
		value: func(r *pipeline.Row) any { return day(r.Updated) },
	}
}

// tints are the fills that a row's state can give.
var tints = [...]string{fillNone, fillNew, fillToday, fillOverdue, fillAgain, fillClient}

// stateFill is the colour of a row's state.
func stateFill(r *pipeline.Row) string {
	switch r.State {
	case pipeline.RowNew:
		return fillNew
	case pipeline.RowPromised:
		return fillToday
	case pipeline.RowOverdue:
		return fillOverdue
	case pipeline.RowAgain:
		return fillAgain
	case pipeline.RowClient:
		return fillClient
	default:
		return fillNone
	}
}

// positive leaves a cell empty instead of a number that is not known.
func positive(n int) any {
	if n <= 0 {
		return nil
	}
	return n
}

// day is a date cell; empty when unknown.
func day(d company.Date) any {
	if !d.Known() {
		return nil
	}
	return d.Time()
}
