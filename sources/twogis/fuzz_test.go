package twogis

import (
	"encoding/json"
	"net/http"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/sourcetest"
)

// FuzzAnswer: whatever a body says, each row is counted once, what is taken is
// canonical, and what is rejected says why.
func FuzzAnswer(f *testing.F) {
	full, err := json.Marshal(map[string]any{"meta": map[string]any{"code": 200}, "result": map[string]any{"items": []any{firm(1), firm(1), firm(2)}, "total": 3}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full, true)
	f.Add([]byte(`{"meta":{"code":404,"error":{"type":"itemNotFound"}}}`), false)
	f.Add([]byte(`{"meta":{"code":200},"result":{"items":[{"id":"1_a","name":"ИП Выдумов, ремонт","itin":"526317984689","contact_groups":[{"name":"\u0000","contacts":[{"type":"telegram","url":"https://t.me/a?b"},{"type":"viber","value":"viber://chat?number=%2B79070000001"}]}]}],"total":9}}`), true)
	f.Add([]byte(`{"meta":{"code":200},"result":{"items":[{"id":"0","name":"А , б"}]}}`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		found, err := parsePage(body)
		if err != nil {
			return
		}
		if _, err := judge(http.StatusOK, body); err != nil {
			t.Errorf("read what judge refuses: %v", err)
		}
		_, o := small()
		p := pull{source: &Source{name: "dir", options: o}, req: pipeline.Request{Now: now, Persons: persons}}
		g := p.gather(p.source.questions()[0], 1)
		g.take(found.rows)
		b := g.done(pipeline.Release{}, "")
		if err := b.Counts.Check(); err != nil || b.Counts.Read != int64(len(found.rows)) || b.Counts.Quarantined != int64(len(b.Rejects)) {
			t.Errorf("%+v, %v", b.Counts, err)
		}
		keys := map[string]bool{}
		for i := range b.Observations {
			if err := sourcetest.CheckObservation(&b.Observations[i], persons); err != nil || keys[b.Observations[i].Key] {
				t.Errorf("%v: %+v", err, b.Observations[i])
			}
			keys[b.Observations[i].Key] = true
		}
		for _, r := range b.Rejects {
			if r.Detail == "" || len(r.Raw) > pipeline.RawLimit || !utf8.ValidString(r.Raw) {
				t.Errorf("%+v", r)
			}
		}
	})
}
