package calibrate

import "obzvon/config"

// SignalCount is what came of calls by what was known of one signal.
type SignalCount struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Bands []BandCount `json:"bands"` // those with companies, from unknown to strong
	Mute  bool        `json:"mute"`  // the same for all that were called: outcomes say nothing of it
}

// BandCount is one band of a signal's values.
type BandCount struct {
	Band Band `json:"band"`
	Counts
	Share Share `json:"share"` // interested of those that answered
}

// Band is how strong a signal was.
type Band string

// The bands.
const (
	BandUnknown Band = "unknown"
	BandNone    Band = "none"   // 0
	BandWeak    Band = "weak"   // below a half
	BandStrong  Band = "strong" // a half and more
)

// Title is the band's name for people.
func (b Band) Title() string {
	switch b {
	case BandUnknown:
		return "неизвестно"
	case BandNone:
		return "нет"
	case BandWeak:
		return "слабый"
	case BandStrong:
		return "сильный"
	}
	return ""
}

func bandOf(values map[string]float64, id string) Band {
	switch v, known := values[id]; {
	case !known:
		return BandUnknown
	case v <= 0:
		return BandNone
	case v < 0.5:
		return BandWeak
	}
	return BandStrong
}

// countSignals makes the table that stands whatever the threshold.
func countSignals(s *config.Segments, samples []Sample) []SignalCount {
	out := make([]SignalCount, 0, len(s.Signals))
	for _, c := range s.Signals {
		by, mute := map[Band]*Counts{}, true
		for i := range samples {
			mute = mute && sameValue(samples[0].Values, samples[i].Values, c.ID)
			b := bandOf(samples[i].Values, c.ID)
			if by[b] == nil {
				by[b] = &Counts{}
			}
			by[b].add(&samples[i])
		}
		line := SignalCount{ID: c.ID, Title: c.Title, Bands: []BandCount{}, Mute: mute}
		for _, b := range []Band{BandUnknown, BandNone, BandWeak, BandStrong} {
			if n := by[b]; n != nil {
				line.Bands = append(line.Bands, BandCount{b, *n, Wilson(n.Interested, n.Answered)})
			}
		}
		out = append(out, line)
	}
	return out
}

func sameValue(a, b map[string]float64, id string) bool {
	v, known := a[id]
	w, other := b[id]
	return known == other && v == w
}
