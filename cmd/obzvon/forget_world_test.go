package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"

	"obzvon/config"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/exporttest"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

const worldConfig = `schema_version: 1
data_dir: "data"
exports: {xlsx: {enabled: false}}
enrich: {website: {enabled: false, budget: 1}}
sources:
  gis: {adapter: table, trust: 50, paths: ["gis.csv"], terms_accepted: "2026-11-01"}
  egrul: {adapter: egrul, trust: 90, paths: ["egrul.zip"], enabled: false, terms_accepted: "2026-11-01"}
  fns: {adapter: fns, trust: 90, set: headcount, paths: ["fns.zip"], enabled: false, terms_accepted: "2026-11-01"}
`

// firm is somebody in the world: one in three is a sole proprietor.
type firm struct {
	inn, ogrn    string
	office       string // landline, E.164
	mobile       string // of the person
	direct       string // landline that a manager wrote beside the name
	desk         string // extension of the office that he wrote there too
	mail         string // of the firm
	own          string // mailbox of the person
	person       string
	secret       string // what a manager wrote down
	key          string // of its card in the directory
	sole, listed bool
}

// world is a state of everything that the program keeps, and what is in it.
type world struct {
	t      testing.TB
	random *rand.Rand
	root   string
	data   string
	firms  []firm
	day    company.Date
}

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{t: t, random: rand.New(rand.NewPCG(seed, 7)), root: t.TempDir(), day: company.NewDate(2026, time.November, 23)}
	w.data = filepath.Join(w.root, "data")
	for i := range 12 {
		n := w.random.IntN(8_000) + 10_000*i
		f := firm{
			sole: i%3 == 0, office: fmt.Sprintf("+7343%07d", 2_000_000+n), mobile: fmt.Sprintf("+7907%07d", 1_000_000+n),
			direct: fmt.Sprintf("+7351%07d", 2_000_000+n), desk: strconv.Itoa(800_000 + n),
			mail: fmt.Sprintf("info@firm-%d.example", n), own: fmt.Sprintf("p.person%d@firm-%d.example", n, n),
			person: fmt.Sprintf("Пример%d Придуман Выдумович", n), secret: fmt.Sprintf("просил не говорить про дачу номер %d", n),
			key: fmt.Sprintf("99000000%09d", n), listed: i < 8,
		}
		f.inn, f.ogrn = madeINN(59, n, f.sole), fmt.Sprintf("1%012d", n)
		if f.sole {
			f.ogrn = fmt.Sprintf("3%014d", n)
		}
		w.firms = append(w.firms, f)
	}
	w.fill()
	return w
}

// madeINN is an invented ИНН with its check digits.
func madeINN(region, n int, sole bool) string {
	stem, width := fmt.Sprintf("%02d%07d", region, n), 1
	if sole {
		stem, width = fmt.Sprintf("%02d%08d", region, n), 2
	}
	for check := range 100 {
		if inn, err := company.ParseINN(stem + fmt.Sprintf("%0*d", width, check%pow10(width))); err == nil {
			return string(inn)
		}
	}
	panic("no check digits fit " + stem)
}

func pow10(n int) int {
	if n == 1 {
		return 10
	}
	return 100
}

// spelled is a number as somebody might write it.
func (w *world) spelled(e164 string) string {
	n := strings.TrimPrefix(e164, "+7")
	forms := []string{
		"+7 " + n[:3] + " " + n[3:6] + "-" + n[6:8] + "-" + n[8:], "8 (" + n[:3] + ") " + n[3:6] + "-" + n[6:8] + "-" + n[8:],
		"7" + n, "8" + n, "+7" + n, n, "8-" + n[:3] + "-" + n[3:6] + "-" + n[6:], "+7 (" + n[:3] + ")\u00a0" + n[3:6] + "–" + n[6:8] + "–" + n[8:],
		"tel:+7" + n, "wa.me/7" + n, "8 " + n[:3] + " " + n[3:6] + " " + n[6:8] + " " + n[8:] + " доб. 12",
	}
	return forms[w.random.IntN(len(forms))]
}

// said is a sentence with what is known of a firm's person.
func (w *world) said(f *firm) string {
	parts := []string{
		"звонить " + w.spelled(f.mobile) + ", лучше утром", "писать на " + f.own + ".", "приёмная " + w.spelled(f.office) + "; ИНН " + f.inn,
		"(" + strings.ToUpper(f.own) + ")", f.mobile + " или " + f.mail, "e-mail=" + f.mail + ", ОГРН " + f.ogrn,
	}
	w.random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts[:1+w.random.IntN(len(parts))], " ")
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) write(name string, data []byte) {
	path := filepath.Join(w.root, name)
	w.must(os.MkdirAll(filepath.Dir(path), 0o700))
	w.must(os.WriteFile(path, data, 0o600))
}

