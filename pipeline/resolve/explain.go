package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

func (m *matching) result() Result {
	var res Result
	for n := range int32(len(m.listings)) {
		if j := m.listings[n].join; j != 0 {
			res.Joins = append(res.Joins, m.joins[j-1])
		} else {
			res.Unresolved = append(res.Unresolved, m.explain(n))
		}
	}
	return res
}

// explain says why a listing stayed alone. It asks in the order of reasons.
func (m *matching) explain(n int32) Unresolved {
	for _, ask := range []func(int32) (Unresolved, bool){m.conflict, m.namesakes, m.sharedClue, m.wrongOGRN, m.otherCity, m.commonNames, m.deniedOnly} {
		if u, ok := ask(n); ok {
			u.ID, u.Why = m.idOf(n), shortened(u.Why)
			return u
		}
	}
	if !m.usable(n) {
		return Unresolved{ID: m.idOf(n), Reason: ReasonBare, Why: whyBare}
	}
	return Unresolved{ID: m.idOf(n), Reason: ReasonUnknown, Why: whyUnknown}
}

func (m *matching) conflict(n int32) (Unresolved, bool) {
	points := m.points(n)
	var firms []int32
	var parts []string
	for _, p := range points {
		firms = append(firms, p.firm)
		parts = append(parts, fmt.Sprintf("%s — %s", said(p.evidence.Kind, p.evidence.Value), m.candidate(p.firm).Name))
	}
	return Unresolved{
		Reason: ReasonConflict, Candidates: m.candidates(firms),
		Why: "Данные карточки указывают на разные компании: " + strings.Join(parts, "; ") + ".",
	}, len(points) > 0 // one company only would have been joined
}

func (m *matching) namesakes(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		value := m.tokens.at(c.mark)
		if m.tokens.space(c.mark) != spaceName || !telling(value) {
			continue
		}
		if found := m.open(n, m.namesakesHere(n, c)); len(found) > 1 {
			return Unresolved{
				Reason: ReasonNamesakes, Candidates: m.candidates(found),
				Why: fmt.Sprintf("В городе несколько компаний с названием «%s» (%d).", value, len(found)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) sharedClue(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		k, value := m.lead(c.mark), m.tokens.at(c.mark)
		if m.tokens.space(c.mark) == spaceName || len(k.firms) == 0 {
			continue
		}
		firms := max(len(k.firms), len(k.signs))
		found := m.open(n, k.firms)
		if len(found) == 0 || len(k.firms) == 1 && (m.tokens.space(c.mark) == spaceOGRN || len(k.signs) < m.shared) {
			continue
		}
		more := ""
		if k.more || len(k.signs) >= m.shared {
			more = " или больше"
		}
		return Unresolved{
			Reason: ReasonShared, Candidates: m.candidates(found),
			Why: fmt.Sprintf("%s: %s для нескольких фирм (%d%s).", upperFirst(said(kindOrder[c.kind], value)), common(kindOrder[c.kind]), firms, more),
		}, true
	}
	return Unresolved{}, false
}

func (m *matching) wrongOGRN(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		f, ok := m.pointsTo(n, c)
		if ok && !m.denied(n, f) && m.otherOGRN(n, f) {
			cand := m.candidates([]int32{f})
			return Unresolved{
				Reason: ReasonOtherOGRN, Candidates: cand,
				Why: fmt.Sprintf("Совпадает %s, но у компании %s другой ОГРН.", said(kindOrder[c.kind], m.tokens.at(c.mark)), nameList(cand)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) otherCity(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		k, value := m.lead(c.mark), m.tokens.at(c.mark)
		if m.tokens.space(c.mark) != spaceName || !telling(value) || len(k.firms) >= commonName {
			continue
		}
		if found := m.open(n, k.firms); len(found) > 0 {
			cand := m.candidates(found)
			return Unresolved{
				Reason: ReasonOtherCity, Candidates: cand,
				Why: fmt.Sprintf("Совпадает только название, а %s: %s.", m.whatDiffers(n), nameList(cand)),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) whatDiffers(n int32) string {
	if m.listings[n].place.city == 0 {
		return "город в карточке не указан"
	}
	return "город или форма другие"
}

func (m *matching) commonNames(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		k, value := m.lead(c.mark), m.tokens.at(c.mark)
		if m.tokens.space(c.mark) == spaceName && len(m.open(n, k.firms)) > 0 {
			return Unresolved{
				Reason: ReasonCommonName,
				Why:    fmt.Sprintf("Совпадает только название «%s», а оно слишком общее, чтобы узнать по нему компанию.", value),
			}, true
		}
	}
	return Unresolved{}, false
}

func (m *matching) deniedOnly(n int32) (Unresolved, bool) {
	for _, c := range m.refsOf(n) {
		if f, ok := m.pointsTo(n, c); ok && m.denied(n, f) {
			return Unresolved{Reason: ReasonDenied, Why: whyDenied, Candidates: m.candidates([]int32{f})}, true
		}
	}
	return Unresolved{}, false
}

// usable tells whether the listing has anything that could ever be evidence.
func (m *matching) usable(n int32) bool {
	return slices.ContainsFunc(m.refsOf(n), func(c ref) bool {
		return m.tokens.space(c.mark) != spaceName || telling(m.tokens.at(c.mark))
	})
}

// open leaves out companies that a person denied.
func (m *matching) open(n int32, firms []int32) []int32 {
	var out []int32
	for _, f := range firms {
		if !m.denied(n, f) {
			out = append(out, f)
		}
	}
	return out
}

// candidates describes companies by rising ИНН, each once.
func (m *matching) candidates(firms []int32) []Candidate {
	out := make([]Candidate, 0, len(firms))
	for _, f := range firms {
		out = append(out, m.candidate(f))
	}
	slices.SortFunc(out, func(a, b Candidate) int { return cmp.Compare(a.INN, b.INN) })
	return slices.Compact(out)
}

func (m *matching) candidate(f int32) Candidate {
	one := &m.firms[f]
	return Candidate{INN: one.inn, Name: one.name, City: one.city}
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
