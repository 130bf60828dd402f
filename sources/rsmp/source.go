package rsmp

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// Adapter is the name under which config knows this package.
const Adapter = "rsmp"

// decoderVersion is raised whenever the same input gives other observations.
const decoderVersion = 3

// ErrOptions is returned for options out of range.
var ErrOptions = errors.New("wrong option of the rsmp adapter")

// Options are the adapter's own keys in config.
type Options struct {
	// Whole tells whether an input is a whole release, so that absence means
	// gone: "yes", "no" or "auto", which goes by the published name
	// data-…-structure-….zip. "" is "auto". With "yes" all inputs together are
	// one release; with "auto" only the newest of several is read.
	Whole members.Whole `mapstructure:"whole"`
	// Workers is how many members are read at a time; 0 = one per processor.
	Workers int `mapstructure:"workers"`
}

// Validate returns ErrOptions naming the key and what is allowed.
func (o Options) Validate() error {
	if err := o.Whole.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrOptions, err)
	}
	if o.Workers < 0 || o.Workers > 256 {
		return fmt.Errorf("%w: workers: %d, want 0 to 256", ErrOptions, o.Workers)
	}
	return nil
}

// Source reads the registry from files. It is a pipeline.Source and a
// pipeline.Fingerprinter.
type Source struct {
	name    string
	inputs  []files.Input
	options Options
}

// New makes a source of the given configured name over inputs in their order.
// Options that Validate refuses make every Pull fail.
func New(name string, inputs []files.Input, options Options) *Source {
	return &Source{name: name, inputs: inputs, options: options}
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name:     Adapter,
		Title:    "Реестр малого и среднего бизнеса (ФНС)",
		Kind:     pipeline.KindRegistry,
		Licence:  "open data of ФНС, set 7707329152-rsmp; names of sole proprietors are personal data",
		TermsURL: "https://www.nalog.gov.ru/opendata/7707329152-rsmp/",
		Open:     true,
		Needs:    []string{"paths"},
		Rhythm:   "monthly, on the 10th",
		Decoder:  decoderVersion,

		StaleAfter: 75, // two monthly releases missed
	}
}

// Fingerprint names the content of all inputs and the options that change what
// is yielded, as members.Fingerprint does.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	whole := make([]bool, len(s.inputs))
	for i, in := range s.inputs {
		whole[i] = s.options.Whole.Of(in.Name)
	}
	print, err := members.Fingerprint(ctx, s.inputs, fmt.Sprintf("whole %t", whole))
	if err != nil {
		return "", fmt.Errorf("registry %s: %w", s.name, err)
	}
	return print, nil
}
