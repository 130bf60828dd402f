package table

import (
	"fmt"
	"strings"

	"obzvon/pipeline"
)

// HeaderError says why a table's header could not be used. It is
// pipeline.ErrUnknownForm.
type HeaderError struct {
	Input    string   // file, and sheet if it has sheets
	Header   []string // the row most like a header
	Nearest  string   // preset that knows most of it
	Mapped   []string // `"title" → field`
	Unmapped []string // titles of unknown meaning
	Missing  []string // what the preset cannot do without
}

// shownTitles bounds each list of titles in the message.
const shownTitles = 12

func (e *HeaderError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %v: the header is not recognised; nearest preset %q", e.Input, pipeline.ErrUnknownForm, e.Nearest)
	fmt.Fprintf(&b, "; mapped: %s", listed(e.Mapped))
	fmt.Fprintf(&b, "; not mapped: %s", listed(e.Unmapped))
	fmt.Fprintf(&b, "; missing: %s", listed(e.Missing))
	b.WriteString(`. Name the columns in the source's section, for example columns: {name: "TITLE", inn: "TITLE", phone: "TITLE"}, or set preset to one of `)
	b.WriteString(strings.Join(Presets(), ", "))
	return b.String()
}

// Unwrap makes errors.Is(err, pipeline.ErrUnknownForm) hold.
func (e *HeaderError) Unwrap() error { return pipeline.ErrUnknownForm }

func listed(items []string) string {
	if len(items) == 0 {
		return "nothing"
	}
	if n := len(items) - shownTitles; n > 0 {
		return strings.Join(items[:shownTitles], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(items, ", ")
}

func headerError(input string, l *layout) *HeaderError {
	e := &HeaderError{Input: input, Header: l.header, Nearest: l.preset.name, Missing: l.lacks()}
	for i, h := range l.header {
		if clean(h) == "" {
			continue
		}
		if f := l.fields[i]; f.role == "" {
			e.Unmapped = append(e.Unmapped, quoteTitle(h))
		} else if f.role != roleIgnore {
			e.Mapped = append(e.Mapped, quoteTitle(h)+" → "+string(f.role))
		}
	}
	return e
}

// quoteTitle shows a title, cut short when the row was no header at all.
func quoteTitle(s string) string {
	r := []rune(clean(s))
	if len(r) > 40 {
		r = append(r[:40], '…')
	}
	return `"` + string(r) + `"`
}
