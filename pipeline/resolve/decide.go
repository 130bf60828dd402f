package resolve

import (
	"cmp"
	"context"
	"slices"

	"obzvon/pipeline/store"
)

// rounds joins until nothing new comes of it.
func (m *matching) rounds(ctx context.Context) error {
	todo := make([]int32, 0, len(m.listings))
	var news []int32
	for n := range int32(len(m.listings)) {
		if j, ok := m.confirmed(n); ok {
			m.join(n, j)
			news = append(news, n)
			continue
		}
		todo = append(todo, n)
	}
	m.spread(news)
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		news = news[:0]
		var joins []store.Join
		for _, n := range todo { // decide all on what stood before the round
			if j, ok := m.decide(n); ok {
				joins, news = append(joins, j), append(news, n)
			}
		}
		for i, n := range news {
			m.join(n, joins[i])
		}
		todo = m.spread(news)
	}
	return nil
}

func (m *matching) join(n int32, j store.Join) {
	m.joins = append(m.joins, j)
	m.listings[n].join = int32(len(m.joins))
}

// confirmed returns the join that a person made, with the evidence there is.
func (m *matching) confirmed(n int32) (store.Join, bool) {
	if !m.listings[n].decided {
		return store.Join{}, false
	}
	j, ok := m.verdicts.Join(m.idOf(n), store.Join{}, false)
	if !ok {
		return j, false
	}
	for _, p := range m.points(n) {
		if m.firms[p.firm].inn == j.INN {
			j.Evidence = append(j.Evidence, p.evidence)
		}
	}
	return j, true
}

// spread lets the tokens of newly joined listings lead to their companies and
// returns the listings that this may concern, rising.
func (m *matching) spread(news []int32) []int32 {
	var touched []int32
	for _, n := range news {
		f := m.firmNumber(m.joins[m.listings[n].join-1].INN)
		for _, c := range m.refsOf(n) {
			if m.tokens.space(c.mark) == spaceName || !m.addFirm(m.leadFor(c.mark), f) {
				continue
			}
			for _, other := range m.byMark.of(c.mark) {
				if m.listings[other].join == 0 {
					touched = append(touched, other)
				}
			}
		}
	}
	slices.Sort(touched)
	return slices.Compact(touched)
}

// decide returns the join that the listing's evidence asks for; none if there
// is no evidence or it points to more than one company.
func (m *matching) decide(n int32) (store.Join, bool) {
	points := m.points(n)
	if len(points) == 0 {
		return store.Join{}, false
	}
	j := store.Join{ID: m.idOf(n), INN: m.firms[points[0].firm].inn}
	for _, p := range points {
		if p.firm != points[0].firm {
			return store.Join{}, false
		}
		j.Evidence = append(j.Evidence, p.evidence)
	}
	return j, true
}

// point is a piece of evidence and the one company it points to.
type point struct {
	firm     int32
	evidence store.Evidence
}

// points collects the evidence, ordered by strength of kind, then value.
func (m *matching) points(n int32) []point {
	var out []point
	for _, c := range m.refsOf(n) {
		f, ok := m.pointsTo(n, c)
		if !ok || m.denied(n, f) || m.otherOGRN(n, f) {
			continue
		}
		p := point{f, store.Evidence{Kind: kindOrder[c.kind], Value: m.evidenceValue(n, c)}}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b point) int {
		return cmp.Or(
			cmp.Compare(kindRank(a.evidence.Kind), kindRank(b.evidence.Kind)),
			cmp.Compare(a.evidence.Value, b.evidence.Value), cmp.Compare(m.firms[a.firm].inn, m.firms[b.firm].inn),
		)
	})
	return out
}

// pointsTo returns the one company a clue leads to.
func (m *matching) pointsTo(n int32, c ref) (int32, bool) {
	k, space := m.lead(c.mark), m.tokens.space(c.mark)
	if space == spaceName {
		return m.namesake(n, c)
	}
	if len(k.firms) != 1 || k.more || space != spaceOGRN && len(k.signs) >= m.shared {
		return 0, false
	}
	return k.firms[0], true
}

// namesake returns the one company of that name in the listing's city, if the
// name says anything at all.
func (m *matching) namesake(n int32, c ref) (int32, bool) {
	k := m.lead(c.mark)
	if len(k.firms) == 0 || len(k.firms) >= commonName || k.more || !telling(m.tokens.at(c.mark)) {
		return 0, false
	}
	found := m.namesakesHere(n, c)
	if len(found) != 1 {
		return 0, false
	}
	return found[0], true
}

// namesakesHere lists the companies of that name in the city whose form does
// not speak against them, by rising ИНН.
func (m *matching) namesakesHere(n int32, c ref) []int32 {
	var out []int32
	k, here := m.lead(c.mark), m.listings[n].place
	for _, f := range k.firms {
		carries := slices.ContainsFunc(k.carriers, func(one carrier) bool {
			return one.firm == f && sameForm(m.forms[one.form], m.forms[c.form])
		})
		if carries && m.firms[f].near(here) {
			out = append(out, f)
		}
	}
	return out
}

func (m *matching) denied(n, f int32) bool {
	if !m.listings[n].decided {
		return false
	}
	id := m.idOf(n)
	_, stands := m.verdicts.Join(id, store.Join{ID: id, INN: m.firms[f].inn}, true)
	return !stands
}

// otherOGRN tells that both ОГРН are known and differ.
func (m *matching) otherOGRN(n, f int32) bool {
	a, b := m.listings[n].ogrn, m.firms[f].ogrn
	return a != none && b != none && a != b
}

func (m *matching) evidenceValue(n int32, c ref) string {
	value := m.tokens.at(c.mark)
	if m.tokens.space(c.mark) == spaceName {
		return value + ", " + m.places.at(m.listings[n].place.city)
	}
	return value
}
