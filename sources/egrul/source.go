package egrul

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/members"
)

// Adapter is the name under which config knows this package.
const Adapter = "egrul"

// decoderVersion is raised whenever the same input gives other observations.
const decoderVersion = 2

// ErrOptions is returned for options out of range.
var ErrOptions = errors.New("wrong option of the egrul adapter")

// Options are the adapter's own keys in config.
type Options struct {
	// Workers is how many files are read at a time; 0 = one per processor.
	Workers int `mapstructure:"workers"`
	// Branches is how many branches of one company are kept; 0 = 100.
	Branches int `mapstructure:"branches"`
}

// Validate returns ErrOptions naming the key and what is allowed.
func (o Options) Validate() error {
	switch {
	case o.Workers < 0 || o.Workers > 256:
		return fmt.Errorf("%w: workers: %d, want 0 to 256", ErrOptions, o.Workers)
	case o.Branches < 0 || o.Branches > 10_000:
		return fmt.Errorf("%w: branches: %d, want 0 to 10000", ErrOptions, o.Branches)
	default:
		return nil
	}
}

func (o Options) branches() int {
	if o.Branches > 0 {
		return o.Branches
	}
	return 100
}

// Source reads the registers from files. It is a pipeline.Source, a
// pipeline.Fingerprinter and a pipeline.Adviser.
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

// Describe implements pipeline.Source. No statement of ФНС on the terms of use
// of bulk data is known, so the source is off until somebody accepts them.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name:    Adapter,
		Title:   "ЕГРЮЛ и ЕГРИП (ФНС)",
		Kind:    pipeline.KindRegistry,
		Licence: "open by 129-ФЗ, article 6; the terms of bulk access are those of the agreement with ФНС; names of people are personal data",
		Needs:   []string{"paths"},
		Rhythm:  "daily changes, a full archive each year",
		Decoder: decoderVersion,

		StaleAfter: 40,
	}
}

// Advice says what the choice of inputs leaves open: of companies that an old
// input shows at work, those that ended too long ago are not told of.
func (s *Source) Advice(context.Context) ([]string, error) {
	var days []company.Date
	for _, in := range s.inputs {
		if d := members.DateIn(in.Name); d.Known() {
			days = append(days, d)
		}
	}
	if len(days) == 0 || slices.Max(days)-slices.Min(days) <= lateDays {
		return nil, nil
	}
	return []string{fmt.Sprintf("the inputs are of %s to %s: a company that an older one shows at work, that ended more than %d days ago and that no directory holds is taken to be at work still: give a newer full archive in place of the oldest",
		slices.Min(days), slices.Max(days), lateDays)}, nil
}
