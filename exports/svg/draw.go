package svg

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"obzvon/pipeline"
)

// Why a chart cannot be drawn.
var (
	ErrShape = errors.New("a series has another number of values than the chart has labels")
	ErrKind  = errors.New("unknown kind of chart")
	ErrValue = errors.New("value beyond what can be drawn")
)

// The page, in points.
const (
	width    = 720
	height   = 400
	margin   = 14
	headline = 50 // height of the title with the unit below it
)

// largest is beyond any figure of ours; floats hold whole numbers up to here.
const largest = 1e15

// Draw returns the chart as an SVG document. NaN leaves a gap; a chart without a
// value says so in words.
func Draw(c *pipeline.Chart) ([]byte, error) {
	if err := check(c); err != nil {
		return nil, fmt.Errorf("draw chart %q: %w", c.ID, err)
	}
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, height))
	page := draw.New(canvas)
	page.SetColor(paper)
	page.Fill(page.Path())
	page = draw.Crop(page, margin, -margin, margin, -margin)
	heading(page, c)
	body := draw.Crop(page, 0, 0, 0, -headline)
	if empty(c) {
		s := style(sizeText, inkNote)
		s.XAlign, s.YAlign = draw.XCenter, draw.YCenter
		body.FillText(s, body.Center(), "Данных пока нет")
	} else {
		figure(body, c)
	}
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("draw chart %q: %w", c.ID, err)
	}
	return document(c, out.Bytes())
}

func check(c *pipeline.Chart) error {
	if c.Kind != pipeline.ChartBars && c.Kind != pipeline.ChartLine {
		return fmt.Errorf("%q: %w", c.Kind, ErrKind)
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Labels) {
			return fmt.Errorf("series %q: %w", s.Title, ErrShape)
		}
		for _, v := range s.Values {
			if math.Abs(v) > largest {
				return fmt.Errorf("series %q: %g: %w", s.Title, v, ErrValue)
			}
		}
	}
	return nil
}

// empty tells a chart that has nothing to show.
func empty(c *pipeline.Chart) bool {
	return !slices.ContainsFunc(c.Series, func(s pipeline.Series) bool {
		return slices.ContainsFunc(s.Values, func(v float64) bool { return !math.IsNaN(v) })
	})
}

// heading writes the title, and below it what the values are.
func heading(page draw.Canvas, c *pipeline.Chart) {
	title, unit := style(sizeTitle, ink), style(sizeText, inkNote)
	title.Font.Weight = bold
	title.YAlign, unit.YAlign = draw.YTop, draw.YTop
	top := page.Max.Y
	page.FillText(title, vg.Point{X: page.Min.X, Y: top}, fit(title, c.Title, page.Size().X))
	page.FillText(unit, vg.Point{X: page.Min.X, Y: top - 22}, fit(unit, c.Unit, page.Size().X))
}

// figure draws axes and series; several series have a legend beside them.
func figure(body draw.Canvas, c *pipeline.Chart) {
	p := plot.New()
	p.BackgroundColor = nil
	room := body
	if len(c.Series) > 1 {
		room = draw.Crop(body, 0, -legendWidth-margin, 0, 0)
	}
	yAxis(p, c)
	xAxis(p, c.Labels, float64(room.Size().X))
	p.Add(grid{})
	series := plotters(c, float64(room.Size().X))
	for _, s := range series {
		p.Add(s)
	}
	p.Draw(room)
	if len(c.Series) > 1 {
		legend(draw.Crop(body, body.Size().X-legendWidth, 0, 0, 0), c, series)
	}
}

const (
	legendWidth = 130
	thumbWidth  = 18
	legendStep  = 5 // between two lines
)

// legend names the series, from the top; what does not fit is counted.
func legend(side draw.Canvas, c *pipeline.Chart, series []mark) {
	l := plot.NewLegend()
	l.Top, l.Left, l.Padding, l.ThumbnailWidth = true, true, legendStep, thumbWidth
	l.TextStyle = style(sizeText, ink)
	lines := int(side.Size().Y / (l.TextStyle.Height("Ж") + legendStep))
	for i, s := range c.Series {
		if i == lines-1 && len(c.Series) > lines {
			l.Add(fmt.Sprintf("и ещё %d", len(c.Series)-i))
			break
		}
		l.Add(fit(l.TextStyle, s.Title, legendWidth-thumbWidth-8), series[i])
	}
	l.Draw(side)
}

// style is text of our font.
func style(size vg.Length, colour rgb) text.Style {
	return text.Style{Font: sans(size), Color: colour, Handler: plot.DefaultTextHandler}
}
