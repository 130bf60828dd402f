package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

// history is what is known of the calls to a company.
type history struct {
	INN     company.INN  `json:"inn"`
	Stage   string       `json:"stage"`
	Band    string       `json:"band"`
	Due     company.Date `json:"due,omitzero"`
	Dials   int          `json:"dials"`
	Results []toldResult `json:"results"` // rising by day
	Marks   []store.Mark `json:"marks,omitempty"`
	Stops   []store.Stop `json:"stops,omitempty"`
	bad     []string     // numbers found to be wrong
}

// toldResult is a result with whether it counts.
type toldResult struct {
	store.Result
	Stands bool `json:"stands"`
}

func newOutcomesShow(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show ИНН",
		Short: "The history of a company: each result with who, when and from which file",
		Long: "show lists every result of calls to a company as it was brought in, also those that\n" +
			"do not count because another file says otherwise, and what they come to.",
		Args: oneArg("the company's ИНН"),
		RunE: func(cmd *cobra.Command, args []string) error {
			inn, err := company.ParseINNCell(args[0])
			if err != nil {
				return usage(err)
			}
			return a.within(cmd.Context(), "outcomes", gate.Read, func(h *house) error {
				if err := h.toldBefore(cmd.Context()); err != nil {
					return err
				}
				told, err := h.history(cmd.Context(), inn)
				if err != nil {
					return err
				}
				if err := h.somebody(cmd.Context(), told); err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(told)
				}
				h.writeHistory(a.io.out, told)
				return nil
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

// errNobody is a company of which nothing is known.
var errNobody = errors.New("нет в базе и звонков не было")

// somebody fails where neither a source nor a person has said anything of it.
func (h *house) somebody(ctx context.Context, told *history) error {
	if len(told.Results) > 0 || len(told.Marks) > 0 || len(told.Stops) > 0 {
		return nil
	}
	_, err := h.store.Dossier(ctx, told.INN)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("ИНН %s: %w", told.INN, errNobody)
	}
	return err
}

func (h *house) history(ctx context.Context, inn company.INN) (*history, error) {
	all, err := h.store.Results(ctx, inn)
	if err != nil {
		return nil, fmt.Errorf("read results of %s: %w", inn, err)
	}
	cadence := funnel.NewCadence(h.segments.Cadence, h.config.CallList.CallsAWeek, calllist.NewCalendar(h.config.Calendar))
	p := cadence.Fold(inn, all)
	out := &history{INN: inn, Stage: p.Stage.Title(), Band: p.Band.Title(), Due: p.Due, Dials: p.Dials, Results: []toldResult{}, bad: p.BadPhones}
	standing, _ := funnel.Standing(all)
	for _, r := range all {
		stands := slices.ContainsFunc(standing, func(s store.Result) bool { return s.Key() == r.Key() })
		out.Results = append(out.Results, toldResult{r, stands})
	}
	slices.SortStableFunc(out.Results, func(a, b toldResult) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), a.Saved.Compare(b.Saved))
	})
	if out.Marks, err = h.marksOf(ctx, inn); err != nil {
		return nil, err
	}
	stops, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	for _, s := range stops {
		if s.Kind == store.StopINN && s.Value == string(inn) {
			out.Stops = append(out.Stops, s)
		}
	}
	return out, nil
}

func (h *house) writeHistory(w io.Writer, told *history) {
	fmt.Fprintf(w, "ИНН %s: %s", told.INN, told.Stage)
	if !strings.EqualFold(told.Stage, told.Band) { // who is out is out in both
		fmt.Fprintf(w, ", %s", told.Band)
	}
	if told.Due.Known() {
		fmt.Fprintf(w, ", следующий звонок с %s", told.Due.Russian())
	}
	fmt.Fprintf(w, "; звонков: %d\n", told.Dials)
	for _, r := range told.Results {
		h.writeToldResult(w, &r)
	}
	if len(told.bad) > 0 {
		fmt.Fprintf(w, "нет таких номеров: %s\n", phonesText(told.bad))
	}
	for _, m := range told.Marks {
		fmt.Fprintf(w, "%s\n", h.markText(&m))
	}
	for _, s := range told.Stops {
		fmt.Fprintf(w, "стоп-лист: %s\n", strings.TrimSpace(fmt.Sprintf("%s, %s, %s %s", stopReason(s.Reason), s.At.In(h.zone()).Format("02.01.2006"), h.stopBy(&s), s.Note)))
	}
}

// stopReason is why somebody stands on the stop list, for people.
func stopReason(reason string) string {
	switch reason {
	case calllist.StopRefused:
		return "просили не звонить"
	case calllist.StopClient:
		return "действующий клиент"
	}
	return "другая причина"
}

func (h *house) writeToldResult(w io.Writer, r *toldResult) {
	words := []string{cmp.Or(r.Outcome, "без результата")}
	add := func(title, value string) {
		if value != "" {
			words = append(words, title+value)
		}
	}
	add("", h.managerName(r.Manager))
	if r.Next.Known() {
		at := ""
		if r.NextAt != 0 {
			at = fmt.Sprintf(" %02d:%02d", r.NextAt/60, r.NextAt%60)
		}
		add("дальше ", r.Next.Russian()+at)
	}
	if r.Amount != 0 {
		add("", fmt.Sprintf("%d ₽", r.Amount))
	}
	switch r.Consent {
	case store.ConsentGiven:
		add("", "согласие: да")
	case store.ConsentRefused:
		add("", "согласие: нет")
	}
	add("телефон ", phonesText(r.Phones))
	add("e-mail ", r.Email)
	add("ЛПР ", strings.TrimSpace(r.Person+" "+r.Post))
	add("источник ", r.Origin)
	add("", strings.Join(strings.Fields(r.Comment), " "))
	mark, day := " ", r.Day.Russian()
	if !r.Stands {
		mark = "×"
	}
	if r.Undated {
		day = "день не указан, не позже " + day
	}
	fmt.Fprintf(w, "%s %s  %s\n", mark, day, strings.Join(words, "; "))
	fmt.Fprintf(w, "    %s, строка %d, сохранён %s; загрузил %s %s\n", r.FileName, r.Row, clockOf(r.Saved, h.zone()), r.By, clockOf(r.Taken, h.zone()))
}
