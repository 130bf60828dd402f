package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// The ways in which results are grouped.
const (
	bySegment = iota
	bySource
	byTenth
	byPool
	lineKinds
)

// elsewhere is the group of companies that no list of ours had.
const elsewhere = "не из списка"

// listed is what a list said of a company.
type listed struct {
	segment string
	sources string
	pool    calllist.Pool
	tenth   int
}

// readLists returns what the first list that had a company said of it, before
// anybody knew what would come of it, and the day of the first; 0 = there is none.
func readLists(ctx context.Context, s store.Lists, until company.Date) (lists map[company.INN]listed, began company.Date, err error) {
	days, err := s.ListDays(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("read the days of lists: %w", err)
	}
	out, texts := map[company.INN]listed{}, map[string]string{}
	once := func(s string) string { // few texts stand on many rows
		if known, ok := texts[s]; ok {
			return known
		}
		texts[s] = s
		return s
	}
	for _, day := range days {
		if day > until {
			break
		}
		began = cmp.Or(began, day)
		data, err := s.List(ctx, day)
		if err != nil {
			return nil, 0, fmt.Errorf("read the list of %s: %w", day, err)
		}
		list, err := calllist.Decode(data)
		if err != nil {
			return nil, 0, fmt.Errorf("read the list of %s: %w", day, err)
		}
		for i := range list.Rows {
			e := &list.Rows[i]
			if _, known := out[e.Row.INN]; !known {
				out[e.Row.INN] = listed{once(e.Row.Segment), once(e.Row.Sources), e.Pool, e.Tenth}
			}
		}
	}
	return out, began, nil
}

// group adds a company to its groups; an old client has none.
func (a *account) group(recent []store.Result, j *journey) {
	if j.old {
		return
	}
	year := slices.IndexFunc(recent, func(r store.Result) bool { return r.Day >= a.inYear.from })
	if year < 0 {
		return
	}
	recent = recent[year:]
	names := [lineKinds][]string{bySegment: {elsewhere}, byPool: {elsewhere}, bySource: {origin(recent)}}
	if at, known := a.lists[recent[0].INN]; known {
		names[bySegment] = []string{cmp.Or(at.segment, "вне сегментов")}
		names[byPool] = []string{poolTitle(at.pool)}
		names[bySource] = strings.Split(cmp.Or(at.sources, "источник не указан"), ", ")
		if at.tenth > 0 {
			names[byTenth] = []string{strconv.Itoa(at.tenth)}
		}
	}
	for kind, some := range names {
		for _, name := range some {
			a.line(kind, name).add(recent, j, a.inYear.from)
		}
	}
}

// origin is where a table says that a company comes from.
func origin(results []store.Result) string {
	for i := range results {
		if results[i].Origin != "" {
			return results[i].Origin
		}
	}
	return elsewhere
}

func (a *account) line(kind int, name string) *Line {
	l := a.lines[kind][name]
	if l == nil {
		l = &Line{Name: name}
		a.lines[kind][name] = l
	}
	return l
}

func (l *Line) add(results []store.Result, j *journey, from company.Date) {
	l.Companies++
	answered := false
	for i := range results {
		if results[i].List != "" {
			l.Dials++
		}
		answered = answered || stageOf(results[i].Outcome) >= Contacts
	}
	if answered {
		l.Contacts++
	}
	for stage, count := range map[int]*int{Qualified: &l.Qualified, Offers: &l.Offers, Contracts: &l.Contracts} {
		if day := j.days[stage]; day != 0 && day >= from {
			*count++
		}
	}
}

func poolTitle(p calllist.Pool) string {
	switch p {
	case calllist.PoolRandom:
		return "случайные"
	case calllist.PoolTender:
		return "по тендеру"
	case calllist.PoolDue:
		return "были в работе раньше"
	}
	return "по баллам"
}

// sorted are the lines of a kind: by the order given, then by what they brought.
func (a *account) sorted(kind int, first []string) []Line {
	place := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	out := []Line{}
	for _, l := range a.lines[kind] {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(x, y Line) int {
		return cmp.Or(cmp.Compare(place(x.Name), place(y.Name)), cmp.Compare(y.Contracts, x.Contracts),
			cmp.Compare(y.Qualified, x.Qualified), cmp.Compare(y.Companies, x.Companies), cmp.Compare(x.Name, y.Name))
	})
	return out
}
