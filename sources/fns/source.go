package fns

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// Adapter is the name under which config knows this package.
const Adapter = "fns"

// decoderVersion is raised whenever the same input gives other observations.
const decoderVersion = 2

// ErrOptions is returned for options out of range.
var ErrOptions = errors.New("wrong option of the fns adapter")

// Options are the adapter's own keys in config.
type Options struct {
	// Set is the data set: sshr2019, revexp, paytax, debtam, snr, snrip or
	// taxoffence.
	Set string `mapstructure:"set"`
	// Whole tells whether the inputs together are all that the set has, so that
	// absence means gone: "yes", "no" or "auto", which wants every input named
	// data-YYYYMMDD-structure-YYYYMMDD.zip. "" is "auto".
	Whole members.Whole `mapstructure:"whole"`
	// Workers is how many members are read at a time; 0 = one per processor.
	Workers int `mapstructure:"workers"`
}

// Validate returns ErrOptions naming the key and what is allowed.
func (o Options) Validate() error {
	if _, ok := setOf(o.Set); !ok {
		return fmt.Errorf("%w: set: %q, want one of %s", ErrOptions, o.Set, setIDs())
	}
	if err := o.Whole.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrOptions, err)
	}
	if o.Workers < 0 || o.Workers > 256 {
		return fmt.Errorf("%w: workers: %d, want 0 to 256", ErrOptions, o.Workers)
	}
	return nil
}

// Source reads one set from files. It is a pipeline.Source, a
// pipeline.Fingerprinter and a pipeline.Adviser.
type Source struct {
	name    string
	set     *set
	inputs  []files.Input
	options Options
}

// New makes a source of the given configured name over inputs, which are the
// releases of one set or parts of them. The error is ErrOptions.
func New(name string, inputs []files.Input, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	of, _ := setOf(o.Set)
	return &Source{name: name, set: of, inputs: inputs, options: o}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	d := pipeline.Descriptor{
		Name:     Adapter,
		Title:    s.set.title,
		Kind:     pipeline.KindSet,
		Licence:  "open data of ФНС, set 7707329152-" + s.set.id,
		TermsURL: "https://www.nalog.gov.ru/opendata/7707329152-" + s.set.id + "/",
		Open:     true,
		Needs:    []string{"paths"},
		Rhythm:   s.set.rhythm,
		Decoder:  decoderVersion,

		StaleAfter: s.set.stale,
	}
	if s.set.sole {
		d.Licence += "; sole proprietors are persons"
	}
	return d
}

// Fingerprint names the content of all inputs and the options that change what
// is yielded, as members.Fingerprint does.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	whole := make([]bool, len(s.inputs))
	for i, in := range s.inputs {
		whole[i] = s.options.Whole.Of(in.Name)
	}
	print, err := members.Fingerprint(ctx, s.inputs, fmt.Sprintf("set %s %t", s.set.id, whole))
	if err != nil {
		return "", fmt.Errorf("set %s: %w", s.name, err)
	}
	return print, nil
}
