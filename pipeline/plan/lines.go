package plan

import (
	"cmp"
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

// group adds a company to its groups: those of the list that had it first, before
// anybody knew what would come of it.
func (a *account) group(stand []store.Result, days [stageCount]company.Date) {
	at, origin := listed{}, ""
	known := false
	for i := range stand {
		if l, ok := a.lists[listedKey{stand[i].List, stand[i].INN}]; ok && stand[i].List != "" {
			at, known = l, true
			break
		}
		origin = cmp.Or(origin, stand[i].Origin)
	}
	names := [lineKinds][]string{}
	switch {
	case known:
		names[bySegment] = []string{cmp.Or(at.segment, "вне сегментов")}
		names[bySource] = strings.Split(at.sources, ", ")
		names[byPool] = []string{poolTitle(at.pool)}
		if at.tenth > 0 {
			names[byTenth] = []string{strconv.Itoa(at.tenth)}
		}
	default:
		names[bySegment], names[bySource] = []string{elsewhere}, []string{cmp.Or(origin, elsewhere)}
	}
	for kind, some := range names {
		for _, name := range some {
			a.line(kind, name).add(stand, days)
		}
	}
}

func (a *account) line(kind int, name string) *Line {
	l := a.lines[kind][name]
	if l == nil {
		l = &Line{Name: name}
		a.lines[kind][name] = l
	}
	return l
}

func (l *Line) add(stand []store.Result, days [stageCount]company.Date) {
	dials := 0
	for i := range stand {
		if stand[i].List != "" {
			dials++
		}
	}
	l.Dials += dials
	l.Called++
	for stage, count := range map[int]*int{Contacts: &l.Contacts, Qualified: &l.Qualified, Offers: &l.Offers, Contracts: &l.Contracts} {
		if days[stage] != 0 {
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
	var out []Line
	for _, l := range a.lines[kind] {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(x, y Line) int {
		return cmp.Or(cmp.Compare(place(x.Name), place(y.Name)), cmp.Compare(y.Contracts, x.Contracts),
			cmp.Compare(y.Qualified, x.Qualified), cmp.Compare(y.Called, x.Called), cmp.Compare(x.Name, y.Name))
	})
	return out
}
