package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// label is what a reader found on a page. The format is told in the README of
// the sample.
type label struct {
	Kind       string   `json:"kind"`
	Phones     []string `json:"phones"`
	Emails     []string `json:"emails"`
	INN        []string `json:"inn"`
	OGRN       []string `json:"ogrn"`
	LegalName  string   `json:"legal_name"`
	Address    string   `json:"address"`
	Addresses  []string `json:"addresses_other"`
	Messengers []string `json:"messengers"`
	People     []person `json:"people"`
	Roles      []role   `json:"roles"`
	Optional   also     `json:"optional"`
	Not        also     `json:"not"`
}

type person struct {
	Name   string   `json:"name"`
	Post   string   `json:"post"`
	Phones []string `json:"phones"` // may be left out, as the e-mails
	Emails []string `json:"emails"`
}

type role struct {
	Label  string   `json:"label"`
	Phones []string `json:"phones"`
	Emails []string `json:"emails"`
}

// also are values that may be found or not, or must not.
type also struct {
	Phones     []string `json:"phones"`
	Emails     []string `json:"emails"`
	INN        []string `json:"inn"`
	OGRN       []string `json:"ogrn"`
	Legal      []string `json:"legal"`
	People     []string `json:"people"`
	Messengers []string `json:"messengers"`
}

// kindSite is an entry for a whole site, whose pages have entries of their own.
const kindSite = "minisite"

// readLabels reads the labels of a folder, by the page's path in it.
func readLabels(dir string) (map[string]label, error) {
	name := filepath.Join(dir, "labels.json")
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the labels: %w", err)
	}
	labels := map[string]label{}
	if err := json.Unmarshal(b, &labels); err != nil {
		return nil, fmt.Errorf("read the labels of %s: %w", name, err)
	}
	for file, l := range labels {
		if l.Kind == kindSite {
			delete(labels, file)
		}
	}
	return labels, nil
}
