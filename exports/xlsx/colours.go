package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// callColours greys a row whose result is in, shows the hour of a next
// contact that has one, and asks for a date where one was promised.
func (w *workbook) callColours(sheet string, result, next, columns, last int) error {
	done, err := w.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: inkDone}, Fill: conditional(fillDone)})
	if err != nil {
		return fmt.Errorf("colours of sheet %q: %w", sheet, err)
	}
	missing, err := w.file.NewConditionalStyle(&excelize.Style{Fill: conditional(fillMissing)})
	if err != nil {
		return fmt.Errorf("colours of sheet %q: %w", sheet, err)
	}
	format := formatTime
	hour, err := w.file.NewConditionalStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return fmt.Errorf("colours of sheet %q: %w", sheet, err)
	}
	resultCol, nextCol := letter(result), letter(next)
	nextCells := area(next, 2, next, last)
	rules := []struct {
		cells, formula string
		style          int
	}{
		{nextCells, fmt.Sprintf(`AND($%s2="%s",$%s2="")`, resultCol, outcomeCallback, nextCol), missing},
		{nextCells, fmt.Sprintf(`AND(ISNUMBER($%s2),MOD($%s2,1)>0)`, nextCol, nextCol), hour},
		{area(1, 2, columns, last), fmt.Sprintf(`LEN(TRIM($%s2))>0`, resultCol), done},
	}
	for _, r := range rules {
		err := w.file.SetConditionalFormat(sheet, r.cells, []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: r.formula, Format: &r.style},
		})
		if err != nil {
			return fmt.Errorf("colours of sheet %q: %w", sheet, err)
		}
	}
	return nil
}

// conditional is a fill in a rule, where the pattern's background counts.
func conditional(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func letter(col int) string { return strings.TrimSuffix(at(col, 1), "1") }
