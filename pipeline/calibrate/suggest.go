package calibrate

import (
	"cmp"
	"math"
	"slices"

	"obzvon/config"
)

// Weights are the numbers of a segments file that outcomes speak of.
type Weights struct {
	Signals []SignalWeights `json:"signals"` // in the file's order
	Caps    []float64       `json:"caps"`    // of the groups, in the file's order
}

// SignalWeights are those of one signal.
type SignalWeights struct {
	ID      string    `json:"id"`
	Points  float64   `json:"points"`
	Unknown float64   `json:"unknown"`         // share of Points, 0..1
	Steps   []float64 `json:"steps,omitempty"` // values of its ladder, 0..1; nil = it has none of its own
}

// WeightsOf reads the weights off a segments file.
func WeightsOf(s *config.Segments) Weights {
	var w Weights
	for _, c := range s.Signals {
		sw := SignalWeights{ID: c.ID, Points: c.Points, Unknown: c.Unknown}
		for _, st := range stepsOf(&s.Ladders, c.ID) {
			sw.Steps = append(sw.Steps, st.Value)
		}
		w.Signals = append(w.Signals, sw)
	}
	for _, g := range s.Groups {
		w.Caps = append(w.Caps, g.Cap)
	}
	return w
}

// Grains of what is suggested: nobody reads more digits than that.
const (
	pointGrain = 0.1
	shareGrain = 0.05
)

// suggest turns logits into points: the caps of groups that have signals share
// what the idle ones leave of 100, so that the best company there can be has all
// of it. A cap is never more than its group can give. ok is false where nothing
// counts for anything.
func (f *form) suggest(fit *fitted) (w Weights, ok bool) {
	sums := make([]float64, len(f.groups))
	caps := slices.Clone(fit.points[f.cells:])
	for i := range f.signals {
		sw, below := f.signals[i].weights(fit.points)
		caps[f.signals[i].group] -= below
		sums[f.signals[i].group] += sw.Points
		w.Signals = append(w.Signals, sw)
	}
	idle, all := 0.0, 0.0
	for g := range caps {
		if f.idle(g) {
			idle += f.groups[g].cap
			continue
		}
		caps[g] = max(0, min(caps[g], sums[g]))
		all += caps[g]
	}
	if all <= 0 {
		return w, false
	}
	scale := (100 - idle) / all
	for i := range w.Signals {
		x := &w.Signals[i]
		if x.Points = min(100, grain(x.Points*scale, pointGrain)); x.Points == 0 {
			x.Unknown, x.Steps = f.signals[i].share, slices.Clone(f.signals[i].steps) // shares of nothing
		}
	}
	for g := range caps {
		if f.idle(g) {
			caps[g] = f.groups[g].cap
		} else {
			caps[g] *= scale
		}
	}
	w.Caps = wholeTo(caps, 100)
	return w, true
}

// weights reads a signal's off the cells. Of a ladder only the differences count:
// what even its lowest step gives is the same for everybody, below.
func (s *signal) weights(points []float64) (w SignalWeights, below float64) {
	w.ID = s.id
	cells := points[s.first : s.unknown()+1]
	unknown := cells[len(cells)-1]
	if s.steps == nil {
		w.Points = cells[0]
	} else {
		below, w.Points = slices.Min(cells), slices.Max(cells)-slices.Min(cells)
	}
	share := func(p float64) float64 {
		if w.Points <= 0 {
			return 0
		}
		return min(1, grain((p-below)/w.Points, shareGrain))
	}
	w.Unknown = share(unknown)
	for i := range s.steps {
		w.Steps = append(w.Steps, share(cells[i]))
	}
	return w, below
}

// grain rounds to a multiple, without the dust of binary fractions.
func grain(v, size float64) float64 {
	return math.Round(math.Round(v/size)*size*1e6) / 1e6
}

// wholeTo rounds to tenths that add up to the sum, by the largest remainders.
func wholeTo(parts []float64, sum float64) []float64 {
	out, rest := make([]float64, len(parts)), int(math.Round(sum/pointGrain))
	order := make([]int, len(parts))
	for i, p := range parts {
		n := int(math.Floor(p/pointGrain + 1e-9))
		out[i], order[i], rest = float64(n), i, rest-n
	}
	remainder := func(i int) float64 { return parts[i]/pointGrain - out[i] }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainder(b), remainder(a)) })
	for i := range min(rest, len(order)) {
		out[order[i]]++
	}
	for i := range out {
		out[i] = grain(out[i]*pointGrain, pointGrain)
	}
	return out
}

// Apply puts the weights into a copy of the segments they were read from.
func (w *Weights) Apply(s *config.Segments) *config.Segments {
	out := *s
	out.Signals, out.Groups = slices.Clone(s.Signals), slices.Clone(s.Groups)
	own := out.Ladders.ByKey()
	for i, sw := range w.Signals {
		out.Signals[i].Points, out.Signals[i].Unknown = sw.Points, sw.Unknown
		if steps := own[ladderKeys[sw.ID]]; steps != nil && len(sw.Steps) == len(*steps) {
			*steps = slices.Clone(*steps)
			for n, v := range sw.Steps {
				(*steps)[n].Value = v
			}
		}
	}
	for g, limit := range w.Caps {
		out.Groups[g].Cap = limit
	}
	return &out
}
