package analyst

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
)

func TestReadForm(t *testing.T) {
	for name, tt := range map[string]struct {
		sent  url.Values
		want  config.Numbers
		wrong []string
	}{
		"nothing":        {url.Values{}, config.Numbers{}, nil},
		"the same":       {url.Values{"p.phone": {"6,0"}, "m.a": {"0", "4", "3"}, "r.b": {"2"}, "l.age": {"0 0,5 1"}}, config.Numbers{}, nil},
		"points":         {url.Values{"p.phone": {" 7,5 "}}, config.Numbers{Points: map[string]float64{"phone": 7.5}}, nil},
		"unknown":        {url.Values{"u.age": {"0.5"}}, config.Numbers{Unknown: map[string]float64{"age": 0.5}}, nil},
		"months":         {url.Values{"m.a": {"0", "12", "1", "12"}}, config.Numbers{Season: map[string][]int{"a": {1, 12}}}, nil},
		"no months":      {url.Values{"m.a": {"0"}}, config.Numbers{Season: map[string][]int{"a": {}}}, nil},
		"priority":       {url.Values{"r.a": {"3"}}, config.Numbers{Priority: map[string]int{"a": 3}}, nil},
		"caps":           {url.Values{"c.reach": {"59,9"}, "c.time": {"40,1"}}, config.Numbers{Caps: map[string]float64{"reach": 59.9, "time": 40.1}}, nil},
		"a ladder":       {url.Values{"l.age": {"0 0,25 1"}}, config.Numbers{Ladders: map[string][]float64{"age": {0, 0.25, 1}}}, nil},
		"of nobody":      {url.Values{"p.moon": {"7"}, "m.moon": {"1"}}, config.Numbers{}, nil},
		"caps off":       {url.Values{"c.reach": {"61"}}, config.Numbers{Caps: map[string]float64{"reach": 61}}, []string{wholeForm}},
		"not a number":   {url.Values{"p.phone": {"1e3"}, "p.age": {""}, "u.age": {"-1"}, "p.season": {"NaN"}}, config.Numbers{}, []string{"p.age", "p.phone", "p.season", "u.age"}},
		"too much":       {url.Values{"p.phone": {"101"}, "u.age": {"1,1"}}, config.Numbers{}, []string{"p.phone", "u.age"}},
		"no such month":  {url.Values{"m.a": {"0", "13"}, "m.b": {"x"}}, config.Numbers{}, []string{"m.a", "m.b"}},
		"no priority":    {url.Values{"r.a": {"4"}, "r.b": {""}}, config.Numbers{}, []string{"r.a", "r.b"}},
		"a short ladder": {url.Values{"l.age": {"0 1"}}, config.Numbers{}, []string{"l.age"}},
		"a bad ladder":   {url.Values{"l.age": {"0 2 1"}}, config.Numbers{}, []string{"l.age"}},
	} {
		t.Run(name, func(t *testing.T) {
			f, got := readForm(tt.sent, twoSegments())
			if !sameNumbers(got, tt.want) {
				t.Errorf("changes %+v, want %+v", got, tt.want)
			}
			var wrong []string
			for _, c := range f.complaints(twoSegments()) {
				wrong = append(wrong, c.Field)
				if c.Text == "" || strings.ContainsAny(c.Text, "abcdefghijklmnopqrstuvwxyz") {
					t.Errorf("%s is said so: %q", c.Field, c.Text)
				}
			}
			if slices.Sort(wrong); !slices.Equal(wrong, tt.wrong) {
				t.Errorf("wrong are %q, want %q", wrong, tt.wrong)
			}
		})
	}
}

func sameNumbers(a, b config.Numbers) bool {
	return fmt.Sprintf("%v", a) == fmt.Sprintf("%v", b) || a.Empty() && b.Empty()
}

