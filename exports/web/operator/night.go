package operator

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

// nightPage is what goes on, and what can be done about it.
type nightPage struct {
	Now     nowPart
	Sources []Source
	Runs    []Run
	May     bool // start and stop
	Today   company.Date
}

// nowPart is what a script renews while the page is open.
type nowPart struct {
	Status

	Percent int // of the stage; -1 = not known
	May     bool
}

func newNow(st Status, may bool) nowPart {
	p := nowPart{Status: st, Percent: -1, May: may}
	if r := st.Running; r != nil && r.Total > 0 {
		p.Percent = int(min(100, max(0, 100*r.Done/r.Total)))
	}
	return p
}

// shownRuns is how many of the last nights the first page shows.
const shownRuns = 7

func (s *section) night(w http.ResponseWriter, r *http.Request) error {
	status, err := s.Night.Now(r.Context())
	if err != nil {
		return fmt.Errorf("tell what goes on: %w", err)
	}
	may := page.UserOf(r).Has(page.Operator)
	data := nightPage{Now: newNow(status, may), May: may, Today: company.DateOf(s.kit.Now().In(s.kit.Zone))}
	if data.Runs, err = s.Night.Runs(r.Context()); err != nil {
		return fmt.Errorf("list the last nights: %w", err)
	}
	data.Runs = data.Runs[:min(len(data.Runs), shownRuns)]
	if may {
		if data.Sources, err = s.Night.Sources(r.Context()); err != nil {
			return fmt.Errorf("list the sources: %w", err)
		}
	}
	return s.set.Render(w, r, "night", s.view("Ночь", data, "night.js"))
}

func (s *section) start(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	o := Order{SkipEnrich: r.PostForm.Get("skip") != "", Only: r.PostForm["only"]}
	if text := r.PostForm.Get("day"); text != "" {
		day, err := company.ParseDate(text)
		if err != nil {
			return page.Wrong("День списка пишется так: 2026-11-23. Или оставьте поле пустым: список будет на следующий рабочий день.", err)
		}
		o.Day = day
	}
	sources, err := s.Night.Sources(r.Context())
	if err != nil {
		return fmt.Errorf("list the sources: %w", err)
	}
	for _, only := range o.Only {
		if !slices.ContainsFunc(sources, func(src Source) bool { return src.Name == only }) {
			return page.Wrong("Такого источника нет среди включённых. Обновите страницу и выберите из списка.", nil)
		}
	}
	if len(o.Only) == len(sources) {
		o.Only = nil
	}
	if err := s.kit.Note(r, "run", "start", 0); err != nil {
		return err
	}
	if err := s.Night.Start(r.Context(), page.UserOf(r).Name, o); err != nil {
		return told(s.kit.NotDone(r, "run", "start", err))
	}
	return s.kit.Back(w, r, "/night", "Ночь началась. Страницу можно закрыть: она идёт сама.")
}

func (s *section) stop(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	if err := s.kit.Note(r, "run", "stop", 0); err != nil {
		return err
	}
	was, err := s.Night.Stop(r.Context(), page.UserOf(r).Name)
	if err != nil {
		return told(s.kit.NotDone(r, "run", "stop", err))
	}
	said := "Ночь останавливается. Сделанное сохранено: следующий запуск продолжит."
	if !was {
		said = "Останавливать нечего: ночь уже кончилась."
	}
	return s.kit.Back(w, r, "/night", said)
}

func (s *section) runs(w http.ResponseWriter, r *http.Request) error {
	runs, err := s.Night.Runs(r.Context())
	if err != nil {
		return fmt.Errorf("list the last nights: %w", err)
	}
	return s.set.Render(w, r, "runs", s.view("Последние ночи", runs))
}

// runPage is what came of one night.
type runPage struct {
	Report

	Figures []table
}

func (s *section) run(w http.ResponseWriter, r *http.Request) error {
	day, err := company.ParseDate(r.PathValue("day"))
	if err != nil || !day.Known() {
		return page.NotFound("Такого дня нет. Выберите ночь из списка последних.")
	}
	report, err := s.Night.Run(r.Context(), day)
	if errors.Is(err, ErrNoRun) {
		return page.NotFound("На этот день ночи не было. Выберите из списка последних.")
	}
	if err != nil {
		return fmt.Errorf("read the night of %s: %w", day, err)
	}
	data := runPage{Report: report}
	for i := range report.Tables {
		data.Figures = append(data.Figures, newTable(&report.Tables[i]))
	}
	return s.set.Render(w, r, "run", s.view("Ночь: список на "+day.Russian(), data))
}
