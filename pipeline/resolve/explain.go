package resolve

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

func (m *matching) result() Result {
	var res Result
	for i := range m.listings {
		if l := &m.listings[i]; l.join != nil {
			res.Joins = append(res.Joins, *l.join)
		} else {
			res.Unresolved = append(res.Unresolved, m.explain(l))
		}
	}
	return res
}

// explain says why a listing stayed alone. It asks in the order of reasons.
func (m *matching) explain(l *listing) Unresolved {
	for _, ask := range []func(*listing) (Unresolved, bool){m.conflict, m.namesakes, m.sharedClue, m.wrongOGRN, m.otherCity, m.commonNames, m.deniedOnly} {
		if u, ok := ask(l); ok {
			u.ID, u.Why = l.id, shortened(u.Why)
			return u
		}
	}
	if !m.usable(l) {
		return Unresolved{ID: l.id, Reason: ReasonBare, Why: whyBare}
	}
	return Unresolved{ID: l.id, Reason: ReasonUnknown, Why: whyUnknown}
}

func (m *matching) conflict(l *listing) (Unresolved, bool) {
	points := m.points(l)
	var inns []company.INN
	var parts []string
	for _, p := range points {
		inns = append(inns, p.inn)
		parts = append(parts, fmt.Sprintf("%s — %s", said(p.evidence.Kind, p.evidence.Value), m.candidate(p.inn).Name))
	}
	return Unresolved{
		Reason: ReasonConflict, Candidates: m.candidates(inns),
		Why: "Данные карточки указывают на разные компании: " + strings.Join(parts, "; ") + ".",
	}, len(points) > 0 // one company only would have been joined
}

func (m *matching) namesakes(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		k := &m.marks[c.mark]
		if k.token.space != spaceName || !telling(k.token.value) {
			continue
		}
		if found := m.open(l, m.namesakesHere(l, c)); len(found) > 1 {
			return Unresolved{
				Reason: ReasonNamesakes, Candidates: m.candidates(found),
				Why: fmt.Sprintf("В городе несколько компаний с названием «%s» (%d).", k.token.value, len(found)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) sharedClue(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		k := &m.marks[c.mark]
		if k.token.space == spaceName || len(k.inns) == 0 {
			continue
		}
		firms := max(len(k.inns), len(k.signs))
		found := m.open(l, k.inns)
		if len(found) == 0 || len(k.inns) == 1 && (k.token.space == spaceOGRN || len(k.signs) < m.shared) {
			continue
		}
		more := ""
		if k.more || len(k.signs) >= m.shared {
			more = " или больше"
		}
		return Unresolved{
			Reason: ReasonShared, Candidates: m.candidates(found),
			Why: fmt.Sprintf("%s: %s для нескольких фирм (%d%s).", upperFirst(said(c.kind, k.token.value)), common(c.kind), firms, more),
		}, true
	}
	return Unresolved{}, false
}

func (m *matching) wrongOGRN(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		inn, ok := m.pointsTo(l, c)
		if ok && !m.denied(l, inn) && m.otherOGRN(l, inn) {
			cand := m.candidates([]company.INN{inn})
			return Unresolved{
				Reason: ReasonOtherOGRN, Candidates: cand,
				Why: fmt.Sprintf("Совпадает %s, но у компании %s другой ОГРН.", said(c.kind, m.marks[c.mark].token.value), nameList(cand)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) otherCity(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		k := &m.marks[c.mark]
		if k.token.space != spaceName || !telling(k.token.value) || len(k.inns) >= commonName {
			continue
		}
		if found := m.open(l, k.inns); len(found) > 0 {
			cand := m.candidates(found)
			return Unresolved{
				Reason: ReasonOtherCity, Candidates: cand,
				Why: fmt.Sprintf("Совпадает только название, а %s: %s.", m.whatDiffers(l), nameList(cand)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) whatDiffers(l *listing) string {
	if l.place.city == "" {
		return "город в карточке не указан"
	}
	return "город или форма другие"
}

func (m *matching) commonNames(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		k := &m.marks[c.mark]
		if k.token.space == spaceName && len(m.open(l, k.inns)) > 0 {
			return Unresolved{
				Reason: ReasonCommonName,
				Why:    fmt.Sprintf("Совпадает только название «%s», а оно слишком общее, чтобы узнать по нему компанию.", k.token.value),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) deniedOnly(l *listing) (Unresolved, bool) {
	for _, c := range l.clues {
		if inn, ok := m.pointsTo(l, c); ok && m.denied(l, inn) {
			return Unresolved{Reason: ReasonDenied, Why: whyDenied, Candidates: m.candidates([]company.INN{inn})}, true
		}
	}
	return Unresolved{}, false
}

// usable tells whether the listing has anything that could ever be evidence.
func (m *matching) usable(l *listing) bool {
	return slices.ContainsFunc(l.clues, func(c ref) bool {
		k := &m.marks[c.mark]
		return k.token.space != spaceName || telling(k.token.value)
	})
}

// open leaves out companies that a person denied.
func (m *matching) open(l *listing, inns []company.INN) []company.INN {
	var out []company.INN
	for _, inn := range inns {
		if !m.denied(l, inn) {
			out = append(out, inn)
		}
	}
	return out
}

// candidates describes companies by rising ИНН, each once.
func (m *matching) candidates(inns []company.INN) []Candidate {
	inns = slices.Clone(inns)
	slices.Sort(inns)
	out := make([]Candidate, 0, len(inns))
	for _, inn := range slices.Compact(inns) {
		out = append(out, m.candidate(inn))
	}
	return out
}

func (m *matching) candidate(inn company.INN) Candidate {
	if f := m.firms[inn]; f != nil {
		return Candidate{INN: inn, Name: f.name, City: f.city}
	}
	return Candidate{INN: inn, Name: "ИНН " + string(inn)} // only a person's decision names it
}

// common agrees with the noun of the evidence: телефон, сайт, but почта.
func common(kind string) string {
	if kind == kindEmail {
		return "общая"
	}
	return "общий"
}

// whyLetters is how long a reason may be: it stands in a cell, and names of
// companies run up to hundreds of letters.
const whyLetters = 200

// shortened cuts a sentence that is too long between words.
func shortened(s string) string {
	letters := []rune(s)
	if len(letters) <= whyLetters {
		return s
	}
	cut := string(letters[:whyLetters-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:—") + "…"
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = []rune(strings.ToUpper(string(r[0])))[0]
	}
	return string(r)
}