// What the form shows says, sent back, that nothing is to be changed.
func TestFormSentBackIsNoChange(t *testing.T) {
	b := open(t, emptyDesk())
	doc, _ := b.get("/weights")
	sent := url.Values{}
	for _, field := range doc.Find("#whatif input, #whatif option[selected]").Nodes {
		attr := map[string]string{}
		for _, a := range field.Attr {
			attr[a.Key] = a.Val
		}
		_, ticked := attr["checked"]
		switch {
		case field.Data == "option":
			for _, a := range field.Parent.Attr {
				if a.Key == "name" {
					sent.Add(a.Val, field.FirstChild.Data)
				}
			}
		case attr["type"] != "checkbox" || ticked:
			sent.Add(attr["name"], attr["value"])
		}
	}
	if len(sent) < 10 {
		t.Fatalf("the form has but %d fields", len(sent))
	}
	f, change := readForm(sent, b.desk.weights)
	if !change.Empty() || len(f.wrong) > 0 {
		t.Errorf("changes %+v, wrong %v", change, f.wrong)
	}
	doc, _ = b.post("/weights/preview", sent)
	if len(b.desk.trials) > 0 || !strings.Contains(doc.Find("#result").Text(), "менять нечего") {
		t.Errorf("tried %+v: %s", b.desk.trials, doc.Find("#result").Text())
	}
}

