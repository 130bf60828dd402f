package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/account"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/shift"
)

// operatorNeeds is what the operator's pages work on beside the desk.
type operatorNeeds struct {
	keeper  nightKeeper
	users   *account.Users
	audit   audit.Log
	notices func() []operator.Notice // the last ones, the newest first
}

// nightKeeper is shift.Keeper.
type nightKeeper interface {
	Start(ctx context.Context, who string, req night.Request) error
	Stop(who string) bool
	Status() shift.Status
	Watch(ctx context.Context) iter.Seq[shift.Status]
}

// operatorDesk is what they work on.
type operatorDesk struct {
	*desk
	operatorNeeds
}

func (d *desk) operatorSection(kit *page.Kit, needs operatorNeeds) (page.Section, error) {
	own := &operatorDesk{d, needs}
	return operator.New(kit, operator.Ports{
		Night: operatorNight{own}, Health: operatorHealth{own}, People: operatorPeople{own},
		Stops: operatorStops{own}, Forget: operatorForget{own}, Audit: operatorAudit{own},
	})
}

// change is one change, of the kind that says what may go on beside it.
func (d *operatorDesk) change(ctx context.Context, kind gate.Kind, what, who string, do func(h *house) error) error {
	leave, err := d.gate.Enter(ctx, gate.Pass{Kind: kind, What: what, Who: who})
	var busy *gate.BusyError
	if errors.As(err, &busy) {
		return &operator.BusyError{What: d.busyText(busy.Holder), Err: err}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer leave()
	h := *d.live()
	h.by = who
	return do(&h)
}

// busyText says who is in the way, and what to do.
func (d *operatorDesk) busyText(p gate.Pass) string {
	what := "другая большая работа (" + p.What + ")"
	wait := " Дождитесь её конца."
	switch {
	case p.Kind == gate.Alone:
		what = "стирание данных"
		wait = " Дождитесь его конца: обычно это минуты."
	case p.What == "run":
		what, wait = "ночь", " Дождитесь её конца или остановите её на странице «Ночь»."
	}
	return fmt.Sprintf("Сейчас идёт %s: начал %s, %s.%s", what, whoWords(p.Who), d.live().dayHour(p.Since), wait)
}

// whoWords is who began something, for people.
func whoWords(who string) string {
	if who == "the clock" {
		return "сервер по расписанию"
	}
	return who
}
