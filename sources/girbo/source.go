package girbo

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
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source enumerates companies. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	service *service.Service
	reach   int64 // rows that can be had of one search
}

// New makes a source of the given configured name over its service.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, options: o, service: s, reach: reachMost / int64(o.Rows) * int64(o.Rows)}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: s.name, Title: "ГИР БО: организации по отчётности", Kind: pipeline.KindDirectory,
		Licence: "the state's resource of accounting reports, open to everybody (402-ФЗ, article 18); " +
			"whether its search may be gone through for a lead base is not stated, and the whole of it is sold by subscription",
		TermsURL: siteBase + "/",
		Needs: []string{
			"regions: the first two digits of ИНН",
			"terms_accepted: the day on which somebody has read " + siteBase,
		},
		Rhythm:  "reports of a year come until the summer after it: a round once in a quarter is enough",
		Decoder: decoderVersion, Live: true,
	}
}

// Fingerprint implements pipeline.Fingerprinter: what is asked.
func (s *Source) Fingerprint(context.Context) (string, error) {
	text, err := json.Marshal(s.options)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", decoderVersion, text))
	return hex.EncodeToString(sum[:16]), nil
}

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// Pull implements pipeline.Source.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		p := pull{source: s, req: req, yield: yield}
		if err := p.all(ctx); err != nil && !errors.Is(err, errStopped) {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
		}
	}
}

// ask asks for a page of a search, and tells whether it was kept from before.
func (s *Source) ask(ctx context.Context, c service.Call) (found, bool, error) {
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return found{}, false, err
	}
	f, err := parseFound(a.Body)
	return f, a.Kept, err
}

// Probe implements pipeline.Prober.
func (s *Source) Probe(ctx context.Context) (string, error) {
	region := string(s.options.Regions[0])
	c := searchCall(region, 1, 1)
	c.Once = true
	f, _, err := s.ask(ctx, c)
	if err == nil && f.total == 0 {
		err = ErrEmptied
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the site answers: %d companies have %s in their ИНН", f.total, region), nil
}

var (
	_ pipeline.Prober        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
)
