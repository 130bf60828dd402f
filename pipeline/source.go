package pipeline

import (
	"context"
	"iter"
	"time"

	"obzvon/pipeline/company"
)

// Kind says what an adapter is for.
type Kind string

// The kinds of adapter.
const (
	KindDirectory  Kind = "directory" // listings, often without ИНН
	KindRegistry   Kind = "registry"  // everything there is, filtered on the way in
	KindSet        Kind = "set"       // facts by ИНН, kept whole; adds to companies and never makes one
	KindEnrichment Kind = "enrichment"
	KindExport     Kind = "export"
)

// Descriptor is what an adapter is, before any call: static and free to ask.
type Descriptor struct {
	Name     string   // the adapter's name in config
	Title    string   // Russian, for people
	Kind     Kind     //
	Licence  string   // under which terms the data may be used
	TermsURL string   // where they stand; "" = unknown, off until terms_accepted
	Open     bool     // terms are known to allow this use
	Needs    []string // what config must give: "paths", "OBZVON_X_KEY"
	Rhythm   string   // how often new data comes, in words
	Decoder  int      // raised whenever the same input gives other observations
	// Live says of a source that it asks a service, whose answers change without
	// notice: its fingerprint only tells what is asked. It is pulled again at its
	// rhythm, at most once for one list, and a pull that was cut goes on where it was.
	Live bool
	// Secrets are the variables that hold its keys: "OBZVON_KEY_CHECKO".
	Secrets []string
	// StaleAfter is how many days old a release may be before the source
	// counts as stale; 0 = the source does not age.
	StaleAfter int
	// Metered says of an enricher that asking costs somebody something: the
	// section's budget bounds the asks of a night, each is claimed in the store
	// before it is made, and the best leads come first.
	Metered bool
	// Contacts says of an enricher that it can only be asked for companies of
	// which a site or an e-mail is known.
	Contacts bool
	// Cost is what asking an enricher for one company costs, in kopecks; 0 = nothing.
	// The cheapest is asked first.
	Cost int64
	// Gives says which fields an adapter can give. Of an enricher: it is asked only
	// for companies that lack one of them which config wants; none = whenever it
	// says itself that something is lacking, so for what a company does not have as
	// a rule, such as a risk. Of a source only what stands for a need that a company
	// may have or not counts (company.FieldTenderDay, FieldSupplyDay, FieldFairDay):
	// where such a source is in force, a company without the field is known to have
	// none.
	Gives []company.Field
}

// Source pulls observations from one place.
type Source interface {
	// Describe is constant for the life of the value.
	Describe() Descriptor

	// Pull yields batches until the input is spent. It may be called any
	// number of times; a call with a batch's Cursor goes on after that batch.
	// Two pulls of the same input yield the same batches in the same order.
	// An error is final: it is the last thing yielded, and what was yielded
	// before stays valid. Breaking off the iteration releases every resource.
	// Every row read is counted once: Counts.Check holds for each batch.
	Pull(ctx context.Context, req Request) iter.Seq2[Batch, error]
}

// Request says what a pull is for.
type Request struct {
	Wanted   Wanted          // which codes make a company a candidate; a set takes everything
	Held     *company.INNSet // ИНН already held; nil = none
	Cursor   string          // go on after the batch that carried it; "" = from the start
	Now      time.Time       // the beginning of the list's day, so that the same day sees the same
	Persons  bool            // named people may be collected
	Progress func(Progress)  // may be nil; called from one goroutine at a time
}

// Wanted decides by activity codes. The zero value wants everything.
type Wanted struct {
	Codes      []company.OKVED // a code takes all below it
	Additional bool            // an additional code alone is enough
}

// Any tells whether one of the codes is wanted.
func (w Wanted) Any(codes ...company.OKVED) bool {
	if len(w.Codes) == 0 {
		return true
	}
	for _, c := range codes {
		for _, p := range w.Codes {
			if c.Within(p) {
				return true
			}
		}
	}
	return false
}

// Progress tells how far a pull has come. Total is 0 when unknown.
type Progress struct {
	Unit        string // what is being read now
	Done, Total int64  // bytes of input
	Rows        int64
}

