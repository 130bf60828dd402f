package enrichtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Run checks one enricher. Each promise is a subtest of its own. make returns
// a new enricher over the same world each time: a fake vendor, a replay.
func Run(t *testing.T, make func() pipeline.Enricher, companies ...company.Company) {
	t.Helper()
	s := suite{make: make, companies: companies}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			if err := p.check(s, t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

type suite struct {
	make      func() pipeline.Enricher
	companies []company.Company
}

// promises in the order of their running; each returns how it is broken.
var promises = []struct {
	name  string
	check func(suite, context.Context) error
}{
	{"describe", suite.describe},
	{"lacks", suite.lacks},
	{"answers", suite.answers},
	{"repeat", suite.repeat},
	{"alone", suite.alone},
	{"nothing asked", suite.nothingAsked},
	{"reads only", suite.readsOnly},
	{"not asked again", suite.notAskedAgain},
	{"break off", suite.breakOff},
	{"cancel", suite.cancel},
}

// now is the night's clock of the suite.
func now() time.Time { return time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC) }

var (
	errAfterError = errors.New("something was yielded after an error")
	errNone       = errors.New("no error")
)

// ask reads an enricher to the end. A final error comes back as final; err is
// a broken promise.
func ask(ctx context.Context, e pipeline.Enricher, companies []company.Company) (answers []pipeline.Answer, final, err error) {
	for a, e := range e.Enrich(ctx, now(), companies) {
		if final != nil {
			return answers, final, errAfterError
		}
		if e != nil {
			final = e
			continue
		}
		answers = append(answers, a)
	}
	if len(answers) > len(companies) || final == nil && len(answers) < len(companies) {
		return answers, final, fmt.Errorf("%d answers for %d companies, error %w", len(answers), len(companies), orNone(final))
	}
	for i, a := range answers {
		if a.INN != companies[i].INN {
			return answers, final, fmt.Errorf("answer %d is of ИНН %s, asked was %s", i+1, a.INN, companies[i].INN)
		}
	}
	return answers, final, nil
}

// whole is ask where an error is not expected.
func (s suite) whole(ctx context.Context, e pipeline.Enricher, companies []company.Company) ([]pipeline.Answer, error) {
	answers, final, err := ask(ctx, e, companies)
	switch {
	case err != nil:
		return nil, err
	case final != nil:
		return nil, fmt.Errorf("the enricher fails: %w", final)
	}
	return answers, nil
}

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// same compares two runs answer by answer.
func same(a, b []pipeline.Answer) error {
	if len(a) != len(b) {
		return fmt.Errorf("%d answers, then %d", len(a), len(b))
	}
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			return fmt.Errorf("answer %d: %+v, then %+v", i+1, a[i], b[i])
		}
	}
	return nil
}
