package fns

import (
	"context"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/members"
)

// inputForm is what sets come in: a published member of 900 documents inflates
// to 1.6 MB at most, some twenty times its size, and the largest release to some
// 5 GB from 5 300 members.
func inputForm() *members.Form {
	return &members.Form{
		Of:     "the set",
		Limits: archive.Limits{Members: 100_000, Member: 128 << 20, Total: 128 << 30, Ratio: 200},
	}
}

// Pull implements pipeline.Source: one batch for each member or file. What is
// wanted and what is held play no part, as the package comment says why.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return members.Pull(ctx, "set "+s.name, req, func(ctx context.Context) (*members.Reader, error) {
		p, err := s.plan(ctx)
		if err != nil {
			return nil, err
		}
		r := &members.Reader{
			Form: inputForm(), Workers: s.options.Workers,
			Release: func(members.Unit) pipeline.Release { return p.release },
			Worker:  func() members.Worker { return &worker{source: s, release: p.release} },
		}
		for _, i := range p.order {
			r.Inputs = append(r.Inputs, s.inputs[i])
		}
		return r, nil
	})
}
