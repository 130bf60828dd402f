package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"obzvon/config"
	askchecko "obzvon/enrich/checko"
	"obzvon/enrich/dadata"
	askegrul "obzvon/enrich/egrul"
	"obzvon/enrich/kontur"
	"obzvon/enrich/numbering"
	"obzvon/enrich/risk"
	askrmsp "obzvon/enrich/rmsp"
	"obzvon/enrich/saby"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
	"obzvon/pipeline/opendata"
	"obzvon/sources/b2bcenter"
	"obzvon/sources/checko"
	"obzvon/sources/egrul"
	"obzvon/sources/exhibitors"
	"obzvon/sources/fns"
	"obzvon/sources/girbo"
	"obzvon/sources/osm"
	"obzvon/sources/rsmp"
	"obzvon/sources/table"
	"obzvon/sources/twogis"
	"obzvon/sources/zakupki"
)

// This file is the only place that knows every adapter. A new one is a folder
// and a line in one of the three lists below.

// Names under which options of several packages stand side by side.
type (
	RSMPOptions = rsmp.Options
	FNSOptions  = fns.Options
	SetOptions  = opendata.Options
)

func sourceAdapters() map[string]sourceMaker {
	return map[string]sourceMaker{
		rsmp.Adapter:  makeRSMP,
		egrul.Adapter: fromPaths(makeEGRUL),
		fns.Adapter:   makeFNS,
		"table":       fromPaths(makeTable),

		zakupki.Adapter:      makeZakupki,
		b2bcenter.Adapter:    sourceOf("", b2bcenter.Defaults, b2bcenter.Interface, b2bcenter.New),
		exhibitors.Adapter:   sourceOf("", exhibitors.Defaults, exhibitors.Interface, exhibitors.New),
		osm.Adapter:          makeOSM,
		twogis.Adapter:       sourceOf(twogis.KeyVariable, twogis.Defaults, twogis.Interface, twogis.New),
		girbo.Adapter:        sourceOf("", girbo.Defaults, girbo.Interface, girbo.New),
		checko.Adapter:       sourceOf(checko.KeyVariable, checko.Defaults, checko.Interface, checko.New),
		checko.AdapterOfdata: sourceOf(checko.KeyVariableOfdata, checko.DefaultsOfdata, checko.Interface, checko.New),
	}
}

// secretVariables are the variables of the environment that hold adapters' keys.
func secretVariables() []string {
	return []string{
		zakupki.KeyVariable, twogis.KeyVariable, checko.KeyVariable, checko.KeyVariableOfdata,
		dadata.KeyVariable, kontur.KeyVariable, saby.KeyVariable,
	}
}

func enricherAdapters(h *house) map[string]func(config.Section) (pipeline.Enricher, error) {
	return map[string]func(config.Section) (pipeline.Enricher, error){
		"website":   func(s config.Section) (pipeline.Enricher, error) { return makeWebsite(h, s) },
		"numbering": func(s config.Section) (pipeline.Enricher, error) { return numbering.New(s.Name), s.Decode(&struct{}{}) },

		askrmsp.Adapter:         enricherOf(h, "", askrmsp.Defaults, askrmsp.Interface, askrmsp.New),
		askegrul.Adapter:        enricherOf(h, "", askegrul.Defaults, askegrul.Interface, askegrul.New),
		askchecko.Adapter:       enricherOf(h, askchecko.KeyVariable, askchecko.Defaults, askchecko.Interface, askchecko.New),
		askchecko.AdapterOfdata: enricherOf(h, askchecko.KeyVariableOfdata, askchecko.DefaultsOfdata, askchecko.Interface, askchecko.New),
		dadata.Adapter:          enricherOf(h, dadata.KeyVariable, dadata.Defaults, dadata.Interface, dadata.New),
		kontur.Adapter:          enricherOf(h, kontur.KeyVariable, kontur.Defaults, kontur.Interface, kontur.New),
		saby.Adapter:            enricherOf(h, saby.KeyVariable, saby.Defaults, saby.Interface, saby.New),
		risk.Adapter:            func(s config.Section) (pipeline.Enricher, error) { return makeRisk(h, s) },
	}
}

