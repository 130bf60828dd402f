package twogis

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

// Source asks 2ГИС for firms. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	service *service.Service
}

// New makes a source over the service.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, options: o, service: s}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: s.name, Title: "2ГИС: справочник организаций (Places API)", Kind: pipeline.KindDirectory,
		Licence:  "WebAPI licence agreement of 2ГИС, https://law.2gis.ru/: whether results may be kept in a base of leads must be read there",
		TermsURL: "https://law.2gis.ru/",
		Needs: []string{
			KeyVariable + ": a key of the Places API from https://platform.2gis.ru (a demo key shows 50 firms of a question; phones, sites and ИНН by agreement with sales)",
			"regions or points: where to search; rubrics: what for",
		},
		Rhythm:  "the directory changes every day; a month between two rounds is enough",
		Decoder: decoderVersion, Live: true, Secrets: []string{KeyVariable},
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

// Probe implements pipeline.Prober: the first page of the first question.
func (s *Source) Probe(ctx context.Context) (string, error) {
	q := s.questions()[0]
	c := s.call(q, 1)
	c.Once = true
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	found, err := parsePage(a.Body)
	if err != nil {
		return "", err
	}
	given := "no contacts: this key is not given them"
	for _, raw := range found.rows {
		var x item
		if json.Unmarshal(raw, &x) == nil && len(x.Groups) > 0 {
			given = "contacts come with this key"
		}
	}
	return fmt.Sprintf("key accepted: %d firms under %s %s in %s, %d on the first page; %s", found.total, q.rubric.id, q.rubric.name, q.place.text, len(found.rows), given), nil
}

var (
	_ pipeline.Source        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Prober        = (*Source)(nil)
)
