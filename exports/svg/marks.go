package svg

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"obzvon/pipeline"
)

// mark is a series that draws itself, and a sample of itself for the legend.
type mark interface {
	plot.Plotter
	plot.Thumbnailer
}

// plotters are the series of the chart, which is so wide.
func plotters(c *pipeline.Chart, room float64) []mark {
	var out []mark
	for i, s := range c.Series {
		if c.Kind == pipeline.ChartLine {
			out = append(out, line{s.Values, draw.LineStyle{Color: colourOf(i), Width: 2, Dashes: dashOf(i)}})
			continue
		}
		b := bars{values: s.Values, place: i, of: len(c.Series), colour: colourOf(i), figures: style(sizeSmall, inkNote)}
		b.figures.XAlign = draw.XCenter
		slot := (room - yLabels) / float64(len(c.Labels))
		b.share = math.Min(barsShare/float64(len(c.Series)), widestBar/slot)
		b.room = vg.Length(slot * b.share)
		out = append(out, b)
	}
	return out
}

// grid is a line at each mark of the values, the one at nought darker.
type grid struct{}

// Plot draws it.
func (grid) Plot(c draw.Canvas, p *plot.Plot) {
	_, y := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		s := draw.LineStyle{Color: inkGrid, Width: 0.5}
		if t.Value == 0 {
			s = draw.LineStyle{Color: inkNote, Width: 0.75}
		}
		c.StrokeLine2(s, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
	}
}

const (
	barsShare = 0.76 // of a place that its bars take together
	widestBar = 72   // points
)

// bars is one series of bars, which share each place with those of the others.
type bars struct {
	values    []float64
	place, of int
	colour    rgb
	share     float64 // of a place that one bar takes
	figures   text.Style
	room      vg.Length // for one bar's figure
}

// Plot draws the bars, each with its figure where that is not wider.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, v := range b.values {
		if math.IsNaN(v) {
			continue
		}
		from := float64(i) + b.share*(float64(b.place)-float64(b.of)/2)
		left, right := x(from), x(from+b.share)
		c.FillPolygon(b.colour, []vg.Point{{X: left, Y: y(0)}, {X: left, Y: y(v)}, {X: right, Y: y(v)}, {X: right, Y: y(0)}})
		b.figure(&c, vg.Point{X: (left + right) / 2, Y: y(v)}, v)
	}
}

// figure writes a value at the end of its bar, if there is room.
func (b bars) figure(c *draw.Canvas, end vg.Point, v float64) {
	s, f := b.figures, number(v)
	if s.Width(f) > b.room {
		return
	}
	s.YAlign, end.Y = draw.YBottom, end.Y+2
	if v < 0 {
		s.YAlign, end.Y = draw.YTop, end.Y-4
	}
	c.FillText(s, end, f)
}

// Thumbnail is a patch of the colour.
func (b bars) Thumbnail(c *draw.Canvas) {
	c.FillPolygon(b.colour, []vg.Point{c.Min, {X: c.Min.X, Y: c.Max.Y}, c.Max, {X: c.Max.X, Y: c.Min.Y}})
}

// line is one series of a line chart.
type line struct {
	values []float64
	style  draw.LineStyle
}

const dotRadius = 2.5

// Plot draws the line, broken where there is nothing, with a dot at each value: so
// one between two gaps is seen.
func (l line) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var last *vg.Point
	for i, v := range l.values {
		if math.IsNaN(v) {
			last = nil
			continue
		}
		at := vg.Point{X: x(float64(i)), Y: y(v)}
		if last != nil {
			c.StrokeLine2(l.style, last.X, last.Y, at.X, at.Y)
		}
		l.dot(&c, at)
		last = &at
	}
}

func (l line) dot(c *draw.Canvas, at vg.Point) {
	c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: dotRadius, Shape: draw.CircleGlyph{}}, at)
}

// Thumbnail is a piece of the line.
func (l line) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(l.style, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
	l.dot(c, c.Center())
}
