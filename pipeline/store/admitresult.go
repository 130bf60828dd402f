package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// ErrResult is a result, a mark or a digest that cannot be stored: a part of its
// key is missing, too long or holds a zero byte.
var ErrResult = errors.New("result cannot be stored")

// Compare orders keys by ИНН, day, list, then file, texts by their bytes.
func (k ResultKey) Compare(other ResultKey) int {
	return cmp.Or(cmp.Compare(k.INN, other.INN), cmp.Compare(k.Day, other.Day),
		cmp.Compare(k.List, other.List), cmp.Compare(k.File, other.File))
}

// AdmitResult checks that a result can be stored and gives it the form in which
// it is kept: times in UTC, no phones as nil. The error is ErrResult.
func AdmitResult(r *Result) error {
	if err := checkResultINN(r.INN); err != nil {
		return err
	}
	switch {
	case r.File == "":
		return fmt.Errorf("result of %q on %v: no file: %w", r.INN, r.Day, ErrResult)
	case len(r.List)+len(r.File) > MaxKey:
		return fmt.Errorf("result of %q on %v: list and file of %d bytes, at most %d: %w",
			r.INN, r.Day, len(r.List)+len(r.File), MaxKey, ErrResult)
	case strings.Contains(r.List+r.File, "\x00"):
		return fmt.Errorf("result of %q on %v: list %q, file %q: zero byte: %w", r.INN, r.Day, r.List, r.File, ErrResult)
	}
	r.Saved, r.Taken = admitTime(r.Saved), admitTime(r.Taken)
	if len(r.Phones) == 0 {
		r.Phones = nil
	}
	return nil
}

// admitTime takes zone and monotonic clock away.
func admitTime(t time.Time) time.Time { return t.UTC() }

func checkResultINN(inn company.INN) error {
	if inn == "" || len(inn) > maxINN || strings.Contains(string(inn), "\x00") {
		return fmt.Errorf("ИНН %q: %w", inn, ErrResult)
	}
	return nil
}

// CloneResult returns a copy that shares no memory but strings.
func CloneResult(r Result) Result {
	r.Phones = slices.Clone(r.Phones)
	return r
}

// AdmitReplacements checks the arguments of ReplaceResults and copies what is to
// be stored. A result that stands under the key of another is ErrResult.
func AdmitReplacements(by map[ResultKey]*Result) (map[ResultKey]*Result, error) {
	out := make(map[ResultKey]*Result, len(by))
	for key, r := range by {
		if r == nil {
			out[key] = nil
			continue
		}
		if r.Key() != key {
			return nil, fmt.Errorf("result of %+v in the place of %+v: %w", r.Key(), key, ErrResult)
		}
		one := CloneResult(*r)
		if err := AdmitResult(&one); err != nil {
			return nil, err
		}
		out[key] = &one
	}
	return out, nil
}

// AdmitMark checks that a mark can be stored and gives it the form in which it is
// kept: its time in UTC. The error is ErrResult.
func AdmitMark(m *Mark) error {
	if err := checkResultINN(m.INN); err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	if m.Kind == "" || len(m.Kind) > MaxKey || strings.Contains(string(m.Kind), "\x00") {
		return fmt.Errorf("mark on %q: kind %q: %w", m.INN, m.Kind, ErrResult)
	}
	m.At = admitTime(m.At)
	return nil
}
