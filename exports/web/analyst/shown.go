package analyst

import (
	"fmt"
	"strconv"
	"strings"
)

// Text is the estimate with its interval: «1,25 (0,9–1,6)».
func (e Estimate) Text() string {
	return fixed(e.Value, 2) + " (" + fixed(e.Low, 2) + "–" + fixed(e.High, 2) + ")"
}

// Range is the interval in per cent: «от 10 до 20 %».
func (e Estimate) Range() string {
	return "от " + fixed(100*e.Low, 0) + " до " + fixed(100*e.High, 0) + "\u00a0%"
}

func fixed(v float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', digits, 64), ".", ",", 1)
}

// Lacking is how many more must answer and be interested before points are
// suggested.
func (o *Outcomes) Lacking() (out struct{ Answered, Interested int }) {
	out.Answered = max(0, o.NeedAnswered-o.All.Answered)
	out.Interested = max(0, o.NeedInterested-o.All.Interested)
	return out
}

// Ready is how far the outcomes are from that, as bars.
func (o *Outcomes) Ready() (out struct{ Answered, Interested string }) {
	out.Answered = share(float64(o.All.Answered), float64(o.NeedAnswered))
	out.Interested = share(float64(o.All.Interested), float64(o.NeedInterested))
	return out
}

// tenthBar is a tenth of the lift curve.
type tenthBar struct {
	Tenth

	Number                 int
	ClassToday, ClassNew   string
	GainedToday, GainedNew string
}

// Bars is the lift curve.
func (l *Learned) Bars() []tenthBar {
	out := make([]tenthBar, len(l.Tenths))
	for i, t := range l.Tenths {
		out[i] = tenthBar{
			Tenth: t, Number: i + 1, ClassToday: share(t.GainedToday, 1), ClassNew: share(t.GainedNew, 1),
			GainedToday: fixed(100*t.GainedToday, 0), GainedNew: fixed(100*t.GainedNew, 0),
		}
	}
	return out
}

// NowText and NewText are the numbers of a suggestion.
func (s Suggestion) NowText() string { return decimal(s.Now) }

// NewText is the one that is suggested.
func (s Suggestion) NewText() string { return decimal(s.New) }

// NowUnknownText is the share where nothing is known.
func (s Suggestion) NowUnknownText() string { return decimal(s.NowUnknown) }

// NewUnknownText is the one that is suggested.
func (s Suggestion) NewUnknownText() string { return decimal(s.NewUnknown) }

// Changes tells that it differs from today's.
func (s Suggestion) Changes() bool { return s.Now != s.New || s.NowUnknown != s.NewUnknown }

// Class is the share of those interested as a bar.
func (b BandOutcome) Class() string { return share(b.Share.Value, 1) }

// INNs are those of all candidates.
func (m Match) INNs() []string {
	out := make([]string, len(m.Candidates))
	for i, c := range m.Candidates {
		out[i] = string(c.INN)
	}
	return out
}

// Pressure is a weight as a word: how much a comparison says.
func (p Piece) Pressure() string {
	switch w := max(p.Weight, -p.Weight); {
	case w >= 4000:
		return "весомо"
	case w >= 1500:
		return "заметно"
	}
	return "слабо"
}

// Balance is the equation of rows as it holds.
func (s Source) Balance() string {
	c := s.Counts
	return fmt.Sprintf("%d = %d + %d + %d", c.Read, c.Taken, c.NotWanted, c.Quarantined)
}

// AgeText is how old the release is.
func (s Source) AgeText() string {
	switch {
	case s.Age < 0:
		return ""
	case s.Age == 0:
		return "сегодняшний"
	}
	return fmt.Sprintf("%d дн. назад", s.Age)
}

// KnownText is the share of the weight of which something is known.
func (f *Firm) KnownText() string { return fixed(float64(f.Known)/10, 0) + "\u00a0%" }

// exact writes points with all their digits, so that what is shown adds up.
func exact(points int64) string {
	text := strings.TrimRight(strconv.FormatFloat(float64(points)/1000, 'f', 3, 64), "0")
	text = strings.Replace(strings.TrimSuffix(text, "."), ".", ",", 1)
	return strings.Replace(text, "-", "−", 1)
}

// TotalText is the score.
func (f *Firm) TotalText() string { return exact(f.Total) }

// TotalText is the group's part of the score.
func (g FirmGroup) TotalText() string { return exact(g.Total) }

// CapText is the most that the group gives.
func (g FirmGroup) CapText() string { return exact(g.Cap) }

// MaxText is the most that the signal gives.
func (l FirmLine) MaxText() string { return exact(l.Max) }

// PointsText are the points with their sign.
func (l FirmLine) PointsText() string {
	if l.Points > 0 {
		return "+" + exact(l.Points)
	}
	return exact(l.Points)
}
