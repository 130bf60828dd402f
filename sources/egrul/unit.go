package egrul

import (
	"fmt"
	"io"
	"path"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// fileMax bounds one XML file, inside a zip or not: the schema allows 1 000
// companies, some 20 kB each.
const fileMax = 256 << 20

// limits bound what is opened. This XML repeats itself and packs up to some 30
// times.
var limits = archive.Limits{Members: 200_000, Member: fileMax, Total: 2 << 40, Ratio: 200}

// unit is what becomes one batch: an XML file, or a part of the input that
// cannot be read.
type unit struct {
	name   string // "zip/member" or the file's own name
	input  int    // index of its input
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
		return nil, fmt.Errorf("%w: want a zip or XML of ЕГРЮЛ or ЕГРИП", pipeline.ErrEmpty)
	default:
		return nil, fmt.Errorf("%w: want a zip or XML of ЕГРЮЛ or ЕГРИП, it looks like %s", pipeline.ErrUnknownForm, form)
	}
}

func fileUnit(in files.Input, f files.File) unit {
	u := unit{name: in.Name, bytes: f.Size()}
	if f.Size() > fileMax {
		u.broken = fmt.Errorf("%w: %d bytes, %d allowed: split the file", pipeline.ErrTooLarge, f.Size(), int64(fileMax))
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

// beside tells members that come with an archive and are none of it: the
// schema, a note, what macOS and Windows leave behind.
func beside(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "Thumbs.db") {
		return true
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".xsd", ".txt", ".md", ".pdf", ".sig", ".p7s":
		return true
	default:
		return false
	}
}
