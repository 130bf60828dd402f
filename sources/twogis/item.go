package twogis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// text is a string that may come as a number.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return fmt.Errorf("neither a text nor a number: %w", err)
	}
	*t = text(n.String())
	return nil
}

// item is one found thing, as the fields that are asked for come. A field that the key
// is not given is absent.
type item struct {
	ID             text   `json:"id"`
	Type           string `json:"type"`
	Name           string `json:"name"`
	AddressName    string `json:"address_name"`
	AddressComment string `json:"address_comment"`
	FullAddress    string `json:"full_address_name"`

	NameEx struct {
		Primary   string `json:"primary"`
		Extension string `json:"extension"`
		LegalName string `json:"legal_name"`
	} `json:"name_ex"`
	Org struct {
		ID          text   `json:"id"`
		Primary     string `json:"primary"`
		BranchCount int    `json:"branch_count"`
	} `json:"org"`
	Rubrics []struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
	} `json:"rubrics"`
	AdmDiv []struct {
		Type string `json:"type"`
		Name string `json:"name"`
	} `json:"adm_div"`
	Groups   []group                    `json:"contact_groups"`
	Schedule map[string]json.RawMessage `json:"schedule"`
	Timezone string                     `json:"timezone"`
	ITIN     text                       `json:"itin"`
	Staff    text                       `json:"employees_org_count"`
	Deleted  bool                       `json:"is_deleted"`
	Flags    struct {
		TemporaryClosed json.RawMessage `json:"temporary_closed"`
	} `json:"flags"`
}

// group is one of a branch's groups of contacts: a department.
type group struct {
	Name     string    `json:"name"`
	Comment  string    `json:"comment"`
	Contacts []contact `json:"contacts"`
}

type contact struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Text    string `json:"text"` // for the screen, and not always the contact
	Comment string `json:"comment"`
	URL     string `json:"url"`
}

// fields are asked for beside those that always come. What a key is not given stays
// away without a word.
const fields = "items.name_ex,items.org,items.rubrics,items.adm_div,items.full_address_name,items.schedule,items.timezone," +
	"items.is_deleted,items.flags,items.contact_groups,items.itin,items.employees_org_count"

// key is the lasting part of the id.
func (x *item) key() string {
	id, _, _ := strings.Cut(string(x.ID), "_")
	return strings.TrimSpace(id)
}

// division is the name of an administrative unit of a type, the first that is there.
func (x *item) division(types ...string) string {
	for _, t := range types {
		for _, d := range x.AdmDiv {
			if d.Type == t && strings.TrimSpace(d.Name) != "" {
				return line(d.Name)
			}
		}
	}
	return ""
}

// closed tells a branch at which nobody is to be called.
func (x *item) closed() bool {
	flag := strings.TrimSpace(string(x.Flags.TemporaryClosed))
	return x.Deleted || flag != "" && flag != "null" && flag != "false"
}
