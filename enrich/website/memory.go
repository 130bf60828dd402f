package website

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/flate"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// decoder is the version of what pages are read into; see
// pipeline.Descriptor.Decoder. What an older one has read is read anew.
const decoder = 1

// Bounds of a memory, packed and unpacked, in bytes.
const (
	maxMemory   = 64 << 10
	maxUnpacked = 4 << 20
)

// memory is what is kept of a company's sites until the next visit.
type memory struct {
	Version int          `json:"v"`
	Persons bool         `json:"persons,omitempty"` // named people were read
	Sites   []siteMemory `json:"sites,omitempty"`
}

// siteMemory is what is kept of one site.
type siteMemory struct {
	Host   string       `json:"host"`
	Home   string       `json:"home,omitempty"`
	Failed int          `json:"failed,omitempty"` // visits in a row that came to nothing
	Pages  []pageMemory `json:"pages,omitempty"`
}

// pageMemory is a page as it was read last.
type pageMemory struct {
	Topic    topic        `json:"topic"`
	From     string       `json:"from,omitempty"` // address of the page that leads to it
	Weight   int          `json:"weight,omitempty"`
	Depth    int          `json:"depth,omitempty"`
	ETag     string       `json:"etag,omitempty"`
	Modified string       `json:"modified,omitempty"` // as the server wrote it
	Missed   int          `json:"missed,omitempty"`   // visits in a row that could not have it
	Day      company.Date `json:"day"`                // it was read, or said to be unchanged
	Found    finding.Page `json:"found"`
}

var errMemory = errors.New("not a memory of this enricher")

// pack writes a memory. One that would be too large leaves the pages out, and
// then all are fetched anew.
func (m *memory) pack() ([]byte, error) {
	out, err := m.deflate()
	if err != nil || len(out) <= maxMemory {
		return out, err
	}
	small := memory{Version: m.Version, Persons: m.Persons, Sites: slices.Clone(m.Sites)}
	for i := range small.Sites {
		small.Sites[i].Pages = nil
	}
	return small.deflate()
}

func (m *memory) deflate() ([]byte, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write what is remembered: %w", err)
	}
	var b bytes.Buffer
	// Without a state of its own, which takes a thousand times the space of what
	// it packs here.
	if err := flate.StatelessDeflate(&b, text, true, nil); err != nil {
		return nil, fmt.Errorf("write what is remembered: %w", err)
	}
	return b.Bytes(), nil
}

// unpack reads a memory; nil is an empty one.
func unpack(b []byte) (*memory, error) {
	m := &memory{}
	if len(b) == 0 {
		return m, nil
	}
	r := flate.NewReader(bytes.NewReader(b))
	text, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(text) > maxUnpacked {
		err = errors.New("too large")
	}
	if err == nil {
		err = json.Unmarshal(text, m)
	}
	if err != nil {
		return &memory{}, fmt.Errorf("%w: %w", errMemory, err)
	}
	return m, nil
}

// recall reads a memory for a task. What cannot be read, what another version
// has read, or with people where they are not wanted or without where they are,
// is forgotten but for failures and addresses: the next visit reads all anew.
func recall(b []byte, persons bool) *memory {
	m, err := unpack(b)
	if err != nil || m.Version != decoder || m.Persons != persons {
		for i := range m.Sites {
			m.Sites[i].Pages = nil
		}
	}
	m.Version, m.Persons = decoder, persons
	return m
}

// site returns what is remembered of a host; empty if nothing.
func (m *memory) site(host string) *siteMemory {
	for i := range m.Sites {
		if m.Sites[i].Host == host {
			return &m.Sites[i]
		}
	}
	return &siteMemory{Host: host}
}

// missedMost is how many visits in a row may miss a page before it counts as
// gone.
const missedMost = 3

// after is what is remembered of a site once a visit is over. A failed visit
// keeps what was known; pages that could not be had this time stay, with the
// day on which they were read.
func (s *siteMemory) after(v *visited) siteMemory {
	if v.outcome != "" {
		out := *s
		out.Failed++
		return out
	}
	out := siteMemory{Host: s.Host, Home: v.home, Pages: slices.Clone(v.pages)}
	for _, p := range s.Pages {
		read := func(q pageMemory) bool { return q.Found.URL == p.Found.URL }
		if !slices.Contains(v.missed, p.Found.URL) || slices.ContainsFunc(out.Pages, read) {
			continue
		}
		if p.Missed++; p.Missed <= missedMost {
			out.Pages = append(out.Pages, p)
		}
	}
	return out
}
