package api

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// The values below never fail: one thing has several forms in this interface, and a
// form that is not known counts as not given.

// Text is a text or a number.
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(raw []byte) error {
	*t = Text(plain(raw))
	return nil
}

// plain is the text of a scalar, "" of anything else.
func plain(raw []byte) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")), " ")
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// Texts is a list of texts, or one text.
type Texts []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Texts) UnmarshalJSON(raw []byte) error {
	*t = nil
	var all []json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		all = []json.RawMessage{raw}
	}
	for _, one := range all {
		if s := plain(one); s != "" {
			*t = append(*t, s)
		}
	}
	return nil
}

// Coded is {Код, Наим}, or one of both as a text.
type Coded struct{ Code, Name string }

// UnmarshalJSON implements json.Unmarshaler.
func (c *Coded) UnmarshalJSON(raw []byte) error {
	*c = Coded{}
	var o struct {
		Code Text `json:"Код"`
		Name Text `json:"Наим"`
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) && json.Unmarshal(raw, &o) == nil {
		*c = Coded{string(o.Code), string(o.Name)}
		return nil
	}
	s := plain(raw)
	if digits(strings.ReplaceAll(s, ".", "")) {
		c.Code = s
		return nil
	}
	c.Name = s
	return nil
}

// Number is a number, maybe in a text. Known is false where there is none.
type Number struct {
	Value float64
	Known bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(raw []byte) error {
	*n = Number{}
	v, err := strconv.ParseFloat(strings.ReplaceAll(plain(raw), " ", ""), 64)
	if err == nil && math.Abs(v) < 1e15 {
		*n = Number{v, true}
	}
	return nil
}

// Whole is the number without what is behind the point.
func (n Number) Whole() int64 { return int64(n.Value) }

// Line is a line of the accounts: a number, or in the extended form an object.
type Line struct{ Number }

// UnmarshalJSON implements json.Unmarshaler.
func (l *Line) UnmarshalJSON(raw []byte) error {
	var o struct {
		Sum Number `json:"СумОтч"`
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) && json.Unmarshal(raw, &o) == nil {
		l.Number = o.Sum
		return nil
	}
	return l.Number.UnmarshalJSON(raw)
}

// Address is a text, or an object that holds it.
type Address struct{ Text, Town string }

// UnmarshalJSON implements json.Unmarshaler.
func (a *Address) UnmarshalJSON(raw []byte) error {
	*a = Address{}
	var o struct {
		Russian Text `json:"АдресРФ"`
		Full    Text `json:"АдресПолн"`
		Town    Text `json:"НасПункт"`
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) && json.Unmarshal(raw, &o) == nil {
		a.Text, a.Town = string(o.Russian), string(o.Town)
		if a.Text == "" {
			a.Text = string(o.Full)
		}
		return nil
	}
	a.Text = plain(raw)
	return nil
}
