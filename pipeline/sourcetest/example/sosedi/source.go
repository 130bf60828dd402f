// Package sosedi is the worked example of docs/adding-a-source.md: an invented directory
// with a list in JSON, from which all code of that page is taken.
package sosedi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

// decoderVersion rises whenever the same answers give other observations.
const decoderVersion = 1

// Source reads the directory. It may be pulled any number of times.
type Source struct {
	name    string
	options Options
	service *service.Service
}

// New makes a source of the given configured name over its service.
func New(name string, s *service.Service, o Options) (*Source, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	return &Source{name: name, options: o, service: s}, nil
}

// Describe implements pipeline.Source.
func (s *Source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: s.name, Title: "Соседи: справочник фирм", Kind: pipeline.KindDirectory,
		Licence: "an offer to holders of a key; whether a base of leads may be kept is not known",
		Needs:   []string{KeyVariable + ": a key, from sosedi.example", "cities: which to read"},
		Rhythm:  "daily", Decoder: decoderVersion, Live: true, Secrets: []string{KeyVariable},
	}
}

// Fingerprint implements pipeline.Fingerprinter: what is asked. Under another one the
// night forgets its cursor.
func (s *Source) Fingerprint(context.Context) (string, error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %q", decoderVersion, s.options.Base, s.options.Cities))
	return hex.EncodeToString(sum[:16]), nil
}

// ErrCursor is a cursor that this source has not written.
var ErrCursor = errors.New("not a cursor of this source")

// place is the page that is read next. A batch's cursor is the place behind it:
// "perm|3"; behind the last page of all it is the city after the last one, "|1".
type place struct{ city, page int }

func (s *Source) cursor(p place) string {
	return append(slices.Clone(s.options.Cities), "")[p.city] + "|" + strconv.Itoa(p.page)
}

func (s *Source) parse(cursor string) (place, error) {
	if cursor == "" {
		return place{0, 1}, nil
	}
	city, page, _ := strings.Cut(cursor, "|")
	n, err := strconv.Atoi(page)
	i := slices.Index(append(slices.Clone(s.options.Cities), ""), city)
	if err != nil || n < 1 || i < 0 {
		return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
	}
	return place{i, n}, nil
}

// Pull implements pipeline.Source: a batch for each page. Where the budget ends, the
// error comes behind what came before it, and the next night goes on at the last cursor.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		at, err := s.parse(req.Cursor)
		for rows := int64(0); err == nil && at.city < len(s.options.Cities); {
			unit := s.cursor(at)
			if req.Progress != nil {
				req.Progress(pipeline.Progress{Unit: unit, Done: int64(at.city), Total: int64(len(s.options.Cities)), Rows: rows})
			}
			var p page
			if p, err = s.page(ctx, at, false); err != nil {
				break
			}
			b := pipeline.Batch{Unit: unit}
			s.take(p, &b)
			if at.page++; at.page > p.Pages {
				at = place{at.city + 1, 1}
			}
			b.Cursor, rows = s.cursor(at), rows+b.Counts.Read
			if !yield(b, nil) {
				return
			}
		}
		if err != nil {
			yield(pipeline.Batch{}, fmt.Errorf("source %s: %w", s.name, err))
		}
	}
}

// page asks for one page; once leaves what was kept alone.
func (s *Source) page(ctx context.Context, at place, once bool) (page, error) {
	if err := context.Cause(ctx); err != nil {
		return page{}, err
	}
	c := call(s.options.Cities[at.city], at.page)
	c.Once = once
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return page{}, fmt.Errorf("%s: %w", s.cursor(at), err)
	}
	return parsePage(a.Body)
}

// Probe implements pipeline.Prober: the first page of the first city.
func (s *Source) Probe(ctx context.Context) (string, error) {
	p, err := s.page(ctx, place{0, 1}, true)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("key accepted, %d firms on the first of %d pages of %s", len(*p.Firms), p.Pages, s.options.Cities[0]), nil
}

var (
	_ pipeline.Source        = (*Source)(nil)
	_ pipeline.Fingerprinter = (*Source)(nil)
	_ pipeline.Prober        = (*Source)(nil)
)
