package xlsx

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// The plan's charts stand two in a row, over the tables; their figures to the right
// of what is printed.
const (
	planChartWidth  = 640 // excelize's pixels: half of the tables' columns
	planChartHeight = (planChartRows - 1) * rowPixels
	planChartRows   = 16 // one free
	turnLabels      = 12 // more are turned
	rightChart      = 5  // the column of every second one
	chartData       = len(summaryWidths) + 2
)

// seriesColours tell series apart; those of more begin anew.
var seriesColours = [...]string{"1F4E79", "F4B183", "2E9E8F", "7F7F7F", "C55A11", "8064A2", "4BACC6"}

// planCharts draws the charts, and writes the figures that they show.
func (s *sheet) planCharts(page *paging, charts []pipeline.Chart) error {
	if len(charts) == 0 {
		return nil
	}
	lines := (len(charts) + 1) / 2 * planChartRows
	if err := page.keep(sectionHeight + float64(lines)*lineHeight); err != nil {
		return err
	}
	if err := s.section("План в графиках", len(summaryWidths)); err != nil {
		return err
	}
	top, col := s.row+1, chartData
	figures := make([][]any, lines)
	for i := range charts {
		c := &charts[i]
		if !drawable(c) {
			continue
		}
		var err error
		if figures, err = s.chartFigures(figures, c, col); err != nil {
			return err
		}
		place := at(1+(rightChart-1)*(i%2), top+i/2*planChartRows)
		if err := s.w.file.AddChart(s.name, place, planChart(s.name, c, col, top)); err != nil {
			return fmt.Errorf("chart %q on sheet %q: %w", c.ID, s.name, err)
		}
		col += len(c.Series) + 2
	}
	for _, row := range figures {
		s.row++ // as high as rows are by themselves: the charts are measured in them
		if row == nil {
			continue
		}
		if err := s.stream.SetRow(at(chartData, s.row), row); err != nil {
			return fmt.Errorf("write row %d of sheet %q: %w", s.row, s.name, err)
		}
	}
	return nil
}

// drawable tells a chart that has a place and a series.
func drawable(c *pipeline.Chart) bool {
	for _, series := range c.Series {
		if len(series.Values) != len(c.Labels) {
			return false
		}
	}
	return len(c.Labels) > 0 && len(c.Series) > 0
}

// chartFigures puts the labels and values of a chart into rows, from a column on.
func (s *sheet) chartFigures(rows [][]any, c *pipeline.Chart, col int) ([][]any, error) {
	note, err := s.w.style(look{kind: kindNote})
	if err != nil {
		return nil, err
	}
	number, err := s.w.style(look{kind: kindInt})
	if err != nil {
		return nil, err
	}
	put := func(row, at, style int, value any) {
		for len(rows) <= row {
			rows = append(rows, nil)
		}
		for len(rows[row]) <= at-chartData {
			rows[row] = append(rows[row], nil)
		}
		rows[row][at-chartData] = excelize.Cell{StyleID: style, Value: cleanValue(value)}
	}
	put(0, col, note, c.Title)
	for i, label := range c.Labels {
		put(i+1, col, note, label)
	}
	for n, series := range c.Series {
		put(0, col+n+1, note, series.Title)
		for i, v := range series.Values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				put(i+1, col+n+1, number, v)
			}
		}
	}
	return rows, nil
}

// planChart draws the figures that begin in a cell.
func planChart(sheet string, c *pipeline.Chart, col, row int) *excelize.Chart {
	title := c.Title
	if c.Unit != "" {
		title += ", " + c.Unit
	}
	out := chartFrame(clean(title))
	out.Dimension = excelize.ChartDimension{Width: planChartWidth, Height: planChartHeight}
	gap, overlap := uint(60), 0
	out.GapWidth, out.Overlap = &gap, &overlap
	out.Type = excelize.Col
	if c.Kind == pipeline.ChartLine {
		out.Type = excelize.Line
	}
	if len(c.Labels) > turnLabels {
		out.XAxis.Alignment.TextRotation = -45
	}
	if len(c.Series) == 1 {
		out.Legend.Position = "none"
	}
	for i := range c.Series {
		colour := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{seriesColours[i%len(seriesColours)]}}
		at, last := letter(col+i+1), row+len(c.Labels)
		out.Series = append(out.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", sheet, at, row),
			Categories: fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, letter(col), row+1, letter(col), last),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, at, row+1, at, last),
			Fill:       colour, Line: excelize.LineOptions{Width: 2},
			Marker: excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: colour},
		})
	}
	return out
}
