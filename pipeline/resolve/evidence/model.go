package evidence

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// version rises with every change of what the model makes of the same input.
const version = 3

// Model makes parties and weighs them. It is safe for concurrent use.
type Model struct {
	matchFrom, reviewFrom float64
	freeMail, sharedHosts map[string]bool
	descriptions          map[string][]description
	phones                company.PhoneKinds
	readers               sync.Pool
	basis                 string
}

// New returns the model for a config.
func New(cfg config.Resolve) *Model {
	m := &Model{
		matchFrom: cfg.MatchFrom, reviewFrom: cfg.ReviewFrom,
		freeMail: lowerSet(cfg.FreeMail), sharedHosts: lowerSet(cfg.SharedHosts),
		descriptions: usualDescriptions(),
	}
	m.readers.New = func() any { return &reader{m: m} }
	m.basis = fmt.Sprintf("evidence %d: match %g, review %g; free mail %q; shared hosts %q", version,
		cfg.MatchFrom, cfg.ReviewFrom, sorted(cfg.FreeMail), sorted(cfg.SharedHosts))
	return m
}

// Basis names the method and its settings: equal bases give equal results.
func (m *Model) Basis() string { return m.basis }

func lowerSet(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[strings.ToLower(s)] = true
	}
	return m
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}
