package score

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Explain tells why a company scores what it scores. Numbers come from the
// row, by the same arithmetic as Score; the company only lends the evidence.
// Total equals that of Score, but for a company that Exclusions knows by its
// contacts only: a row has none.
func (s *Scorer) Explain(r *Row, c *company.Company) *Explanation {
	w := &witness{scorer: s, row: r, known: s.known(r), company: c, found: s.matcher.find(c)}
	res := s.Score(r)
	e := &Explanation{
		INN:      c.INN,
		Name:     displayName(c),
		City:     c.Get(company.FieldCity),
		Day:      s.options.Today,
		Weights:  s.hash,
		Dialable: r.Reach&ReachPhone != 0,
		Vetoes:   w.vetoes(),
		Known:    res.Known,
		Missing:  w.missing(),
		Activity: activity(c),
		Notes:    notes(w.row),
	}
	e.Lead = len(e.Vetoes) == 0 && res.Segment != Outside
	w.segments(e)
	if e.Lead {
		seg := &s.segments.Segments[res.Segment]
		e.SegmentID, e.Segment, e.Priority = seg.ID, seg.Title, res.Priority
		e.Partner, e.Hook = seg.Partner, seg.Hook
		e.Total, e.Intent = res.Total, res.Intent
		e.Groups = w.groups(res.Segment)
		e.Why = Why(e)
	}
	e.Verdict = verdict(e)
	return e
}

// witness collects evidence on one company.
type witness struct {
	scorer  *Scorer
	row     *Row
	known   kinds
	company *company.Company
	found   *findings
}

// notes are what a caller should know though it costs no points.
func notes(r *Row) []string {
	if r.Risks&RiskUnfair != 0 {
		return []string{company.RiskUnfair.Title()}
	}
	return nil
}

// displayName is the name as people read it.
func displayName(c *company.Company) string {
	name := c.Name()
	if calm := company.ParseName(name).String(); calm != "" {
		return calm
	}
	return name
}

// activity is what the company says it mainly does.
func activity(c *company.Company) string {
	for _, field := range []company.Field{company.FieldOKVEDMain, company.FieldOKVEDReported} {
		if code := c.Get(field); code != "" {
			return codeText(company.OKVED(code))
		}
	}
	return ""
}

// vetoes lists every reason against the company, in the order in which Score
// looks for them.
func (w *witness) vetoes() []Veto {
	var out []Veto
	if code := standingVeto(w.row); code != "" {
		out = append(out, NewVeto(code))
	}
	if x := w.scorer.options.Exclusions; x != nil {
		if v := x.Excluded(ContactsOf(w.company)); v.Code != "" {
			out = append(out, v)
		}
	}
	return append(out, w.markVetoes()...)
}

func (w *witness) markVetoes() []Veto {
	var out []Veto
	f, marks := w.found, w.row.Marks
	if marks&MarkMaker != 0 {
		out = append(out, vetoBecause(VetoMaker, wrap("ОКВЭД ", string(f.maker.code), "")))
	}
	if competitor := marks & competitorMarks; competitor != 0 {
		var reasons []string
		for mark, reason := range map[Marks]string{
			MarkCompetitorWord:   wrap("в названии «", f.competitorWords.text, "»"),
			MarkCompetitorRubric: wrap("рубрика «", f.competitorRubrics.text, "»"),
			MarkCompetitorINN:    "назван в файле сегментов",
		} {
			if competitor&mark != 0 && reason != "" {
				reasons = append(reasons, reason)
			}
		}
		slices.Sort(reasons)
		out = append(out, vetoBecause(VetoCompetitor, strings.Join(reasons, ", ")))
	}
	if marks&MarkNotOurs != 0 {
		v := NewVeto(VetoNotOurs)
		v.Text += wrap(" («", f.notOurs.text, "» в названии)")
		out = append(out, v)
	}
	return out
}

// vetoBecause adds the evidence to the usual words, if there is any: a row
// may be older than the company.
func vetoBecause(code, evidence string) Veto {
	v := NewVeto(code)
	v.Text += wrap(": ", evidence, "")
	return v
}

// wrap puts a text between two others, or gives "" for an empty one.
func wrap(before, text, after string) string {
	if text == "" {
		return ""
	}
	return before + text + after
}

// segments fills in all segments that fit, and those that almost do.
func (w *witness) segments(e *Explanation) {
	s := w.scorer
	base := s.base(w.row, w.known)
	var order []int
	totals := map[int]Points{}
	for i := range s.rules {
		if s.fits(w.row, i) == fitsWell {
			total, _ := s.total(w.row, w.known, i, &base)
			totals[i] = total
			order = append(order, i)
			continue
		}
		if reason := w.nearMiss(i); reason != "" {
			seg := &s.segments.Segments[i]
			e.Near = append(e.Near, NearMiss{seg.ID, seg.Title, reason})
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(totals[b], totals[a]), cmp.Compare(s.rules[a].priority, s.rules[b].priority))
	})
	for n, i := range order {
		seg := &s.segments.Segments[i]
		e.Fits = append(e.Fits, SegmentTotal{
			ID: seg.ID, Title: seg.Title, Priority: seg.Priority, Total: totals[i],
			By: w.by(i), Wins: n == 0 && e.Lead,
		})
	}
}

// groups lists the contributions of the winning segment.
func (w *witness) groups(segment int) []GroupTotal {
	s := w.scorer
	out := make([]GroupTotal, len(s.groups))
	for i, g := range s.segments.Groups {
		out[i] = GroupTotal{ID: g.ID, Title: g.Title, Intent: g.Intent, Cap: s.groups[i].cap, Contributions: []Contribution{}}
	}
	for i := range s.signals {
		sig := &s.signals[i]
		g := &out[sig.group]
		g.Contributions = append(g.Contributions, w.contribution(sig, &s.segments.Signals[i], segment))
	}
	for i := range out {
		out[i].settle()
	}
	return out
}

// settle sums a group and takes back what exceeds its cap in a line of its own.
func (g *GroupTotal) settle() {
	for _, c := range g.Contributions {
		g.Total += c.Points
	}
	if over := g.Total - g.Cap; over > 0 {
		g.Total = g.Cap
		g.Contributions = append(g.Contributions, Contribution{
			Signal: OverCap, Title: "сверх предела группы", Known: true, Points: -over,
			Evidence: "группа даёт не больше " + g.Cap.String(),
		})
	}
}

func (w *witness) contribution(sig *signal, c *config.Signal, segment int) Contribution {
	grade := w.scorer.measure(sig, w.row, w.known, segment)
	out := Contribution{
		Signal: c.ID, Title: c.Title, kind: sig.kind,
		Known: w.known.has(sig.kind),
		Value: grade.value, Points: grade.points, Max: sig.full,
	}
	ev := w.unknown(sig.kind)
	switch {
	case out.Known:
		ev = w.evidence(sig.kind, segment, grade.value)
	case grade.points > 0:
		ev.text += ", взята доля " + strings.Replace(trimFloat(grade.value), ".", ",", 1)
	}
	out.Evidence, out.phrase = ev.text, ev.phrase
	if ev.value != nil {
		out.Source, out.Date = ev.value.Source, ev.value.Seen
	}
	return out
}

// missing names what is not known and would count, in the file's order.
func (w *witness) missing() []string {
	var out []string
	for i := range w.scorer.signals {
		sig := &w.scorer.signals[i]
		if noun := sig.kind.noun(); sig.full > 0 && !w.known.has(sig.kind) && !slices.Contains(out, noun) {
			out = append(out, noun)
		}
	}
	return out
}
