package rsmp

import (
	"context"
	"fmt"
	"io"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// plan says which release each input shows and which inputs are left unread
// because a whole release among them is newer.
type plan struct {
	releases []pipeline.Release
	dates    []company.Date // ДатаСост of the first member, where it was looked at
	left     []bool
	one      bool // all inputs together are one whole release
	newest   int  // the input of the newest date
}

// plan looks into the first member of inputs where their dates matter. With
// "yes" all inputs are one release. With "auto" of whole releases of different
// months only the newest is read: together they would be none, and a firm that
// left the registry would stay for ever. A release whose date cannot be told
// is read.
func (s *Source) plan(ctx context.Context) (plan, error) {
	n := len(s.inputs)
	p := plan{releases: make([]pipeline.Release, n), dates: make([]company.Date, n), left: make([]bool, n), newest: -1}
	p.one = s.options.Whole == "yes"
	whole := 0
	for i, in := range s.inputs {
		p.releases[i] = pipeline.Release{ID: in.Name, Whole: s.options.Whole.Of(in.Name)}
		if p.releases[i].Whole {
			whole++
		}
	}
	if !p.one && whole < 2 {
		return p, nil
	}
	for i, in := range s.inputs {
		if !p.releases[i].Whole {
			continue
		}
		p.dates[i] = dateInside(ctx, in)
		if err := ctx.Err(); err != nil {
			return p, err
		}
		if p.dates[i].Known() && (p.newest < 0 || p.dates[i] > p.dates[p.newest]) {
			p.newest = i
		}
	}
	p.settle()
	return p, nil
}

// settle names the releases once the dates are known.
func (p *plan) settle() {
	one := pipeline.Release{ID: "all inputs", Whole: true}
	if p.newest >= 0 {
		one.ID, one.Date = p.releases[p.newest].ID, p.dates[p.newest]
		if p.one {
			one.ID = "release of " + one.Date.String()
		}
	}
	for i, date := range p.dates {
		switch {
		case p.one:
			p.releases[i] = one
		case !date.Known():
		case date < one.Date:
			p.left[i] = true
		default:
			p.releases[i].ID = one.ID // a second copy of the same release
		}
	}
}

// dateInside is the ДатаСост that the first member of an input begins with,
// unknown where it does not tell.
func dateInside(ctx context.Context, in files.Input) company.Date {
	for _, r := range inputForm().Units(ctx, in) {
		return firstDateOf(r)
	}
	return 0
}

// How much of a member is looked at, and read at a time, when only its first
// date is wanted.
const (
	glimpseMax  = 64 << 10
	glimpseSize = 16 << 10
)

// firstDateOf is the first ДатаСост in the beginning of a member.
func firstDateOf(r io.Reader) company.Date {
	first := firstDate{}
	// The error is of no interest: what is wrong with the member is told when
	// it is pulled.
	_ = new(scanner).scan(io.LimitReader(r, glimpseMax), glimpseSize, &first)
	return first.date
}

// firstDate takes the first date that there is and no more.
type firstDate struct{ date company.Date }

func (*firstDate) begin(*envelope) {}

func (*firstDate) dismiss([]byte) {}

func (f *firstDate) document(_ int64, doc *document, _ []byte) bool {
	f.date = members.DateOf(doc.composed.text())
	return !f.date.Known()
}

// release of the batch of a unit. Its own date, where the plan has none, is
// that of the member's name until the documents tell theirs.
func (p *pull) release(u members.Unit) pipeline.Release {
	r := p.plan.releases[u.Input]
	if !r.Date.Known() {
		r.Date = u.Date()
	}
	return r
}

// Advice tells, one matter a line, what the choice of inputs means for firms
// that leave the registry: which releases are left unread, and why absence
// cannot be told. Nothing to say is no line.
func (s *Source) Advice(ctx context.Context) ([]string, error) {
	p, err := s.plan(ctx)
	if err != nil {
		return nil, fmt.Errorf("registry %s: %w", s.name, err)
	}
	var lines, ids []string
	whole := false
	for i, in := range s.inputs {
		switch {
		case p.left[i]:
			lines = append(lines, fmt.Sprintf("%s is the release of %s and is left unread: %s is of %s",
				in.Name, p.dates[i], s.inputs[p.newest].Name, p.dates[p.newest]))
			continue
		case p.one && p.dates[i] != p.dates[max(p.newest, 0)]:
			lines = append(lines, fmt.Sprintf("%s is of %s, not of %s as the others: what only it holds is kept",
				in.Name, orUnknown(p.dates[i]), orUnknown(p.dates[max(p.newest, 0)])))
		}
		whole = whole || p.releases[i].Whole
		if len(ids) == 0 || ids[len(ids)-1] != p.releases[i].ID {
			ids = append(ids, p.releases[i].ID)
		}
	}
	switch {
	case len(s.inputs) == 0 || s.options.Whole == "no":
	case !whole:
		lines = append(lines, "no input is named as a whole release, so nothing is taken for gone: set whole: yes if the inputs together are one")
	case len(ids) > 1:
		lines = append(lines, "the inputs are not one release, so nothing is taken for gone: "+strings.Join(ids, ", ")+
			"; let the paths match one release, or set whole: yes for parts of one")
	}
	return lines, nil
}

func orUnknown(d company.Date) string {
	if !d.Known() {
		return "an unknown date"
	}
	return d.String()
}
