package twogis

import (
	"errors"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	_ "time/tzdata"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func TestConformance(t *testing.T) {
	d, o := small()
	r := over(t, d, o, func(o *service.Options) { o.PerDay = 0 })
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return r.source }, Request: pipeline.Request{Now: now}})
}

func TestPullReadsEveryPage(t *testing.T) {
	d, o := small()
	r := over(t, d, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 36, Read: 36, Taken: 36}); p.err != nil || p.counts != want {
		t.Errorf("%+v, %v", p.counts, p.err)
	}
	if got, want := words(r.asked(t)), "9041|32|1 9041|32|2 9041|32|3 9041|13|1 430|32|1 430|13|1"; got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
	q := r.Asked()[0].Query
	for _, part := range []string{"type=branch", "search_type=one_branch", "page_size=10", "items.contact_groups"} {
		if !strings.Contains(q, part) {
			t.Errorf("%q is not in the question %s", part, q)
		}
	}
}

func TestFieldsAreThoseOfTheExport(t *testing.T) {
	d, o := small()
	p := pullAll(t, over(t, d, o, nil).source, pipeline.Request{})
	got := p.obs[7]
	address := "Красноярск, Выдуманная улица, 7"
	want := company.Observation{
		Source: "dir", Key: "70000001000000007", Date: company.DateOf(now), Origin: "9041|32|1",
		Facts: []company.Fact{
			{Field: company.FieldNameBrand, Value: "Выдумка-7"},
			{Field: company.FieldNameShort, Value: "ООО «Выдумка-7»"},
			{Field: company.FieldDescription, Value: "автосервис"},
			{Field: company.FieldDescription, Value: "сотрудников: 16-100"},
			{Field: company.FieldRubric, Value: "Авторемонт и техобслуживание (СТО)"},
			{Field: company.FieldRegion, Value: "24"},
			{Field: company.FieldCity, Value: "Красноярск"},
			{Field: company.FieldDistrict, Value: "Советский район"},
			{Field: company.FieldAddress, Value: address, Note: "2 этаж"},
			{Field: company.FieldBranch, Key: "70000001000000007", Value: address, Note: "2 этаж"},
			{Field: company.FieldPhone, Value: "+79070000007", Note: "Отдел запчастей, звонить утром"},
			{Field: company.FieldEmail, Value: "info7@vydumka.example"},
			{Field: company.FieldSite, Value: "https://vydumka-7.example"},
			{Field: company.FieldMessenger, Value: "telegram:@vydumka_auto", Note: "Отдел запчастей"},
			{Field: company.FieldMessenger, Value: "whatsapp:+79070000001", Note: "Отдел запчастей"},
			{Field: company.FieldHours, Value: "Пн: 09:00-18:00"},
			{Field: company.FieldCard, Value: "https://2gis.com/firm/70000001000000007"},
		},
	}
	want.Sort()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// TestWhatIsTaken: by what an item says of itself.
func TestWhatIsTaken(t *testing.T) {
	o := &observer{source: "dir", persons: false}
	tests := []struct {
		name, raw string
		want      string // the reason; "-" = not wanted, "" = taken
		facts     []string
	}{
		{"the least there is", `{"id":"1","type":"branch","name":"МСК, сеть автосервисов","address_name":"Никольская, 25"}`, "", []string{"name.brand=МСК", "description=сеть автосервисов", "rubric=СТО", "branch=Никольская, 25"}},
		{"a legal form behind a comma", `{"id":"1","name":"АЛЬФА, ООО"}`, "", []string{"name.brand=АЛЬФА, ООО", "name.short=ООО «Альфа»"}},
		{"a number for an id", `{"id":70000001000000007,"name":"А"}`, "", nil},
		{"with ИНН", `{"id":"1","name":"А","itin":"7707083893"}`, "", []string{"inn=7707083893"}},
		{"a wrong ИНН", `{"id":"1","name":"А","itin":"7707083894"}`, "inn", nil},
		{"a sole proprietor", `{"id":"1","name":"А","itin":"526317984689"}`, "", []string{"sole"}},
		{"a network", `{"id":"1","name":"А","address_name":"Мира, 1","org":{"id":"5","branch_count":12}}`, "", []string{"note=точек в регионе: 12"}},
		{"of no use", `{"id":"1","type":"building","name":"улица Доватора, 9"}`, "-", nil},
		{"deleted", `{"id":"1","name":"А","is_deleted":true}`, "-", nil},
		{"closed for a time", `{"id":"1","name":"А","flags":{"temporary_closed":"renovation"}}`, "-", nil},
		{"open", `{"id":"1","name":"А","flags":{"temporary_closed":false}}`, "", nil},
		{"abroad", `{"id":"1","name":"А","adm_div":[{"type":"country","name":"Казахстан"}]}`, "-", nil},
		{"nameless", `{"id":"1","name":" "}`, "missing", nil},
		{"without an id", `{"id":"_a","name":"А"}`, "missing", nil},
		{"no item", `[1]`, "format", nil},
		{"a field of another kind", `{"id":{"a":1},"name":"А"}`, "format", nil},
		{"all day", `{"id":"1","name":"А","schedule":{"is_24x7":true}}`, "", []string{"hours=круглосуточно"}},
		{"a person's mailbox", `{"id":"1","name":"А","contact_groups":[{"contacts":[{"type":"email","value":"a.vydumov@vydumka.example"}]}]}`, "", []string{"no email"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, obs, f := o.observe([]byte(tt.raw), rubric{"9041", "СТО"}, "u")
			got := ""
			switch {
			case f != nil:
				got = string(f.reason)
			case obs == nil:
				got = "-"
			}
			if got != tt.want {
				t.Fatalf("got %q, want %q (%+v)", got, tt.want, f)
			}
			for _, want := range tt.facts {
				checkFact(t, obs, want)
			}
		})
	}
}

func checkFact(t *testing.T, obs *company.Observation, want string) {
	t.Helper()
	field, value, _ := strings.Cut(want, "=")
	ok := false
	switch field {
	case "inn":
		ok = string(obs.INN) == value
	case "sole":
		ok = obs.Facts[0].Subject == company.SubjectSole
	case "no email":
		ok = obs.First(company.FieldEmail) == ""
	case "note":
		for _, f := range obs.Facts {
			ok = ok || f.Field == company.FieldBranch && f.Note == value
		}
	default:
		for _, v := range obs.All(company.Field(field)) {
			ok = ok || v == value
		}
	}
	if !ok {
		t.Errorf("%s is not in %+v", want, obs)
	}
}

func TestKeyShowsNoMore(t *testing.T) {
	d, o := small()
	o.Pages = 2
	p := pullAll(t, over(t, d, o, nil).source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 36, Read: 33, Unread: 3, Taken: 33}); p.err != nil || p.counts != want || len(p.batches[1].Gaps) != 1 {
		t.Errorf("%+v, %v", p.counts, p.err)
	}
}