// Release names the state of the world that an input shows.
type Release struct {
	ID    string       `json:"id"`    // lasting name: file name, date
	Date  company.Date `json:"date"`  // the source's own date
	Whole bool         `json:"whole"` // everything the source has: absence means gone
}

// Batch is one member, page or slice of an input: what commits together.
type Batch struct {
	Unit         string
	Release      Release
	Observations []company.Observation // each sorted; keys distinct within the batch
	Rejects      []Reject
	Gaps         []Gap
	Counts       Counts
	Cursor       string // opaque; "" = the source cannot go on from here
}

// Counts are rows of one input. Nothing is lost:
// Declared = Read + Unread and Read = Taken + NotWanted + Quarantined.
type Counts struct {
	Declared    int64 `json:"declared"`
	Read        int64 `json:"read"`
	Unread      int64 `json:"unread"`
	Taken       int64 `json:"taken"`
	NotWanted   int64 `json:"not_wanted"`
	Quarantined int64 `json:"quarantined"`
}

// Add returns the sum of two counts.
func (c Counts) Add(d Counts) Counts {
	return Counts{
		Declared: c.Declared + d.Declared, Read: c.Read + d.Read, Unread: c.Unread + d.Unread,
		Taken: c.Taken + d.Taken, NotWanted: c.NotWanted + d.NotWanted, Quarantined: c.Quarantined + d.Quarantined,
	}
}

// Check returns ErrCounts when rows were lost or invented.
func (c Counts) Check() error {
	if c.Declared != c.Read+c.Unread || c.Read != c.Taken+c.NotWanted+c.Quarantined {
		return &CountsError{Counts: c}
	}
	return nil
}

// Reject is one row that could not be used, kept so that it can be read.
type Reject struct {
	Unit   string `json:"unit"` // file, member
	Row    int64  `json:"row"`  // from 1; 0 = the whole unit
	Reason Reason `json:"reason"`
	Detail string `json:"detail"` // what is wrong with what, in English
	Raw    string `json:"raw"`    // the row as it came, at most RawLimit bytes
}

// RawLimit bounds the copy of a rejected row.
const RawLimit = 2000

// Gap is a part of the input that could not be read at all: the pull goes on,
// but the source is incomplete.
type Gap struct {
	Unit   string `json:"unit"`
	Detail string `json:"detail"`
	Unread int64  `json:"unread"` // rows known to be missing; 0 = not known how many
}

// Reason classes rejects, so that they can be counted.
type Reason string

// The reasons.
const (
	ReasonINN      Reason = "inn"      // form or checksum
	ReasonMissing  Reason = "missing"  // a value without which the row is nothing
	ReasonFormat   Reason = "format"   // the row does not have the form it should
	ReasonEncoding Reason = "encoding" // bytes that are no text
	ReasonLimit    Reason = "limit"    // larger than allowed
	ReasonConflict Reason = "conflict" // the same key twice with other content
)

// Fingerprinter is a Source whose input can be told apart without pulling it:
// equal fingerprints mean that a pull would yield the same. A cursor is used
// again only under an equal fingerprint.
type Fingerprinter interface {
	Fingerprint(ctx context.Context) (string, error)
}

// Prober is an adapter that can make one cheap call, to find out whether it would
// work: the key, the address, the layout.
type Prober interface {
	// Probe says in a line, in English, what it saw. It stores nothing and costs at
	// most one call, which counts for the budget like any other.
	Probe(ctx context.Context) (saw string, err error)
}

// Preparer is a Source whose input must be brought before it can be looked at.
type Preparer interface {
	// Prepare brings the newest input into place. The night calls it once,
	// before Fingerprint and Pull; without it they see what is there already.
	// It may be called again at any time, also after a kill, and goes on where
	// it was. On an error what was there before stays whole and can be pulled.
	Prepare(ctx context.Context, progress func(Progress)) error
}

// Adviser is a Source that can say what an operator should know of its input
// though nothing failed: an older release left unread, why nothing can be
// taken for gone.
type Adviser interface {
	Advice(ctx context.Context) ([]string, error)
}
