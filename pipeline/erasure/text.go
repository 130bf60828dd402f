package erasure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"obzvon/pipeline/company"
)

// Mark stands in a text where something was taken out.
const Mark = "[удалено]"

// Has tells whether a text holds a number, an address or a person's ИНН that was
// forgotten, however it is written.
func (f *Forgotten) Has(text string) bool { return has(f, text, 0) }

func has[T text](f *Forgotten, t T, m mode) (hit bool) {
	if f.Empty() {
		return false
	}
	search(f, t, m, func(span) bool {
		hit = true
		return false
	})
	return hit
}

// Value tells whether a number in E.164, an address or an ИНН was forgotten.
func (f *Forgotten) Value(value string) bool {
	return f.remembers(kindSole, []byte(value)) || f.Has(value)
}

// People tells whether the people of a legal entity were forgotten, and on which
// day: who is named by somebody afterwards is another.
func (f *Forgotten) People(inn company.INN) (company.Date, bool) {
	if inn == "" {
		return 0, false
	}
	return f.until(kindPeople, []byte(inn))
}

// peopleUntil tells whether what was said of a company on a day is of people who
// were forgotten.
func (f *Forgotten) peopleUntil(inn company.INN, day company.Date) bool {
	until, forgotten := f.People(inn)
	return forgotten && day <= until
}

// Sole tells whether a sole proprietor was forgotten.
func (f *Forgotten) Sole(inn company.INN) bool {
	return inn != "" && f.remembers(kindSole, []byte(inn))
}

// Redact puts Mark in the place of what was forgotten. A text that was nothing
// else becomes empty.
func (f *Forgotten) Redact(text string) string {
	if f.Empty() {
		return text
	}
	redacted := text
	for { // what stood apart may have come together
		now := f.redactOnce(redacted)
		if now == redacted {
			break
		}
		redacted = now
	}
	if redacted != text && strings.Trim(strings.ReplaceAll(redacted, Mark, ""), " ,;:.()-\n\t") == "" {
		return ""
	}
	return redacted
}

func (f *Forgotten) redactOnce(text string) string {
	var out strings.Builder
	last := 0
	search(f, text, 0, func(s span) bool {
		out.WriteString(text[last:max(last, s.from)])
		out.WriteString(Mark)
		last = s.to
		return true
	})
	if last == 0 {
		return text
	}
	out.WriteString(text[last:])
	return out.String()
}

// without drops the parts of a list, parted by sep, that hold what was forgotten.
func (f *Forgotten) without(list, sep string) string {
	if !f.Has(list) {
		return list
	}
	var kept []string
	for part := range strings.SplitSeq(list, sep) {
		if !f.Has(part) {
			kept = append(kept, part)
		}
	}
	return f.Redact(strings.Join(kept, sep))
}

// redactJSON does Redact with every text of a document; the form of numbers and the
// order within lists stay. What is no JSON is redacted as text.
func (f *Forgotten) redactJSON(data []byte) ([]byte, error) {
	if !has(f, data, 0) && !bytes.ContainsRune(data, '\\') {
		return data, nil
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return []byte(f.Redact(string(data))), nil
	}
	changed := false
	v = f.redactTree(v, &changed)
	if !changed {
		return data, nil
	}
	out, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write a document anew: %w", err)
	}
	return out, nil
}

func (f *Forgotten) redactTree(v any, changed *bool) any {
	switch v := v.(type) {
	case string:
		if f.Has(v) {
			*changed = true
			return f.Redact(v)
		}
	case []any:
		for i := range v {
			v[i] = f.redactTree(v[i], changed)
		}
	case map[string]any:
		for key, one := range v {
			v[key] = f.redactTree(one, changed)
			if f.Has(key) {
				*changed = true
				v[f.Redact(key)] = v[key]
				delete(v, key)
			}
		}
	}
	return v
}

// maxMemory bounds what a memory of a visit is unpacked to, in bytes.
const maxMemory = 8 << 20

// inMemory searches what an enricher remembers: as it is, and unpacked, since an
// enricher may deflate it.
func (f *Forgotten) inMemory(memory []byte) bool {
	if f.Empty() || len(memory) == 0 {
		return false
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(memory)), maxMemory))
	return err == nil && has(f, plain, loose) || has(f, memory, loose)
}
