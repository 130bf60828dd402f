package egrul

import (
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

type declared struct {
	Main  []code `xml:"СвОКВЭДОсн"`
	Extra []code `xml:"СвОКВЭДДоп"`
}

type reported struct {
	Main  []code `xml:"СвОКВЭДОтчОсн"`
	Extra []code `xml:"СвОКВЭДОтчДоп"`
}

type code struct {
	Text    string `xml:"КодОКВЭД,attr"`
	Version string `xml:"ПрВерсОКВЭД,attr"`
}

// activity holds the valid codes of a document.
type activity struct {
	main, reported       []company.OKVED // one at most
	extra, reportedExtra []company.OKVED
}

// activity leaves out codes of the first ОКВЭД, whose digits mean something
// else. Declared codes without a version are of the first: registers of 2017
// show them at companies that ended before the second came. Reported codes
// came with 4.08 and are all of the second.
func (c *common) activity() activity {
	a := activity{
		main: valid(c.Declared.Main, "2001"), extra: valid(c.Declared.Extra, "2001"),
		reported: valid(c.Reported.Main, "2014"), reportedExtra: valid(c.Reported.Extra, "2014"),
	}
	a.main, a.reported = a.main[:min(1, len(a.main))], a.reported[:min(1, len(a.reported))]
	return a
}

// valid keeps codes of the second ОКВЭД; unsaid is the version of those that
// do not say theirs.
func valid(codes []code, unsaid string) []company.OKVED {
	var out []company.OKVED
	for _, c := range codes {
		version := strings.TrimSpace(c.Version)
		if version == "" {
			version = unsaid
		}
		if version != "2014" {
			continue
		}
		if okved, err := company.ParseOKVED(c.Text); err == nil {
			out = append(out, okved)
		}
	}
	return out
}

func (a activity) wanted(w pipeline.Wanted) bool {
	return w.Any(a.main...) || w.Any(a.reported...) ||
		w.Additional && (w.Any(a.extra...) || w.Any(a.reportedExtra...))
}

func (a activity) add(b *builder) {
	for f, codes := range map[company.Field][]company.OKVED{
		company.FieldOKVEDMain: a.main, company.FieldOKVEDExtra: a.extra,
		company.FieldOKVEDReported: a.reported, company.FieldOKVEDRepExtra: a.reportedExtra,
	} {
		for _, c := range codes {
			b.Add(f, string(c))
		}
	}
}
