package api

import (
	"bytes"
	"encoding/json"
)

type contact struct {
	Phones Texts `json:"Тел"`
	Emails Texts `json:"Емэйл"`
	Sites  Texts `json:"ВебСайт"`
}

// UnmarshalJSON drops what is no object.
func (c *contact) UnmarshalJSON(raw []byte) error {
	type object contact
	return loose(raw, (*object)(c))
}

type taxes struct {
	Paid Number `json:"СумУпл"`
	Year Text   `json:"СведУплГод"`
}

// UnmarshalJSON drops what is no object.
func (t *taxes) UnmarshalJSON(raw []byte) error {
	type object taxes
	return loose(raw, (*object)(t))
}

type sme struct {
	Category  Text `json:"Кат"`
	Category2 Text `json:"Категория"`
}

// UnmarshalJSON drops what is no object.
func (s *sme) UnmarshalJSON(raw []byte) error {
	type object sme
	return loose(raw, (*object)(s))
}

// head is who runs a company.
type head struct {
	Name  Text `json:"ФИО"`
	Post  Text `json:"НаимДолжн"`
	Post2 Text `json:"ДолжнРук"`
}

// heads is a list, or one.
type heads []head

// UnmarshalJSON implements json.Unmarshaler.
func (h *heads) UnmarshalJSON(raw []byte) error {
	*h = nil
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		var one head
		if json.Unmarshal(raw, &one) == nil {
			*h = heads{one}
		}
		return nil
	}
	var all []head
	if json.Unmarshal(raw, &all) == nil {
		*h = all
	}
	return nil
}

// coded is a list of activities.
type coded []Coded

// UnmarshalJSON implements json.Unmarshaler.
func (c *coded) UnmarshalJSON(raw []byte) error {
	*c = nil
	var all []Coded
	if json.Unmarshal(raw, &all) == nil {
		*c = all
	}
	return nil
}

// flag is true, and false whatever else stands there.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(raw []byte) error {
	*f = flag(bytes.Equal(bytes.TrimSpace(raw), []byte("true")))
	return nil
}

// loose reads an object and nothing else.
func loose(raw []byte, into any) error {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return json.Unmarshal(raw, into)
	}
	return nil
}
