// Package witness tells whether an answer speaks of the company that was asked
// for. Some who are asked by programs answer with false cards, in which a checksum
// alone lets a quarter of the lies through; others take a near name for the right
// one. So an answer is believed only if everything by which it names its subject
// agrees with what was asked and what registries hold.
package witness

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"obzvon/pipeline/company"
)

// Why an answer is not believed.
var (
	ErrOther  = errors.New("the answer is about another company")
	ErrFalse  = errors.New("the answer holds an identifier that cannot be")
	ErrSilent = errors.New("the answer does not say whom it is about")
)

// Said is by what an answer names its subject, as it stands there.
type Said struct {
	INNs   []string // every place that names the subject: the title, the body, the address
	OGRNs  []string
	Name   string // legal or short name; "" = not said
	Region string // two digits; "" = not said
}

// Refusal says what does not agree. It is one of the errors above.
type Refusal struct {
	What        string // "ИНН", "ОГРН", "name", "region"
	Asked, Said string
	Err         error
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%v: %s: asked for %q, it says %q", r.Err, r.What, r.Asked, r.Said)
}

// Unwrap gives the kind.
func (r *Refusal) Unwrap() error { return r.Err }

// Check believes an answer of an interface that was asked for one ИНН: the ИНН is
// there and the same everywhere, checksums hold, ОГРН and name agree with what
// registries hold, where they hold any. The region is not looked at: a firm moves.
func Check(asked *company.Company, s Said) error {
	if len(s.INNs) == 0 {
		return &Refusal{"ИНН", string(asked.INN), "", ErrSilent}
	}
	for _, text := range s.INNs {
		inn, err := company.ParseINN(text)
		if err != nil {
			return &Refusal{"ИНН", string(asked.INN), text, ErrFalse}
		}
		if inn != asked.INN {
			return &Refusal{"ИНН", string(asked.INN), text, ErrOther}
		}
	}
	held := asked.Get(company.FieldOGRN)
	for _, text := range s.OGRNs {
		ogrn, err := company.ParseOGRN(text)
		if err != nil {
			return &Refusal{"ОГРН", held, text, ErrFalse}
		}
		if held != "" && string(ogrn) != held {
			return &Refusal{"ОГРН", held, text, ErrOther}
		}
	}
	if s.Name != "" && !named(asked, s.Name) {
		return &Refusal{"name", asked.Name(), s.Name, ErrOther}
	}
	return nil
}

// Page is Check for a page that people read, which may be made up for robots: the
// subject must be named in two places at least, and its name and region must agree
// with a registry's, so a company of which no registry says these is not believed.
func Page(asked *company.Company, s Said) error {
	if err := Check(asked, s); err != nil {
		return err
	}
	region := asked.Get(company.FieldRegion)
	switch {
	case len(s.INNs) < 2:
		return &Refusal{"ИНН", string(asked.INN), strings.Join(s.INNs, " "), ErrSilent}
	case s.Name == "" || !hasName(asked):
		return &Refusal{"name", asked.Name(), s.Name, ErrSilent}
	case s.Region == "" || region == "":
		return &Refusal{"region", region, s.Region, ErrSilent}
	case s.Region != region:
		return &Refusal{"region", region, s.Region, ErrOther}
	}
	return nil
}

var nameFields = []company.Field{company.FieldNameFull, company.FieldNameShort, company.FieldHeadName}

func hasName(c *company.Company) bool {
	return slices.ContainsFunc(nameFields[:2], func(f company.Field) bool { return c.Get(f) != "" })
}

// named tells whether a name may be that of the company: any of its legal names, or
// nothing to hold it against.
func named(c *company.Company, said string) bool {
	if !hasName(c) {
		return true
	}
	for _, v := range c.Values {
		if slices.Contains(nameFields, v.Field) && agree(v.Value, said) {
			return true
		}
	}
	return false
}

// agree tells two spellings of one name: the words of the core are the same but for
// a slip, or all words of the shorter stand in the longer («АЗИМУТ» and «ТД АЗИМУТ»
// are kindred, not the same; a full name holds the short one's words).
func agree(a, b string) bool {
	x, y := words(a), words(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == len(y) {
		return within(x, y) && within(y, x)
	}
	return within(x, y) && telling(x)
}

// within tells whether every word of x stands in y.
func within(x, y []string) bool {
	return !slices.ContainsFunc(x, func(w string) bool {
		return !slices.ContainsFunc(y, func(v string) bool { return same(w, v) })
	})
}

func words(name string) []string {
	return strings.Fields(company.ParseName(name).Key())
}

// telling tells words that say more than one short word does.
func telling(words []string) bool {
	n := 0
	for _, w := range words {
		n += len([]rune(w))
	}
	return n >= 5
}

// same tells one word in two spellings: an initial for a name, one slip in a long
// word.
func same(a, b string) bool {
	x, y := []rune(a), []rune(b)
	short, long := min(len(x), len(y)), max(len(x), len(y))
	switch {
	case a == b:
		return true
	case short == 1:
		return x[0] == y[0]
	case short >= 6 && long-short <= 1:
		return levenshtein.ComputeDistance(a, b) <= 1
	}
	return false
}
