package enrichtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/sourcetest"
)

func (s suite) describe(context.Context) error {
	e := s.make()
	d := e.Describe()
	if !reflect.DeepEqual(d, e.Describe()) || !reflect.DeepEqual(d, s.make().Describe()) {
		return errors.New("two calls of Describe differ")
	}
	for field, v := range map[string]string{"Name": d.Name, "Title": d.Title, "Licence": d.Licence, "Rhythm": d.Rhythm} {
		if v == "" {
			return fmt.Errorf("the descriptor has no %s", field)
		}
	}
	switch {
	case d.Kind != pipeline.KindEnrichment:
		return fmt.Errorf("kind %q, want %q", d.Kind, pipeline.KindEnrichment)
	case d.Decoder < 1:
		return fmt.Errorf("decoder version %d, want 1 or more", d.Decoder)
	case d.Open && d.TermsURL == "":
		return errors.New("open, but does not say where the terms stand")
	}
	return nil
}

// lacks: the same company gets the same word, whoever is asked and however
// often, and asking changes nothing.
func (s suite) lacks(ctx context.Context) error {
	e := s.make()
	first := make([]bool, len(s.companies))
	for i := range s.companies {
		first[i] = e.Lacks(&s.companies[i])
	}
	if _, err := s.whole(ctx, e, s.companies); err != nil {
		return err
	}
	fresh := s.make()
	for i := range s.companies {
		c := clone(s.companies[i])
		if e.Lacks(&c) != first[i] || fresh.Lacks(&c) != first[i] {
			return fmt.Errorf("company %s: Lacks says %v, later the opposite", c.INN, first[i])
		}
		if !reflect.DeepEqual(c, s.companies[i]) {
			return fmt.Errorf("company %s: Lacks changes it", c.INN)
		}
	}
	return nil
}

// answers looks at each answer, and that the fixtures show both sides.
func (s suite) answers(ctx context.Context) error {
	answers, err := s.whole(ctx, s.make(), s.companies)
	if err != nil {
		return err
	}
	found, source := 0, ""
	for i := range answers {
		a := &answers[i]
		if err := checkAnswer(a, s.companies[i].INN); err != nil {
			return fmt.Errorf("answer of %s: %w", a.ID, err)
		}
		if !a.Found {
			continue
		}
		if found++; found == 1 {
			source = a.Observation.Source
		}
		if a.Observation.Source != source {
			return fmt.Errorf("observations of %q and of %q", source, a.Observation.Source)
		}
	}
	if found == 0 || found == len(answers) {
		return fmt.Errorf("%d of %d companies found: the fixtures do not show both sides", found, len(answers))
	}
	return nil
}

func checkAnswer(a *pipeline.Answer, asked company.INN) error {
	o := &a.Observation
	switch {
	case !a.Found && !reflect.DeepEqual(*o, company.Observation{}):
		return fmt.Errorf("not found, but says %+v", *o)
	case !a.Found:
		return nil
	case o.INN != asked && o.INN != "":
		return fmt.Errorf("the observation is of ИНН %q", o.INN)
	case o.Date == 0:
		return errors.New("the observation has no date")
	case len(o.Facts) == 0:
		return errors.New("found, but says nothing")
	}
	return sourcetest.CheckObservation(o, task().Persons)
}

// repeat asks one enricher twice, and another of the same world.
func (s suite) repeat(ctx context.Context) error {
	e := s.make()
	first, err := s.whole(ctx, e, s.companies)
	if err != nil {
		return err
	}
	for _, again := range []pipeline.Enricher{e, s.make()} {
		answers, err := s.whole(ctx, again, s.companies)
		if err != nil {
			return err
		}
		if err := same(first, answers); err != nil {
			return fmt.Errorf("asked again: %w", err)
		}
	}
	return nil
}

// memory: what an answer leaves behind changes nothing as long as the world
// has not changed.
func (s suite) memory(ctx context.Context) error {
	first, err := s.whole(ctx, s.make(), s.companies)
	if err != nil {
		return err
	}
	memories := map[string][]byte{}
	for _, a := range first {
		memories[a.ID] = a.Memory
	}
	again, err := wholeOf(ctx, s.make(), asks(s.make(), s.companies, memories))
	if err != nil {
		return err
	}
	for i := range again {
		if first[i].Found != again[i].Found || !reflect.DeepEqual(first[i].Observation, again[i].Observation) {
			return fmt.Errorf("answer for %s: %+v, with what it left behind %+v", first[i].ID, first[i], again[i])
		}
	}
	return nil
}

// alone: an answer does not depend on who else is asked, nor on the order.
func (s suite) alone(ctx context.Context) error {
	together, err := s.whole(ctx, s.make(), s.companies)
	if err != nil {
		return err
	}
	for i := range s.companies {
		answers, err := s.whole(ctx, s.make(), s.companies[i:i+1])
		if err != nil {
			return err
		}
		if err := same(together[i:i+1], answers); err != nil {
			return fmt.Errorf("asked alone: %w", err)
		}
	}
	turned := slices.Clone(s.companies)
	slices.Reverse(turned)
	answers, err := s.whole(ctx, s.make(), turned)
	if err != nil {
		return err
	}
	slices.Reverse(answers)
	if err := same(together, answers); err != nil {
		return fmt.Errorf("asked in the opposite order: %w", err)
	}
	return nil
}

func (s suite) nothingAsked(ctx context.Context) error {
	_, err := s.whole(ctx, s.make(), nil)
	return err
}

func (s suite) readsOnly(ctx context.Context) error {
	before := make([]company.Company, len(s.companies))
	for i := range s.companies {
		before[i] = clone(s.companies[i])
	}
	if _, err := s.whole(ctx, s.make(), s.companies); err != nil {
		return err
	}
	if !reflect.DeepEqual(before, s.companies) {
		return errors.New("Enrich changes the companies it is asked for")
	}
	return nil
}

// notAskedAgain: once an answer is kept, the company lacks nothing that this
// enricher could give; else it would be asked, and paid for, every night.
func (s suite) notAskedAgain(ctx context.Context) error {
	e := s.make()
	answers, err := s.whole(ctx, e, s.companies)
	if err != nil {
		return err
	}
	for i, a := range answers {
		if !a.Found {
			continue
		}
		kept := slices.DeleteFunc(slices.Clone(s.companies[i].Observations), func(o company.Observation) bool {
			return o.Source == a.Observation.Source && o.Key == a.Observation.Key
		})
		c := company.Derive(s.companies[i].INN, append(kept, a.Observation), nil)
		if e.Lacks(&c) && !a.Again.After(task().Now) {
			return fmt.Errorf("company %s still lacks what was found", a.ID)
		}
	}
	return nil
}

func clone(c company.Company) company.Company {
	c.Values = slices.Clone(c.Values)
	c.Observations = slices.Clone(c.Observations)
	for i := range c.Observations {
		c.Observations[i].Facts = slices.Clone(c.Observations[i].Facts)
	}
	return c
}
