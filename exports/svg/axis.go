package svg

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"obzvon/pipeline"
)

// yAxis runs over nought and all values, with marks at round numbers.
func yAxis(p *plot.Plot, c *pipeline.Chart) {
	low, high, whole := 0.0, 0.0, true
	for _, s := range c.Series {
		for _, v := range s.Values {
			if math.IsNaN(v) {
				continue
			}
			low, high = math.Min(low, v), math.Max(high, v)
			whole = whole && v == math.Trunc(v)
		}
	}
	marks := ticks(low, high, whole)
	p.Y.Min, p.Y.Max = marks[0].Value, marks[len(marks)-1].Value
	p.Y.Tick.Marker = marks
	p.Y.Tick.Label = style(sizeText, inkNote)
	p.Y.Tick.Label.XAlign, p.Y.Tick.Label.YAlign = draw.XRight, draw.YCenter
	p.Y.Tick.Length, p.Y.Width, p.Y.Padding = 0, 0, 2
}

const (
	wantedTicks = 5    // about so many marks the values' axis has
	smallest    = 1e-9 // values as near as that are one
)

// ticks are round numbers around low and high, one beyond each but nought. Whole
// values have no marks between.
func ticks(low, high float64, whole bool) plot.ConstantTicks {
	if high-low < smallest {
		high = low + 1
	}
	step := roundStep((high - low) / wantedTicks)
	if whole {
		step = math.Max(step, 1)
	}
	var marks plot.ConstantTicks
	for i := math.Floor(low / step); i <= math.Ceil(high/step); i++ {
		marks = append(marks, plot.Tick{Value: i * step, Label: number(i * step)})
	}
	return marks
}

// roundStep is the least of 1, 2, 5 times a power of ten that is not below.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= least {
			return n * power
		}
	}
	return 10 * power
}

// number writes a value as people read it: «1 200», «0,5».
func number(v float64) string {
	if v == math.Trunc(v) || math.Abs(v) >= 100 {
		return pipeline.Value{Number: v, Kind: pipeline.ValueCount}.String()
	}
	return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), ".", ",", 1)
}

const (
	yLabels    = 50  // about what the numbers beside the axis take
	lineHeight = 16  // of labels that are turned
	labelGap   = 5   // below the picture
	longest    = 110 // of a label that is turned
	leastLeft  = 20  // of the numbers beside the axis
)

// xAxis names the places, one beside the other from 0. Names too long for their
// place are turned, and shortened if need be; of too many every n-th is named.
func xAxis(p *plot.Plot, labels []string, room float64) {
	slot := (room - yLabels) / float64(len(labels))
	s := style(sizeText, inkNote)
	s.XAlign, s.YAlign = draw.XCenter, draw.YTop
	turned := false
	for _, l := range labels {
		turned = turned || float64(s.Width(clean(l))) > slot-4
	}
	every, long := 1, vg.Length(slot)
	if turned {
		s.Rotation, s.XAlign, s.YAlign = math.Pi/4, draw.XRight, draw.YCenter
		every = max(1, int(math.Ceil(lineHeight/slot)))
		long = vg.Length(min(longest, math.Sqrt2*(margin+leastLeft+slot/2))) // the first begins at the edge of the page
	}
	var marks plot.ConstantTicks
	for i := 0; i < len(labels); i += every {
		straight := s
		straight.Rotation = 0
		marks = append(marks, plot.Tick{Value: float64(i), Label: fit(straight, labels[i], long)})
	}
	p.X.Min, p.X.Max = -0.5, float64(len(labels))-0.5
	p.X.Tick.Marker, p.X.Tick.Label, p.X.Tick.Length = marks, s, 0
	p.X.Width, p.X.Padding = 0, labelGap
}
