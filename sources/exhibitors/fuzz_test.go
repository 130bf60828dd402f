package exhibitors

import (
	"net/url"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/sourcetest"
)

// FuzzPages: whatever a list and a card say, by any layout, each row is counted once and
// what is taken is canonical.
func FuzzPages(f *testing.F) {
	c := &catalogue{all: invented(2)}
	f.Add([]byte(c.list()), []byte(c.card(&c.all[0])), "expocentre", false)
	f.Add([]byte(`<div class="card"><h5 class="card-title"><a href="/x/1">ИП А, Б</a></h5></div>`), []byte("<b>Телефон</b> +86 1"), "mims", true)
	f.Add([]byte(`{"a":[{"n":"А ","l":"/1","p":[1e9,{"name":"+7 907 000-00-01"}]},[],null]}`), []byte(`{"p":"\u0000"}`), "json", true)
	layouts := map[string]Layout{"json": {Form: FormJSON, Rows: "a", Row: Fields{Name: "n", Link: "l", Phone: "p", Site: "p"}, Card: Fields{City: "p", Email: "p"}}}
	for name, l := range layoutTable {
		layouts[name] = l
	}
	f.Fuzz(func(t *testing.T, list, card []byte, layout string, persons bool) {
		l, ok := layouts[layout]
		if !ok {
			return
		}
		firms, err := l.parseList(list)
		if err != nil {
			return
		}
		more, err := l.parseCard(card)
		if err != nil {
			return
		}
		s := &Source{name: "fair", options: options(), layout: l, base: &url.URL{Scheme: "https", Host: "fair.example"}}
		p := pull{source: s, req: pipeline.Request{Now: now, Persons: persons}}
		b, held := pipeline.Batch{Unit: "u"}, map[string]bool{}
		for i := range firms {
			firms[i].add(&more)
			p.take(&b, &firms[i], int64(i)+1, held)
		}
		if err := b.Counts.Check(); err != nil || b.Counts.Read != int64(len(firms)) || b.Counts.Taken != int64(len(b.Observations)) {
			t.Errorf("%+v, %v", b.Counts, err)
		}
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
	})
}
