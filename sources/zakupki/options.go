package zakupki

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Names in config.
const (
	Adapter = "zakupki"
	// KeyVariable holds the token of the service getDocsIP; only mode docs asks for it.
	KeyVariable = "OBZVON_KEY_ZAKUPKI"
)

// The modes: where notices are read.
const (
	ModeRSS   = "rss"   // the feed of a search, a day at a time
	ModePages = "pages" // the pages of a search
	ModeDocs  = "docs"  // archives of documents, by the service getDocsIP
	ModeFiles = "files" // XML and zips that lie in paths
)

// Options is the adapter's part of a source's section in the config.
type Options struct {
	Mode       string        `mapstructure:"mode"`
	Base       string        `mapstructure:"base"`       // "" = the site, or in mode docs the service
	Words      []string      `mapstructure:"words"`      // what is searched for, and what a subject must speak of
	Morphology bool          `mapstructure:"morphology"` // the site finds other forms of the words too
	OKPD2      []config.Code `mapstructure:"okpd2"`      // codes that a position may have instead, with all below
	Laws       []config.Code `mapstructure:"laws"`       // "44", "223", "615"
	Regions    []config.Code `mapstructure:"regions"`    // of customers; none = all, but in mode docs at least one
	DaysBack   int           `mapstructure:"days_back"`  // how many days before the list's day are read, 1 to 60
	Documents  []string      `mapstructure:"documents"`  // mode docs: "PRIZ/epNotificationEF2020"
}

// Defaults are the options before the section is read.
func Defaults() Options {
	return Options{
		Mode: ModePages, Words: []string{"подшипник", "подшипники"}, Morphology: true,
		// ОКПД2: bearings; their housings; plain bearings; balls, rollers and parts.
		OKPD2: []config.Code{"28.15.10", "28.15.23.110", "28.15.23.120", "28.15.31"},
		Laws:  []config.Code{"44", "223"}, DaysBack: 7,
		Documents: []string{
			"PRIZ/epNotificationEF2020", "PRIZ/epNotificationEZK2020", "PRIZ/epNotificationEZT2020", "RGK/contract",
			"RI223/purchaseNotice", "RI223/purchaseNoticeAESMBO", "RI223/purchaseNoticeZKESMBO", "RI223/purchaseNoticeZK",
		},
	}
}

// Validate tells which option is wrong and what is allowed.
func (o Options) Validate() error {
	modes := []string{ModeRSS, ModePages, ModeDocs, ModeFiles}
	if !slices.Contains(modes, o.Mode) {
		return fmt.Errorf("mode %q: want one of %s", o.Mode, strings.Join(modes, ", "))
	}
	if len(o.Words) == 0 && (o.Mode == ModeRSS || o.Mode == ModePages) {
		return errors.New("words: give at least one: the site's filter by code does not work")
	}
	if len(o.Words) == 0 && len(o.OKPD2) == 0 {
		return errors.New("words and okpd2: give at least one of either, else every purchase would be taken")
	}
	for _, w := range o.Words {
		if len(stems(w)) == 0 || len(w) > 200 || strings.Contains(w, separator) {
			return fmt.Errorf("words: %q is no word to search for", w)
		}
	}
	for _, c := range o.OKPD2 {
		if len(c) < 4 || strings.Trim(string(c), "0123456789.") != "" {
			return fmt.Errorf(`okpd2: %q: want a code in quotes of a subclass or below such as "28.15.10"`, c)
		}
	}
	if o.DaysBack < 1 || o.DaysBack > 60 {
		return fmt.Errorf("days_back %d: want 1 to 60", o.DaysBack)
	}
	return errors.Join(o.validLaws(), o.validRegions(), o.validDocuments())
}

func (o Options) validLaws() error {
	if len(o.Laws) == 0 {
		return errors.New(`laws: give at least one of "44", "223", "615"`)
	}
	for _, l := range o.Laws {
		if lawParameter(string(l)) == "" {
			return fmt.Errorf(`laws: %q: want "44", "223" or "615" in quotes`, l)
		}
	}
	return nil
}

func (o Options) validRegions() error {
	for _, c := range o.Regions {
		r, ok := company.RegionByCode(string(c))
		if !ok || r.Code != string(c) {
			return fmt.Errorf(`regions: %q: want the two digits of a region in quotes such as "77"`, c)
		}
		if (o.Mode == ModeRSS || o.Mode == ModePages) && placeOf(r.Code) == "" {
			return fmt.Errorf("regions: %q (%s): the site's own number of it is not known: leave regions out, or take mode docs", c, r.Name)
		}
	}
	if o.Mode == ModeDocs && len(o.Regions) == 0 {
		return errors.New("regions: mode docs asks for each region by itself: give at least one")
	}
	return nil
}

// subsystems of the service that hold notices and contracts, and the law of each.
var subsystems = map[string]string{"PRIZ": "44", "RGK": "44", "RI223": "223", "RD223": "223"}

func (o Options) validDocuments() error {
	if o.Mode != ModeDocs {
		return nil
	}
	if len(o.documents()) == 0 {
		return errors.New("documents: none is of one of the laws")
	}
	for _, d := range o.Documents {
		subsystem, kind, _ := strings.Cut(d, "/")
		if subsystems[subsystem] == "" || kind == "" || strings.Trim(kind, letters+"0123456789") != "" {
			return fmt.Errorf("documents: %q: want SUBSYSTEM/type with PRIZ or RGK (44-ФЗ), RI223 or RD223 (223-ФЗ), such as %q", d, "PRIZ/epNotificationEF2020")
		}
	}
	return nil
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// documents are those of the laws.
func (o Options) documents() []string {
	var out []string
	for _, d := range o.Documents {
		subsystem, _, _ := strings.Cut(d, "/")
		if slices.Contains(o.Laws, config.Code(subsystems[subsystem])) && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// questions are the words that are searched for: with the site's morphology forms of
// one word are one question.
func (o Options) questions() []string {
	var out, seen []string
	for _, w := range o.Words {
		key := w
		if o.Morphology {
			key = strings.Join(stems(w), " ")
		}
		if !slices.Contains(seen, key) {
			seen = append(seen, key)
			out = append(out, w)
		}
	}
	return out
}

// lawParameter is what asks for a law in a search; "" = no such law here.
func lawParameter(law string) string {
	switch law {
	case "44", "223":
		return "fz" + law
	case "615":
		return "ppRf615"
	}
	return ""
}

// plain gives codes as strings.
func plain(codes []config.Code) []string {
	var out []string
	for _, c := range codes {
		out = append(out, string(c))
	}
	return out
}