func (w *world) fill() {
	w.write("obzvon.yaml", []byte(worldConfig))
	w.write("gis.csv", []byte("name;phone\nx;1\n"))
	s, err := bolt.Open(w.t.Context(), bolt.Options{Dir: w.data, Command: "test", Now: time.Now})
	w.must(err)
	w.sources(s)
	w.people(s)
	w.must(s.Close())
	w.books()
	w.inbox()
}

// observed is what a source says of a firm.
func (w *world) observed(source string, f *firm, inn string) company.Observation {
	o := company.Observation{Source: source, Key: f.key, INN: company.INN(inn), Date: w.day - 20, Origin: "file.csv, row 3"}
	add := func(field company.Field, key, value, note string, subject company.Subject) {
		o.Facts = append(o.Facts, company.Fact{Field: field, Key: key, Value: value, Note: note, Subject: subject})
	}
	add(company.FieldNameShort, "", "Фирма "+f.inn[:6], "", 0)
	add(company.FieldPhone, "", f.office+";ext=12", "приёмная", 0)
	add(company.FieldEmail, "", f.mail, "", 0)
	add(company.FieldDescription, "", "Насосы и краны. "+w.said(f), "", 0)
	add(company.FieldMessenger, "", "whatsapp:"+f.mobile, "", company.SubjectPerson)
	add(company.FieldContactName, "1", f.person, "", company.SubjectPerson)
	add(company.FieldContactPhone, "1", f.mobile, w.said(f), company.SubjectPerson)
	add(company.FieldContactEmail, "1", f.own, "", company.SubjectPerson)
	add(company.FieldContactDuty, "1", string(company.DutySupply), "", 0)
	if inn == "" {
		add(company.FieldPrintedINN, "", f.inn, "", 0)
		add(company.FieldPrintedOGRN, "", f.ogrn, "", 0)
	} else {
		add(company.FieldOGRN, "", f.ogrn, "", 0)
	}
	o.Sort()
	return o
}

// told is what the manager's result comes to in the store.
func (w *world) told(f *firm) company.Observation {
	o := company.Observation{Key: f.inn, INN: company.INN(f.inn), Date: w.day - 3, Origin: "result"}
	for _, phone := range []string{f.mobile, f.direct + ";ext=7", f.office + ";ext=" + f.desk} {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: phone, Date: o.Date})
	}
	o.Facts = append(o.Facts, company.Fact{Field: company.FieldContactName, Key: config.ManagerSource, Value: f.person, Date: o.Date})
	o.Sort()
	return o
}

