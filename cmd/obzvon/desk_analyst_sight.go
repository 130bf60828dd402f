package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// sight is the store as an analyst may see it: what sources in force say, without
// what names or reaches people.
type sight struct {
	store     store.Store
	standings company.Standings
	titles    map[string]string // of sections
}

// toldTrust is that of what managers wrote: above every source.
const toldTrust = 101

func (h *house) sight(ctx context.Context) (*sight, error) {
	s := &sight{store: h.store, standings: company.Standings{}, titles: map[string]string{config.ManagerSource: "Менеджеры"}}
	for _, src := range h.night.Sources {
		name, about := src.Section.Name, src.Source.Describe()
		s.titles[name] = about.Title
		if !about.Open && !h.sample && src.Section.TermsAccepted == "" {
			continue // has no say until somebody read its terms
		}
		p, err := h.store.Pull(ctx, name)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, fmt.Errorf("read the state of %s: %w", name, err)
		}
		standing := company.Standing{Trust: src.Section.Trust, Annex: isAnnex(src)}
		if p.Last.Release.Whole {
			standing.Shown = p.Last.Release.Date
		}
		s.standings[name] = standing
	}
	s.standings[config.ManagerSource] = company.Standing{Trust: toldTrust}
	for _, e := range h.night.Enrichers {
		s.titles[e.Section.Name] = e.Enricher.Describe().Title
		s.standings[e.Section.Name] = company.Standing{Trust: e.Section.Trust, Asked: true}
	}
	return s, nil
}

func isAnnex(s night.Source) bool { return s.Source.Describe().Kind == pipeline.KindSet }

// company is that of an ИНН as sources in force have it; one without values if none
// of them names it.
func (s *sight) company(ctx context.Context, inn company.INN) (company.Company, error) {
	d, err := s.store.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return company.Company{INN: inn}, nil
	}
	if err != nil {
		return company.Company{}, fmt.Errorf("read company %s: %w", inn, err)
	}
	said := slices.DeleteFunc(slices.Clone(d.Observations), func(o company.Observation) bool {
		_, in := s.standings[o.Source]
		return !in
	})
	return company.Derive(inn, said, s.standings), nil
}

// title is a section's name for people.
func (s *sight) title(section string) string {
	if t := s.titles[section]; t != "" {
		return t
	}
	return section
}

// isSole tells the ИНН of a natural person.
func isSole(inn company.INN) bool { return len(inn) == 12 }

// firmTitle is what a company is called without naming a person: of a sole
// proprietor the sign, unless that is his name too.
func firmTitle(c *company.Company) string {
	if !isSole(c.INN) {
		if name := calllist.DisplayName(c); name != "" && name != string(c.INN) {
			return analyst.Mask(name)
		}
		return "ИНН " + string(c.INN)
	}
	sign := c.Get(company.FieldNameBrand)
	if sign == "" || namesOwner(sign, c) {
		return "Предприниматель без вывески"
	}
	return analyst.Mask(sign) + " (предприниматель)"
}

// namesOwner tells a sign with a word of the proprietor's own name.
func namesOwner(sign string, c *company.Company) bool {
	own := map[string]bool{}
	for i := range c.Values {
		v := &c.Values[i]
		switch v.Field {
		case company.FieldNameFull, company.FieldNameShort, company.FieldHeadName:
			for _, word := range company.FoldWords(v.Value) {
				own[word] = len([]rune(word)) > 2 && !formWord(word)
			}
		default:
		}
	}
	return slices.ContainsFunc(company.FoldWords(sign), func(word string) bool { return own[word] })
}

// formWord tells a word of the legal form.
func formWord(word string) bool {
	return strings.HasPrefix(word, "предпринимател") || strings.HasPrefix(word, "индивидуальн")
}

// listingTitle is what a listing calls the firm.
func listingTitle(o *company.Observation) string {
	for _, f := range []company.Field{company.FieldNameBrand, company.FieldNameShort, company.FieldNameFull} {
		if name := o.First(f); name != "" {
			return analyst.Mask(name)
		}
	}
	return ""
}

// shownField tells a field whose values neither name nor reach a person.
func shownField(f company.Field, sole bool) bool {
	switch f {
	case company.FieldNameFull, company.FieldNameShort, company.FieldNameBrand,
		company.FieldAddress, company.FieldBranch, company.FieldOGRN, company.FieldPrintedOGRN, company.FieldDistrict:
		return !sole // of a sole proprietor it is his name, his home, his number
	case company.FieldDescription, company.FieldKPP, company.FieldOKVEDMain, company.FieldOKVEDExtra, company.FieldOKVEDReported,
		company.FieldOKVEDRepExtra, company.FieldRubric, company.FieldRegion, company.FieldCity, company.FieldZone, company.FieldSite,
		company.FieldHeadcount, company.FieldRevenue, company.FieldProfit, company.FieldSME, company.FieldSMESince,
		company.FieldRegistered, company.FieldStatus, company.FieldStatusText, company.FieldHours, company.FieldLicence,
		company.FieldProduct, company.FieldExpense, company.FieldTax, company.FieldDebt, company.FieldFine, company.FieldRegime,
		company.FieldCapital, company.FieldAddressDoubt, company.FieldPrintedINN, company.FieldTenderDeadline, company.FieldTenderSubject:
		return true
	default:
	}
	return false
}

// wordField tells a field of free words, in which anything may stand.
func wordField(f company.Field) bool {
	switch f {
	case company.FieldNameFull, company.FieldNameShort, company.FieldNameBrand, company.FieldDescription, company.FieldRubric,
		company.FieldCity, company.FieldDistrict, company.FieldAddress, company.FieldBranch, company.FieldSite, company.FieldStatusText,
		company.FieldHours, company.FieldLicence, company.FieldAddressDoubt, company.FieldTenderSubject:
		return true
	default:
	}
	return false
}
