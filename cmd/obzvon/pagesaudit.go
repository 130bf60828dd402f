package main

import (
	"context"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"obzvon/exports/web/page"
	"obzvon/pipeline/audit"
)

// How many lines those may cause who are not logged in. The audit keeps the newest
// half a million: without a bound whoever finds the login page could drive out all
// others within minutes.
const (
	strangersAtOnce = 100
	strangersEvery  = 6 * time.Second
	untoldMost      = 999_999 // the audit holds no longer numbers
)

// pageAudit writes what was done on a page into the audit. Use newPageAudit.
type pageAudit struct {
	log       audit.Log
	now       func() time.Time
	refused   func() // is told of each login that is refused
	strangers *rate.Limiter
	untold    atomic.Int64 // refusals of strangers since the last that was written
}

func newPageAudit(log audit.Log, now func() time.Time, refused func()) *pageAudit {
	return &pageAudit{log: log, now: now, refused: refused, strangers: rate.NewLimiter(rate.Every(strangersEvery), strangersAtOnce)}
}

// Note implements page.Audit. Of too many refusals of strangers the next line that is
// written tells the number.
func (p *pageAudit) Note(ctx context.Context, n page.Note) error {
	login := n.Refused && n.Action == string(audit.Login)
	if login {
		p.refused()
	}
	now, untold := p.now(), int64(0)
	if login || n.Refused && n.Account == "" {
		if !p.strangers.AllowN(now, 1) {
			p.untold.Add(1)
			return nil
		}
		if untold = p.untold.Swap(0); untold > 0 {
			n.What = "more " + strconv.FormatInt(min(untold, untoldMost), 10)
		}
	}
	err := p.log.Append(ctx, audit.Entry{
		At: now, Who: n.Account, Address: n.Address, Action: audit.Action(n.Action), What: n.What, Rows: n.Rows, Refused: n.Refused,
	})
	if err != nil {
		p.untold.Add(untold)
	}
	return err
}
