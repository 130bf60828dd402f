package calllist

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/bearing"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// HookText is what to begin a call with: a live tender, then what follows from
// the last result, else the question of the segment, led up to by a fair or a
// contract that is known of. Lines below the first, such as typical designations and
// who supplies now, are for the caller's eye and not for reading out. It asks and
// offers nothing: a first call that advertises needs consent (38-ФЗ, art. 18).
func HookText(s config.Segment, h *funnel.Progress, c *company.Company, day company.Date) string {
	tender := tenderText(c, day)
	before := ""
	if tender == "" {
		before = leadText(c, day)
	}
	lines := opening(s, h, before, day)
	if tender != "" {
		lines = append([]string{tender}, lines[:min(len(lines), 1)]...)
	}
	if t := supplyText(c, day); t != "" && !h.OldClient && h.ClientSince == 0 && h.Stage != funnel.StageOut {
		lines = append(lines, t)
	}
	return strings.Join(lines, "\n")
}

// opening is the sentence that the last result leads to, and below it, where the
// need is asked for, the designations. Nobody who has talked is led up to the
// question by before.
func opening(s config.Segment, h *funnel.Progress, before string, day company.Date) []string {
	switch {
	case h.OldClient:
		return []string{"Действующий клиент: спросите, всё ли пришло и подошло и что нужно к следующему заказу."}
	case h.Dials == 0:
		return asking(before, s)
	case h.Stage == funnel.StageOut:
		return nil
	case h.ClientSince != 0 && day < h.ClientSince+7:
		return []string{"Договор от " + shortDay(h.ClientSince, day) + ": спросите, получили ли счёт, когда ждать оплату и к какому дню нужна первая поставка."}
	case h.ClientSince != 0:
		return []string{"Клиент с " + shortDay(h.ClientSince, day) + ": спросите, всё ли пришло и подошло и что нужно к следующему заказу."}
	case h.Last.Outcome == funnel.NotDecider && h.Last.Person != "":
		return asking("Попросите соединить с тем, кто назван в «ЛПР». ", s)
	case h.Last.Outcome == funnel.NotDecider:
		return []string{"Спросите имя и прямой номер того, кто выбирает подшипники. Ему вопрос: " + question(s)}
	case h.Last.Outcome == funnel.NotInterested:
		return asking(shortDay(h.LastDay, day)+" ответили, что не нужно: узнайте, что изменилось. ", s)
	case h.Stage == funnel.StageTrial:
		return []string{"Спросите, как показала себя тестовая партия" + since(h, funnel.Trial, funnel.StageTrial, day) + " и что нужно дальше."}
	case h.Stage == funnel.StageOffer:
		return []string{"Спросите, что решили по КП" + since(h, funnel.OfferSent, funnel.StageOffer, day) + "."}
	case h.Last.Outcome == funnel.Interest:
		return []string{"Интерес от " + shortDay(h.LastDay, day) + ": спросите, какие подшипники и сколько нужно и кому прислать КП."}
	case h.Stage == funnel.StageProspect:
		return asking("Напомните о разговоре"+since(h, funnel.CallBack, funnel.StageProspect, day)+". ", s)
	}
	return asking(before, s)
}

// since is the day of the last result if that shows the stage, else of the first
// that did: « от 18.11».
func since(h *funnel.Progress, outcome string, stage funnel.Stage, day company.Date) string {
	from := h.Days[stage]
	if h.Last.Outcome == outcome {
		from = h.LastDay
	}
	if from == 0 {
		return ""
	}
	return " от " + shortDay(from, day)
}

// shortDay is «18.11», with the year if it is another one.
func shortDay(d, today company.Date) string {
	short, year := d.Time().Format("02.01"), d.Time().Year()
	if year != today.Time().Year() {
		return d.Russian()
	}
	return short
}

// question asks for the need. A company that was called though it fits no
// segment is asked, too.
func question(s config.Segment) string {
	return cmp.Or(s.Hook, "Какие подшипники меняете чаще всего?")
}

// asking is the question of the need with typical designations below it.
func asking(before string, s config.Segment) []string {
	lines := []string{before + question(s)}
	if typical := typicalText(s.Bearings); typical != "" {
		lines = append(lines, typical)
	}
	return lines
}

// hookBearings is how many designations a caller takes in at a glance.
const hookBearings = 3

// typicalText names designations with their analogs, the first one with the
// makers: «SKF 6309-2Z/C3 → HRB, C&U, ZWZ 6309-2Z C3 (ГОСТ 70-80309);
// 6205-2Z/C3 → 6205-2Z C3 (70-80205)».
func typicalText(all []string) string {
	var out []string
	told := false
	for _, text := range all[:min(len(all), hookBearings)] {
		b, err := bearing.ParsePair(text)
		premium, ours := b.Name(bearing.SKF), b.Name(bearing.Chinese)
		switch {
		case err != nil || premium == "" || ours == "":
			out = append(out, text)
		case told:
			out = append(out, analogText(&b))
		default:
			told = true
			long := bearing.SKF.Title() + " " + premium + " → " + bearing.Chinese.Title() + " " + ours
			if gost := gostNumber(&b); gost != "" {
				long += " (ГОСТ" + noBreak + gost + ")"
			}
			out = append(out, long)
		}
	}
	return strings.Join(out, "; ")
}

// analogText is the short form: «6205-2Z/C3 → 6205-2Z C3 (70-80205)», one number
// where both makers write alike.
func analogText(b *bearing.Bearing) string {
	text, ours := b.Name(bearing.SKF), b.Name(bearing.Chinese)
	switch {
	case text == "":
		text = ours
	case strings.ReplaceAll(text, " ", "") == strings.ReplaceAll(ours, " ", ""):
		text = ours
	default:
		text += " → " + ours
	}
	gost := gostNumber(b)
	switch {
	case gost == "":
	case text == "":
		text = gost
	default:
		text += " (" + gost + ")"
	}
	return text
}

// noBreak is a space at which no line is broken.
const noBreak = "\u00a0"

// gostNumber is the number alone, without what is said of its clearance.
func gostNumber(b *bearing.Bearing) string {
	number, _, _ := strings.Cut(b.Name(bearing.ByGOST), ",")
	return number
}

// Machines, and bearings of one, that a cell of «ТОП-20» shows.
const (
	equipmentLines    = 4
	equipmentBearings = 3
)

// EquipmentText says what firms of a segment are likely to run, a line for each
// kind of machine with the bearings in it and their analogs. A segment that the
// table of machines does not have gets its typical designations.
func EquipmentText(s config.Segment) string {
	var lines []string
	for _, a := range bearing.Applications(s.ID) {
		var names []string
		for i := range a.Bearings {
			if name := analogText(&a.Bearings[i]); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		lines = append(lines, "• "+a.Machine+": "+strings.Join(names[:min(len(names), equipmentBearings)], ", "))
	}
	if len(lines) == 0 {
		return typicalText(s.Bearings)
	}
	return strings.Join(lines[:min(len(lines), equipmentLines)], "\n")
}
