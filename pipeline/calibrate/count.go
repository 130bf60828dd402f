package calibrate

import "obzvon/config"

// SignalCount is what came of calls by what was known of one signal.
type SignalCount struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Bands []BandCount `json:"bands"` // those with companies, from unknown to strong
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
		by := map[Band]*Counts{}
		for i := range samples {
			b := bandOf(samples[i].Values, c.ID)
			if by[b] == nil {
				by[b] = &Counts{}
			}
			by[b].add(&samples[i])
		}
		line := SignalCount{ID: c.ID, Title: c.Title, Bands: []BandCount{}}
		for _, b := range []Band{BandUnknown, BandNone, BandWeak, BandStrong} {
			if n := by[b]; n != nil {
				line.Bands = append(line.Bands, BandCount{b, *n, Wilson(n.Interested, n.Answered)})
			}
		}
		out = append(out, line)
	}
	return out
}
