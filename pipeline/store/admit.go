package store

import (
	"fmt"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// MaxKey bounds a source's name and key together, in bytes.
const MaxKey = 4096

const maxINN = 12

// Admit checks that an observation can be stored in a write of the named
// source, whose name it takes if it has none. The error is ErrObservation.
func Admit(source string, o *company.Observation) error {
	if o.Source == "" {
		o.Source = source
	}
	if o.Source != source {
		return fmt.Errorf("source %q in a write of %q: %w", o.Source, source, ErrObservation)
	}
	if len(o.INN) > maxINN || strings.Contains(string(o.INN), "\x00") {
		return fmt.Errorf("source %q, key %q: ИНН %q: %w", source, o.Key, o.INN, ErrObservation)
	}
	return ObservationID{Source: o.Source, Key: o.Key}.Check()
}

// AdmitPacked is Admit for a record: it also holds the ИНН against the content.
// An annex's key must be its ИНН.
func AdmitPacked(r Replacement, p *record.Packed) error {
	if p.Source == "" {
		p.Source = r.Source
	}
	if p.Source != r.Source {
		return fmt.Errorf("source %q in a write of %q: %w", p.Source, r.Source, ErrObservation)
	}
	inn, err := record.INNOf(p.Content)
	if err != nil || inn != p.INN || len(p.INN) > maxINN || strings.Contains(string(p.INN), "\x00") {
		return fmt.Errorf("source %q, key %q: ИНН %q: %w", r.Source, p.Key, p.INN, ErrObservation)
	}
	if r.Annex && (p.INN == "" || p.Key != string(p.INN)) {
		return fmt.Errorf("source %q, key %q: not the ИНН %q, as in an annex: %w", r.Source, p.Key, p.INN, ErrObservation)
	}
	return ObservationID{Source: p.Source, Key: p.Key}.Check()
}

// Check tells whether an observation can have this id. The error is
// ErrObservation.
func (id ObservationID) Check() error {
	switch {
	case id.Source == "" || id.Key == "":
		return fmt.Errorf("source %q, key %q: one is empty: %w", id.Source, id.Key, ErrObservation)
	case len(id.Source)+len(id.Key) > MaxKey:
		return fmt.Errorf("source %q: key of %d bytes, at most %d: %w", id.Source, len(id.Key), MaxKey, ErrObservation)
	case strings.Contains(id.Source+id.Key, "\x00"):
		return fmt.Errorf("source %q, key %q: zero byte: %w", id.Source, id.Key, ErrObservation)
	}
	return nil
}
