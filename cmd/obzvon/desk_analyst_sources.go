package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/night"
	"obzvon/pipeline/opendata"
	"obzvon/pipeline/store"
)

// runsShown is how many runs of a source are told.
const runsShown = 14

// sourceTitle is what a section's source is called.
func (h *house) sourceTitle(s config.Section) string {
	for _, n := range h.night.Sources {
		if n.Section.Name == s.Name {
			return n.Source.Describe().Title
		}
	}
	if src, err := h.source(s); err == nil {
		return src.Describe().Title
	}
	return s.Name
}

// Sources are all that config names, and those that it could name.
func (d *analystDesk) Sources(ctx context.Context) (*analyst.Sources, error) {
	h := d.live()
	last, err := lastRuns(ctx, h.store, 1)
	if err != nil {
		return nil, err
	}
	out := &analyst.Sources{Offers: h.offers()}
	for _, s := range h.config.Sections(config.Sources) {
		line, err := h.sourceShown(ctx, s, last)
		if err != nil {
			return nil, err
		}
		out.Read = append(out.Read, line)
	}
	for _, s := range h.config.Sections(config.Enrichers) {
		line, err := h.enricherShown(ctx, s)
		if err != nil {
			return nil, err
		}
		out.Asked = append(out.Asked, line)
	}
	return out, nil
}

// Source is one with its last runs.
func (d *analystDesk) Source(ctx context.Context, name string) (*analyst.SourceCard, error) {
	h := d.live()
	runs, err := lastRuns(ctx, h.store, runsShown)
	if err != nil {
		return nil, err
	}
	for _, s := range h.config.Sections(config.Sources) {
		if s.Name == name {
			line, err := h.sourceShown(ctx, s, runs)
			return &analyst.SourceCard{Source: line, Runs: runsOf(name, runs)}, err
		}
	}
	for _, s := range h.config.Sections(config.Enrichers) {
		if s.Name == name {
			line, err := h.enricherShown(ctx, s)
			return &analyst.SourceCard{Source: line}, err
		}
	}
	return nil, analyst.ErrNone
}

// lastRuns are the newest completed runs of different days, the latest first.
func lastRuns(ctx context.Context, s store.Store, n int) ([]night.Report, error) {
	var out []night.Report
	for before := company.NewDate(9999, 12, 31); len(out) < n; {
		run, err := s.LastCompleted(ctx, before)
		if errors.Is(err, store.ErrNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the runs before %s: %w", before, err)
		}
		var r night.Report
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("read the report of %s: %w", run.Day, err)
		}
		out, before = append(out, r), run.Day
	}
	return out, nil
}

func runsOf(name string, runs []night.Report) []analyst.SourceRun {
	var out []analyst.SourceRun
	for i := range runs {
		for _, s := range runs[i].Sources {
			if s.Name != name {
				continue
			}
			out = append(out, analyst.SourceRun{
				Day: runs[i].Day, At: runs[i].Started, State: stateShown(s.State), Release: releaseShown(s.Release), Counts: s.Counts,
				New: s.Delta.New, Changed: s.Delta.Changed, Gone: s.Delta.Gone,
				Repeated: s.State == night.StateUnchanged || s.State == night.StateResting,
			})
		}
	}
	return out
}

// stateShown is how a run left a source.
func stateShown(s night.State) analyst.State {
	switch s {
	case night.StateDone, night.StateUnchanged, night.StateResting:
		return analyst.State{Text: "прочитан", Tone: "good"}
	case night.StateIncomplete:
		return analyst.State{Text: "прочитан не весь", Tone: "warn"}
	case night.StateFailed:
		return analyst.State{Text: "ошибка", Tone: "bad"}
	case night.StateQuarantine:
		return analyst.State{Text: "много брака", Tone: "warn"}
	case night.StateStale:
		return analyst.State{Text: "устарел", Tone: "warn"}
	case night.StateLate:
		return analyst.State{Text: "не успели дочитать", Tone: "warn"}
	case night.StateOff:
		return analyst.State{Text: "ждёт принятия условий", Tone: "warn"}
	default:
		return analyst.State{Text: "не читали"}
	}
}

// sourceShown tells of one source how it stands and what it needs.
func (h *house) sourceShown(ctx context.Context, s config.Section, last []night.Report) (analyst.Source, error) {
	out := analyst.Source{Name: s.Name, Title: s.Name, Enabled: s.Enabled, Trust: s.Trust, Accepted: string(s.TermsAccepted), Age: -1}
	h.sourceNeeds(&out, s)
	if err := h.pulled(ctx, &out); err != nil {
		return out, err
	}
	switch {
	case !s.Enabled:
		out.State = analyst.State{Text: "выключен"}
	case len(out.Needs) > 0:
		out.State = analyst.State{Text: "не хватает", Tone: "warn"}
	case len(runsOf(s.Name, last)) > 0:
		out.State = runsOf(s.Name, last)[0].State
	default:
		out.State = analyst.State{Text: "ещё не читали"}
	}
	return out, nil
}