func exporterAdapters(dir string) map[string]func(config.Section) (pipeline.Exporter, error) {
	return map[string]func(config.Section) (pipeline.Exporter, error){
		"xlsx": func(s config.Section) (pipeline.Exporter, error) { return xlsx.New(s.Name, dir), s.Decode(&struct{}{}) },
	}
}

func makeRSMP(h *house, s config.Section) (pipeline.Source, error) {
	var opt struct {
		RSMPOptions `mapstructure:",squash"`
		SetOptions  `mapstructure:",squash"`
	}
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	if err := opt.RSMPOptions.Validate(); err != nil {
		return nil, err
	}
	return h.released(s, opt.SetOptions, opendata.NewestOnly, func(inputs []files.Input) (pipeline.Source, error) {
		return rsmp.New(s.Name, inputs, opt.RSMPOptions), nil
	})
}

func makeFNS(h *house, s config.Section) (pipeline.Source, error) {
	var opt struct {
		FNSOptions `mapstructure:",squash"`
		SetOptions `mapstructure:",squash"`
	}
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	return h.released(s, opt.SetOptions, opendata.AllKept, func(inputs []files.Input) (pipeline.Source, error) {
		return fns.New(s.Name, inputs, opt.FNSOptions)
	})
}

func makeEGRUL(s config.Section, inputs []files.Input) (pipeline.Source, error) {
	var opt egrul.Options
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	return egrul.New(s.Name, inputs, opt), nil
}

func makeTable(s config.Section, inputs []files.Input) (pipeline.Source, error) {
	var opt table.Options
	if err := s.Decode(&opt); err != nil {
		return nil, err
	}
	return table.New(s.Name, inputs, opt)
}

// makeRisk opens a service for each registry that is asked, each with a budget of its
// own.
func makeRisk(h *house, s config.Section) (pipeline.Enricher, error) {
	o := risk.Defaults()
	if err := s.Decode(&o); err != nil {
		return nil, err
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	services := map[risk.Part]*service.Service{}
	for _, p := range o.Parts() {
		opened, err := h.service(s, risk.Interface(o, p))
		if err != nil {
			return nil, err
		}
		services[p] = opened
	}
	return risk.New(s.Name, services, o)
}

func makeOSM(h *house, s config.Section) (pipeline.Source, error) {
	o := osm.Defaults()
	if err := s.Decode(&o); err != nil {
		return nil, err
	}
	if o.Mode == osm.ModeFiles {
		return overPaths(s, func(inputs []files.Input) (pipeline.Source, error) { return osm.NewFiles(s.Name, inputs, o) })
	}
	return sourceOf("", osm.Defaults, osm.Interface, osm.New)(h, s)
}

func makeZakupki(h *house, s config.Section) (pipeline.Source, error) {
	o := zakupki.Defaults()
	if err := s.Decode(&o); err != nil {
		return nil, err
	}
	if o.Mode == zakupki.ModeFiles {
		return overPaths(s, func(inputs []files.Input) (pipeline.Source, error) { return zakupki.NewFiles(s.Name, inputs, o) })
	}
	v := vendor[zakupki.Options, *zakupki.Source]{"", zakupki.Defaults, zakupki.Interface, zakupki.New}
	if o.Mode == zakupki.ModeDocs {
		v.variable = zakupki.KeyVariable
	}
	return v.make(h, s)
}

func make1[T any](kind string, makers map[string]func(config.Section) (T, error), s config.Section) (T, error) {
	maker, ok := makers[s.Adapter]
	if !ok {
		var none T
		return none, unknownAdapter(kind, s, makers)
	}
	made, err := maker(s)
	if err != nil {
		return made, usage(s.Complaint(err))
	}
	return made, nil
}

func unknownAdapter[T any](kind string, s config.Section, makers map[string]T) error {
	var names []string
	for name := range makers {
		names = append(names, name)
	}
	slices.Sort(names)
	return usage(s.Wrong("adapter", strconv.Quote(s.Adapter), fmt.Sprintf("there is no such adapter under %s; there are: %s", kind, strings.Join(names, ", "))))
}
