package night

import (
	"context"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// settlePeople erases what enrichers kept of named people while that was
// allowed, once it no longer is. Those that are switched off are settled too.
func (n *Night) settlePeople(ctx context.Context, day company.Date) error {
	for name := range n.enricherNames() {
		if _, err := store.SettlePeople(ctx, n.Store, name, day, n.Config.PersonalData.NamedPeople); err != nil {
			return err
		}
	}
	return nil
}

// enricherNames are the sections of all enrichers.
func (n *Night) enricherNames() map[string]bool {
	names := map[string]bool{}
	for _, s := range n.Config.Sections(config.Enrichers) {
		names[s.Name] = true
	}
	for _, e := range n.Enrichers {
		names[e.Section.Name] = true
	}
	return names
}
