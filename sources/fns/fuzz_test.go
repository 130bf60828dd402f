package fns

import (
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// FuzzDecode: whatever the bytes and the set, no panic; the counts hold;
// observations and rejects keep their promises; facts are of the set; a file
// that is refused gives nothing but a gap.
func FuzzDecode(f *testing.F) {
	for i := range sets {
		id := sets[i].id
		f.Add(uint8(i), []byte(file(id, doc(id, 1, payload(id)), doc(id, 1, payload(id)), doc(id, 2, payload(id)))))
		f.Add(uint8(i), []byte(file(id, doc(id, 1, payload(id)), strings.Replace(doc(id, 2, payload(id)), string(inn(id, 2)), "5", 1))))
		f.Add(uint8(i), []byte(strings.Replace(file(id, doc(id, 1)), "UTF-8", "windows-1251", 1)))
	}
	f.Add(uint8(0), []byte("\ufeff"+root("sshr2019", 1)+doc("sshr2019", 1, `<СведССЧР КолРаб="0"/>`)+"</Файл>"))
	f.Add(uint8(1), []byte(declaration+"<!DOCTYPE x>"+root("revexp", 0)+"</Файл>"))
	f.Add(uint8(1), []byte(file("revexp", doc("revexp", 1, `<СведДохРасх СумДоход="-1" СумРасход="1,5"/>`), doc("revexp", 2, payload("revexp")))))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		of := &sets[int(which)%len(sets)]
		read := false
		for b, err := range source(t, Options{Set: of.id, Workers: 1}, files.FromBytes("a.xml", data)).Pull(t.Context(), pipeline.Request{}) {
			if err != nil {
				if read {
					t.Errorf("an error after a file that was read: %v", err)
				}
				continue
			}
			read = len(b.Gaps) == 0
			checkFuzzed(t, of, &b)
		}
	})
}

func checkFuzzed(t *testing.T, of *set, b *pipeline.Batch) {
	t.Helper()
	if err := b.Counts.Check(); err != nil {
		t.Error(err)
	}
	if refused := len(b.Gaps) > 0; refused && (len(b.Observations) > 0 || len(b.Rejects) > 0 || b.Counts.Read > 0) || !refused && b.Counts.Unread > 0 {
		t.Errorf("refused %t: %d observations, %d rejects, %+v", refused, len(b.Observations), len(b.Rejects), b.Counts)
	}
	if n := int64(len(b.Observations)); n > b.Counts.Taken || n == 0 && b.Counts.Taken > 0 || int64(len(b.Rejects)) != b.Counts.Quarantined {
		t.Errorf("%d observations, %d rejects of %+v", n, len(b.Rejects), b.Counts)
	}
	for i := range b.Observations {
		o := &b.Observations[i]
		if err := sourcetest.CheckObservation(o, false); err != nil {
			t.Errorf("observation %q: %v", o.Key, err)
		}
		if i > 0 && b.Observations[i-1].Key >= o.Key {
			t.Errorf("observation %q after %q", o.Key, b.Observations[i-1].Key)
		}
		if len(o.Facts) == 0 || len(o.INN) != of.innDigits() || o.Key != string(o.INN) {
			t.Errorf("observation %+v", o)
		}
		for _, fact := range o.Facts {
			if !of.fills(fact.Field) || strings.HasPrefix(fact.Value, "-") || len(fact.Value) > 16 && fact.Key != "" {
				t.Errorf("fact %+v of the set %s", fact, of.id)
			}
		}
	}
	for _, r := range b.Rejects {
		if r.Row < 1 || r.Row > b.Counts.Declared || len(r.Raw) > pipeline.RawLimit {
			t.Errorf("reject of row %d of %d, %d bytes kept", r.Row, b.Counts.Declared, len(r.Raw))
		}
	}
}

// fills tells whether the set has a column of the field.
func (s *set) fills(f company.Field) bool {
	for i := range s.columns {
		if s.columns[i].field == f {
			return true
		}
	}
	return false
}
