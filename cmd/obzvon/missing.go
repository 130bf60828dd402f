package main

import (
	"context"
	"iter"

	"obzvon/pipeline"
)

// missing is a source whose input is not there: it describes itself as ever
// and yields the reason and nothing else.
type missing struct {
	pipeline.Descriptor

	err error
}

func (m missing) Describe() pipeline.Descriptor { return m.Descriptor }

func (m missing) Pull(context.Context, pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) { yield(pipeline.Batch{}, m.err) }
}
