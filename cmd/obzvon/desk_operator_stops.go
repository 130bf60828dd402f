package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

// operatorStops implements operator.Stops.
type operatorStops struct{ *operatorDesk }

func (operatorStops) Reasons() []operator.Reason {
	return []operator.Reason{
		{ID: calllist.StopRefused, Title: "просили не звонить"},
		{ID: calllist.StopClient, Title: "уже наш клиент"},
		{ID: calllist.StopOther, Title: "другое"},
	}
}

func (d operatorStops) reason(id string) string {
	for _, r := range d.Reasons() {
		if r.ID == id {
			return r.Title
		}
	}
	return id
}

var stopKinds = map[store.StopKind]string{
	store.StopINN: "ИНН", store.StopPhone: "телефон", store.StopEmail: "e-mail", store.StopDomain: "домен",
}

func (d operatorStops) List(ctx context.Context, words string, most int) (operator.StopPage, error) {
	h := d.live()
	all, err := h.store.StopList(ctx)
	if err != nil {
		return operator.StopPage{}, fmt.Errorf("read the stop list: %w", err)
	}
	came := map[string]int{}
	for i := range all {
		if _, inn, ok := strings.Cut(all[i].Note, ", ИНН "); ok && all[i].Kind != store.StopINN {
			came[inn+all[i].Reason]++
		}
	}
	out := operator.StopPage{All: len(all)}
	slices.SortStableFunc(all, func(a, b store.Stop) int { return b.At.Compare(a.At) })
	look := newStopSearch(words)
	for i := range all {
		s := &all[i]
		name := ""
		if s.Kind == store.StopINN && (len(out.Entries) < most || !look.all()) {
			if name, err = h.companyName(ctx, company.INN(s.Value)); err != nil {
				return out, err
			}
		}
		entry := operator.Stop{
			StopID: operator.StopID{Kind: string(s.Kind), Value: s.Value, Reason: s.Reason}, Shown: shownStop(s), What: stopKinds[s.Kind], Name: name,
			Title: d.reason(s.Reason), Note: s.Note, By: h.stopBy(s), At: s.At,
		}
		if s.Kind == store.StopINN {
			entry.Phones = came[s.Value+s.Reason]
		}
		if !look.finds(&entry) {
			continue
		}
		if out.Found++; len(out.Entries) < most {
			out.Entries = append(out.Entries, entry)
		}
	}
	return out, nil
}

// shownStop is an entry as people write it.
func shownStop(s *store.Stop) string {
	switch {
	case strings.HasPrefix(s.Value, erasure.StopPrefix):
		return "стёрто, запрет действует"
	case s.Kind == store.StopPhone:
		return phoneText(s.Value)
	}
	return s.Value
}

// stopSearch finds entries by what they name, or by words.
type stopSearch struct {
	words []string
	named store.Stop // what the whole question names; zero = nothing
}

func newStopSearch(words string) stopSearch {
	s := stopSearch{words: strings.Fields(strings.ToLower(words))}
	if named, err := calllist.NameStop(words); err == nil && named.Kind != store.StopDomain {
		s.named = named
	}
	return s
}

func (s *stopSearch) all() bool { return len(s.words) == 0 }

func (s *stopSearch) finds(e *operator.Stop) bool {
	if s.named.Value != "" && string(s.named.Kind) == e.Kind && s.named.Value == e.Value {
		return true
	}
	hay := strings.ToLower(strings.Join([]string{e.Value, e.Shown, e.What, e.Name, e.Title, e.Note, e.By}, " "))
	return !slices.ContainsFunc(s.words, func(w string) bool { return !strings.Contains(hay, w) })
}

// stoppedMost is how many companies that entries stop are named.
const stoppedMost = 50

func (d operatorStops) Add(ctx context.Context, who string, text io.Reader, reason, note string) (operator.Added, error) {
	var out operator.Added
	err := d.change(ctx, gate.Write, "stop", who, func(h *house) error {
		stops, err := h.stopsIn(text)
		if err != nil {
			return err
		}
		if out.New, err = h.putStops(ctx, stops, reason, note); err != nil {
			return err
		}
		out.Known = len(stops) - out.New
		hit, err := h.night.Stopped(ctx, stops)
		if err != nil {
			return fmt.Errorf("look for stopped companies: %w", err)
		}
		for i := range hit[:min(len(hit), stoppedMost)] {
			out.Stops = append(out.Stops, operator.Stopped{INN: hit[i].INN, Name: calllist.DisplayName(&hit[i])})
		}
		out.More = len(hit) - len(out.Stops)
		return nil
	})
	return out, err
}

// stopsIn reads entries one a line; none is taken if one cannot be read.
func (h *house) stopsIn(text io.Reader) ([]store.Stop, error) {
	var out []store.Stop
	lines := bufio.NewScanner(text)
	for number := 1; lines.Scan(); number++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		stop, err := calllist.ParseStop(line, h.shared()...)
		if err != nil {
			return nil, &operator.RefusedError{Text: fmt.Sprintf("Ничего не добавлено. Строка %d, «%s»: %s", number, shorten(line), unreadStop(err))}
		}
		out = append(out, stop)
	}
	if err := lines.Err(); err != nil {
		return nil, &operator.RefusedError{Text: "Ничего не добавлено: это не похоже на список, строки слишком длинные."}
	}
	return out, nil
}

func shorten(line string) string {
	letters := []rune(line)
	const most = 60
	return string(letters[:min(len(letters), most)])
}

func unreadStop(err error) string {
	switch {
	case errors.Is(err, calllist.ErrStopTwoWay):
		return "это может быть и ИНН, и телефон. Поставьте перед числом «инн:» или «тел:»."
	case errors.Is(err, calllist.ErrStopShared):
		return "этот адрес общий для тысяч компаний, запрет остановил бы их все. Укажите сам e-mail, телефон или ИНН."
	}
	return "это не ИНН с верной контрольной суммой, не телефон, не e-mail и не домен. Проверьте её."
}

func (d operatorStops) Remove(ctx context.Context, who string, id operator.StopID, phones bool) (operator.Removed, error) {
	var out operator.Removed
	stop := store.Stop{Kind: store.StopKind(id.Kind), Value: id.Value, Reason: id.Reason}
	if stopKinds[stop.Kind] == "" || stop.Value == "" || stop.Reason == "" {
		return out, &operator.RefusedError{Text: "Непонятно, какую запись снять. Обновите страницу и нажмите кнопку в её строке."}
	}
	err := d.change(ctx, gate.Write, "stop", who, func(h *house) error {
		off, err := h.takeOff(ctx, stop, phones)
		for _, s := range off.gone {
			out.Gone = append(out.Gone, shownStop(&s))
		}
		for _, s := range off.stay {
			out.Stay = append(out.Stay, shownStop(&s))
		}
		for _, s := range off.shared {
			out.Shared = append(out.Shared, shownStop(&s.Stop))
		}
		if errors.Is(err, store.ErrNotFound) {
			return &operator.RefusedError{Text: "Этой записи в стоп-листе уже нет."}
		}
		return err
	})
	return out, err
}
