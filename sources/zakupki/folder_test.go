package zakupki

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

func folder(t testing.TB, inputs ...files.Input) *Source {
	t.Helper()
	s, err := NewFiles("eis", inputs, withMode(ModeFiles))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// manyNotices is a zip of n notices, every third of which is one of bearings.
func manyNotices(t testing.TB, n, from int) []byte {
	t.Helper()
	var pairs []string
	for i := from; i < from+n; i++ {
		subject := "Бумага"
		if i%3 == 0 {
			subject = "Подшипники"
		}
		pairs = append(pairs, fmt.Sprintf("n%05d.xml", i), notice44Text(fmt.Sprintf("03%017d", i), subject, "CU", innOf(254000000+i), "17.12", "x", ""))
	}
	return sourcetest.Zip(t, pairs...)
}

func TestFolder(t *testing.T) {
	inn := innOf(390600001)
	s := folder(t,
		files.FromBytes("a.zip", manyNotices(t, 450, 0)),
		files.FromBytes("b.xml.sig", []byte("AAAA")),
		files.FromBytes("c.html", []byte("<html><body>Вход</body></html>")),
		files.FromBytes("d.xml", []byte(notice223Text("", "Подшипники", inn, inn))),
		files.FromBytes("e.zip", sourcetest.Zip(t, "inner.zip", "PK")),
		files.FromBytes("f.xml", []byte(notice44Text(number, "Подшипники", "CU", "2540015760", "28.15.10", "x", ""))),
	)
	got := pullAll(t, s, pipeline.Request{Now: now})
	if got.err != nil || len(got.batches) != 3 || got.counts != (pipeline.Counts{Declared: 452, Read: 452, Taken: 151, NotWanted: 300, Quarantined: 1}) {
		t.Fatalf("%d batches, %+v, %v", len(got.batches), got.counts, got.err)
	}
	last := got.batches[2]
	if len(last.Gaps) != 2 || last.Gaps[0].Unit != "c.html" || last.Gaps[1].Unit != "e.zip" || last.Rejects[0].Reason != pipeline.ReasonINN || last.Rejects[0].Unit != "f.xml" {
		t.Errorf("%+v, %+v", last.Gaps, last.Rejects)
	}
	if strings.Contains(last.Rejects[0].Raw, "Выдуманный") {
		t.Error("a name is kept of a reject")
	}
}

// TestVersions: of two documents with one number the newer version stays.
func TestVersions(t *testing.T) {
	inn := innOf(254001576)
	newer := notice44Text(number, "Подшипники", "CU", inn, "28.15.10", "x", "")
	older := strings.Replace(strings.Replace(newer, "<versionNumber>2", "<versionNumber>1", 1), "121600.60", "5", 1)
	for _, order := range [][]string{{newer, older}, {older, newer}} {
		got := pullAll(t, folder(t, files.FromBytes("a.xml", []byte(order[0])), files.FromBytes("b.xml", []byte(order[1]))), pipeline.Request{Now: now})
		if len(got.obs) != 1 || got.counts.Taken != 2 || fact(got.obs[0], company.FieldTenderPrice) != "121601" {
			t.Errorf("%+v", got.obs)
		}
	}
}

func TestFolderConforms(t *testing.T) {
	a, b := manyNotices(t, 450, 0), manyNotices(t, 30, 450)
	for name, c := range map[string]struct {
		inputs []files.Input
		err    error
	}{
		"whole":      {[]files.Input{files.FromBytes("a.zip", a), files.FromBytes("b.zip", b)}, nil},
		"one broken": {[]files.Input{files.FromBytes("x", []byte("text")), files.FromBytes("a.zip", a), files.FromBytes("y.zip", b[:len(b)/2])}, nil},
		"all broken": {[]files.Input{files.FromBytes("x", []byte("text")), files.FromBytes("y.zip", b[:len(b)/2])}, pipeline.ErrUnknownForm},
		"none":       {nil, pipeline.ErrEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return folder(t, c.inputs...) }, Request: pipeline.Request{Now: now}, Err: c.err})
		})
	}
	for _, cursor := range []string{"x", "1|0", "1|-1|0|true", "1|0|0|maybe"} {
		if got := pullAll(t, folder(t, files.FromBytes("a.zip", a)), pipeline.Request{Cursor: cursor}); !errors.Is(got.err, ErrCursor) {
			t.Errorf("cursor %q: %v", cursor, got.err)
		}
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"mode":          func(o *Options) { o.Mode = "ftp" },
		"no words":      func(o *Options) { o.Words = nil },
		"a bar":         func(o *Options) { o.Words = []string{"a|b"} },
		"signs":         func(o *Options) { o.Words = []string{"--"} },
		"okpd2":         func(o *Options) { o.OKPD2 = []config.Code{"подшипники"} },
		"short okpd2":   func(o *Options) { o.OKPD2 = []config.Code{"28"} },
		"law":           func(o *Options) { o.Laws = []config.Code{"94"} },
		"no law":        func(o *Options) { o.Laws = nil },
		"region":        func(o *Options) { o.Regions = []config.Code{"7"} },
		"region of ЕИС": func(o *Options) { o.Regions = []config.Code{"93"} },
		"days":          func(o *Options) { o.DaysBack = 0 },
		"docs alone":    func(o *Options) { o.Mode = ModeDocs },
		"documents":     func(o *Options) { o.Mode, o.Regions, o.Documents = ModeDocs, []config.Code{"77"}, []string{"PRIZ"} },
		"subsystem": func(o *Options) {
			o.Mode, o.Regions, o.Documents = ModeDocs, []config.Code{"77"}, []string{"RGK/contract", "X/y"}
		},
		"no documents": func(o *Options) { o.Mode, o.Regions, o.Laws = ModeDocs, []config.Code{"77"}, []config.Code{"615"} },
		"nothing":      func(o *Options) { o.Mode, o.Words, o.OKPD2 = ModeFiles, nil, nil },
	} {
		o := Defaults()
		change(&o)
		if err := o.Validate(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, mode := range []string{ModeRSS, ModePages, ModeDocs, ModeFiles} {
		if err := withMode(mode).Validate(); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
	}
	o := Defaults()
	if q := o.questions(); len(q) != 1 {
		t.Errorf("two forms of one word are %d questions", len(q))
	}
	o.Morphology = false
	if q := o.questions(); len(q) != 2 {
		t.Errorf("without morphology %d questions", len(q))
	}
	if _, err := NewFiles("eis", nil, Defaults()); err == nil {
		t.Error("files in mode pages")
	}
	if _, err := New("eis", nil, withMode(ModeFiles)); err == nil {
		t.Error("a service in mode files")
	}
}

func TestDescriptors(t *testing.T) {
	docs, err := New("eis", nil, withMode(ModeDocs))
	if err != nil {
		t.Fatal(err)
	}
	if d := docs.Describe(); !d.Live || d.Open || len(d.Secrets) != 1 || !strings.Contains(d.Needs[0], KeyVariable) {
		t.Errorf("%+v", d)
	}
	pages, err := New("eis", nil, withMode(ModePages))
	if err != nil {
		t.Fatal(err)
	}
	if d := pages.Describe(); !d.Live || len(d.Secrets) != 0 {
		t.Errorf("%+v", d)
	}
	if d := folder(t).Describe(); d.Live || !strings.Contains(d.Needs[0], "paths") {
		t.Errorf("%+v", d)
	}
	a, _ := docs.Fingerprint(t.Context())
	b, _ := pages.Fingerprint(t.Context())
	if a == b || a == "" {
		t.Errorf("fingerprints %q and %q", a, b)
	}
}

func TestPlaces(t *testing.T) {
	seen := map[string]bool{}
	for region, id := range places {
		if r, ok := company.RegionByCode(region); !ok || r.Code != region || seen[id] || len(id) != 7 {
			t.Errorf("%s: %s", region, id)
		}
		seen[id] = true
	}
}
