package table

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

// decoderVersion rises whenever the same file gives other observations.
const decoderVersion = 2

// Source reads the tables of one configured source. It may be pulled any
// number of times, also at once.
type Source struct {
	name    string
	inputs  []files.Input
	options Options
	set     settings
}

// New makes a source. name is the section's, which its observations carry. An
// error tells which option is wrong and what is allowed.
func New(name string, inputs []files.Input, opt Options) (*Source, error) {
	set, err := opt.check()
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, inputs: inputs, options: opt, set: set}, nil
}

// Describe implements pipeline.Source. What may be done with an export is
// between the operator and the vendor, so none counts as open: the operator
// says in the config that he may.
func (s *Source) Describe() pipeline.Descriptor {
	d := pipeline.Descriptor{
		Name:    s.name,
		Title:   "Таблица (CSV, XLSX)",
		Kind:    pipeline.KindDirectory,
		Licence: vendorTerms,
		Needs:   []string{"paths"},
		Rhythm:  "whenever the operator brings a new export",
		Decoder: decoderVersion,
	}
	if p := s.set.preset; p != nil {
		d.Title, d.Licence, d.TermsURL = p.title, p.licence, p.terms
	}
	return d
}

// Fingerprint implements pipeline.Fingerprinter: names and bytes of the files
// and the options. A file that cannot be read counts as such, because Pull
// reports it and reads the others.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	content, err := files.Fingerprint(ctx, s.inputs)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	options, err := json.Marshal(s.options)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.Sum256(append([]byte(content+"\n"), options...))
	return hex.EncodeToString(sum[:16]), nil
}

// sheet is an open table whose header is known.
type sheet struct {
	grid   grid
	name   string // of the sheet, "" for a CSV
	layout layout
	date   company.Date
	input  files.Input
}

// headerRows is how deep a header may stand: titles and notes above it.
const headerRows = 20

// open opens an input and finds its header: on the sheet asked for, or on the
// first that has one.
func (s *Source) open(in files.Input) (*sheet, error) {
	g, err := openGrid(in, s.set)
	if err != nil {
		return nil, err
	}
	found, err := s.findHeader(in, g)
	if err != nil {
		g.Close()
		return nil, err
	}
	found.date = s.dateOf(in, g)
	return found, nil
}

func (s *Source) findHeader(in files.Input, g grid) (*sheet, error) {
	var best *HeaderError
	mapped := -1
	for _, name := range g.sheets() {
		rows, err := firstRows(g, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", in.Name, err)
		}
		for _, rec := range rows {
			if isCallList(rec.cells) {
				return nil, fmt.Errorf("%s: %w", in.Name,
					unusable("a call list of this program", "it is no source, what it says came from other sources"))
			}
			l, ok := recognise(rec.cells, s.set)
			if ok {
				l.row = rec.row
				return &sheet{grid: g, name: name, layout: l, input: in}, nil
			}
			if l := nearest(rec.cells, s.set); l.known() > mapped {
				mapped, best = l.known(), headerError(shownName(in, name), &l)
			}
		}
	}
	if best == nil {
		return nil, fmt.Errorf("%s: %w: no rows at all", in.Name, pipeline.ErrEmpty)
	}
	return nil, best
}

// isCallList tells the workbook that this program writes for the callers: its
// facts came from other sources and must not come back as a new one.
func isCallList(header []string) bool {
	hook, result := false, false
	for _, h := range header {
		switch clean(h) {
		case "Зацепка":
			hook = true
		case "Результат":
			result = true
		}
	}
	return hook && result
}

func shownName(in files.Input, sheet string) string {
	if sheet == "" {
		return in.Name
	}
	return fmt.Sprintf("%s, sheet %q", in.Name, sheet)
}

// dateOf is the date of the export: the option, the file's name, the day the
// workbook was made. Libraries stamp workbooks with days of their own, long
// past.
func (s *Source) dateOf(in files.Input, g grid) company.Date {
	if s.set.date.Known() {
		return s.set.date
	}
	if d := dayInName(in.Name); d.Known() {
		return d
	}
	if d := dayOf(g.made()); d.Known() && d.Time().Year() >= 2015 {
		return d
	}
	return 0
}
