package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"obzvon/config"
	"obzvon/enrich/numbering"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/night"
	"obzvon/sources/rsmp"
	"obzvon/sources/table"
)

// This file is the only place that knows every adapter. A new one is a folder
// and a line in one of the three lists below.

// sourceMaker builds a source from its section; inputs are its opened paths.
type sourceMaker func(s config.Section, inputs []files.Input) (pipeline.Source, error)

func sourceAdapters() map[string]sourceMaker {
	return map[string]sourceMaker{
		"rsmp":  makeRSMP,
		"table": makeTable,
	}
}

func enricherAdapters() map[string]func(config.Section) (pipeline.Enricher, error) {
	return map[string]func(config.Section) (pipeline.Enricher, error){
		"numbering": func(s config.Section) (pipeline.Enricher, error) { return numbering.New(s.Name), s.Decode(&struct{}{}) },
	}
}

func exporterAdapters(dir string) map[string]func(config.Section) (pipeline.Exporter, error) {
	return map[string]func(config.Section) (pipeline.Exporter, error){
		"xlsx": func(s config.Section) (pipeline.Exporter, error) {
			var opt xlsx.Options
			if err := s.Decode(&opt); err != nil {
				return nil, err
			}
			return xlsx.New(s.Name, dir, opt), nil
		},
	}
}

func makeRSMP(s config.Section, inputs []files.Input) (pipeline.Source, error) {
	var opt rsmp.Options
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	return rsmp.New(s.Name, inputs, opt), nil
}

func makeTable(s config.Section, inputs []files.Input) (pipeline.Source, error) {
	var opt table.Options
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	return table.New(s.Name, inputs, opt)
}

// build sets up the night of an opened house.
func (a *app) build(h *house) (*night.Night, error) {
	n := &night.Night{Config: h.config, Segments: h.segments, Store: h.store, Sample: h.sample, Clock: time.Now}
	for _, s := range h.config.Sections(config.Sources) {
		if !s.Enabled {
			continue
		}
		src, err := a.source(s)
		if err != nil {
			return nil, err
		}
		n.Sources = append(n.Sources, night.Source{Section: s, Source: src})
	}
	for _, s := range h.config.Sections(config.Enrichers) {
		if !s.Enabled {
			continue
		}
		made, err := make1("enrich", enricherAdapters(), s)
		if err != nil {
			return nil, err
		}
		n.Enrichers = append(n.Enrichers, night.Enricher{Section: s, Enricher: made})
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

func (a *app) source(s config.Section) (pipeline.Source, error) {
	maker, ok := sourceAdapters()[s.Adapter]
	if !ok {
		return nil, unknownAdapter("sources", s, sourceAdapters())
	}
	inputs, absent := a.files().Expand(s.Paths)
	if absent != nil && !errors.Is(absent, files.ErrNoMatch) {
		return nil, usage(fmt.Errorf("sources.%s.paths: %w", s.Name, absent))
	}
	src, err := maker(s, inputs)
	if err != nil {
		return nil, usage(fmt.Errorf("sources.%s: %w", s.Name, err))
	}
	if absent != nil {
		// A file that is not there tonight is the source's failure; the list
		// is made from the others.
		return missing{src.Describe(), fmt.Errorf("sources.%s.paths: %w", s.Name, absent)}, nil
	}
	return src, nil
}

func make1[T any](kind string, makers map[string]func(config.Section) (T, error), s config.Section) (T, error) {
	maker, ok := makers[s.Adapter]
	if !ok {
		var none T
		return none, unknownAdapter(kind, s, makers)
	}
	made, err := maker(s)
	if err != nil {
		return made, usage(fmt.Errorf("%s.%s: %w", kind, s.Name, err))
	}
	return made, nil
}

func unknownAdapter[T any](kind string, s config.Section, makers map[string]T) error {
	var names []string
	for name := range makers {
		names = append(names, name)
	}
	slices.Sort(names)
	return usage(fmt.Errorf("%s.%s.adapter: there is no adapter %q; there are: %s", kind, s.Name, s.Adapter, strings.Join(names, ", ")))
}
