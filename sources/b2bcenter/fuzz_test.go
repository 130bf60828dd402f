package b2bcenter

import (
	"testing"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/sourcetest"
)

// FuzzPage: whatever a page says, each row is counted once, and what is taken is
// canonical and speaks of the keyword.
func FuzzPage(f *testing.F) {
	f.Add([]byte(pageText(purchases(0, 3), "")), "подшипник")
	f.Add([]byte(pageText(purchases(0, 2), "bare")), "подшипник")
	f.Add([]byte(`<table class="search-results"><tr><td><a class="search-results-title" href="/x/tender-123/">Запрос № 123<b>а</b> ,</a></td><td><a href="/firms/1">ИП А</a></td></tr></table>`), "а")
	f.Add([]byte(`<form><input name="f_keyword"></form>`), "а")
	f.Fuzz(func(t *testing.T, body []byte, keyword string) {
		l, err := parsePage(body)
		if err != nil || len(company.FoldWords(keyword)) == 0 {
			return
		}
		p := pull{source: &Source{name: "market", options: Defaults()}, req: pipeline.Request{Now: now}}
		b, _ := p.take(l.rows, place{keyword: keyword, page: 1})
		if err := b.Counts.Check(); err != nil || b.Counts.Read != int64(len(l.rows)) || b.Counts.Taken != int64(len(b.Observations)) {
			t.Errorf("%+v, %v", b.Counts, err)
		}
		for i := range b.Observations {
			o := &b.Observations[i]
			if err := sourcetest.CheckObservation(o, false); err != nil {
				t.Errorf("%v: %+v", err, o)
			}
		}
		for _, r := range b.Rejects {
			if len(r.Raw) > pipeline.RawLimit || !utf8.ValidString(r.Raw) || r.Detail == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}
