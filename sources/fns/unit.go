package fns

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

// limits bound what is opened: a published member of 900 documents inflates to
// 1.6 MB at most, some twenty times its size, and the largest release to some
// 5 GB from 5 300 members.
var limits = archive.Limits{Members: 100_000, Member: fileMax, Total: 128 << 30, Ratio: 200}

// fileMax bounds one XML file, inside a zip or not: some 70 000 documents.
const fileMax = 128 << 20

// unit is what becomes one batch: an XML file, or a part of the input that
// cannot be read.
type unit struct {
	name   string // "zip/member" or the file's own name
	input  int    // place of its input in the plan
	member int    // index within the input
	last   bool   // no unit of this input follows
	bytes  int64  // of the input that are done with this unit
	open   func() (io.ReadCloser, error)
	broken error // why there is nothing to open
}

// unitsOf lists what an open input is made of; it has at least one unit.
func unitsOf(index int, in files.Input, f files.File) []unit {
	units, err := list(in, f)
	if err != nil {
		units = []unit{{name: in.Name, broken: err}}
	}
	for i := range units {
		units[i].input, units[i].member = index, i
	}
	units[len(units)-1].last = true
	return units
}

func list(in files.Input, f files.File) ([]unit, error) {
	head := make([]byte, min(f.Size(), archive.SniffLen))
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, f.Size()), head); err != nil {
		return nil, fmt.Errorf("read the first bytes: %w", err)
	}
	switch form := archive.Sniff(head); form {
	case archive.FormXML:
		return []unit{fileUnit(in, f)}, nil
	case archive.FormZip:
		return zipUnits(in, f)
	case archive.FormEmpty:
		return nil, fmt.Errorf("%w: want a zip or XML of the set", pipeline.ErrEmpty)
	default:
		return nil, fmt.Errorf("%w: want a zip or XML of the set, it looks like %s", pipeline.ErrUnknownForm, form)
	}
}

func fileUnit(in files.Input, f files.File) unit {
	u := unit{name: in.Name, bytes: f.Size()}
	if f.Size() > fileMax {
		u.broken = fmt.Errorf("%w: %d bytes, %d allowed", pipeline.ErrTooLarge, f.Size(), int64(fileMax))
		return u
	}
	u.open = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(f, 0, f.Size())), nil }
	return u
}

func zipUnits(in files.Input, f files.File) ([]unit, error) {
	a, err := archive.Open(f, f.Size(), limits)
	if err != nil {
		return nil, err
	}
	var units []unit
	for _, m := range a.Members() {
		if beside(m.Name) {
			continue
		}
		u := unit{name: in.Name + "/" + m.Name, bytes: m.Packed, open: m.Open}
		if !strings.EqualFold(path.Ext(m.Name), ".xml") {
			u.broken = fmt.Errorf("%w: a member that is no .xml is not opened", pipeline.ErrUnknownForm)
		}
		units = append(units, u)
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("%w: a zip without members", pipeline.ErrEmpty)
	}
	return units, nil
}

// beside tells members that come with a release and are none of it: the
// schema, a note, what macOS and Windows leave behind.
func beside(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "Thumbs.db") {
		return true
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".xsd", ".txt", ".md", ".pdf":
		return true
	default:
		return false
	}
}

// nameDate is the day in a name like VO_OTKRDAN_3_9965_9965_20241025_….
var nameDate = regexp.MustCompile(`_(\d{4})(\d{2})(\d{2})_`)

// dateInName returns the day of publishing that the name of a member carries.
func dateInName(name string) company.Date {
	m := nameDate.FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	return dayOf(m[1], m[2], m[3])
}
