package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/exports/web/operator"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/night"
	"obzvon/pipeline/opendata"
	"obzvon/pipeline/store"
)

// newestRun is the newest night of the ledger that a look at the last days finds;
// nil if there is none.
func (h *house) newestRun(ctx context.Context) (company.Date, *store.Run, error) {
	day, err := night.NextDay(h.config, h.night.Clock())
	if err != nil {
		return 0, nil, err
	}
	run, err := h.store.Run(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		run, err = h.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	}
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read the ledger: %w", err)
	}
	return run.Day, &run, nil
}

// Kinds of what may lack something.
const (
	kindSource   = "источник"
	kindEnricher = "дозаполнение"
)

// needsOfAll are the sources and enrichers with what each lacks.
func (h *house) needsOfAll(ctx context.Context) ([]operator.Need, error) {
	states, err := h.lastStates(ctx)
	if err != nil {
		return nil, err
	}
	var out []operator.Need
	for _, part := range []struct {
		sections []config.Section
		lacks    func(config.Section) (title string, lacks []operator.Lack)
		kind     string
	}{
		{h.config.Sections(config.Sources), h.sourceLacks, kindSource},
		{h.config.Sections(config.Enrichers), h.enricherLacks, kindEnricher},
	} {
		for _, s := range part.sections {
			n := operator.Need{Name: s.Name, Kind: part.kind, On: s.Enabled}
			n.Title, n.Lacks = part.lacks(s)
			n.Title = cmp.Or(n.Title, s.Name)
			if err := h.standing(ctx, &n, states[s.Name]); err != nil {
				return nil, err
			}
			out = append(out, n)
		}
	}
	return out, nil
}

// standing tells how something stands by what was read last.
func (h *house) standing(ctx context.Context, n *operator.Need, last night.State) error {
	p, err := h.store.Pull(ctx, n.Name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("read the state of %s: %w", n.Name, err)
	}
	if err == nil {
		n.Last = p.Started
	}
	switch _, cut := cutBy(p.Error); {
	case !n.On:
		n.Text = "Включается в настройках (enabled)."
	case len(n.Lacks) > 0:
		n.State, n.Text = operator.Bad, "Без этого не работает."
	case n.Last.IsZero():
		n.Text = "Готов, ещё не работал."
	case cut:
		n.State, n.Text = operator.Warn, "В прошлый раз прерван, остальное дойдёт следующей ночью."
	case p.Error != "":
		n.State, n.Text = operator.Bad, "В прошлый раз прерван ошибкой: "+p.Error
	case last.Short():
		n.State, n.Text = operator.Warn, "В последнюю ночь: "+cmp.Or(sourceStates[last], string(last))+"."
	case n.Kind == kindEnricher:
		n.Text = fmt.Sprintf("Работает. В прошлый раз спрошено %s, найдено %s.", countText(p.Counts.Read), countText(p.Counts.Taken))
	default:
		n.Text = fmt.Sprintf("Работает. В прошлый раз взято %s из %s.", countText(p.Counts.Taken), countText(p.Counts.Read))
	}
	return nil
}

// lastStates are how the sources came out of the last completed night.
func (h *house) lastStates(ctx context.Context) (map[string]night.State, error) {
	run, err := h.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	out := map[string]night.State{}
	if _, r := runLine(&run); r != nil {
		for i := range r.Sources {
			out[r.Sources[i].Name] = r.Sources[i].State
		}
	}
	return out, nil
}

// sourceLacks is what describe tells, in Russian.
func (h *house) sourceLacks(s config.Section) (title string, out []operator.Lack) {
	section := "sources." + s.Name
	add := func(what, do string) { out = append(out, operator.Lack{What: what, Do: do}) }
	src, err := h.source(s)
	if err != nil {
		add("Раздел настроек не подходит: "+err.Error(), "исправьте "+section)
		return "", out
	}
	d := src.Describe()
	if set, ok := src.(*opendata.Source); ok {
		if blocked := (*fetch.BlockedError)(nil); errors.As(set.CheckAddress(), &blocked) {
			add("Адрес внутри сети, туда не ходим: "+blocked.Error(), "разрешите его в fetch.allow_prefixes или исправьте "+section+".from")
		}
		if _, err := set.Here(); err != nil {
			add("Папка выпусков не читается: "+err.Error(), "проверьте папку и права на неё")
		}
	}
	if gone, ok := src.(missing); ok {
		add("Файла нет на месте: "+gone.err.Error(), "положите его туда или исправьте "+section+".paths")
	}
	if !d.Open && !h.sample && s.TermsAccepted == "" {
		where := "условия"
		if d.TermsURL != "" {
			where += " (" + d.TermsURL + ")"
		}
		add("Никто не принял условия использования: "+d.Licence, "прочтите "+where+" и, если они позволяют, поставьте дату в "+section+".terms_accepted")
	}
	for _, variable := range d.Secrets {
		if key, err := s.Secret(variable); err != nil || key == "" {
			add("Нет ключа", "задайте переменную "+variable+" или файл в "+section+".key_file; ключ выдаёт владелец сервиса")
		}
	}
	if slices.Contains(d.Needs, "paths") && len(s.Paths) == 0 {
		add("Не сказано, какие файлы читать", "впишите их в "+section+".paths")
	}
	return d.Title, out
}

// enricherLacks is what describeEnricher tells, in Russian.
func (h *house) enricherLacks(s config.Section) (title string, out []operator.Lack) {
	made, err := make1("enrich", enricherAdapters(h), s)
	if err != nil {
		return "", []operator.Lack{{What: "Раздел настроек не подходит: " + err.Error(), Do: "исправьте enrich." + s.Name}}
	}
	if l, lacks := h.lacking(made, s); lacks {
		what, do := l.words(made, s)
		out = append(out, operator.Lack{What: what, Do: do})
	}
	return made.Describe().Title, out
}

// asksOthers tells that a source asks somebody else's server.
func (h *house) asksOthers() bool {
	for _, s := range h.night.Sources {
		if set, ok := s.Source.(*opendata.Source); ok && !set.Local() {
			return true
		}
	}
	return false
}
