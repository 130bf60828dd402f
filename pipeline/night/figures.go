package night

import (
	"cmp"
	"fmt"
	"slices"

	"obzvon/pipeline"
)

// sortFigures puts the largest first, so that the sheet is the same each time.
func sortFigures(f []pipeline.Figure) {
	slices.SortFunc(f, func(a, b pipeline.Figure) int {
		return cmp.Or(cmp.Compare(a.Note, b.Note), cmp.Compare(b.Value, a.Value), cmp.Compare(a.Title, b.Title))
	})
}

// stateText says in Russian how a source came out of the night.
func stateText(s State) string {
	switch s {
	case StateDone, StateUnchanged, StateResting:
		return "прочитан" // a second run must give the same sheet
	case StatePaused:
		return "читаем по частям"
	case StateIncomplete:
		return "прочитан не весь"
	case StateFailed:
		return "ошибка"
	case StateQuarantine:
		return "много брака"
	case StateOff:
		return "выключен"
	case StateStale:
		return "устарел"
	case StateLate:
		return "не успели"
	case StateLeftOut:
		return "не читали"
	}
	return string(s)
}

// noteText says in Russian what the head should know of a source; the details
// are the operator's.
func noteText(r SourceReport) string {
	switch r.State {
	case StateIncomplete:
		return fmt.Sprintf("не прочитано частей: %d", len(r.Gaps)+r.GapsMore)
	case StateFailed, StateQuarantine:
		return "подробности у оператора: obzvon sources"
	case StateOff:
		return "условия использования не приняты"
	case StateStale:
		return "новый выпуск не получен, данные от " + r.Release.Date.Russian()
	case StateLate:
		return "крайний срок наступил раньше"
	case StateLeftOut, StateDone, StateUnchanged:
	}
	return ""
}