func TestNetworksAreMeasured(t *testing.T) {
	d, o := small()
	chain := firm(100)
	chain["org"] = map[string]any{"id": "900", "branch_count": 12}
	d.found["9041|13"] = append(d.found["9041|13"], chain)
	for n := range 12 {
		b := firm(100 + n)
		b["org"] = chain["org"]
		d.found["org 900"] = append(d.found["org 900"], b)
	}
	o.Branches = BranchesNetworks
	r := over(t, d, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if p.err != nil || len(p.obs) != 36+12 || p.counts.Taken != 36+1+12 {
		t.Errorf("%d observations, %+v, %v", len(p.obs), p.counts, p.err)
	}
	if got := words(r.asked(t)); !strings.Contains(got, "9041|13|1 org 900|1 org 900|2 430|32|1") {
		t.Errorf("asked for %s", got)
	}
}

func TestAroundAPoint(t *testing.T) {
	d, o := small()
	o.Regions, o.Points, o.Rubrics = nil, []string{"92.87, 56.01,20000"}, o.Rubrics[:1]
	d.found["9041|92.87,56.01"] = d.found["9041|13"]
	r := over(t, d, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if p.err != nil || len(p.obs) != 3 || !strings.Contains(r.Asked()[0].Query, "point=92.87%2C56.01&radius=20000") {
		t.Errorf("%d, %v, %s", len(p.obs), p.err, r.Asked()[0].Query)
	}
}

// TestBudget: to the call, by the vendor's log; the next day goes on; the same day
// again asks nothing.
func TestBudget(t *testing.T) {
	d, o := small()
	shelf := &servicetest.Shelf{}
	r := over(t, d, o, func(o *service.Options) { o.PerDay, o.Shelf = 2, shelf })
	shelf.Now = r.Clock.Now
	first := pullAll(t, r.source, pipeline.Request{})
	if !errors.Is(first.err, pipeline.ErrUnfinished) || len(first.batches) != 2 || first.cursor() != "9041|32|2|3" {
		t.Fatalf("%d batches to %q, %v", len(first.batches), first.cursor(), first.err)
	}
	again := pullAll(t, r.source, pipeline.Request{})
	if !errors.Is(again.err, service.ErrBudget) || len(again.batches) != 2 || len(r.Asked()) != 2 {
		t.Errorf("the same day: %d batches, %d calls, %v", len(again.batches), len(r.Asked()), again.err)
	}
	total, cursor := len(first.obs), first.cursor()
	for range 2 {
		r.Clock.Advance(24 * 3600e9)
		next := pullAll(t, r.source, pipeline.Request{Cursor: cursor})
		total, cursor = total+len(next.obs), next.cursor()
		if next.err == nil {
			break
		}
	}
	if got, want := words(r.asked(t)), "9041|32|1 9041|32|2 9041|32|3 9041|13|1 430|32|1 430|13|1"; got != want || total != 36 {
		t.Errorf("%d firms, asked for %s, want %s", total, got, want)
	}
}

func TestFaults(t *testing.T) {
	d, o := small()
	r := over(t, d, o, func(o *service.Options) { o.PerDay = 0 })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error {
		err := pullAll(t, r.source, pipeline.Request{}).err
		if err != nil && strings.Contains(err.Error(), "of+2gis") {
			t.Errorf("the key stands in %v", err)
		}
		return err
	})
}

func TestItsOwnErrors(t *testing.T) {
	tests := []struct {
		name, body string
		want       error
		says       string
	}{
		{"the key", `{"meta":{"code":403,"error":{"type":"apiKeyIsBlocked","message":"Authorization error"}}}`, service.ErrKey, "apiKeyIsBlocked"},
		{"a value outside", `{"meta":{"code":400,"error":{"type":"paramIsOutsideSet","message":"page_size must be in [1..10]"}}}`, service.ErrAsk, "[1..10]"},
		{"too slow", `{"meta":{"code":408,"error":{"message":"Timeout"}}}`, service.ErrDown, ""},
		{"its own", `{"meta":{"code":500}}`, service.ErrDown, ""},
		{"too often", `{"meta":{"code":429}}`, service.ErrLimit, ""},
		{"no such method", `{"meta":{"code":404,"error":{"type":"methodNotFound"}}}`, service.ErrAsk, ""},
		{"no result", `{"meta":{"code":200}}`, service.ErrLayout, ""},
		{"no code", `{"meta":{}}`, service.ErrLayout, ""},
		{"nothing found", `{"meta":{"code":404,"error":{"type":"itemNotFound","message":"Results not found"}}}`, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, o := small()
			r := over(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(tt.body)) }), o, nil)
			p := pullAll(t, r.source, pipeline.Request{})
			if tt.want == nil {
				if p.err != nil || len(p.batches) != 4 {
					t.Errorf("%d batches, %v", len(p.batches), p.err)
				}
				return
			}
			if !errors.Is(p.err, tt.want) || !strings.Contains(p.err.Error(), tt.says) {
				t.Errorf("got %v, want %v", p.err, tt.want)
			}
		})
	}
}

