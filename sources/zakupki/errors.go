package zakupki

import (
	"errors"
	"fmt"

	"obzvon/pipeline/fetch/service"
)

// Errors of this service beside those of package service; each is one of those too.
var (
	// ErrBlocked is a page in place of results, which the site sends with status 200
	// when it wants no more questions, or is being mended.
	ErrBlocked = fmt.Errorf("a page in place of results: the site has shut this address out, or is being mended: %w", service.ErrLayout)
	// ErrIgnored is an answer of everything there is: the site took no notice of what
	// was asked for.
	ErrIgnored = fmt.Errorf("the site took no notice of the filter: %w", service.ErrLayout)
	// ErrRefused is 401 or 403 where no key is asked for.
	ErrRefused = fmt.Errorf("the site refuses this address (it may want a Russian one): %w", service.ErrKey)
	// ErrToken is a fault that speaks of the token.
	ErrToken = fmt.Errorf("the token is not accepted: %w", service.ErrKey)
)

// ErrCursor is returned for a cursor that this source did not give out.
var ErrCursor = errors.New("not a cursor of this source")
