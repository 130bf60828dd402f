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
const decoder = 2

// Bounds of a memory, packed and unpacked, in bytes.
const (
	maxMemory   = 64 << 10
	maxUnpacked = 4 << 20
)

// memory is what is kept of a place until the next visit.
type memory struct {
	Version int        `json:"v"`
	Persons bool       `json:"persons,omitempty"` // named people were read
	Site    siteMemory `json:"site"`
}

// siteMemory is what is kept of a site.
type siteMemory struct {
	Home   string       `json:"home,omitempty"`
	Failed int          `json:"failed,omitempty"` // visits in a row that came to nothing
	Cut    int          `json:"cut,omitempty"`    // visits in a row that could not have all they wanted
	Pages  []pageMemory `json:"pages,omitempty"`
	Links  []linkMemory `json:"links,omitempty"` // to pages that were not read, the first wanted first
}

// linkMemory is a link to a page that was not read. A page that says it has not
// changed is not read again, so its links are taken from here.
type linkMemory struct {
	URL    string `json:"url"`
	Topic  topic  `json:"topic"`
	From   string `json:"from,omitempty"` // address of the page it stands on
	Weight int    `json:"weight,omitempty"`
	Depth  int    `json:"depth,omitempty"`
	Order  int    `json:"order,omitempty"` // in which it was found
}

// pageMemory is a page as it was read last.
type pageMemory struct {
	Topic    topic        `json:"topic"`
	From     string       `json:"from,omitempty"` // address of the page that leads to it
	Weight   int          `json:"weight,omitempty"`
	Depth    int          `json:"depth,omitempty"`
	Order    int          `json:"order,omitempty"` // in which the link to it was found
	ETag     string       `json:"etag,omitempty"`
	Modified string       `json:"modified,omitempty"` // as the server wrote it
	Missed   int          `json:"missed,omitempty"`   // visits in a row that could not have it
	Day      company.Date `json:"day"`                // it was read, or said to be unchanged
	Found    finding.Page `json:"found"`
}

// link is how the page is reached.
func (p *pageMemory) link() linkMemory {
	return linkMemory{URL: p.Found.URL, Topic: p.Topic, From: p.From, Weight: p.Weight, Depth: p.Depth, Order: p.Order}
}

var errMemory = errors.New("not a memory of this enricher")

// pack writes a memory. One that would be too large leaves links out, then pages,
// and then all are fetched anew.
func (m *memory) pack() ([]byte, error) {
	small := *m
	for _, less := range []func(){func() {}, func() { small.Site.Links = nil }, func() { small.Site.Pages = nil }} {
		less()
		if out, err := small.deflate(); err != nil || len(out) <= maxMemory {
			return out, err
		}
	}
	return nil, nil // an address of that size is nobody's
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
		m.Site.Pages, m.Site.Links = nil, nil
	}
	m.Version, m.Persons = decoder, persons
	return m
}

// missedMost is how many visits in a row may miss a page before it counts as
// gone.
const missedMost = 3

// after is what is remembered of a site once a visit is over. A failed visit
// keeps what was known; pages that could not be had this time stay, with the
// day on which they were read.
func (s *siteMemory) after(v *visited) siteMemory {
	out := *s
	if v.outcome != "" {
		out.Failed++
		return out
	}
	out = siteMemory{Home: v.home, Pages: slices.Clone(v.pages)}
	if v.cut {
		out.Cut = s.Cut + 1
	}
	links := slices.Clone(v.links)
	for _, p := range s.Pages {
		switch p.Missed++; {
		case !v.missed[p.Found.URL]:
		case p.Missed <= missedMost:
			out.Pages = append(out.Pages, p)
		default:
			links = append(links, p.link()) // what it said is forgotten, not where it was
		}
	}
	kept := func(l linkMemory) bool {
		return slices.ContainsFunc(out.Pages, func(p pageMemory) bool { return p.Found.URL == l.URL }) ||
			slices.ContainsFunc(out.Links, func(k linkMemory) bool { return k.URL == l.URL })
	}
	for _, l := range links {
		if len(out.Links) < maxLinksKept && !kept(l) {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// maxLinksKept is how many links to pages that were not read are remembered.
const maxLinksKept = 40
