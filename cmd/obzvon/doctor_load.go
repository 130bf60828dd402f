package main

import (
	"os"
	"path/filepath"

	"obzvon/config"
	"obzvon/pipeline/opendata"
	"obzvon/sources/fns"
	"obzvon/sources/rsmp"
)

// load is what a full load of the configured sources puts on the disk, bytes.
type load struct {
	zips     int64 // releases still to fetch
	sorting  int64 // of the largest source, for the time of its load
	registry int64 // the store as it becomes

	guessed bool  // a release that nobody has seen yet is among them
	known   int64 // bytes without such ones
}

func (l load) total() int64 { return l.zips + l.sorting + l.registry }

// weight is how an adapter's input becomes records. Bytes of zip a row:
// the registry of 10.08.2026 has 2.11 GB for 6.5 million documents; members of
// sshr, revexp and paytax have 45, 46 and 93 bytes a document. Bytes a record
// were measured with make figures: of the registry 310 packed and 780 to 1000
// of registry.db with its row, of the sets 21 to 30 and 84. While sorted a
// record also carries its key and where it comes from, some 150 bytes.
type weight struct {
	row      int64   // bytes of zip
	taken    float64 // share of rows that become records
	sorting  int64   // bytes a record while it is sorted
	stored   int64   // bytes a record in registry.db
	expected int64   // bytes of a release that has not been fetched yet
}

func weightOf(adapter string) weight {
	switch adapter {
	case rsmp.Adapter:
		return weight{row: 325, taken: wantedShare, sorting: 460, stored: 1000, expected: 2_250_000_000}
	case fns.Adapter:
		return weight{row: 45, taken: 1, sorting: 180, stored: 84, expected: 300_000_000}
	default: // tables and ЕГРЮЛ: not measured; as much again as the input has
		return weight{row: 1, taken: 1, sorting: 1, stored: 1}
	}
}

// wantedShare of the registry's documents is more than the built-in segments
// want.
const wantedShare = 0.3

// growth is how much a merge of changed releases leaves the store larger than
// a first load: pages are split and freed later.
const growth = 2

// add counts one source whose newest release has so many bytes of input.
func (l *load) add(w weight, bytes int64) {
	records := int64(float64(bytes/w.row) * w.taken)
	l.sorting = max(l.sorting, records*w.sorting)
	l.registry += records * w.stored * growth
}

// fullLoad estimates from the inputs that are there; a release that is still
// to be fetched counts as large as published ones were.
func (h *house) fullLoad() load {
	l := h.loadOf(true)
	if l.guessed {
		l.known = h.loadOf(false).total()
	}
	return l
}

// loadOf estimates with the releases that nobody has seen, or without.
func (h *house) loadOf(unseen bool) load {
	var l load
	for _, s := range h.config.Sections(config.Sources) {
		if !s.Enabled {
			continue
		}
		w := weightOf(s.Adapter)
		if len(s.Paths) > 0 {
			l.add(w, inputBytes(s.Paths))
			continue
		}
		options := setOptions(s)
		if options.From != "" && !options.Remote() {
			l.add(w, h.localBytes(s))
			continue
		}
		release, present := releasesIn(filepath.Join(h.dir, "inbox", s.Name))
		if release == 0 {
			l.guessed = true
			if !unseen {
				continue
			}
			release = w.expected
		}
		l.add(w, release)
		// One more than are kept: the old ones go when the new one is whole.
		l.zips += max(0, int64(keptReleases(options)+1)*release-present)
	}
	if info, err := os.Stat(filepath.Join(h.dir, "registry.db")); err == nil {
		l.registry = max(0, l.registry-info.Size())
	}
	return l
}

// inputBytes is the size of all files that paths lead to.
func inputBytes(paths []string) int64 {
	inputs, err := expander().Expand(paths)
	if err != nil {
		return 0 // the source's own finding tells
	}
	var sum int64
	for _, in := range inputs {
		f, err := in.Open()
		if err != nil {
			continue
		}
		sum += f.Size()
		f.Close()
	}
	return sum
}

// localBytes is the size of the releases of a set that are read where they
// lie.
func (h *house) localBytes(s config.Section) int64 {
	src, err := h.source(s)
	if err != nil {
		return 0 // the source's own finding tells
	}
	set, ok := src.(*opendata.Source)
	if !ok {
		return 0
	}
	here, err := set.Here()
	if err != nil {
		return 0
	}
	var sum int64
	for _, r := range here {
		if r.Read {
			sum += r.Size
		}
	}
	return sum
}

// releasesIn gives the size of the largest file of a folder and of all.
func releasesIn(dir string) (largest, all int64) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, 0 // nothing has been fetched
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			largest, all = max(largest, info.Size()), all+info.Size()
		}
	}
	return largest, all
}

// setOptions are those of a source that reads an open data set.
func setOptions(s config.Section) opendata.Options {
	var err error
	var set opendata.Options
	switch s.Adapter {
	case rsmp.Adapter:
		var opt struct {
			RSMPOptions `mapstructure:",squash"`
			SetOptions  `mapstructure:",squash"`
		}
		err, set = s.Decode(&opt), opt.SetOptions
	case fns.Adapter:
		var opt struct {
			FNSOptions `mapstructure:",squash"`
			SetOptions `mapstructure:",squash"`
		}
		err, set = s.Decode(&opt), opt.SetOptions
	}
	if err != nil {
		return opendata.Options{} // the source's own finding tells
	}
	return set
}

// keptReleases is the option keep, 2 where it is not given.
func keptReleases(o opendata.Options) int {
	if o.Keep == 0 {
		return 2
	}
	return o.Keep
}
