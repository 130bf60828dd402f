package score

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteText writes the comparison in Russian, short enough for a terminal.
func (p *Preview) WriteText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Файл сегментов %s → %s, %s.\n", p.Before.Segments, p.After.Segments, count(p.Companies, "компания", "компании", "компаний"))
	fmt.Fprintf(&b, "Балл вырос у %s, снизился у %s, прежний у %s; сменили сегмент %s.\n",
		grouped(p.Changed.Up), grouped(p.Changed.Down), grouped(p.Changed.Same), grouped(p.Changed.Segment))
	p.writeMoves(&b)
	p.writeTop(&b)
	p.writeBands(&b)
	p.writeSegments(&b)
	p.writeNewCodes(&b)
	_, err := w.Write(b.Bytes())
	return err
}

func (p *Preview) writeMoves(b *bytes.Buffer) {
	if p.Changed.Standing == 0 {
		fmt.Fprintf(b, "\nПриоритет ни у кого не меняется.\n")
		return
	}
	fmt.Fprintf(b, "\nПриоритет меняют: %s.\n", count(p.Changed.Standing, "компания", "компании", "компаний"))
	writeTable(b, func(t io.Writer) {
		for _, m := range p.Moves {
			fmt.Fprintf(t, "  %s → %s\t%s\n", m.From.words(), m.To.words(), grouped(m.Count))
		}
	})
	if len(p.Movers) == 0 {
		return
	}
	fmt.Fprintf(b, "Самые сильные из них:\n")
	writeTable(b, func(t io.Writer) {
		for i := range p.Movers {
			m := &p.Movers[i]
			fmt.Fprintf(t, "  %s\t%s\t%s → %s\n", m.title(), m.totals(), m.From.words(), m.To.words())
		}
	})
}

func (s Standing) words() string {
	switch s {
	case StandingOutside:
		return "вне сегментов"
	case StandingVetoed:
		return "не звоним"
	}
	return "приоритет " + string(s)
}

func (m *Mover) title() string {
	if m.Name == "" {
		return "ИНН " + string(m.INN)
	}
	return m.Name + ", ИНН " + string(m.INN)
}

func (m *Mover) totals() string { return m.TotalBefore.String() + " → " + m.TotalAfter.String() }

func (p *Preview) writeTop(b *bytes.Buffer) {
	if p.Entered.Count+p.Left.Count == 0 {
		fmt.Fprintf(b, "\nСостав топ-%d прежний.\n", p.Top)
		return
	}
	fmt.Fprintf(b, "\nТоп-%d: входят %s, выходят %s.\n", p.Top, grouped(int64(p.Entered.Count)), grouped(int64(p.Left.Count)))
	writeTable(b, func(t io.Writer) {
		for i := range p.Entered.Named {
			m := &p.Entered.Named[i]
			fmt.Fprintf(t, "  + %d-е место\t%s\t%s\n", m.PlaceAfter, m.title(), m.totals())
		}
		for i := range p.Left.Named {
			m := &p.Left.Named[i]
			fmt.Fprintf(t, "  − было %d-е\t%s\t%s\n", m.PlaceBefore, m.title(), m.totals())
		}
	})
	if more := p.Entered.Count + p.Left.Count - len(p.Entered.Named) - len(p.Left.Named); more > 0 {
		fmt.Fprintf(b, "  и ещё %s.\n", grouped(int64(more)))
	}
}

func (p *Preview) writeBands(b *bytes.Buffer) {
	fmt.Fprintf(b, "\nРаспределение по баллам:\n")
	writeTable(b, func(t io.Writer) {
		fmt.Fprintf(t, "  баллы\tбыло\tстанет\t\n")
		for n := Bands - 1; n >= 0; n-- {
			if was, will := p.Before.Bands[n], p.After.Bands[n]; was+will > 0 {
				fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", bandText(n), grouped(was), grouped(will), difference(was, will))
			}
		}
		line := func(title string, was, will int64) {
			fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", title, grouped(was), grouped(will), difference(was, will))
		}
		line("всего подходят", p.Before.Leads, p.After.Leads)
		line("вне сегментов", p.Before.Outside, p.After.Outside)
		line("не звоним", p.Before.Vetoed, p.After.Vetoed)
	})
}

// bandText names a band; totals are fractions, so a band ends where the next
// begins.
func bandText(n int) string { return fmt.Sprintf("%d–%d", n*10, n*10+10) }

func difference(was, will int64) string {
	switch {
	case will > was:
		return "+" + grouped(will-was)
	case will < was:
		return grouped(will - was)
	}
	return ""
}

func (p *Preview) writeSegments(b *bytes.Buffer) {
	fmt.Fprintf(b, "\nПо сегментам:\n")
	writeTable(b, func(t io.Writer) {
		fmt.Fprintf(t, "  сегмент\tприоритет\tбыло\tстанет\t\n")
		for _, id := range p.segmentIDs() {
			was, will := lineOf(p.Before.Lines, id), lineOf(p.After.Lines, id)
			shown := will
			if shown.ID == "" {
				shown = was
			}
			priority := strconv.Itoa(shown.Priority)
			if was.ID != "" && will.ID != "" && was.Priority != will.Priority {
				priority = fmt.Sprintf("%d → %d", was.Priority, will.Priority)
			}
			fmt.Fprintf(t, "  %s\t%s\t%s\t%s\t%s\n", shown.Title, priority, grouped(was.Leads), grouped(will.Leads), difference(was.Leads, will.Leads))
		}
	})
}

// codesShown bounds the codes named in the text; JSON has all.
const codesShown = 10

func (p *Preview) writeNewCodes(b *bytes.Buffer) {
	if len(p.NewCodes) == 0 {
		return
	}
	codes := strings.Join(p.NewCodes[:min(len(p.NewCodes), codesShown)], ", ")
	if n := len(p.NewCodes); n > codesShown {
		codes += " и другие (всего " + grouped(int64(n)) + ")"
	}
	said := "Коды " + codes + " ещё не читались"
	if len(p.NewCodes) == 1 {
		said = "Код " + codes + " ещё не читался"
	}
	fmt.Fprintf(b, "\n%s из реестра: сколько компаний прибавится, покажет запуск.\n", said)
}

func lineOf(lines []SegmentCount, id string) SegmentCount {
	for _, l := range lines {
		if l.ID == id {
			return l
		}
	}
	return SegmentCount{}
}