func TestPageSizeBeyondTheKey(t *testing.T) {
	d, o := small()
	o.PageSize = 50
	p := pullAll(t, over(t, d, o, nil).source, pipeline.Request{})
	if !errors.Is(p.err, service.ErrAsk) || !strings.Contains(p.err.Error(), "[1..10]") {
		t.Errorf("got %v", p.err)
	}
}

func TestProbe(t *testing.T) {
	d, o := small()
	r := over(t, d, o, nil)
	saw, err := r.source.Probe(t.Context())
	if want := "key accepted: 23 firms under 9041 СТО in 32, 10 on the first page; contacts come with this key"; err != nil || saw != want || len(r.Asked()) != 1 {
		t.Errorf("%q, %v", saw, err)
	}
	none := over(t, d, o, func(o *service.Options) { o.Keys[0].Text = "" })
	if _, err := none.source.Probe(t.Context()); !errors.Is(err, service.ErrKey) || len(none.Asked()) != 0 {
		t.Errorf("without a key: %v", err)
	}
}

func TestCursorOfOtherQuestions(t *testing.T) {
	d, o := small()
	r := over(t, d, o, nil)
	for _, cursor := range []string{"1|32|1|1", "9041|32|0|1", "9041|32|2|1", "9041|32|01|1", "x"} {
		if p := pullAll(t, r.source, pipeline.Request{Cursor: cursor}); !errors.Is(p.err, ErrCursor) {
			t.Errorf("%q: %v", cursor, p.err)
		}
	}
}

