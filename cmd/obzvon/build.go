package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
	"obzvon/pipeline/night"
	"obzvon/pipeline/opendata"
)

// build sets up the night of an opened house.
func (h *house) build() (*night.Night, error) {
	n := &night.Night{
		Config: h.config, Segments: h.segments, Store: h.guard(), Sample: h.sample, Clock: time.Now,
		Scratch: filepath.Join(h.dir, "scratch"), Version: h.version(),
		Journal: h.journal(),
	}
	h.fresh = map[string]time.Duration{}
	for _, s := range h.config.Sections(config.Sources) {
		if !s.Enabled {
			continue
		}
		var opened []service.Options
		h.opened = &opened
		src, err := h.source(s)
		h.opened = nil
		if err != nil {
			return nil, err
		}
		h.keeps(opened)
		n.Sources = append(n.Sources, night.Source{Section: s, Source: src})
	}
	for _, s := range h.config.Sections(config.Enrichers) {
		if !s.Enabled {
			continue
		}
		var opened []service.Options
		h.opened = &opened
		made, err := make1("enrich", enricherAdapters(h), s)
		h.opened = nil
		if err != nil {
			return nil, err
		}
		h.keeps(opened)
		n.Enrichers = append(n.Enrichers, night.Enricher{Section: s, Enricher: made, Off: h.off(made, s), Spent: h.spentOf(opened)})
	}
	for _, s := range h.config.Sections(config.Exports) {
		if !s.Enabled {
			continue
		}
		made, err := make1("exports", exporterAdapters(filepath.Join(h.dir, "lists")), s)
		if err != nil {
			return nil, err
		}
		n.Exporters = append(n.Exporters, night.Exporter{Section: s, Exporter: made})
	}
	return n, nil
}

// version is that of the program that does the work, whose file may be a newer one
// by now.
func (h *house) version() string {
	if h.lent != nil {
		return h.lent.version
	}
	return buildText()
}

// guard is the store behind a door that lets nothing in that was forgotten.
func (h *house) guard() *erasure.Guard {
	return erasure.NewGuard(h.store, func() (*erasure.Key, error) { return erasure.ReadKey(h.dir) })
}

// sourceMaker builds a source from its section.
type sourceMaker func(h *house, s config.Section) (pipeline.Source, error)

// source builds the source of a section. What is wrong with the section is an
// error of usage.
func (h *house) source(s config.Section) (pipeline.Source, error) {
	maker, ok := sourceAdapters()[s.Adapter]
	if !ok {
		return nil, unknownAdapter("sources", s, sourceAdapters())
	}
	src, err := maker(h, s)
	if err != nil {
		return nil, usage(s.Complaint(err))
	}
	return src, nil
}

// fromPaths is for adapters whose input lies on this machine.
func fromPaths(make func(config.Section, []files.Input) (pipeline.Source, error)) sourceMaker {
	return func(_ *house, s config.Section) (pipeline.Source, error) {
		return overPaths(s, func(inputs []files.Input) (pipeline.Source, error) { return make(s, inputs) })
	}
}

// overPaths builds a source over the files that a section names.
func overPaths(s config.Section, make opendata.Make) (pipeline.Source, error) {
	inputs, absent := expander().Expand(s.Paths)
	if absent != nil && !errors.Is(absent, files.ErrNoMatch) {
		return nil, fmt.Errorf("paths: %w", absent)
	}
	src, err := make(inputs)
	if err != nil || absent == nil {
		return src, err
	}
	// A file that is not there tonight is the source's failure; the list is
	// made from the others.
	return missing{src.Describe(), fmt.Errorf("sources.%s.paths: %w", s.Name, absent)}, nil
}

// released builds a source over files, or over the releases of an open data
// set that it fetches.
func (h *house) released(s config.Section, o opendata.Options, which opendata.Which, make opendata.Make) (pipeline.Source, error) {
	switch {
	case o != (opendata.Options{}):
	case len(s.Paths) == 0:
		return nil, errors.New("give paths or from")
	default:
		return overPaths(s, make)
	}
	if len(s.Paths) > 0 {
		return nil, errors.New("paths and from: give one of them; from fetches, paths are read where they lie")
	}
	o.Base = s.Base
	set, err := opendata.NewSet(s.Name, filepath.Join(h.dir, "inbox", s.Name), o, h.client)
	if err != nil {
		return nil, err
	}
	return opendata.NewSource(set, which, make)
}

// authorities are those of the machine and of fetch.ca_file; nil = the machine's.
func authorities(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, usage(fmt.Errorf("fetch.ca_file: %w", err))
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("read the machine's authorities: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, usage(fmt.Errorf("fetch.ca_file: %s holds no certificate in PEM", path))
	}
	return pool, nil
}

// newClient is the one client of the program for the network.
func (a *app) newClient(f config.Fetch, roots *x509.CertPool) *fetch.Client {
	return fetch.New(fetch.Options{
		Roots:   roots,
		Version: versionText(), Contact: f.Contact, Timeout: f.Timeout, Pace: f.Pace,
		Proxy: f.ProxyURL(), Allow: f.Prefixes(), Clock: a.clock, Waits: a.tellWait,
	})
}
