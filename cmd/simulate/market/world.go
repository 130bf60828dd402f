package market

import (
	"fmt"
	"math/rand/v2"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// world is a market as the program sees it on the first day: only leads that can
// be dialled.
type world struct {
	seed     uint64
	segments *config.Segments
	day      company.Date
	firms    []firm
	rows     []score.Row
	hidden   float64 // spread of what nothing shows
}

// newWorld draws firms until so many of them are leads.
func newWorld(segments *config.Segments, seed uint64, leads int, day company.Date, hidden float64) (*world, error) {
	w := &world{seed: seed, segments: segments, day: day, hidden: hidden}
	scorer, err := w.scorer(segments, day)
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(seed, 1))
	for serial := 1; len(w.firms) < leads; serial++ {
		f := drawFirm(r, serial, segments, hidden)
		c := w.company(&f)
		row := score.RowOf(scorer.Matcher(), nil, &c)
		if res := scorer.Score(&row); res.Lead() && res.Dialable() && res.Priority == 1 {
			w.firms, w.rows = append(w.firms, f), append(w.rows, row)
		}
	}
	return w, nil
}

// company is what the sources tell of a firm; the same each time.
func (w *world) company(f *firm) company.Company {
	r := rand.New(rand.NewPCG(w.seed, uint64(f.serial)<<8|2))
	for i := range w.segments.Segments {
		if s := &w.segments.Segments[i]; s.ID == f.segment {
			return f.seen(r, s, w.day)
		}
	}
	return company.Company{}
}

func (w *world) scorer(segments *config.Segments, day company.Date) (*score.Scorer, error) {
	s, err := score.New(segments, score.Options{Today: day, SellerRegion: "77"})
	if err != nil {
		return nil, fmt.Errorf("score the invented market: %w", err)
	}
	return s, nil
}

// values are those of each signal that is known of a firm, 0..1.
func (w *world) values(s *score.Scorer, i int) map[string]float64 {
	c := w.company(&w.firms[i])
	out := map[string]float64{}
	for _, g := range s.Explain(&w.rows[i], &c).Groups {
		for _, line := range g.Contributions {
			if line.Known && line.Signal != score.OverCap {
				out[line.Signal] = line.Value
			}
		}
	}
	return out
}
