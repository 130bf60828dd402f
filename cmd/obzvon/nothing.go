package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// needRead are the commands that only tell of what was read. Results may be brought
// in before: old clients must be known when the first list is made.
var needRead = []string{"joins", "preview"}

// readBefore refuses a command that needs what was read where nothing ever
// was: it would say of each thing that it is not there.
func (h *house) readBefore(ctx context.Context, command string) error {
	if !slices.Contains(needRead, command) {
		return nil
	}
	nothing, err := h.nothingRead(ctx)
	if err == nil && nothing {
		err = fmt.Errorf("nothing was read here yet (%s): obzvon run", h.dir)
	}
	return err
}

// toldBefore refuses to tell of results where nothing was read nor brought in.
func (h *house) toldBefore(ctx context.Context) error {
	some, err := h.store.ResultsAfter(ctx, store.ResultKey{}, 1)
	if err != nil {
		return fmt.Errorf("read results: %w", err)
	}
	if len(some) > 0 {
		return nil
	}
	nothing, err := h.nothingRead(ctx)
	if err == nil && nothing {
		err = fmt.Errorf("nothing was read or brought in here yet (%s): obzvon outcomes import, obzvon run", h.dir)
	}
	return err
}

// nothingRead tells that no source was ever read here.
func (h *house) nothingRead(ctx context.Context) (bool, error) {
	for _, s := range h.config.Sections(config.Sources) {
		_, err := h.store.Pull(ctx, s.Name)
		if err == nil || !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
	}
	listings, err := h.store.WithoutINN(ctx, store.ObservationID{}, 1)
	if err != nil || len(listings) > 0 {
		return false, err
	}
	companies, err := h.store.Dossiers(ctx, company.INN(""), 1)
	return len(companies) == 0, err
}

// unknown says of a company that is not there if that is because nothing was
// read, to those who read Russian.
func (h *house) unknown(ctx context.Context, err error) error {
	if !errors.Is(err, night.ErrUnknownCompany) {
		return err
	}
	if nothing, why := h.nothingRead(ctx); why != nil || !nothing {
		return errors.Join(err, why)
	}
	return fmt.Errorf("здесь ещё ничего не прочитано (%s): сначала выполните obzvon run", h.dir)
}
