package pipeline

import (
	"context"
	"iter"
	"time"

	"obzvon/pipeline/company"
)

// Enricher adds what is missing to companies that are already known.
type Enricher interface {
	// Describe is constant for the life of the value.
	Describe() Descriptor

	// Lacks tells, without any call, whether this enricher could add
	// something to the company.
	Lacks(c *company.Company) bool

	// Enrich yields exactly one Answer for each company asked, in order. It
	// never invents: nothing found is an Answer with Found false, which is
	// told apart from an error. An error is final; companies that got no
	// answer by then are asked again another night.
	Enrich(ctx context.Context, now time.Time, asked []company.Company) iter.Seq2[Answer, error]
}

// Answer is what an enricher says of one company.
type Answer struct {
	INN         company.INN
	Found       bool
	Observation company.Observation // Source and INN set; zero when not Found
}
