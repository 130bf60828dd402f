package fns

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// plan says in which order inputs are read and what release they are together.
type plan struct {
	order   []int // of inputs that are read
	left    []int // inputs left unread because a later state is among them
	looks   []look
	release pipeline.Release
}

// look is what an input says of itself before it is read.
type look struct {
	published company.Date // by its name or that of its first member
	composed  company.Date // ДатаСост of the first document
}

// plan looks into every input. Of a set that shows the state of a day, inputs
// of earlier days are left: they hold what is no longer so. An input that does
// not tell its day is read.
func (s *Source) plan(ctx context.Context) (plan, error) {
	p := plan{looks: make([]look, len(s.inputs))}
	var newest company.Date
	for i, in := range s.inputs {
		p.looks[i] = s.look(ctx, in)
		if err := ctx.Err(); err != nil {
			return p, err
		}
		newest = max(newest, p.looks[i].composed)
	}
	for i, l := range p.looks {
		if s.set.state && l.composed.Known() && l.composed < newest {
			p.left = append(p.left, i)
			continue
		}
		p.order = append(p.order, i)
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		x, y := p.looks[a], p.looks[b]
		return cmp.Or(cmp.Compare(x.composed, y.composed), cmp.Compare(x.published, y.published))
	})
	p.release = s.release(&p)
	return p, nil
}

// release names all that is read as one: by the last input in the order, dated
// by the newest day of publishing.
func (s *Source) release(p *plan) pipeline.Release {
	r := pipeline.Release{Whole: len(p.order) > 0}
	for _, i := range p.order {
		r.ID = s.inputs[i].Name
		r.Whole = r.Whole && s.options.Whole.Of(r.ID)
		r.Date = max(r.Date, p.looks[i].published)
	}
	if !r.Date.Known() {
		for _, i := range p.order {
			r.Date = max(r.Date, p.looks[i].composed)
		}
	}
	if more := len(p.order) - 1; more > 0 {
		r.ID = fmt.Sprintf("%s and %d more", r.ID, more)
	}
	return r
}

// publishedDay is the day in the published name of a release of these sets.
var publishedDay = regexp.MustCompile(`(?i)^data-(\d{4})(\d{2})(\d{2})-structure-\d{8}\.zip$`)

// look opens an input and reads its first document.
func (s *Source) look(ctx context.Context, in files.Input) (l look) {
	if m := publishedDay.FindStringSubmatch(in.Name); m != nil {
		l.published = dayOf(m[1], m[2], m[3])
	}
	for u, r := range inputForm().Units(ctx, in) {
		if !l.published.Known() {
			l.published = u.Date()
		}
		l.composed = s.firstComposed(ctx, r)
		break
	}
	return l
}

// firstComposed is the ДатаСост that a file begins with, unknown where it does
// not tell.
func (s *Source) firstComposed(ctx context.Context, r io.Reader) (date company.Date) {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	// The error is of no interest: what is wrong with the member is told when
	// it is pulled.
	_ = newDecoder(s.set, members.Until(ctx, r)).decode(func(_ int64, doc *document, _ []byte) {
		var at stamp
		if !date.Known() && at.of(doc.composed) == nil {
			date = at.date
			enough()
		}
	})
	return date
}

// Advice tells, one matter a line, what the choice of inputs means: which are
// left unread, and why nothing can be taken for gone.
func (s *Source) Advice(ctx context.Context) ([]string, error) {
	p, err := s.plan(ctx)
	if err != nil {
		return nil, fmt.Errorf("set %s: %w", s.name, err)
	}
	var lines []string
	for _, i := range p.left {
		lines = append(lines, fmt.Sprintf("%s shows the state of %s and is left unread: %s is newer",
			s.inputs[i].Name, p.looks[i].composed, s.inputs[p.order[len(p.order)-1]].Name))
	}
	if len(p.order) > 0 && !p.release.Whole && s.options.Whole != "no" {
		lines = append(lines, "not every input is named as a whole release, so nothing is taken for gone: set whole: yes if the inputs together are one")
	}
	return lines, nil
}
