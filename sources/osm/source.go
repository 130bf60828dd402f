package osm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source reads objects of the map. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	tags    []tag
	service *service.Service // nil in mode files
	inputs  []files.Input    // in mode files
}

// New makes a source that asks an interpreter.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	if o.Mode != ModeOverpass {
		return nil, fmt.Errorf("source %s: mode %s reads paths and asks nobody", name, o.Mode)
	}
	return &Source{name: name, options: o, tags: o.tags(), service: s}, nil
}

// NewFiles makes a source over files of answers, in their order.
func NewFiles(name string, inputs []files.Input, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	if o.Mode != ModeFiles {
		return nil, fmt.Errorf("source %s: paths are for mode %s, not for %s", name, ModeFiles, o.Mode)
	}
	return &Source{name: name, options: o, tags: o.tags(), inputs: inputs}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	d := pipeline.Descriptor{
		Name: s.name, Title: "OpenStreetMap: автосервисы, запчасти, предприятия", Kind: pipeline.KindDirectory,
		Licence:  "© OpenStreetMap contributors, Open Database License 1.0: name the source wherever it is published; a database derived from it that is published or given to others must be open under ODbL",
		TermsURL: "https://www.openstreetmap.org/copyright", Open: true,
		Needs:   []string{"no key; regions: where to ask, tags: what for"},
		Rhythm:  "the map changes every minute; a month between two rounds is enough",
		Decoder: decoderVersion, Live: true,
	}
	if s.options.Mode == ModeFiles {
		d.Live = false
		d.Needs = []string{"paths: answers of Overpass, or an extract in the same JSON"}
		d.Rhythm = "whenever the operator brings an extract"
	}
	return d
}

// Fingerprint implements pipeline.Fingerprinter: what is asked, or the files.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	asked, err := json.Marshal(s.options)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %s", decoderVersion, asked)
	if s.options.Mode == ModeFiles {
		content, err := files.Fingerprint(ctx, s.inputs)
		if err != nil {
			return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
		}
		fmt.Fprintf(sum, " %s", content)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// Pull implements pipeline.Source.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		p := &pull{source: s, req: req, yield: yield}
		run := p.asked
		if s.options.Mode == ModeFiles {
			run = p.files
		}
		if err := run(ctx); err != nil && !errors.Is(err, errStopped) {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
		}
	}
}

// Probe implements pipeline.Prober: how many objects the first question has.
func (s *Source) Probe(ctx context.Context) (string, error) {
	if s.options.Mode == ModeFiles {
		return fmt.Sprintf("%d files in paths", len(s.inputs)), nil
	}
	q := s.questions()[0]
	c := q.call("out count;")
	c.Once = true
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	total, err := countOf(a.Body)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the interpreter answers: %s objects with %s in region %s", total, q.tag, q.region), nil
}

var (
	_ pipeline.Source        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Prober        = (*Source)(nil)
)
