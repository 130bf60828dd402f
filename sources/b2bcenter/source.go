package b2bcenter

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source reads the market's notices. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	service *service.Service
}

// New makes a source over the site.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, options: o, service: s}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: s.name, Title: "B2B-Center: закупки подшипников", Kind: pipeline.KindDirectory,
		Licence: "an open page without a key; the site's terms are not known here: read them at www.b2b-center.ru before accepting",
		Needs:   []string{"no key; keywords: what to search for"},
		Rhythm:  "notices appear all day long: ask once a night",
		Decoder: decoderVersion, Live: true,
		Gives: []company.Field{company.FieldTenderDay, company.FieldTenderDeadline},
	}
}

// Fingerprint implements pipeline.Fingerprinter: what is asked.
func (s *Source) Fingerprint(context.Context) (string, error) {
	asked, err := json.Marshal(s.options)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", decoderVersion, asked))
	return hex.EncodeToString(sum[:16]), nil
}

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// Pull implements pipeline.Source.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		p := &pull{source: s, req: req, yield: yield}
		if err := p.all(ctx); err != nil && !errors.Is(err, errStopped) {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
		}
	}
}

// Probe implements pipeline.Prober: the first page of the first keyword.
func (s *Source) Probe(ctx context.Context) (string, error) {
	c := call(s.options.Keywords[0], 0)
	c.Once = true
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	l, err := parsePage(a.Body)
	if err != nil {
		return "", err
	}
	speak := 0
	for i := range l.rows {
		if l.rows[i].speaksOf(s.options.Keywords[0]) {
			speak++
		}
	}
	return fmt.Sprintf("the market answers: %d notices on the first page of «%s», %d of them speak of it", len(l.rows), s.options.Keywords[0], speak), nil
}

var (
	_ pipeline.Source        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Prober        = (*Source)(nil)
)
