package manager

import (
	"fmt"
	"strings"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// nextText says what follows a result, by the rules of «Как заполнять».
func nextText(band funnel.Band, day company.Date, at int, today company.Date) string {
	when := dayHour(day, at, today)
	switch band {
	case funnel.BandNew:
		return "ещё не звонили"
	case funnel.BandOut:
		return "больше не звоним"
	case funnel.BandStuck:
		return "дальше решает руководитель"
	case funnel.BandNoNumber:
		return "другого номера нет: компания уйдёт руководителю на проверку"
	case funnel.BandAgreed:
		return "перезвонить " + when
	case funnel.BandRetry:
		return "попробуем ещё раз " + when
	case funnel.BandFollow, funnel.BandTrial:
		return "спросим, что решили, " + when
	case funnel.BandOnboarding:
		return "спросим, всё ли в порядке, " + when
	case funnel.BandRest:
		return "не беспокоим до " + when
	case funnel.BandClient:
		if day.Known() {
			return "следующий звонок " + when
		}
		return "клиент, звонок пока не назначен"
	}
	return ""
}

// dayHour is «25 ноября в 11:00», with the year if it is another one than today's.
func dayHour(day company.Date, at int, today company.Date) string {
	if !day.Known() {
		return "в день, который назначит программа"
	}
	text := page.Day(day)
	if year := fmt.Sprintf("\u00a0%d", day.Time().Year()); day.Time().Year() == today.Time().Year() {
		text = strings.TrimSuffix(text, year)
	}
	if at > 0 {
		text += " в\u00a0" + hour(at) + "\u00a0МСК"
	}
	return text
}

// hour is minutes since midnight as a clock shows them.
func hour(at int) string { return fmt.Sprintf("%02d:%02d", at/60, at%60) }
