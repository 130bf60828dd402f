package night

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Gain is what asking an enricher brought.
type Gain struct {
	Asked  int64                   `json:"asked"`
	Found  int64                   `json:"found"`
	New    map[company.Field]int64 `json:"new,omitempty"`          // companies and listings that lacked the field and have it now, by field
	Poison int64                   `json:"poison,omitempty"`       // answers about somebody else than who was asked for: nothing of them was taken
	Cost   int64                   `json:"cost_kopecks,omitempty"` // at most
}

// add returns the sum of two.
func (g Gain) add(o Gain) Gain {
	sum := Gain{Asked: g.Asked + o.Asked, Found: g.Found + o.Found, Poison: g.Poison + o.Poison, Cost: g.Cost + o.Cost}
	for _, part := range []map[company.Field]int64{g.New, o.New} {
		for f, n := range part {
			sum.gained(f, n)
		}
	}
	return sum
}

func (g *Gain) gained(f company.Field, n int64) {
	if g.New == nil {
		g.New = map[company.Field]int64{}
	}
	g.New[f] += n
}

// PoisonOutcome is the outcome of an answer that was not about who was asked for.
const PoisonOutcome = "poison"

// take counts an answer for a company that was handed out.
func (g *Gain) take(a *pipeline.Answer, asked *company.Company) {
	g.Asked++
	if a.Outcome == PoisonOutcome {
		g.Poison++
	}
	if !a.Found {
		return
	}
	g.Found++
	if asked == nil || a.Observation.INN != asked.INN {
		return // it may be another's: matching decides
	}
	seen := map[company.Field]bool{}
	for i := range a.Observation.Facts {
		f := a.Observation.Facts[i].Field
		if seen[f] {
			continue
		}
		seen[f] = true
		if !slices.ContainsFunc(asked.Values, func(v company.Value) bool { return v.Field == f && v.Wins }) {
			g.gained(f, 1)
		}
	}
}

// handed are the companies of asks that wait for their answers. Asks are taken and
// answers given in different goroutines.
type handed struct {
	mu  sync.Mutex
	out map[string]company.Company
}

func (h *handed) give(a *pipeline.Ask) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.out == nil {
		h.out = map[string]company.Company{}
	}
	h.out[a.ID] = a.Company
}

// back is the company of an ask that is answered; nil = there was no such ask.
func (h *handed) back(id string) *company.Company {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.out[id]
	if !ok {
		return nil
	}
	delete(h.out, id)
	return &c
}

// gainFields is how many fields a line names.
const gainFields = 4

// Fields names the new fields for people, the most first: «телефон 12, e-mail 9».
func (g *Gain) Fields() string {
	type line struct {
		title string
		n     int64
	}
	var all []line
	for f, n := range g.New {
		if info, known := f.Info(); known {
			all = append(all, line{lowerTitle(info.Title), n})
		}
	}
	slices.SortFunc(all, func(a, b line) int {
		if a.n != b.n {
			return int(b.n - a.n)
		}
		return strings.Compare(a.title, b.title)
	})
	var parts []string
	for _, l := range all[:min(len(all), gainFields)] {
		parts = append(parts, fmt.Sprintf("%s %d", l.title, l.n))
	}
	return strings.Join(parts, ", ")
}

// lowerTitle leaves abbreviations as they are: «E-mail», «ОГРН».
func lowerTitle(title string) string {
	letters := []rune(title)
	if len(letters) < 2 || letters[1] == '-' || strings.ToUpper(string(letters[1])) == string(letters[1]) {
		return title
	}
	return strings.ToLower(string(letters[0])) + string(letters[1:])
}
