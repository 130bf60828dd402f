package members

import (
	"fmt"
	"regexp"
)

// Whole is the option that tells whether an input is a whole release, so that
// absence means gone: "yes", "no", or "auto" (also ""), which goes by the name
// that ФНС gives to whole releases, data-…-structure-….zip.
type Whole string

// publishedName is how ФНС names a whole release.
var publishedName = regexp.MustCompile(`(?i)^data-\d{8}-structure-\d{8}\.zip$`)

// Of tells whether an input of the name is one.
func (w Whole) Of(input string) bool {
	switch w {
	case "yes":
		return true
	case "no":
		return false
	default:
		return publishedName.MatchString(input)
	}
}

// Check returns what is allowed if it is none of these.
func (w Whole) Check() error {
	switch w {
	case "", "auto", "yes", "no":
		return nil
	default:
		return fmt.Errorf("whole: %q, want auto, yes or no", string(w))
	}
}
