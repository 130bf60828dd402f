package kontur

import (
	"encoding/json"
	"strings"
)

// amount is a number, or {data: number}.
type amount struct {
	value float64
	known bool
}

// UnmarshalJSON implements json.Unmarshaler; another form is not known.
func (a *amount) UnmarshalJSON(raw []byte) error {
	var marker struct {
		Data *float64 `json:"data"`
	}
	var n *float64
	if json.Unmarshal(raw, &n) != nil && json.Unmarshal(raw, &marker) == nil {
		n = marker.Data
	}
	if n != nil && *n > -1e15 && *n < 1e15 {
		*a = amount{*n, true}
	}
	return nil
}

// texts are strings in whatever list or object they come: [..], {phones: [..]},
// [{value: ..}].
type texts []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *texts) UnmarshalJSON(raw []byte) error {
	var v any
	if json.Unmarshal(raw, &v) == nil {
		*t = gather(v, nil, 0)
	}
	return nil
}

// gather walks lists and the keys that may hold a contact.
func gather(v any, out []string, depth int) []string {
	const deep, most = 4, 200
	if depth > deep || len(out) >= most {
		return out
	}
	switch v := v.(type) {
	case string:
		if s := clean(v); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, one := range v {
			out = gather(one, out, depth+1)
		}
	case map[string]any:
		for _, key := range []string{"phones", "emails", "sites", "value", "phone", "number", "email", "site", "url", "domain"} {
			out = gather(v[key], out, depth+1)
		}
	}
	return out
}

// clean takes what no workbook can hold out of a text.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")), " ")
}
