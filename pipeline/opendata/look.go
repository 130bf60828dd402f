package opendata

import (
	"context"
	"fmt"
	"os"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/company"
)

// Held is a release that is here.
type Held struct {
	Name string       `json:"name"`
	Date company.Date `json:"date,omitzero"` // of the data; 0 = not told
	Size int64        `json:"bytes"`
	Read bool         `json:"read"` // the next pull reads it, unless a newer one is fetched
}

// Local tells that the releases lie on this machine and are not fetched.
func (s *Source) Local() bool { return s.set.Local() }

// CheckAddress returns a *fetch.BlockedError for a from whose host is written
// as an address that may not be asked.
func (s *Source) CheckAddress() error {
	if s.Local() {
		return nil
	}
	return s.set.client.CheckAddress(s.set.options.From)
}

// Named asks which release is the newest by the set's page, or by the address
// of the zip itself, and fetches and keeps nothing. It is not for a Local set.
func (s *Source) Named(ctx context.Context) (Release, error) {
	st := s.set.loadState()
	if err := s.set.look(ctx, &st); err != nil {
		return Release{}, fmt.Errorf("set %s: %w", s.set.name, err)
	}
	return st.Newest, nil
}

// Here lists the releases that the set is read from, in rising order of their
// dates. It asks nobody.
func (s *Source) Here() ([]Held, error) {
	all, err := s.set.found()
	if err != nil {
		return nil, fmt.Errorf("set %s: %w", s.set.name, err)
	}
	var out []Held
	for _, r := range all {
		h := Held{Name: r.name, Date: r.date, Read: r.form == archive.FormZip}
		if info, err := os.Stat(r.path); err == nil {
			h.Size = info.Size()
		}
		if h.Read && s.which == NewestOnly {
			for i := range out {
				out[i].Read = false
			}
		}
		out = append(out, h)
	}
	return out, nil
}
