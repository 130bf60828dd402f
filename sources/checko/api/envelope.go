package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline/fetch/service"
)

// envelope is what all answers have in common.
type envelope struct {
	Data    json.RawMessage `json:"data"`
	Company json.RawMessage `json:"company"` // of accounts: whose they are
	Meta    Meta            `json:"meta"`
}

// Meta is what the interface says of the call.
type Meta struct {
	Status  Text   `json:"status"` // "ok", "error"
	Message Text   `json:"message"`
	Today   Number `json:"today_request_count"` // calls of this day, this one included
	Balance Number `json:"balance"`             // roubles
}

// open takes the envelope off. Without data only a word of meta makes it an answer.
func open(body []byte) (envelope, error) {
	var e envelope
	if len(bytes.TrimSpace(body)) == 0 {
		return e, fmt.Errorf("%w: an empty answer", service.ErrBroken)
	}
	if err := json.Unmarshal(body, &e); err != nil {
		if cut(body) {
			return e, fmt.Errorf("%w: JSON that does not end", service.ErrBroken)
		}
		return e, fmt.Errorf("%w: not the JSON of this interface", service.ErrLayout)
	}
	switch {
	case e.Meta.Status == "error":
		return e, nil
	case e.Data == nil && e.Meta.Status == "":
		return e, fmt.Errorf("%w: neither data nor meta", service.ErrLayout)
	case none(e.Data):
		return e, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(e.Data, &fields) != nil || !ours(fields) {
		return e, fmt.Errorf("%w: data of another form", service.ErrLayout)
	}
	return e, nil
}

// cut tells JSON that ends too early from other things that are no JSON.
func cut(body []byte) bool {
	return errors.Is(json.NewDecoder(bytes.NewReader(body)).Decode(new(json.RawMessage)), io.ErrUnexpectedEOF)
}

// none tells that there is nothing under a key.
func none(raw json.RawMessage) bool {
	switch string(bytes.TrimSpace(raw)) {
	case "", "null", "[]", "{}", "false", `""`:
		return true
	}
	return false
}

// ours tells the fields of a search, of a card or of accounts.
func ours(fields map[string]json.RawMessage) bool {
	for name := range fields {
		switch name {
		case "Записи", "ЗапВсего", "ИНН", "ОГРН", "ОГРНИП":
			return true
		}
		if year(name) {
			return true
		}
	}
	return false
}

func year(s string) bool {
	return len(s) == 4 && s >= "1990" && s <= "2100" && digits(s)
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// Left says in words, behind others, what calls and money are left; "" = not told.
func (m Meta) Left() string {
	text := ""
	if m.Today.Known {
		text += fmt.Sprintf(", %d free calls left today", max(FreeADay-m.Today.Whole(), 0))
	}
	if m.Balance.Known {
		text += fmt.Sprintf(", %.2f roubles on the account", m.Balance.Value)
	}
	return text
}
