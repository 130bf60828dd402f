package night

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/plan"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// bookVersion is the layout that exporters are told.
const bookVersion = 1

// export lays the list out as a book and hands it to every exporter. One that
// fails is reported and does not cost the others; when none succeeds there is
// no list, and that is the night's failure.
func (n *Night) export(ctx context.Context, p *presenter, list *calllist.List, k *ranking, r *Report) error {
	book, err := p.book(ctx, list, k, r)
	if err != nil {
		return err
	}
	var failed error
	for _, e := range n.Exporters {
		n.progress(Event{Stage: StageExport, Source: e.Section.Name})
		made, err := e.Exporter.Export(ctx, book)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			err = fmt.Errorf("exporter %s: %w", e.Section.Name, err)
			failed = errors.Join(failed, err)
			r.errors = append(r.errors, err.Error())
		}
		r.Artefacts = append(r.Artefacts, made...)
	}
	if len(r.Artefacts) == 0 {
		return failed
	}
	return nil
}

func (p *presenter) book(ctx context.Context, list *calllist.List, k *ranking, r *Report) (*pipeline.Book, error) {
	n := p.night
	b := &pipeline.Book{
		ListID: list.ID, Version: bookVersion, Date: p.day, Issued: list.Issued, Seller: n.Config.Seller.Name,
		Sample: n.Sample, ConfigHash: list.ConfigHash, BaseHash: n.Segments.Hash(), Managers: list.Managers,
		Outcomes: funnel.Outcomes(), Calls: list.BookRows(), Guide: calllist.Guide(n.Config, n.Segments, list), FreshAll: k.freshLeads,
	}
	for i := range 3 {
		rows, err := p.rows(ctx, k.base[i])
		if err != nil {
			return nil, err
		}
		b.Tiers = append(b.Tiers, pipeline.Tier{Priority: i + 1, Title: n.tierTitle(i + 1), Rows: rows, Total: int(k.totals[i])})
	}
	var err error
	if b.Fresh, err = p.freshRows(ctx, k); err != nil {
		return nil, err
	}
	if b.Targets, err = p.targetRows(ctx, list.Targets); err != nil {
		return nil, err
	}
	if b.Review, err = p.reviewCalls(ctx, list.Missed); err != nil {
		return nil, err
	}
	b.ReviewAll = r.ReviewTotal + len(b.Review) // what calls bring up stands first
	listings, err := p.reviewRows(ctx, r.review)
	if err != nil {
		return nil, err
	}
	b.Review = append(b.Review, listings...)
	b.Summary = n.summary(list, k, r)
	state, err := plan.Compute(ctx, n.Store, n.Config, n.Segments, p.day-1)
	if err != nil {
		return nil, fmt.Errorf("hold what was done against the plan: %w", err)
	}
	b.Summary.Plan, b.Summary.Charts = state.Tables(), state.Charts()
	return b, nil
}

// tierTitle names the segments of a priority.
func (n *Night) tierTitle(priority int) string {
	var titles []string
	for _, s := range n.Segments.Segments {
		if s.Priority == priority {
			titles = append(titles, strings.ToLower(s.Title))
		}
	}
	return strings.Join(titles, ", ")
}

// targetRows are the account targets with what is known of them. Who turned out
// to be no lead stays until somebody lets it go.
func (p *presenter) targetRows(ctx context.Context, inns []company.INN) ([]pipeline.Target, error) {
	var out []pipeline.Target
	for _, inn := range inns {
		res, err := p.result(ctx, inn)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if res.Veto.Code != "" {
			continue
		}
		t, err := p.target(ctx, &res)
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", inn, err)
		}
		t.Number = len(out) + 1
		out = append(out, t)
	}
	return out, nil
}

// dueRows counts the rows whose turn to be called again had come.
func dueRows(list *calllist.List) int64 {
	n := int64(0)
	for i := range list.Rows {
		if list.Rows[i].Pool == calllist.PoolDue {
			n++
		}
	}
	return n
}

// summary is the sheet «Сводка».
func (n *Night) summary(list *calllist.List, k *ranking, r *Report) pipeline.Summary {
	s := pipeline.Summary{Figures: []pipeline.Figure{
		{Title: "Компаний в обзвоне", Value: int64(len(list.Rows)), Note: "на этот день, всем менеджерам"},
		{Title: "Повторных звонков в списке", Value: dueRows(list), Note: "договорённости, КП, пробные партии, новые клиенты, недозвоны"},
		{Title: "срок подошёл, а места нет", Value: int64(list.Waiting), Note: "ждут своей очереди; если число растёт день за днём, нужен ещё менеджер или меньшая доля новых (new_share)"},
		{Title: "Компаний в базе", Value: r.Companies, Note: "по одной записи на ИНН"},
		{Title: "Подходят под сегменты", Value: k.totals[0] + k.totals[1] + k.totals[2]},
		{Title: "Вне сегментов", Value: r.OutsideAny},
		{Title: "Новых и изменившихся", Value: int64(k.freshLeads), Note: "из подходящих, с прошлого запуска"},
		{Title: "С телефоном из источников", Value: k.reach.Phones.Sources, Note: "из подходящих"},
		{Title: "телефон добавило сопоставление", Value: k.reach.Phones.Matching, Note: "записи справочников без ИНН узнаны"},
		{Title: "телефон добавили сайты и сервисы", Value: k.reach.Phones.Asking},
		{Title: "Известно, кого спросить, из источников", Value: k.reach.Buyers.Sources, Note: "из подходящих"},
		{Title: "ЛПР добавило сопоставление", Value: k.reach.Buyers.Matching},
		{Title: "ЛПР добавили сайты и сервисы", Value: k.reach.Buyers.Asking},
		{Title: "Записей справочников без ИНН", Value: r.Resolve.Listings},
		{Title: "из них привязано к компаниям", Value: r.Resolve.Joined},
		{Title: "на проверку", Value: int64(r.ReviewTotal)},
	}}
	s.Figures = append(s.Figures, r.figures()...)
	listed := map[string]int64{}
	for _, e := range list.Rows {
		listed[e.Row.Segment]++
	}
	for _, l := range k.leads {
		s.Segments = append(s.Segments, pipeline.SegmentLine{Segment: l.Title, Priority: l.Priority, Leads: l.Leads, Dialable: l.Dialable, Listed: listed[l.Title]})
	}
	for i, band := range k.bands {
		s.Scores = append(s.Scores, pipeline.ScoreBand{From: 10 * i, To: 10 * (i + 1), ByPriority: band})
	}
	for code, count := range r.Vetoed {
		s.Skipped = append(s.Skipped, pipeline.Figure{Title: score.VetoText(code), Value: count, Note: "не звоним"})
	}
	for reason, count := range r.Skipped {
		s.Skipped = append(s.Skipped, pipeline.Figure{Title: calllist.ReasonText(reason), Value: count, Note: "не в обзвоне"})
	}
	sortFigures(s.Skipped)
	for _, src := range r.Sources {
		s.Sources = append(s.Sources, pipeline.SourceLine{
			Name: src.Name, Title: src.Title, State: stateText(src.State), Note: noteText(src), Release: src.Release.Date, Counts: src.Counts,
		})
	}
	return s
}
