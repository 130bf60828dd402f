package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The priorities in charts, dark to light.
var priorityColours = [3]string{"1F4E79", "2E9E8F", "F4B183"}

// The charts stand one below the other to the right of the tables, so that
// both are on the first page.
const (
	chartWidth    = 495 // excelize's pixels, the columns beside the tables
	chartHeight   = (chartRows - 1) * rowPixels
	chartFirstRow = 4
	chartRows     = 13 // one free
)

// rowPixels are those of a row by excelize's count, which sets where a chart ends.
const rowPixels = 18

// chart puts the n-th chart in its place.
func (s *sheet) chart(c *excelize.Chart, n int) error {
	if err := s.w.file.AddChart(s.name, at(tableColumns+1, s.top+chartFirstRow+n*chartRows), c); err != nil {
		return fmt.Errorf("chart on sheet %q: %w", s.name, err)
	}
	return nil
}

// belowCharts goes on below the charts, when the tables were short.
func (s *sheet) belowCharts() error {
	s.row = max(s.row, s.top+chartFirstRow+2*chartRows)
	return nil
}

// segmentChart: leads by segment, coloured by priority.
func segmentChart(sheet string, first, last int) *excelize.Chart {
	c := priorityChart(sheet, first, last, "Компании по сегментам и приоритетам")
	c.Type = excelize.BarStacked
	c.XAxis.ReverseOrder = true // first segment on top
	return c
}

// scoreChart: how many leads have which score, stacked by priority.
func scoreChart(sheet string, first, last int) *excelize.Chart {
	c := priorityChart(sheet, first, last, "Сколько компаний с каким баллом")
	c.Type = excelize.ColStacked
	return c
}

// priorityChart draws columns B to D of a table, one series per priority.
func priorityChart(sheet string, first, last int, title string) *excelize.Chart {
	c := chartFrame(title)
	gap, overlap := uint(40), 100
	c.Dimension = excelize.ChartDimension{Width: chartWidth, Height: chartHeight}
	c.GapWidth, c.Overlap = &gap, &overlap
	for i, colour := range priorityColours {
		col := letter(i + 2)
		c.Series = append(c.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", sheet, col, first-1),
			Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", sheet, first, last),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, col, first, col, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		})
	}
	return c
}

// chartFrame is what all charts have alike. They span cells, so that none lies over
// another where rows are lower; with "oneCell" excelize would write one that ends in
// the cell where it begins.
func chartFrame(title string) *excelize.Chart {
	vary := false
	return &excelize.Chart{
		Title:        excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontName, Bold: true, Size: 11}}}},
		Legend:       excelize.ChartLegend{Position: "bottom"},
		ShowBlanksAs: "gap", VaryColors: &vary,
		XAxis: excelize.ChartAxis{Font: excelize.Font{Family: fontName, Size: 9, Color: inkNote}},
		YAxis: excelize.ChartAxis{
			MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatInt},
			Font: excelize.Font{Family: fontName, Size: 9, Color: inkNote},
		},
		Format: excelize.GraphicOptions{Positioning: "twoCell", AltText: title},
	}
}
