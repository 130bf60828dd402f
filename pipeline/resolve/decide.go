package resolve

import (
	"cmp"
	"context"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// rounds joins until nothing new comes of it.
func (m *matching) rounds(ctx context.Context) error {
	todo := make([]int32, 0, len(m.listings))
	var news []int32
	for i := range m.listings {
		l := &m.listings[i]
		if j, ok := m.verdicts.Join(l.id, store.Join{}, false); ok {
			j.Evidence = m.evidenceFor(l, j.INN)
			l.join = &j
			news = append(news, int32(i))
			continue
		}
		todo = append(todo, int32(i))
	}
	m.spread(news)
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		joins := make([]*store.Join, len(todo))
		for i, n := range todo { // decide all on what stood before the round
			joins[i] = m.decide(&m.listings[n])
		}
		news = news[:0]
		for i, n := range todo {
			if joins[i] != nil {
				m.listings[n].join = joins[i]
				news = append(news, n)
			}
		}
		todo = m.spread(news)
	}
	return nil
}

// spread lets the tokens of newly joined listings lead to their companies and
// returns the listings that this may concern, rising.
func (m *matching) spread(news []int32) []int32 {
	touched := map[int32]bool{}
	for _, n := range news {
		l := &m.listings[n]
		for _, c := range l.clues {
			k := &m.marks[c.mark]
			if k.token.space == spaceName || !k.addINN(l.join.INN) {
				continue
			}
			for _, other := range k.listings {
				if m.listings[other].join == nil {
					touched[other] = true
				}
			}
		}
	}
	out := make([]int32, 0, len(touched))
	for n := range touched {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// decide returns the join that the listing's evidence asks for, nil if there
// is none or it points to more than one company.
func (m *matching) decide(l *listing) *store.Join {
	points := m.points(l)
	if len(points) == 0 {
		return nil
	}
	j := &store.Join{ID: l.id, INN: points[0].inn}
	for _, p := range points {
		if p.inn != j.INN {
			return nil
		}
		j.Evidence = append(j.Evidence, p.evidence)
	}
	return j
}

// point is a piece of evidence and the one company it points to.
type point struct {
	inn      company.INN
	evidence store.Evidence
}

// points collects the evidence, ordered by strength of kind, then value.
func (m *matching) points(l *listing) []point {
	var out []point
	for _, c := range l.clues {
		inn, ok := m.pointsTo(l, c)
		if !ok || m.denied(l, inn) || m.otherOGRN(l, inn) {
			continue
		}
		p := point{inn, store.Evidence{Kind: c.kind, Value: m.evidenceValue(l, c)}}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b point) int {
		return cmp.Or(
			cmp.Compare(kindRank(a.evidence.Kind), kindRank(b.evidence.Kind)),
			cmp.Compare(a.evidence.Value, b.evidence.Value), cmp.Compare(a.inn, b.inn),
		)
	})
	return out
}

func kindRank(kind string) int {
	return slices.Index([]string{kindOGRN, kindPhone, kindSite, kindEmail, kindName}, kind)
}

// pointsTo returns the one company a clue leads to.
func (m *matching) pointsTo(l *listing, c ref) (company.INN, bool) {
	k := &m.marks[c.mark]
	if k.token.space == spaceName {
		return m.namesake(l, c)
	}
	if len(k.inns) != 1 || k.more || k.token.space != spaceOGRN && len(k.signs) >= m.shared {
		return "", false
	}
	return k.inns[0], true
}

// namesake returns the one company of that name in the listing's city, if the
// name says anything at all.
func (m *matching) namesake(l *listing, c ref) (company.INN, bool) {
	k := &m.marks[c.mark]
	if len(k.inns) >= commonName || k.more || !telling(k.token.value) {
		return "", false
	}
	found := m.namesakesHere(l, c)
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// namesakesHere lists the companies of that name in the city whose form does
// not speak against them, rising.
func (m *matching) namesakesHere(l *listing, c ref) []company.INN {
	var out []company.INN
	for _, one := range m.marks[c.mark].carriers {
		if sameForm(one.form, c.form) && m.firms[one.inn].near(l.place) && !slices.Contains(out, one.inn) {
			out = append(out, one.inn)
		}
	}
	slices.Sort(out)
	return out
}

func (m *matching) denied(l *listing, inn company.INN) bool {
	_, stands := m.verdicts.Join(l.id, store.Join{ID: l.id, INN: inn}, true)
	return !stands
}

// otherOGRN tells that both ОГРН are known and differ.
func (m *matching) otherOGRN(l *listing, inn company.INN) bool {
	f := m.firms[inn]
	return f != nil && l.ogrn != "" && f.ogrn != "" && l.ogrn != f.ogrn
}

func (m *matching) evidenceValue(l *listing, c ref) string {
	k := &m.marks[c.mark]
	if k.token.space == spaceName {
		return k.token.value + ", " + l.place.city
	}
	return k.token.value
}

// evidenceFor lists what speaks for a company that a person chose.
func (m *matching) evidenceFor(l *listing, inn company.INN) []store.Evidence {
	var out []store.Evidence
	for _, p := range m.points(l) {
		if p.inn == inn {
			out = append(out, p.evidence)
		}
	}
	return out
}
