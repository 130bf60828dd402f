package table

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
)

// layout tells what each column of one table means.
type layout struct {
	preset  *preset
	header  []string
	row     int64 // of the header
	fields  []field
	byRole  map[role][]int // columns, best title first
	own     int            // columns known to the preset itself
	missing []string       // titles of the operator's map that the header lacks
}

// field is one column.
type field struct {
	role role // "" = unknown
	rank int  // the lower, the better its title
	year int  // of a quantity, 0 = not told
	unit unit // of a quantity, 0 = not told
}

// rankGeneric sets titles lent by the generic preset behind a preset's own.
const rankGeneric = 1000

// titleIndex finds the meaning of a folded title.
type titleIndex struct {
	keys  map[string]field
	bare  map[string]field // of quantities
	signs [][]string       // folded
}

// titleIndexes are those of the presets, in their order. Folding some
// thousand titles takes milliseconds, so it is done once.
var titleIndexes = sync.OnceValue(func() map[string]titleIndex {
	out := map[string]titleIndex{}
	for i := range presetTable {
		p := &presetTable[i]
		ix := titleIndex{keys: map[string]field{}, bare: map[string]field{}}
		ix.add(p, 0)
		if g := genericPreset(); p != g {
			ix.add(g, rankGeneric)
		}
		for _, group := range p.signs {
			folded := make([]string, len(group))
			for j, s := range group {
				folded[j] = parseTitle(s).key
			}
			ix.signs = append(ix.signs, folded)
		}
		out[p.name] = ix
	}
	return out
})

func (ix titleIndex) add(p *preset, rank int) {
	for _, c := range p.columns {
		for i, s := range c.titles {
			t, f := parseTitle(s), field{role: c.role, rank: rank + i}
			for _, key := range []string{t.key, t.full} {
				if _, ok := ix.keys[key]; !ok && key != "" {
					ix.keys[key] = f
				}
			}
			if _, ok := ix.bare[t.bare]; !ok && c.role.quantity() {
				ix.bare[t.bare] = f
			}
		}
	}
}

func (ix titleIndex) find(t title) (field, bool) {
	for _, key := range []string{t.full, t.key} {
		if f, ok := ix.keys[key]; ok {
			return f, true
		}
	}
	f, ok := ix.bare[t.bare]
	return f, ok
}

// givenAway tells whether the titles show that it is this export.
func (ix titleIndex) givenAway(titles []title) bool {
	for _, group := range ix.signs {
		all := true
		for _, sign := range group {
			all = all && slices.ContainsFunc(titles, func(t title) bool { return t.key == sign || t.full == sign })
		}
		if all {
			return true
		}
	}
	return false
}

func parseTitles(header []string) []title {
	titles := make([]title, len(header))
	for i, h := range header {
		titles[i] = parseTitle(cutText(h, maxTitle))
	}
	return titles
}

// maxTitle is how many bytes of a cell may be a title.
const maxTitle = 400

// lay maps a header by the operator's columns, then the preset's titles, then
// the generic ones.
func lay(p *preset, header []string, titles []title, custom map[role]string) layout {
	l := layout{preset: p, header: header, fields: make([]field, len(header)), byRole: map[role][]int{}}
	l.mapCustom(titles, custom)
	ix := titleIndexes()[p.name]
	for i, t := range titles {
		if l.fields[i].role != "" || t.key == "" {
			continue
		}
		f, ok := ix.find(t)
		if !ok {
			continue
		}
		l.fields[i] = f
		if f.rank < rankGeneric || p == genericPreset() {
			l.own++
		}
	}
	for i := range l.fields {
		if r := l.fields[i].role; r != "" {
			if r.quantity() {
				l.fields[i].year, l.fields[i].unit = titles[i].year, titles[i].unit
			}
			l.byRole[r] = append(l.byRole[r], i)
		}
	}
	for _, cols := range l.byRole {
		slices.SortStableFunc(cols, func(a, b int) int { return cmp.Compare(l.fields[a].rank, l.fields[b].rank) })
	}
	return l
}

// mapCustom puts the operator's columns in place. A title given without its
// number takes all columns of that number's row.
func (l *layout) mapCustom(titles []title, custom map[role]string) {
	for _, r := range slices.Sorted(maps.Keys(custom)) {
		want, found := parseTitle(custom[r]), false
		for i, t := range titles {
			if t.key != "" && (t.full == want.full || want.full == want.key && t.key == want.key) {
				l.fields[i] = field{role: r, rank: -1}
				found = true
				l.own++
			}
		}
		if !found {
			l.missing = append(l.missing, `"`+custom[r]+`" for `+string(r))
		}
	}
}

// known counts columns whose meaning is known.
func (l *layout) known() int {
	n := 0
	for _, f := range l.fields {
		if f.role != "" {
			n++
		}
	}
	return n
}

// meanings counts distinct fields that are of use.
func (l *layout) meanings() int {
	n := len(l.byRole)
	if _, ok := l.byRole[roleIgnore]; ok {
		n--
	}
	return n
}

// lacks says what the preset needs and the header has not, in words.
func (l *layout) lacks() []string {
	out := slices.Clone(l.missing)
	for _, group := range l.preset.needs {
		if !slices.ContainsFunc(group, l.has) {
			names := make([]string, len(group))
			for i, r := range group {
				names[i] = string(r)
			}
			out = append(out, strings.Join(names, " or "))
		}
	}
	if len(out) == 0 && l.meanings() < 2 {
		out = append(out, "a second known column")
	}
	return out
}

func (l *layout) has(r role) bool { return len(l.byRole[r]) > 0 }

// recognise finds what a row means as a header: ok when it is one. Of several
// presets that fit, the one that knows most columns wins, then the first.
func recognise(header []string, s settings) (l layout, ok bool) {
	titles := parseTitles(header)
	if s.preset != nil {
		l = lay(s.preset, header, titles, s.columns)
		return l, len(l.lacks()) == 0
	}
	for i := range presetTable {
		p := &presetTable[i]
		if p == genericPreset() || !titleIndexes()[p.name].givenAway(titles) {
			continue
		}
		if found := lay(p, header, titles, s.columns); len(found.lacks()) == 0 && (!ok || found.own > l.own) {
			l, ok = found, true
		}
	}
	if ok {
		return l, true
	}
	l = lay(genericPreset(), header, titles, s.columns)
	return l, len(l.lacks()) == 0
}

// nearest is the preset that knows most columns of a header that none fits.
func nearest(header []string, s settings) layout {
	titles := parseTitles(header)
	if s.preset != nil {
		return lay(s.preset, header, titles, s.columns)
	}
	best := lay(genericPreset(), header, titles, s.columns)
	for i := range presetTable {
		if l := lay(&presetTable[i], header, titles, s.columns); l.own > best.own {
			best = l
		}
	}
	return best
}
