package config

import (
	"errors"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// WantedBudget says what the budget of a metered enricher may be; of one that
// has none, 0 stands for a key that is not given.
const WantedBudget = "want a whole number from 1 to 1000000: how many may be asked for in a night"

const budgetMost = 1_000_000

// Wrong complains of a key of the section, an adapter's own or a common one,
// as this package complains of those that it checks itself. The value is shown
// as the file has it, or as given where the file does not.
func (s Section) Wrong(key, value, allowed string) error {
	at, written := s.place(key)
	if written != "" {
		value = written
	}
	return &Error{File: at.file, Line: at.line, Key: join(s.key, key), Value: value, Allowed: allowed}
}

// complaintForm is how adapters speak of one of their options: "pages 99: want 1
// to 50", "wrong options: keep: 0, want 1 to 9".
var complaintForm = regexp.MustCompile(`^(?:[a-z ]+: )?([a-z_]+):? (\S+)[:,] (want .+)$`)

// Complaint gives what an adapter says of the section the place where it
// stands: that of the key, if the adapter names one first. What has a place
// already stays as it is.
func (s Section) Complaint(err error) error {
	if err == nil || isPlaced(err) {
		return err
	}
	said := &Error{File: s.at.file, Line: s.at.line, Key: s.key, Allowed: err.Error()}
	if m := complaintForm.FindStringSubmatch(err.Error()); m != nil {
		at, written := s.place(m[1])
		if written == "" {
			written = m[2]
		}
		said = &Error{File: at.file, Line: at.line, Key: join(s.key, m[1]), Value: written, Allowed: m[3]}
	}
	said.why = err
	return said
}

// place finds a key of the section, that of the section if the key is not
// given, and the value as written; "" for a common key, or none.
func (s Section) place(key string) (at place, written string) {
	if at, ok := s.places[join(s.key, key)]; ok {
		return at, ""
	}
	if s.rest == nil || s.rest.Kind != yaml.MappingNode {
		return s.at, ""
	}
	for i := 0; i+1 < len(s.rest.Content); i += 2 {
		if k := s.rest.Content[i]; k.Value == key {
			return place{s.at.file, k.Line}, literal(s.rest.Content[i+1])
		}
	}
	return s.at, ""
}

func isPlaced(err error) bool {
	placed := (*Error)(nil)
	return errors.As(err, &placed)
}
