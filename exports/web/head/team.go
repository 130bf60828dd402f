package head

import (
	"fmt"
	"net/http"

	"obzvon/pipeline/company"
)

// teamPage is the managers as they are shown.
type teamPage struct {
	Today   company.Date
	Team    Team
	Members []member
}

type member struct {
	Member

	Tallies []tally
	Late    int // agreed calls that were not made
}

// tally is the work of some days against the norm.
type tally struct {
	Tally

	Title string
	Bar   int  // of the norm: 0 … 100 in steps of 5
	Short bool // below it
	Day   int  // dials a day
}

func (s *section) team(w http.ResponseWriter, r *http.Request) error {
	today := s.today()
	team, err := s.desk.Team(r.Context(), today)
	if err != nil {
		return fmt.Errorf("count the managers' work: %w", err)
	}
	data := teamPage{Today: today, Team: team}
	for _, m := range team.Managers {
		now := newTally("Сегодня", m.Today)
		now.Short = false // the day is not over
		data.Members = append(data.Members, member{
			Member: m, Late: len(m.Overdue) + m.More,
			Tallies: []tally{now, newTally("Неделя", m.Week), newTally("Месяц", m.Month)},
		})
	}
	return s.set.Render(w, r, "team", s.view("Менеджеры", data))
}

// goodShare of a norm is as good as all of it, as in the plan's tables.
const goodShare = 0.95

func newTally(title string, t Tally) tally {
	out := tally{Tally: t, Title: title, Short: float64(t.Dials) < goodShare*float64(t.Norm), Day: t.Dials}
	if t.Norm > 0 {
		out.Bar = min(100, 100*t.Dials/t.Norm/5*5)
	}
	if t.Days > 0 {
		out.Day = (t.Dials + t.Days/2) / t.Days
	}
	return out
}
