package main

import (
	"fmt"
	"io"

	"obzvon/pipeline/company"
)

// writeObservation shows one observation as it came out of a source.
func writeObservation(w io.Writer, o *company.Observation) {
	from := ""
	if o.Origin != "" { // facts of a set have none
		from = ", from " + o.Origin
	}
	fmt.Fprintf(w, "first: key %s, ИНН %s, date %s%s\n", o.Key, orDash(string(o.INN)), orDash(o.Date.String()), from)
	for _, f := range o.Facts {
		name := string(f.Field)
		if f.Key != "" {
			name += "[" + f.Key + "]"
		}
		fmt.Fprintf(w, "  %-22s %s%s\n", name, f.Value, inBrackets(f.Note))
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
