package osm

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// FuzzAnswer: whatever a body says, what judge lets pass is read, each object is counted
// once, what is taken is canonical; and a file of it ends in batches or an error.
func FuzzAnswer(f *testing.F) {
	f.Add(answerOf(repairs(1, 2)), true)
	f.Add(answerOf([]map[string]any{object("way", 1, "shop", "tyres", "operator", "ИП А", "contact:telegram", "@выдумка", "phone", "\x00,+86 1", "addr:street", " а", "operator:ref:inn", "526317984689")}), false)
	f.Add([]byte(`{"elements":[{"type":"count","id":0,"tags":{"total":"3"}}],"osm3s":1,"remark":{}}`), false)
	f.Add([]byte(`{"elements":[1,`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		objects := int64(0)
		err := readElements(bytes.NewReader(body), &header{}, func([]byte) error { objects++; return nil })
		if _, judged := judge(200, body); judged == nil && err != nil {
			t.Errorf("judge lets pass what cannot be read: %v", err)
		}
		p := pullAll(t, overFiles(t, files.FromBytes("x.json", body)), pipeline.Request{Persons: persons})
		if p.counts.Read != objects || err != nil && p.err == nil && objects == 0 {
			t.Errorf("%+v of %d objects, %v, %v", p.counts, objects, err, p.err)
		}
		for _, b := range p.batches {
			for i := range b.Observations {
				if err := sourcetest.CheckObservation(&b.Observations[i], persons); err != nil {
					t.Errorf("%v: %+v", err, b.Observations[i])
				}
			}
			for _, r := range b.Rejects {
				if len(r.Raw) > pipeline.RawLimit || !utf8.ValidString(r.Raw) || r.Detail == "" {
					t.Errorf("%+v", r)
				}
			}
		}
	})
}
