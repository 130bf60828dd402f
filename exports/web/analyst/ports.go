package analyst

import (
	"context"
	"errors"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Errors of a Desk.
var (
	ErrNone = errors.New("there is no such thing") // a source, a company, a listing
	// ErrUnscored is that nothing has been scored yet, or not by the present rules:
	// a night must come first.
	ErrUnscored = errors.New("no night has scored anything yet")
	// ErrSettled is a decision that cannot have any effect: the listing names its
	// ИНН itself.
	ErrSettled = errors.New("there is nothing to decide")
)

// Desk is what the pages ask for. What it returns holds no phone, no e-mail and no
// name of a person, those of sole proprietors included; it may be called from many
// requests at once, and stops early when its context ends.
type Desk interface {
	Weigher
	Listener
	Matcher
	Librarian

	// Firm tells everything of a company that may be told here: ErrNone.
	Firm(ctx context.Context, inn company.INN) (*Firm, error)
}

// Weigher knows the segments file in use.
type Weigher interface {
	// Weights are the segments and points in use with today's counts; the counts
	// are left out (Scored false) before the first night.
	Weights(ctx context.Context) (*Weights, error)

	// Preview tells what a trial would change, and changes nothing. It reads the
	// whole base. Errors: *config.Error (several joined), config.ErrRewrite,
	// ErrUnscored.
	Preview(ctx context.Context, t Trial) (*Preview, error)

	// File is the segments file in use with the values of the trial, all else as
	// it stands. Errors: *config.Error (several joined), config.ErrRewrite.
	File(ctx context.Context, change config.Numbers) ([]byte, error)
}

// Trial is another segments file: the one in use with some numbers changed, or one
// that was sent.
type Trial struct {
	Change config.Numbers
	Sent   []byte // nil = the one in use
	Name   string // of the file that was sent
}

// Listener knows what calls say.
type Listener interface {
	// Outcomes counts what came of calls. It reads every list and result.
	Outcomes(ctx context.Context) (*Outcomes, error)
}

// Matcher knows the listings whose company is in doubt.
type Matcher interface {
	// Matches pages through what is to be decided, from page 1, size rows each.
	Matches(ctx context.Context, page, size int) (*Matches, error)

	// Decided pages through what people decided, the latest first.
	Decided(ctx context.Context, page, size int) (*Decided, error)

	// Decide remembers a person's word on a listing and companies, for ever or until
	// he says otherwise; it holds from the next night on. ErrNone, ErrSettled.
	Decide(ctx context.Context, v Verdict) error
}

// Verdict is a person's word.
type Verdict struct {
	Source, Key string
	INNs        []company.INN // one, or several that are all not it
	Same        bool
	By          string // account
}

// Librarian knows the sources.
type Librarian interface {
	// Quarantine counts the rows that could not be used, by source and reason;
	// sources without any are left out.
	Quarantine(ctx context.Context) ([]Quarantine, error)

	// Rejects pages through those of a source, of one reason or of all if that is
	// "". Raw is as the source had it: the page masks it. ErrNone.
	Rejects(ctx context.Context, source, reason string, page, size int) (*Rejects, error)

	// Sources are all that config names, and those that it could name.
	Sources(ctx context.Context) (*Sources, error)

	// Source is one with its last runs, the latest first: ErrNone.
	Source(ctx context.Context, name string) (*SourceCard, error)
}
