package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The priorities in charts, dark to light.
var priorityColours = [3]string{"1F4E79", "2E9E8F", "F4B183"}

// chartRows is the room a chart takes below its table: 20 rows of 20 pixels.
const chartRows = 17

const (
	chartWidth  = 900
	chartHeight = 320
)

// chart puts a chart below the rows written so far and leaves room for it.
func (s *sheet) chart(c *excelize.Chart) error {
	if err := s.w.file.AddChart(s.name, at(1, s.row+2), c); err != nil {
		return fmt.Errorf("chart on sheet %q: %w", s.name, err)
	}
	s.row += chartRows + 1
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
	gap, overlap := uint(40), 100
	c := &excelize.Chart{
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Bold: true, Size: 12}}}},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		GapWidth:  &gap, Overlap: &overlap,
		ShowBlanksAs: "gap",
		YAxis:        excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatInt}},
		Format:       excelize.GraphicOptions{Positioning: "oneCell", AltText: title},
	}
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
