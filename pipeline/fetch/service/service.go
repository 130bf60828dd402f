package service

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

// Purse keeps budgets. What it debits is spent, whatever becomes of the call.
type Purse interface {
	// Debit takes the amount from the account's budgets of the day and in all (0 =
	// none), or is ErrBudget and takes nothing.
	Debit(ctx context.Context, account string, day company.Date, amount, perDay, inAll int64) error
}

// Shelf keeps answers. What is lost on it is asked again.
type Shelf interface {
	// Find returns what was kept under the name since the given moment, nil if
	// nothing is.
	Find(ctx context.Context, name string, since time.Time) ([]byte, error)
	Keep(ctx context.Context, name string, answer []byte) error
}

// Key is a secret that a service asks for. Its text is never printed.
type Key struct {
	Text string
	Put  func(r *http.Request, key string) // where it goes
}

// String keeps the key out of whatever prints it.
func (Key) String() string { return "(key)" }

// GoString does so for %#v.
func (Key) GoString() string { return "(key)" }

// InQuery puts a key into the query under a name.
func InQuery(name string) func(*http.Request, string) {
	return func(r *http.Request, key string) {
		q := r.URL.Query()
		q.Set(name, key)
		r.URL.RawQuery = q.Encode()
	}
}

// InHeader puts a key into a header after a prefix: "Authorization", "Token ".
func InHeader(name, prefix string) func(*http.Request, string) {
	return func(r *http.Request, key string) { r.Header.Set(name, prefix+key) }
}

// Options say what a service is and what it may cost.
type Options struct {
	Name  string // lasting: the account of its budget, the folder of its answers
	Base  string // "https://api.checko.ru/v2"
	Keys  []Key  // empty texts are not sent
	Pace  time.Duration
	Rate  float64 // calls a second with one key; 0 = the pace alone
	Burst int     // 0 = 1

	PerDay, InAll int64 // budget in calls; 0 = no bound
	Purse         Purse // needed with a budget
	Day           func() company.Date

	// Persons says that answers name people, such as a firm's head: whoever may not
	// collect names must not keep such answers either.
	Persons bool

	Shelf Shelf         // nil = nothing is kept
	Fresh time.Duration // how long a kept answer is as good as a new one

	// Robots obeys the robots.txt of the base's host, which is read once a day and not
	// debited: for services that are pages made for people.
	Robots bool

	// Told hears of each call that was made, or refused by the budget: what came of it
	// (Outcome) and how long it took; nil = nobody listens.
	Told func(service, outcome string, took time.Duration)

	Limit    int64 // bytes of an answer, unpacked; 0 = 8 MiB
	Attempts int   // of one call; 0 = 4. Each is debited

	// Judge says what an answer is that HTTP calls a success, or none: nil = by the
	// status alone. It gives one of the errors above, and the service's own word.
	Judge func(code int, body []byte) (said string, err error)
}

// Service is one vendor's interface with one key. It may be used from several
// goroutines.
type Service struct {
	o      Options
	base   *url.URL
	client *fetch.Client
	pace   *rate.Limiter

	manners manners
}

const (
	defaultLimit    = 8 << 20
	defaultAttempts = 4
)

// New makes a service over the program's client. The base address is checked.
func New(client *fetch.Client, o Options) (*Service, error) {
	base, err := fetch.ParseAddress(o.Base)
	if err != nil {
		return nil, err
	}
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	if o.Attempts == 0 {
		o.Attempts = defaultAttempts
	}
	limit := rate.Inf
	if o.Rate > 0 {
		limit = rate.Limit(o.Rate)
	}
	client.SetPace(base.Hostname(), o.Pace)
	return &Service{
		o: o, base: base, client: client, pace: rate.NewLimiter(limit, max(o.Burst, 1)),
		manners: manners{reading: make(chan struct{}, 1)},
	}, nil
}

// Name of the service.
func (s *Service) Name() string { return s.o.Name }

// Ready tells whether all keys are there: without them nothing is asked.
func (s *Service) Ready() bool {
	for _, k := range s.o.Keys {
		if k.Text == "" {
			return false
		}
	}
	return true
}

// String keeps what the service holds out of whatever prints it.
func (s *Service) String() string { return "service " + s.o.Name }

// GoString does so for %#v.
func (s *Service) GoString() string { return s.String() }
