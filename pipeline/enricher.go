package pipeline

import (
	"context"
	"iter"
	"time"

	"obzvon/pipeline/company"
)

// Enricher adds what is missing to companies that are already known, and to
// listings of which nobody knows yet whose they are.
type Enricher interface {
	// Describe is constant for the life of the value.
	Describe() Descriptor

	// Lacks tells, without any call, whether this enricher could add
	// something to the company. One without ИНН stands for a listing.
	Lacks(c *company.Company) bool

	// Enrich yields exactly one Answer for each Ask, in any order. It takes
	// asks as it can serve them, also from another goroutine than the caller's,
	// and answers depend neither on who else is asked for nor on the order. It
	// never invents: nothing found is an Answer with Found false, and why, if
	// there is a reason. An error is final; those that got no answer by then
	// are asked again another night. Breaking off the iteration releases every
	// resource, and no ask is taken after it.
	Enrich(ctx context.Context, task Task, asks iter.Seq[Ask]) iter.Seq2[Answer, error]
}

// Placer is an Enricher that asks at places, such as companies' sites, so that
// asks of several companies may be one. It may be asked for listings too, which
// are not asked for otherwise.
type Placer interface {
	// Places names where to ask for the company, the likeliest first, each by a
	// text that lasts; none = nowhere. The ID of an Ask is one of them, and
	// nothing but that place is asked: of several companies and listings at one
	// place one is asked for, and where one place is not due the next is tried.
	Places(c *company.Company) []string
}

// Task is what all asks of one call have in common.
type Task struct {
	Now     time.Time // of the night
	Persons bool      // named people may be collected
}

// Ask is a company or a listing for which an enricher is asked.
type Ask struct {
	ID      string          // names it for ever; comes back in the Answer
	Company company.Company // of a listing: without ИНН, derived from it alone
	Memory  []byte          // what the last Answer for it left; nil = nothing
}

// Answer is what an enricher says of one Ask.
type Answer struct {
	ID    string // of the Ask
	Found bool

	// Observation has the source set and a key that is the enricher's own. Its
	// ИНН is that of the company asked for, or "" where what was found may be
	// another's: then matching decides. Zero when not Found.
	Observation company.Observation

	Outcome string    // a code by which answers are counted: "robots", "timeout"; "" = nothing to tell
	Memory  []byte    // handed back with the next Ask; nil = nothing
	Again   time.Time // not to be asked for before; zero = whenever it lacks something
}