// sources fill the registry half: companies, listings, a site's visit, an annex,
// rejected rows, joins, the index, events.
func (w *world) sources(s *bolt.Store) {
	ctx := w.t.Context()
	var registry, sites, listings, told []company.Observation
	var visits []store.Visit
	var ids []string
	var rejects []pipeline.Reject
	var joins []store.Join
	var entries []store.Entry
	for i := range w.firms {
		f := &w.firms[i]
		r := w.observed("egrul", f, f.inn)
		r.Key = f.inn
		registry = append(registry, r)
		told = append(told, w.told(f))
		site := w.observed("website", f, f.inn)
		site.Key = fmt.Sprintf("www.site-%d.example", i)
		sites = append(sites, site)
		listings = append(listings, w.observed("gis", f, ""))
		memory, err := json.Marshal(map[string]any{"pages": []string{w.said(f), f.mobile, f.mail, f.own, f.inn}})
		w.must(err)
		if i%2 == 0 {
			var packed bytes.Buffer
			w.must(flate.StatelessDeflate(&packed, memory, true, nil))
			memory = packed.Bytes()
		}
		visits = append(visits, store.Visit{Source: "website", ID: site.Key, Day: w.day, Memory: memory})
		ids = append(ids, site.Key)
		rejects = append(rejects, pipeline.Reject{Unit: "x", Row: int64(i + 1), Reason: pipeline.ReasonINN, Detail: "no name", Raw: w.said(f)})
		id := store.ObservationID{Source: "gis", Key: f.key}
		joins = append(joins, store.Join{ID: id, INN: company.INN(f.inn), Evidence: []store.Evidence{
			{Kind: "phone", Value: w.spelled(f.office)}, {Kind: "mailbox", Value: f.own}, {Kind: "phone", Value: f.mobile},
		}})
		other := &w.firms[(i+5)%len(w.firms)]
		note := append([]byte{0xd9, byte(len(other.office))}, other.office...)
		note = append(append(note, '7', 0xac), other.inn...)
		entries = append(entries, store.Entry{Owner: store.Owner{ID: id}, Tokens: []uint64{uint64(i + 1)}, Note: append(note, other.own...)})
	}
	w.replace(s, "egrul", false, registry)
	commit := func(source string, day company.Date, obs []company.Observation, visits []store.Visit) {
		_, err := s.Commit(ctx, store.Commit{Source: source, Day: day, Visits: visits, Batch: pipeline.Batch{
			Observations: obs, Rejects: rejects, Cursor: "row 17",
			Gaps:   []pipeline.Gap{{Unit: "y", Detail: "row: " + w.said(&w.firms[w.random.IntN(len(w.firms))])}},
			Counts: pipeline.Counts{Declared: 12, Read: 12, Taken: 12},
		}})
		w.must(err)
	}
	for _, source := range []string{"gis", "website"} {
		w.must(s.BeginPull(ctx, store.Pull{Source: source, Day: w.day - 1, Fingerprint: "same", Started: time.Now()}))
	}
	_, err := s.Claim(ctx, store.Claim{Source: "website", Day: w.day, IDs: ids, Again: time.Now()})
	w.must(err)
	w.replace(s, config.ManagerSource, false, told)
	commit("gis", w.day-2, listings, nil)
	commit("website", w.day-2, sites, visits)
	for i := range sites { // a later day, so that events tell what was
		sites[i].Facts = append(sites[i].Facts[:0:0], sites[i].Facts...)
		sites[i].Facts = append(sites[i].Facts, company.Fact{Field: company.FieldPhone, Value: w.firms[i].mobile})
		sites[i].Sort()
	}
	commit("website", w.day-1, sites, nil)
	w.must(s.EndPull(ctx, "gis", store.PullEnd{At: time.Now(), Complete: true}))
	var annex []company.Observation
	for i := range w.firms {
		annex = append(annex, company.Observation{
			Key: w.firms[i].inn, INN: company.INN(w.firms[i].inn), Date: w.day, Facts: []company.Fact{{Field: company.FieldHeadcount, Key: "2025", Value: "12"}},
		})
	}
	w.replace(s, "fns", true, annex)
	w.must(s.ReplaceJoins(ctx, []byte("a note"), sequence(joins, func(a, b store.Join) int { return a.ID.Compare(b.ID) })))
	w.must(s.PatchIndex(ctx, sequence(entries, func(a, b store.Entry) int { return a.Owner.Compare(b.Owner) })))
}

func (w *world) replace(s *bolt.Store, source string, annex bool, all []company.Observation) {
	var packed []record.Packed
	for i := range all {
		all[i].Source = source
		packed = append(packed, record.Pack(nil, &all[i]))
	}
	_, err := s.Replace(w.t.Context(), store.Replacement{Source: source, Day: w.day - 3, Annex: annex, Release: pipeline.Release{ID: "r", Date: w.day - 30, Whole: true}},
		sequence(packed, func(a, b record.Packed) int { return strings.Compare(a.Key, b.Key) }))
	w.must(err)
}

func sequence[T any](all []T, compare func(a, b T) int) iter.Seq2[T, error] {
	sorted := append([]T(nil), all...)
	for i := range sorted { // few
		for j := i; j > 0 && compare(sorted[j], sorted[j-1]) < 0; j-- {
			sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
		}
	}
	return func(yield func(T, error) bool) {
		for _, one := range sorted {
			if !yield(one, nil) {
				return
			}
		}
	}
}

