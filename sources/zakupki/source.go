package zakupki

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source reads purchases of bearings. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	wanted  wanted
	service *service.Service // nil in mode files
	base    string
	inputs  []files.Input // in mode files
	now     func() time.Time
}

// New makes a source that asks the site or the service, in any mode but files.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	if o.Mode == ModeFiles {
		return nil, fmt.Errorf("source %s: mode %s reads paths and asks nobody", name, o.Mode)
	}
	return &Source{
		name: name, options: o, wanted: newWanted(o.Words, plain(o.OKPD2)),
		service: s, base: Interface(o, "").Base, now: time.Now,
	}, nil
}

// NewFiles makes a source over XML files and zips of them, in their order.
func NewFiles(name string, inputs []files.Input, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	if o.Mode != ModeFiles {
		return nil, fmt.Errorf("source %s: paths are for mode %s, not for %s", name, ModeFiles, o.Mode)
	}
	return &Source{name: name, options: o, wanted: newWanted(o.Words, plain(o.OKPD2)), inputs: inputs, now: time.Now}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	d := pipeline.Descriptor{
		Name: s.name, Title: "ЕИС: закупки подшипников по 44-ФЗ и 223-ФЗ", Kind: pipeline.KindDirectory,
		Licence:  "information of the ЕИС is open to all and free of charge (44-ФЗ, article 4); no terms for a lead base are stated",
		TermsURL: "https://zakupki.gov.ru/epz/main/public/home.html",
		Rhythm:   "notices appear all day long: ask once a night",
		Decoder:  decoderVersion, Live: s.options.Mode != ModeFiles,
		Gives: []company.Field{company.FieldTenderDay, company.FieldTenderDeadline, company.FieldSupplyDay},
	}
	switch s.options.Mode {
	case ModeFiles:
		d.Needs, d.Rhythm = []string{"paths: XML of notices and contracts, or zips of them"}, "whenever the operator brings archives"
	case ModeDocs:
		d.Needs = []string{KeyVariable + ": the token for getting open data, from the personal cabinet at zakupki.gov.ru (log in by Госуслуги, then «Получение открытых данных»)", trust}
		d.Secrets = []string{KeyVariable}
	default:
		d.Needs = []string{trust}
	}
	return d
}

const trust = "fetch.ca_file with the root certificates of Минцифры, if the machine does not trust them, and often a Russian IP address"

// Fingerprint implements pipeline.Fingerprinter: what is asked, or the files.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	text, err := json.Marshal(s.options)
	if err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", s.name, err)
	}
	asked := fmt.Sprintf("%d %s", decoderVersion, text)
	if s.options.Mode == ModeFiles {
		return members.Fingerprint(ctx, s.inputs, asked)
	}
	sum := sha256.Sum256([]byte(asked))
	return hex.EncodeToString(sum[:16]), nil
}

// errStopped says that the consumer wants no more.
var errStopped = errors.New("iteration broken off")

// Pull implements pipeline.Source.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		run := map[string]func(*pull) error{
			ModeRSS: (*pull).feeds, ModePages: (*pull).pages, ModeDocs: (*pull).docs, ModeFiles: (*pull).files,
		}[s.options.Mode]
		err := run(&pull{source: s, ctx: ctx, req: req, yield: yield})
		if err != nil && !errors.Is(err, errStopped) {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
		}
	}
}

// pull is one reading.
type pull struct {
	source *Source
	ctx    context.Context //nolint:containedctx // a pull lives no longer than the call that made it
	req    pipeline.Request
	yield  func(pipeline.Batch, error) bool
	rows   int64
}

// emit hands a batch over.
func (p *pull) emit(b pipeline.Batch) error {
	p.rows += b.Counts.Read
	if !p.yield(b, nil) {
		return errStopped
	}
	return nil
}

func (p *pull) progress(unit string, done, total int) {
	if p.req.Progress != nil {
		p.req.Progress(pipeline.Progress{Unit: unit, Done: int64(done), Total: int64(total), Rows: p.rows})
	}
}

func (p *pull) gather(unit string) *gatherer {
	g := p.source.gather(unit, p.req.Persons)
	if p.source.options.Mode == ModeFiles || p.source.options.Mode == ModeDocs {
		g.regions = plain(p.source.options.Regions)
	}
	return g
}