// pulled is what the last reading came to.
func (h *house) pulled(ctx context.Context, out *analyst.Source) error {
	p, err := h.store.Pull(ctx, out.Name)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the state of %s: %w", out.Name, err)
	}
	out.Pulled, out.Counts, out.Release, out.ReleaseDay = p.Started, p.Counts, releaseShown(p.Release), p.Release.Date
	if p.Release.Date.Known() {
		today, err := h.today()
		if err != nil {
			return err
		}
		out.Age = int(max(0, today-p.Release.Date))
	}
	if p.Error != "" && out.Enabled {
		out.Said = append(out.Said, "Последнее чтение оборвалось. Что случилось, знает администратор: obzvon sources.")
	}
	if n := len(p.Gaps) + p.GapsMore; n > 0 {
		out.Said = append(out.Said, fmt.Sprintf("Не прочитано частей: %d. Какие именно, скажет администратор: obzvon sources.", n))
	}
	return nil
}

// releaseShown names a release, by its day if its own name says no more.
func releaseShown(r pipeline.Release) string {
	if name := strings.TrimPrefix(r.ID, "release of "); name != "" && name != r.Date.String() {
		return name
	}
	if r.Date.Known() {
		return "от " + r.Date.Russian()
	}
	return ""
}

// sourceNeeds says in words for the operator what is still missing.
func (h *house) sourceNeeds(out *analyst.Source, s config.Section) {
	section := "sources." + s.Name
	need := func(text string) {
		if out.Enabled {
			out.Needs = append(out.Needs, text)
		}
	}
	src, err := h.source(s)
	if err != nil {
		need("раздел " + section + " настроек записан с ошибкой; что именно не так, скажет obzvon doctor")
		return
	}
	about := src.Describe()
	out.Title, out.Licence, out.TermsURL, out.Rhythm = about.Title, licenceText(about.Licence), about.TermsURL, rhythmText(about.Rhythm)
	if set, ok := src.(*opendata.Source); ok {
		if errors.As(set.CheckAddress(), new(*fetch.BlockedError)) {
			need("адрес в " + section + ".from закрыт настройками сети")
		}
		if _, err := set.Here(); err != nil {
			need("папка с его выпусками не читается")
		}
	}
	if _, gone := src.(missing); gone {
		need("файлов нет на месте: положите выгрузку туда, где её ждёт " + section + ".paths")
	}
	if !about.Open && !h.sample && s.TermsAccepted == "" {
		need("прочитать условия использования и записать день в " + section + ".terms_accepted")
	}
	if slices.Contains(about.Needs, "paths") && len(s.Paths) == 0 {
		need("назвать файлы в " + section + ".paths")
	}
}

// enricherTitles are for sections that cannot be asked what they are.
var enricherTitles = map[string]string{"website": "Сайты компаний", "numbering": "План нумерации"}

// enricherShown tells of one enricher how it stands and what it needs.
func (h *house) enricherShown(ctx context.Context, s config.Section) (analyst.Source, error) {
	out := analyst.Source{
		Name: s.Name, Title: cmp.Or(enricherTitles[s.Adapter], s.Name), Enabled: s.Enabled, Trust: s.Trust,
		Accepted: string(s.TermsAccepted), Age: -1,
	}
	made, err := make1("enrich", enricherAdapters(h), s)
	switch {
	case err != nil && s.Enabled:
		out.Needs = append(out.Needs, "раздел enrich."+s.Name+" настроек записан с ошибкой; что именно не так, скажет obzvon doctor")
	case err == nil:
		about := made.Describe()
		out.Title, out.Licence, out.TermsURL, out.Rhythm = about.Title, licenceText(about.Licence), about.TermsURL, rhythmText(about.Rhythm)
		if l, lacks := h.lacking(made, s); lacks && s.Enabled {
			_, do := l.words(made, s)
			out.Needs = append(out.Needs, do)
		}
	}
	if err := h.pulled(ctx, &out); err != nil {
		return out, err
	}
	out.Said = nil // an asking that was cut goes on the next night
	switch {
	case !s.Enabled:
		out.State = analyst.State{Text: "выключен"}
	case len(out.Needs) > 0:
		out.State = analyst.State{Text: "не хватает", Tone: "warn"}
	case out.Pulled.IsZero():
		out.State = analyst.State{Text: "ещё не спрашивали"}
	default:
		out.State = analyst.State{Text: "работает", Tone: "good"}
	}
	return out, nil
}