// people fill the state half: lists, runs, results, stops, marks, decisions, the
// journal.
func (w *world) people(s *bolt.Store) {
	ctx, at := w.t.Context(), time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	list := &calllist.List{Format: calllist.Format, ID: "2026-11-23-7f3a", Day: w.day}
	j := journal.In(w.data)
	for i := range w.firms {
		f := &w.firms[i]
		inn := company.INN(f.inn)
		if f.listed {
			list.Rows = append(list.Rows, calllist.Entry{Row: w.row(i), Phones: []string{f.office, f.direct, f.mobile}, Emails: []string{f.mail, f.own}, Place: i + 1})
			list.Targets = append(list.Targets, inn)
		}
		r := store.Result{
			INN: inn, Day: w.day - 3, List: "old", File: strings.Repeat("ab", 32), Saved: at, Row: i + 2, Manager: "anna", Outcome: funnel.CallBack,
			Comment: f.secret + "; " + w.said(f), Dialled: f.office, Phones: []string{f.mobile, f.direct + ";ext=7", f.office + ";ext=" + f.desk}, Person: f.person, Post: "снабженец", Email: f.own,
			FileName: "a.xlsx", By: "head", Taken: at,
		}
		_, err := s.PutResults(ctx, []store.Result{r})
		w.must(err)
		stops := []store.Stop{
			{Kind: store.StopPhone, Value: f.mobile, Reason: "refused", Note: w.said(f), By: "anna", At: at},
			{Kind: store.StopEmail, Value: f.own, Reason: "refused", By: "anna", At: at},
			{Kind: store.StopINN, Value: f.inn, Reason: "other", Note: "см. " + w.spelled(f.office), By: "anna", At: at},
		}
		_, err = s.AddStops(ctx, stops)
		w.must(err)
		m := store.Mark{INN: inn, Kind: store.MarkPin, Value: "anna", Note: w.said(f), By: "head", At: at}
		w.must(s.PutMarks(ctx, []store.Mark{m}))
		d := store.Decision{ID: store.ObservationID{Source: "gis", Key: f.key}, INN: inn, Same: true, By: "head", At: at}
		w.must(s.Decide(ctx, d))
		w.must(j.Append(ctx,
			journal.Entry{At: at, By: "head", Kind: journal.KindResult, Result: &r, Note: w.said(f)},
			journal.Entry{At: at, By: "head", Kind: journal.KindStop, Stop: &stops[0]},
			journal.Entry{At: at, By: "head", Kind: journal.KindMark, Mark: &m},
			journal.Entry{At: at, By: "head", Kind: journal.KindDecision, Decision: &d},
		))
		report, err := json.Marshal(map[string]any{"note": w.said(f), f.mail: []any{1, f.mobile}, "inn": f.inn})
		w.must(err)
		w.must(s.PutRun(ctx, store.Run{Day: w.day - company.Date(i+1), Report: report, Error: "row of " + w.said(f)}))
	}
	data, err := list.Encode()
	w.must(err)
	owners := map[company.INN]string{}
	for _, e := range list.Rows {
		owners[e.Row.INN] = "anna"
	}
	_, err = s.Issue(ctx, store.Issue{Day: w.day, Data: data, Owners: owners})
	w.must(err)
}

func (w *world) row(i int) pipeline.Row {
	f := &w.firms[i]
	phone, _ := company.PhoneFromValue(f.office)
	return pipeline.Row{
		Number: i + 1, Priority: 1, Company: "Фирма", City: "Пермь", Phone: phone.Pretty() + " доб. " + f.desk, PhoneLink: f.office, Person: f.person, Post: "снабженец",
		LastResult: "Перезвонить 20.11: " + f.secret, INN: company.INN(f.inn), OtherPhones: w.spelled(f.mobile) + "; " + w.spelled(f.direct) + " доб. 7", Email: f.own, ManagerID: "anna", Manager: "Анна",
		Why: "Основной код 45.20", Site: "https://www.site.example/",
	}
}

// books are workbooks as the program writes them.
func (w *world) books() {
	book := exporttest.Book()
	book.ListID, book.Calls = "2026-11-23-7f3a", nil
	for i := range w.firms {
		if w.firms[i].listed {
			book.Calls = append(book.Calls, w.row(i))
		}
	}
	_, err := xlsx.New("xlsx", filepath.Join(w.data, "lists")).Export(w.t.Context(), book)
	w.must(err)
}

// inbox fills the folders with what lies there on a bad day.
func (w *world) inbox() {
	any := func() *firm { return &w.firms[w.random.IntN(len(w.firms))] }
	w.write("data/inbox/gis/export.csv", []byte("ИНН;Телефон\n1;"+w.said(any())+"\n2;"+w.said(any())+"\n"))
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := range w.firms {
		f, err := z.Create(fmt.Sprintf("part-%d.xml", i))
		w.must(err)
		_, err = fmt.Fprintf(f, "<Док><Пред ИННФЛ=%q ОГРНИП=%q/></Док>%s", w.firms[i].inn, w.firms[i].ogrn, strings.Repeat("<x/>", 70_000))
		w.must(err)
	}
	w.must(z.Close())
	w.write("data/inbox/rsmp/data-20261110.zip", packed.Bytes())
	w.write("data/inbox/rsmp/data-20261110.zip.json", []byte("{}"))
	var gz bytes.Buffer
	g := gzip.NewWriter(&gz)
	_, err := g.Write([]byte(w.said(any())))
	w.must(err)
	w.must(g.Close())
	w.write("data/notes.txt.gz", gz.Bytes())
	w.write("data/lists/.xlsx-partial-1/a.xlsx", []byte(w.said(any())))
	w.write("data/state.db.compact", []byte(w.said(any())))
	w.write("data/outcomes.journal.tmp", []byte(w.said(any())))
	w.write("data/scratch/half.bin", append([]byte{0, 1, 2}, w.said(any())...))
}
