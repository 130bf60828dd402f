package company

import (
	_ "embed"
	"strings"
	"sync"
)

// The official names, one "code<tab>name" per line by rising code, made by
// data/okvedgen from the classifier that Росстат publishes.
//
//go:embed data/okved2.tsv
var okvedTSV string

// okvedNames is parsed once, at the first question: most commands never ask.
var okvedNames = sync.OnceValue(func() map[OKVED]string {
	m := make(map[OKVED]string, strings.Count(okvedTSV, "\n"))
	for line := range strings.Lines(okvedTSV) {
		code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if ok {
			m[OKVED(code)] = name
		}
	}
	return m
})

// Name returns the official name of the code; ok is false when the embedded
// edition of the classifier has no such code.
func (c OKVED) Name() (name string, ok bool) {
	name, ok = okvedNames()[c]
	return name, ok
}