func TestPreviewShowsWhatIsWrongAtTheField(t *testing.T) {
	b := open(t, emptyDesk())
	doc, w := b.post("/weights/preview", url.Values{"p.phone": {"много"}, "c.time": {"50"}})
	if w.Code != http.StatusUnprocessableEntity || len(b.desk.trials) > 0 {
		t.Errorf("status %d, tried %+v", w.Code, b.desk.trials)
	}
	input := doc.Find(`input[name="p.phone"]`)
	if v, _ := input.Attr("value"); v != "много" || input.AttrOr("aria-invalid", "") != "true" || !strings.Contains(input.Parent().Text(), "от 0 до 100") {
		t.Errorf("the field is %q, %q", v, input.Parent().Text())
	}
	if text := doc.Find("#result").Text(); !strings.Contains(text, "дают 110") {
		t.Errorf("the sum of the caps is not told: %s", text)
	}
	// A script gets the same as a part of the page, without the rest.
	doc, w = b.post("/weights/preview", url.Values{"p.phone": {"много"}}, "X-Part", "1")
	if w.Code != http.StatusOK || doc.Find("form, header").Length() > 0 || doc.Find(`[data-field="p.phone"]`).Length() != 1 {
		t.Errorf("status %d: %s", w.Code, w.Body.String())
	}
	// So does what config has against a value, in the language of the page.
	b.desk.err = &config.Error{File: "x", Line: 7, Key: "signals[1].points", Value: "101", Allowed: "want a number of points from 0 to 100"}
	doc, _ = b.post("/weights/preview", url.Values{"p.season": {"9"}})
	if text := doc.Find(`input[name="p.season"]`).Parent().Text(); !strings.Contains(text, "нужно число от 0 до 100") {
		t.Errorf("the field says %q", text)
	}
	b.desk.err = config.ErrRewrite
	doc, w = b.post("/weights/file", url.Values{"p.season": {"9"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("main").Text(), "руками") {
		t.Errorf("status %d: %s", w.Code, doc.Find("main").Text())
	}
}

func TestSuggestionsFillTheForm(t *testing.T) {
	b := open(t, emptyDesk())
	b.desk.outcomes.Learned = &Learned{Better: true, Numbers: config.Numbers{
		Points: map[string]float64{"season": 8.5}, Unknown: map[string]float64{"age": 0.15}, Caps: map[string]float64{"reach": 55, "time": 45},
		Ladders: map[string][]float64{"age": {0.1, 0.2, 0.3}},
	}}
	if doc, _ := b.get("/weights/outcomes"); doc.Find(`a[href="/weights?from=outcomes"]`).Length() != 1 {
		t.Error("there is no way to the form")
	}
	doc, _ := b.get("/weights?from=outcomes")
	for name, want := range map[string]string{"p.season": "8,5", "u.age": "0,15", "c.time": "45", "l.age": "0,1 0,2 0,3"} {
		if v := doc.Find(`input[name="`+name+`"]`).AttrOr("value", ""); v != want {
			t.Errorf("%s is %q, want %q", name, v, want)
		}
	}
	b.post("/weights/file", url.Values{"p.season": {"8,5"}, "c.reach": {"55"}, "c.time": {"45"}, "l.age": {"0,1 0,2 0,3"}})
	if want := b.desk.outcomes.Learned.Numbers; len(b.desk.changes) != 1 || !reflect.DeepEqual(b.desk.changes[0].Ladders, want.Ladders) || !reflect.DeepEqual(b.desk.changes[0].Caps, want.Caps) {
		t.Errorf("changes %+v", b.desk.changes)
	}
}

// Every signal that config knows is explained, and no other.
func TestMeanings(t *testing.T) {
	ids := config.SignalIDs()
	for _, id := range ids {
		if (Signal{ID: id}).Means() == "" {
			t.Errorf("%s is not explained", id)
		}
	}
	if len(meanings) != len(ids) {
		t.Errorf("%d signals are explained, there are %d", len(meanings), len(ids))
	}
}

// What config has against wrong files is said in Russian, with the place.
func TestFileComplaints(t *testing.T) {
	_, text := config.DefaultFiles()
	for change, want := range map[[2]string]string{
		{"cap: 34", "cap: 35"}:                      "сумма потолков",
		{"points: 24", "points: 240"}:               "от 0 до 100",
		{"unknown: 0.3", "unknown: 3"}:              "от 0 до 1",
		{"priority: 3", "priority: 5"}:              "от 1 до 3",
		{"season: [2, 3, 9, 10]", "season: [2, 2]"}: "дважды",
		{`"45.31" #`, `45.31 #`}:                    "кавычк",
		{"id: okved_main", "id: okved_mian"}:        "okved_main",
		{"priority_1: 1.0", "priority_1: 0.9"}:      "сумма долей",
		{"schema_version: 1", "schema_version: 2"}:  "новой программы",
		{"segments:\n", "segments: 1\n"}:            "",
	} {
		changed := strings.Replace(string(text), change[0], change[1], 1)
		if changed == string(text) {
			t.Fatalf("%q is not in the file", change[0])
		}
		_, err := config.ParseSegments("x", []byte(changed))
		all, ok := fileComplaints(err, nil)
		if !ok || len(all) == 0 {
			t.Errorf("%q: %v gives %+v", change, err, all)
			continue
		}
		found := false
		for _, c := range all {
			found = found || strings.Contains(c.Text, want)
			if c.Text == "" {
				t.Errorf("%q: nothing is said of %v", change, err)
			}
		}
		if !found {
			t.Errorf("%q: %v is said as %+v, want %q", change, err, all, want)
		}
	}
	if _, ok := fileComplaints(http.ErrNoCookie, nil); ok {
		t.Error("an error of another kind was taken for a complaint")
	}
}

func FuzzReadForm(f *testing.F) {
	f.Add("p.phone=7,5&c.reach=50&c.time=50&m.a=0&m.a=2&r.b=3&l.age=0+0,5+1")
	f.Fuzz(func(t *testing.T, query string) {
		sent, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		w := twoSegments()
		form, change := readForm(sent, w)
		if len(form.wrong) > 0 {
			return
		}
		sum := 0.0
		for _, g := range w.Groups {
			v, ok := change.Caps[g.ID]
			if !ok {
				v = g.Cap
			}
			sum += v
		}
		if rounded(sum) != 100 {
			t.Errorf("caps of %q come to %v", query, sum)
		}
		for _, numbers := range []map[string]float64{change.Points, change.Unknown, change.Caps} {
			for id, v := range numbers {
				if v < 0 || v > 100 {
					t.Errorf("%q gives %s %v", query, id, v)
				}
			}
		}
		for id, months := range change.Season {
			if !slices.IsSorted(months) || slices.ContainsFunc(months, func(m int) bool { return m < 1 || m > 12 }) {
				t.Errorf("%q gives %s the months %v", query, id, months)
			}
		}
	})
}
