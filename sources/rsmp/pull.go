package rsmp

import (
	"context"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/members"
)

// inputForm is what the registry comes in: a published member inflates to some
// 3 MB from a tenth or less of that, a release to some 28 GB from 7 200 members.
func inputForm() *members.Form {
	return &members.Form{
		Of:     "the registry",
		Limits: archive.Limits{Members: 200_000, Member: 256 << 20, Total: 512 << 30, Ratio: 200},
	}
}

// Pull implements pipeline.Source: one batch for each member or file, in the
// order of the input.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return members.Pull(ctx, "registry "+s.name, req, func(ctx context.Context) (*members.Reader, error) {
		if err := s.options.Validate(); err != nil {
			return nil, err
		}
		plan, err := s.plan(ctx)
		if err != nil {
			return nil, err
		}
		p := &pull{source: s, filter: newFilter(req), plan: plan}
		return &members.Reader{
			Form: inputForm(), Inputs: s.inputs, Left: plan.left, Workers: s.options.Workers,
			Release: p.release, Worker: func() members.Worker { return p.newWorker() },
		}, nil
	})
}

// pull is what the workers of one run share.
type pull struct {
	source *Source
	filter *filter
	plan   plan
}