func TestOptions(t *testing.T) {
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Options){
		"no rubric":       func(o *Options) { o.Rubrics = nil },
		"a name alone":    func(o *Options) { o.Rubrics = []string{"СТО"} },
		"nowhere":         func(o *Options) { o.Regions = nil },
		"a region's name": func(o *Options) { o.Regions = []config.Code{"Москва"} },
		"latitude first":  func(o *Options) { o.Points = []string{"55.75,37.62,1000"} },
		"far away":        func(o *Options) { o.Points = []string{"2.35,48.85,1000"} },
		"a long radius":   func(o *Options) { o.Points = []string{"37.62,55.75,40001"} },
		"two numbers":     func(o *Options) { o.Points = []string{"37.62,55.75"} },
		"page size":       func(o *Options) { o.PageSize = 51 },
		"pages":           func(o *Options) { o.Pages = 0 },
		"branches":        func(o *Options) { o.Branches = "some" },
	} {
		o := Defaults()
		change(&o)
		if _, err := New("dir", nil, o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestVendorsExamples replays the answers that the vendor's documentation prints.
func TestVendorsExamples(t *testing.T) {
	for file, want := range map[string]pipeline.Counts{
		"2gis/api3-items-q-cafe.json":    {Declared: 5926, Read: 1, Unread: 5925, Taken: 1},
		"2gis/api3-items-not-found.json": {},
		"2gis/api3-items-building.json":  {Declared: 1, Read: 1, NotWanted: 1},
	} {
		body, err := os.ReadFile(realfiles.Path(t, file))
		if err != nil {
			t.Fatal(err)
		}
		_, o := small()
		o.Rubrics, o.Regions = o.Rubrics[:1], o.Regions[:1]
		r := over(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }), o, nil)
		p := pullAll(t, r.source, pipeline.Request{})
		if p.err != nil || p.counts != want {
			t.Errorf("%s: %+v, %v", file, p.counts, p.err)
		}
		for i := range p.obs {
			if err := sourcetest.CheckObservation(&p.obs[i], false); err != nil || p.obs[i].Key != "70000001031668425" || p.obs[i].First(company.FieldDescription) == "" {
				t.Errorf("%s: %v, %+v", file, err, p.obs[i])
			}
		}
	}
}

// TestRubricsAreThoseOfTheDirectory holds the table against the directory's own.
func TestRubricsAreThoseOfTheDirectory(t *testing.T) {
	data, err := os.ReadFile(realfiles.Path(t, "2gis/rubrics-auto-industry-subset.json"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(data)), " ")
	for _, r := range Defaults().rubrics() {
		if !strings.Contains(text, `"label": "`+r.name+`", "code": "`+r.id+`"`) {
			t.Errorf("%s %s is not a rubric of the directory", r.id, r.name)
		}
	}
}
