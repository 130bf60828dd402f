package checko

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/sources/checko/api"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source searches. It may be pulled any number of times.
type Source struct {
	name      string
	options   Options
	client    *api.Client
	questions []api.Query
}

// New makes a source of the given configured name over its service.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, options: o, client: api.New(s), questions: o.questions()}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	v := s.options.Vendor
	return pipeline.Descriptor{
		Name: s.name, Title: v.Title + ": организации и ИП по ОКВЭД и региону", Kind: pipeline.KindDirectory,
		Licence: "the vendor's offer to holders of a key; whether a base of leads may be kept is not known",
		Needs: []string{
			v.Variable + ": the key of an account, from " + v.Site + " (100 calls a day are free)",
			"codes: which ОКВЭД to search for, and regions",
			"terms_accepted: the day on which somebody has read the offer, at " + v.Site,
		},
		Rhythm:  "registries change daily; a round over the same codes once in a month or two is enough",
		Decoder: decoderVersion, Live: true, Secrets: []string{v.Variable},
	}
}

// Fingerprint implements pipeline.Fingerprinter: what is asked.
func (s *Source) Fingerprint(context.Context) (string, error) {
	text, err := json.Marshal(s.questions)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %d %s", decoderVersion, s.options.Vendor.Name, s.options.Base, s.options.Cards, text))
	return hex.EncodeToString(sum[:16]), nil
}

// Pull implements pipeline.Source.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		at, err := after(req.Cursor, s.questions)
		if err != nil {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
			return
		}
		p := pull{source: s, req: req}
		for at.question < len(s.questions) {
			var b pipeline.Batch
			b, at, err = p.page(ctx, at)
			if b.Unit != "" && !yield(b, nil) {
				return
			}
			if err != nil {
				yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
				return
			}
		}
	}
}

// Probe implements pipeline.Prober.
func (s *Source) Probe(ctx context.Context) (string, error) {
	q := s.questions[0]
	q.Page, q.Limit = 1, 1
	p, err := s.client.Search(ctx, q, true)
	if err != nil {
		return "", err
	}
	where := "all regions"
	if q.Region != "" {
		where = "region " + q.Region
	}
	saw := fmt.Sprintf("key accepted, %d of %s under %s in %s", p.Total, q.Object, q.Code, where)
	return saw + p.Meta.Left(), nil
}

var _ pipeline.Prober = (*Source)(nil)
