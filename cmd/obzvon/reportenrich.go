package main

import (
	"cmp"
	"fmt"
	"io"

	"obzvon/pipeline/night"
)

// writeEnriched tells what one enricher was asked, brought and cost.
func writeEnriched(w io.Writer, e *night.EnrichReport) {
	fields := map[string]int64{}
	for f, n := range e.New {
		fields[string(f)] = n
	}
	fmt.Fprintf(w, "Enriched by %s: asked %d, found %d%s%s%s%s\n", e.Name, e.Asked, e.Found, counted(fields, "; new: ", ""), bill(e),
		counted(outcomeMeanings(e.Outcomes), "; ", ""), inBrackets(cmp.Or(e.Error, e.Paused)))
	if e.Poison > 0 {
		fmt.Fprintf(w, "!! %d answers of %s were about somebody else than who was asked for: nothing of them was taken\n", e.Poison, e.Name)
	}
}

// bill is what asking cost; "" where it costs nothing.
func bill(e *night.EnrichReport) string {
	text := ""
	if e.Calls > 0 {
		text += fmt.Sprintf("; %d calls", e.Calls)
	}
	if e.Cost > 0 {
		text += fmt.Sprintf("; at most %.2f roubles", float64(e.Cost)/100)
	}
	if e.CallLeft != nil {
		text += fmt.Sprintf("; %d calls left", *e.CallLeft)
	}
	return text
}
