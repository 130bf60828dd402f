package score

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// verdict answers in one sentence.
func verdict(e *Explanation) string {
	switch {
	case len(e.Vetoes) > 0:
		texts := make([]string, len(e.Vetoes))
		for i, v := range e.Vetoes {
			texts[i] = v.Text
		}
		return "Не звоним: " + strings.Join(texts, "; ") + "."
	case !e.Lead && len(e.Near) > 0:
		return "Вне сегментов: ни один не подошёл полностью."
	case !e.Lead:
		return "Вне сегментов: ни коды, ни название, ни рубрики не подходят."
	case !e.Dialable:
		return "Подходит, но звонить пока некуда: нет номера телефона."
	}
	return "Подходит для обзвона."
}

// WriteText writes the explanation as an answer in Russian.
func (e *Explanation) WriteText(w io.Writer) error {
	var b bytes.Buffer
	e.writeHead(&b)
	e.writeSegments(&b)
	e.writeContributions(&b)
	if len(e.Notes) > 0 {
		fmt.Fprintf(&b, "\nОбратите внимание: %s.\n", strings.Join(e.Notes, ", "))
	}
	if len(e.Missing) > 0 {
		fmt.Fprintf(&b, "\nЧего не знаем: %s.\n", strings.Join(e.Missing, ", "))
	}
	fmt.Fprintf(&b, "Посчитано на %s, файл сегментов %s.\n", e.Day.Russian(), e.Weights)
	_, err := w.Write(b.Bytes())
	return err
}

func (e *Explanation) writeHead(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s, ИНН %s", e.Name, e.INN)
	if e.City != "" {
		fmt.Fprintf(b, ", %s", e.City)
	}
	fmt.Fprintf(b, "\n%s\n", e.Verdict)
	if !e.Lead {
		if e.Activity != "" {
			fmt.Fprintf(b, "Основной вид деятельности: %s.\n", e.Activity)
		}
		return
	}
	fmt.Fprintf(b, "%s, приоритет %d: %s из 100 баллов, известно %s веса.\n", e.Segment, e.Priority, e.Total, percent(e.Known))
	if e.Intent > 0 {
		fmt.Fprintf(b, "Из них за потребность сейчас: %s.\n", e.Intent)
	}
	if e.Why != "" {
		fmt.Fprintf(b, "Почему: %s\n", e.Why)
	}
}

func (e *Explanation) writeSegments(b *bytes.Buffer) {
	if len(e.Fits) > 0 {
		title := "Подходит сегментам"
		if !e.Lead {
			title = "Подошла бы сегментам"
		}
		fmt.Fprintf(b, "\n%s:\n", title)
		writeTable(b, func(t io.Writer) {
			for _, s := range e.Fits {
				mark := " "
				if s.Wins {
					mark = "*"
				}
				fmt.Fprintf(t, "%s %s\tприоритет %d\t%s\t%s\n", mark, s.Title, s.Priority, s.Total, s.By)
			}
		})
	}
	if len(e.Near) > 0 {
		fmt.Fprintf(b, "\nПочти подошли:\n")
		writeTable(b, func(t io.Writer) {
			for _, n := range e.Near {
				fmt.Fprintf(t, "  %s\t%s\n", n.Title, n.Reason)
			}
		})
	}
}

func (e *Explanation) writeContributions(b *bytes.Buffer) {
	if len(e.Groups) == 0 {
		return
	}
	fmt.Fprintf(b, "\nИз чего сложился балл:\n")
	writeTable(b, func(t io.Writer) {
		for _, g := range e.Groups {
			if len(g.Contributions) == 0 {
				continue
			}
			fmt.Fprintf(t, "%s\t%s\tиз %s\t\n", g.Title, g.Total, g.Cap)
			for _, c := range g.Contributions {
				fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", c.Title, c.Points.Signed(), c.most(), c.grounds())
			}
		}
		fmt.Fprintf(t, "Итого\t%s\tиз 100\t\n", e.Total)
	})
}

// most is the most the signal could give, where that says anything.
func (c *Contribution) most() string {
	if c.Signal == OverCap {
		return ""
	}
	return "из " + c.Max.String()
}

// grounds is the evidence with its source and date.
func (c *Contribution) grounds() string {
	if c.Source == "" {
		return c.Evidence
	}
	if !c.Date.Known() {
		return c.Evidence + " [" + c.Source + "]"
	}
	return c.Evidence + " [" + c.Source + ", " + c.Date.Russian() + "]"
}

func percent(thousandths int) string { return strconv.Itoa((thousandths+5)/10) + " %" }

// writeTable lines up what fill writes: cells end with tabs, rows with line
// feeds.
func writeTable(b *bytes.Buffer, fill func(t io.Writer)) {
	var lines bytes.Buffer
	t := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fill(t)
	_ = t.Flush() // a buffer takes everything
	for line := range bytes.Lines(lines.Bytes()) {
		b.Write(bytes.TrimRight(line, " \n"))
		b.WriteByte('\n')
	}
}
