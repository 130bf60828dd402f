package exhibitors

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source reads the exhibitors of one fair. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	layout  Layout
	base    *url.URL
	service *service.Service
}

// New makes a source over the catalogue.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	layout, err := o.layout()
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	base, err := fetch.ParseAddress(o.base())
	if err != nil {
		return nil, fmt.Errorf("source %s: base: %w", name, err)
	}
	return &Source{name: name, options: o, layout: layout, base: base, service: s}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: s.name, Title: "Участники выставки «" + line(s.options.Title) + "»", Kind: pipeline.KindDirectory,
		Licence: "an open catalogue of a fair, made so that exhibitors are found; its terms are not known here: read them at " + s.base.Host + " before accepting",
		Needs:   []string{"no key; list: the path of the fair's list, fair, title and day: which fair it is"},
		Rhythm:  "a list grows until its fair begins: once a month is enough",
		Decoder: decoderVersion, Live: true,
		Gives: []company.Field{company.FieldFairDay},
	}
}

// Fingerprint implements pipeline.Fingerprinter: what is asked.
func (s *Source) Fingerprint(context.Context) (string, error) {
	asked, err := json.Marshal(struct {
		Options Options
		Layout  Layout
	}{s.options, s.layout})
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", decoderVersion, asked))
	return hex.EncodeToString(sum[:16]), nil
}

// Advice implements pipeline.Adviser.
func (s *Source) Advice(context.Context) ([]string, error) {
	if s.layout.verified || s.options.Layout == own {
		return nil, nil
	}
	return []string{fmt.Sprintf("the layout %s was never tried on real pages: look at what it takes, and correct it as layout: %s with page: …", s.options.Layout, own)}, nil
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

// Probe implements pipeline.Prober: the first page of the list.
func (s *Source) Probe(ctx context.Context) (string, error) {
	c := s.listCall(0)
	c.Once = true
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	firms, err := s.first(a.Body)
	if err != nil {
		return "", err
	}
	named, foreign := 0, 0
	for i := range firms {
		if firms[i].name != "" {
			named++
		}
		if abroad(firms[i].country) {
			foreign++
		}
	}
	return fmt.Sprintf("the catalogue answers: %d exhibitors on the first page, %d with a name, %d of other countries", len(firms), named, foreign), nil
}

// first reads a page that must show somebody.
func (s *Source) first(body []byte) ([]firm, error) {
	firms, err := s.layout.parseList(body)
	if err == nil && len(firms) == 0 {
		err = fmt.Errorf("%w: no rows by %q", service.ErrLayout, s.layout.Rows)
	}
	return firms, err
}

var (
	_ pipeline.Source        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Prober        = (*Source)(nil)
	_ pipeline.Adviser       = (*Source)(nil)
)
