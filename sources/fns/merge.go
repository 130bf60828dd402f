package fns

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// firm is what the documents of one ИНН in one member come to.
type firm struct {
	inn     company.INN
	date    company.Date // newest ДатаСост
	figures []figure
}

// merge adds the figures of a further document; the order of documents does
// not matter. After an error the firm is what it was before: only the sum of a
// list can fail, and a document has no more than one.
func (f *firm) merge(figures []figure) error {
	for i := range figures {
		if err := f.add(&figures[i]); err != nil {
			return err
		}
		f.date = max(f.date, figures[i].date)
	}
	return nil
}

// add puts one figure beside the others. Of the same field and key the later
// day wins.
func (f *firm) add(g *figure) error {
	same := func(h *figure) bool { return h.column.field == g.column.field && h.key == g.key }
	i := slices.IndexFunc(f.figures, func(h figure) bool { return same(&h) })
	switch {
	case i < 0:
		f.figures = append(f.figures, *g)
	case f.figures[i].date > g.date:
	case f.figures[i].date < g.date:
		f.figures = slices.DeleteFunc(f.figures, func(h figure) bool { return same(&h) })
		f.figures = append(f.figures, *g)
	case g.column.form == formFlag || g.column.form == formCode:
		if !slices.ContainsFunc(f.figures, func(h figure) bool { return same(&h) && h.text == g.text }) {
			f.figures = append(f.figures, *g)
		}
	case g.rows != nil:
		return f.figures[i].unite(g)
	default:
		f.figures[i].n = max(f.figures[i].n, g.n)
	}
	return nil
}

// unite adds the rows of another list that this one does not have: published
// sets repeat documents, and split them.
func (f *figure) unite(g *figure) error {
	if f.counts == nil {
		f.counts, f.rows = counted(f.rows), nil
	}
	others := counted(g.rows)
	sum := f.n
	for r, n := range others {
		for range n - f.counts[r] {
			var err error
			if sum, err = addKopecks(sum, r.kopecks); err != nil {
				return err
			}
		}
	}
	f.n = sum
	for r, n := range others {
		f.counts[r] = max(f.counts[r], n)
	}
	return nil
}

// counted tells how often each row stands in a list. Spaces in names differ
// between documents.
func counted(rows []row) map[row]int {
	out := make(map[row]int, len(rows))
	for _, r := range rows {
		out[row{label: strings.Join(strings.Fields(r.label), " "), kopecks: r.kopecks}]++
	}
	return out
}

// observation is what the firm comes to in the store: nothing but figures,
// since there are millions.
func (f *firm) observation(source string, of *set) company.Observation {
	o := company.Observation{Source: source, Key: string(f.inn), INN: f.inn, Date: f.date, Facts: make([]company.Fact, len(f.figures))}
	for i := range f.figures {
		o.Facts[i] = f.figures[i].fact()
		if of.sole {
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
	return o
}
