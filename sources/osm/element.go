package osm

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// header is what an answer says beside its objects.
type header struct {
	Remark string
	Base   company.Date // the map's own date
}

// errElements are a body without the array of objects. It is service.ErrLayout.
var errElements = fmt.Errorf("%w: no array of elements", service.ErrLayout)

// readElements gives the objects of an answer one after the other, so that an extract
// need not fit in memory; h is filled as it comes, as a rule before them. An error of
// each is returned as it is; those of the form are service.ErrLayout, and
// service.ErrBroken where JSON begins well and ends early.
func readElements(r io.Reader, h *header, each func(raw []byte) error) error {
	dec := json.NewDecoder(r)
	switch t, err := dec.Token(); {
	case err != nil && !foreign(err):
		return err
	case err != nil || t != json.Delim('{'):
		return errElements
	}
	found := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return formError(err)
		}
		if key == "elements" {
			found = true
			if err := readArray(dec, each); err != nil {
				return err
			}
			continue
		}
		if err := h.read(key, dec); err != nil {
			return formError(err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return formError(err)
	}
	if !found {
		return errElements
	}
	return nil
}

func (h *header) read(key json.Token, dec *json.Decoder) error {
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return err
	}
	switch key {
	case "remark":
		_ = json.Unmarshal(raw, &h.Remark) // of another kind: no remark
	case "osm3s":
		var o struct {
			Base string `json:"timestamp_osm_base"`
		}
		if json.Unmarshal(raw, &o) == nil && len(o.Base) >= len("2026-11-23") {
			h.Base = members.DateOf(o.Base[:len("2026-11-23")])
		}
	}
	return nil
}

func readArray(dec *json.Decoder, each func([]byte) error) error {
	t, err := dec.Token()
	if err != nil {
		return formError(err)
	}
	if t != json.Delim('[') {
		return errElements
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return formError(err)
		}
		if err := each(raw); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return formError(err)
	}
	return nil
}

// foreign tells an error that is JSON's own from one of the reader below it.
func foreign(err error) bool {
	syntax := (*json.SyntaxError)(nil)
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax)
}

// formError names what is wrong with JSON that began well. What the reader itself failed
// with stays.
func formError(err error) error {
	if !foreign(err) {
		return err
	}
	return fmt.Errorf("%w: %w", service.ErrBroken, err)
}

// element is one object.
type element struct {
	Type string            `json:"type"`
	ID   json.Number       `json:"id"`
	Tags map[string]string `json:"tags"`
}
