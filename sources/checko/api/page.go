package api

import (
	"encoding/json"
	"fmt"

	"obzvon/pipeline/fetch/service"
)

// Page is one page of a search.
type Page struct {
	Total int64 // records in all; 0 = none, or not said
	Pages int   // pages in all; 0 = not said
	Page  int   // this one, from 1; 0 = not said
	Rows  []json.RawMessage
	Meta  Meta
}

// ParsePage reads the answer of a search. A search that finds nothing is a page
// without rows.
func ParsePage(body []byte) (*Page, error) {
	e, err := open(body)
	if err != nil {
		return nil, err
	}
	p := &Page{Meta: e.Meta}
	if none(e.Data) {
		return p, nil
	}
	var d struct {
		Total Number          `json:"ЗапВсего"`
		Pages Number          `json:"СтрВсего"`
		Page  Number          `json:"СтрТекущ"`
		Rows  json.RawMessage `json:"Записи"`
	}
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return nil, fmt.Errorf("%w: a page of another form", service.ErrLayout)
	}
	if !none(d.Rows) && json.Unmarshal(d.Rows, &p.Rows) != nil {
		return nil, fmt.Errorf("%w: rows that are no list", service.ErrLayout)
	}
	if d.Rows == nil && !d.Total.Known {
		return nil, fmt.Errorf("%w: neither rows nor their number", service.ErrLayout)
	}
	p.Total, p.Pages, p.Page = max(d.Total.Whole(), 0), bounded(d.Pages), bounded(d.Page)
	return p, nil
}

func bounded(n Number) int { return int(min(max(n.Whole(), 0), 1_000_000)) }

// Row reads one of the rows.
func (p *Page) Row(i int) (*Card, error) { return parseRow(p.Rows[i]) }
