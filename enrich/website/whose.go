package website

import (
	"slices"

	"obzvon/pipeline/company"
)

// whose tells to whom a site belongs by the numbers printed on it.
type whose uint8

const (
	unsaid  whose = iota // it prints none: nothing speaks against the company asked for
	own                  // it prints the company's ИНН or ОГРН
	another              // it prints only others'
)

// whoseSite weighs the numbers of the pages against those of the company. A
// listing, which has none, is nobody's until matching decides.
func whoseSite(c *company.Company, inns, ogrns []string) whose {
	ogrn := c.Get(company.FieldOGRN)
	switch {
	case c.INN != "" && slices.Contains(inns, string(c.INN)), ogrn != "" && slices.Contains(ogrns, ogrn):
		return own
	case len(inns) > 0, ogrn != "" && len(ogrns) > 0:
		return another
	}
	return unsaid
}
