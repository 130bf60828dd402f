package main

import (
	"context"
	"iter"

	"obzvon/pipeline"
)

// missing is a source whose input is not there.
type missing struct {
	name string
	err  error
}

func (m missing) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: m.name, Title: m.name, Kind: pipeline.KindDirectory, Open: true}
}

// Pull yields the reason and nothing else.
func (m missing) Pull(context.Context, pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) { yield(pipeline.Batch{}, m.err) }
}
