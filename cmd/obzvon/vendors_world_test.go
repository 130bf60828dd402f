package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/night"
)

// invented is a company of the world that all vendors tell of.
type invented struct {
	id, form, name     string // "ООО", "Камазимут"
	okved              string
	street             string
	phone, email, site string
	inn                company.INN
	ogrn               string

	in string // vendors and files that know it, between blanks
}

// people are the companies of the world, all of Пермь. Whoever reads in must say which
// of them are known where: that is what the tests hold the run to.
func people() []invented {
	all := []invented{
		{id: "azimut", form: "ООО", name: "Камазимут", okved: "45.20", street: "Лесная", phone: "+79070000001", email: "zakaz@kamazimut.example", site: "kamazimut.example", in: "rsmp revexp checko-search ofdata-search checko-card twogis osm egrul-mirror"},
		{id: "vekshor", form: "АО", name: "Векшорметалл", okved: "24.10", street: "Доменная", phone: "+79070000002", email: "snab@vekshor.example", site: "vekshor.example", in: "girbo zakupki egrul-files dadata"},
		{id: "lunevka", form: "АО", name: "Луневкалит", okved: "24.51", street: "Литейная", phone: "+79070000003", email: "zakupki@lunevka.example", site: "lunevka.example", in: "girbo b2bcenter kontur"},
		{id: "obva", form: "ООО", name: "Обвастанкомаш", okved: "28.41", street: "Станочная", phone: "+79070000004", email: "info@obva.example", site: "obva.example", in: "checko-search checko-card exhibitors ofdata-card"},
		{id: "kosva", form: "ООО", name: "Косвашина", okved: "45.20", street: "Зимняя", phone: "+79070000005", email: "info@kosva.example", site: "kosva.example", in: "rsmp osm rmsp saby"},
		{id: "yayva", form: "АО", name: "Яйвапрокат", okved: "24.20", street: "Прокатная", phone: "+79070000006", email: "mto@yayva.example", site: "yayva.example", in: "girbo contract dadata"},
		{id: "tulva", form: "ООО", name: "Тулвасервис", okved: "45.20", street: "Южная", phone: "+79070000007", email: "info@tulva.example", site: "tulva.example", in: "rsmp twogis-inn bankrupt"},
		{id: "sylva", form: "ООО", name: "Сылвадеталь", okved: "45.31", street: "Торговая", phone: "+79070000008", email: "opt@sylva.example", site: "sylva.example", in: "rsmp twogis-inn table"},
		{id: "ashap", form: "ООО", name: "Ашапторг", okved: "45.31", street: "Рыночная", phone: "+79070000009", email: "info@ashap.example", site: "ashap.example", in: "rsmp unfair dadata-false checko-card"},
		{id: "barda", form: "ООО", name: "Бардасельмаш", okved: "01.11", street: "Полевая", phone: "+79070000010", email: "info@barda.example", site: "barda.example", in: "rsmp table"},
		{id: "usva", form: "ООО", name: "Усвабыло", okved: "45.20", street: "Прежняя", phone: "+79070000011", email: "info@usva.example", site: "usva.example", in: "rsmp egrul-ended"},
		{id: "iren", form: "ИП", name: "Ирениханов Пример", okved: "45.20", street: "Частная", phone: "+79070000012", in: "checko-search ofdata-card"},
	}
	for i := range all {
		f := &all[i]
		f.inn, f.ogrn = innNumbered(i+1, f.form == "ИП"), ogrnNumbered(i+1, f.form == "ИП")
	}
	return all
}

// innNumbered completes digits to the number of an invented firm or sole proprietor.
func innNumbered(n int, sole bool) company.INN {
	base, more := fmt.Sprintf("59%07d", 9000+n*13), 10
	if sole {
		base, more = fmt.Sprintf("59%08d", 9000+n*13), 100
	}
	for d := range more {
		text := base + strconv.Itoa(d)
		if sole {
			text = fmt.Sprintf("%s%02d", base, d)
		}
		if inn, err := company.ParseINN(text); err == nil {
			return inn
		}
	}
	panic("one of the control digits is right")
}

func ogrnNumbered(n int, sole bool) string {
	base := fmt.Sprintf("1025900%05d", 100+n)
	if sole {
		base = fmt.Sprintf("30459000000%03d", 100+n)
	}
	for d := range 10 {
		if ogrn, err := company.ParseOGRN(base + strconv.Itoa(d)); err == nil {
			return string(ogrn)
		}
	}
	panic("one of ten control digits is right")
}

func (f *invented) short() string { return fmt.Sprintf(`%s "%s"`, f.form, f.name) }

func (f *invented) known(where string) bool { return slices.Contains(strings.Fields(f.in), where) }

// bazaar plays all vendors on one server, each below /vendor/ and its name, and the
// companies' own sites, for which the server is the proxy.
type bazaar struct {
	*servicetest.Vendor
	t     *testing.T
	dir   string
	firms []invented
	day   company.Date // of the first list

	keyless bool // commands are given no keys

	mu     sync.Mutex
	faults map[string]servicetest.Fault // by vendor
	looked map[string]int               // answers of pb.nalog.ru that were asked for
}

// keys of the world, by variable. Signs that are escaped in addresses stand in them.
func vendorKeys() map[string]string {
	return map[string]string{
		"OBZVON_KEY_TWOGIS": "hush/twogis&1", "OBZVON_KEY_CHECKO": "hush+checko/2", "OBZVON_KEY_OFDATA": "hush+ofdata/3",
		"OBZVON_KEY_DADATA": "hush-dadata-4", "OBZVON_KEY_KONTUR": "hush kontur&5", "OBZVON_KEY_SABY": `hush-app:hush"secret:hush-service`,
		"OBZVON_KEY_ZAKUPKI": "hush-zakupki-6",
	}
}

// hushed is in every key, and in the session that Saby gives for one.
const hushed = "hush"

func newBazaar(t *testing.T) *bazaar {
	t.Helper()
	running := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, running) })
	w := &bazaar{t: t, dir: t.TempDir(), firms: people(), faults: map[string]servicetest.Fault{}, looked: map[string]int{}}
	w.Vendor = servicetest.New(t, w)
	w.Clock.Advance(time.Until(w.Clock.Now()) * -1)
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	w.day = workday(company.DateOf(time.Now().In(zone)) + 1)
	w.morning()
	w.files()
	w.configure("")
	return w
}

// morning puts the vendors' clock to one o'clock of the next night in Moscow: pauses
// take hours of it, and the budgets are those of one day.
func (w *bazaar) morning() {
	now := w.Clock.Now().UTC()
	next := time.Date(now.Year(), now.Month(), now.Day(), 22, 0, 0, 0, time.UTC)
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	w.Clock.Advance(next.Sub(now))
}

func workday(d company.Date) company.Date {
	for wd := d.Time().Weekday(); wd == time.Saturday || wd == time.Sunday; wd = d.Time().Weekday() {
		d++
	}
	return d
}

// breaks makes a vendor fail; the zero fault mends it.
func (w *bazaar) breaks(vendor string, f servicetest.Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults[vendor] = f
}

// ServeHTTP implements http.Handler.
func (w *bazaar) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if host := r.Host; strings.HasSuffix(host, ".example") || r.Method == http.MethodConnect {
		w.site(out, r, strings.TrimPrefix(host, "www."))
		return
	}
	name := vendorOf(r.URL.Path)
	w.mu.Lock()
	fault := w.faults[name]
	w.mu.Unlock()
	play, ok := w.players()[name]
	switch {
	case !ok:
		http.NotFound(out, r) // robots.txt too: everything is allowed
	case fault.Answer != nil:
		fault.Answer(w.Vendor, out, r)
	default:
		http.StripPrefix("/vendor/"+name, play).ServeHTTP(out, r)
	}
}

func vendorOf(path string) string {
	rest, _ := strings.CutPrefix(path, "/vendor/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// calls are those of each vendor that cost something of a budget.
func (w *bazaar) calls() map[string]int {
	out := map[string]int{}
	for _, a := range w.Asked() {
		name := vendorOf(a.Path)
		if name == "" || name == "robots.txt" || strings.HasSuffix(a.Path, "/oauth/service/") {
			continue
		}
		out[name]++
	}
	return out
}

// obzvon runs a command line in this process, with the keys in its environment.
func (w *bazaar) obzvon(args ...string) ended {
	w.t.Helper()
	var out, errs bytes.Buffer
	a := &app{io: streams{out: &out, err: &errs}, clock: w.Clock}
	for name, key := range vendorKeys() {
		if !w.keyless {
			a.environ = append(a.environ, name+"="+key)
		}
	}
	code := a.execute(w.t.Context(), append([]string{"--config", filepath.Join(w.dir, "obzvon.yaml")}, args...))
	e := ended{out.String(), errs.String(), code}
	w.silent(strings.Join(args, " ")+": output", []byte(e.out+e.err))
	return e
}

// night runs a night and reads its report.
func (w *bazaar) night(day company.Date) (*night.Report, ended) {
	w.t.Helper()
	e := w.obzvon("run", "--date", day.String(), "--json", "--verbose")
	reported(w.t, e)
	r := &night.Report{}
	if err := json.Unmarshal([]byte(e.out), r); err != nil {
		w.t.Fatal(err)
	}
	return r, e
}

// silent holds bytes to not telling a key.
func (w *bazaar) silent(what string, text []byte) {
	w.t.Helper()
	if i := bytes.Index(text, []byte(hushed)); i >= 0 {
		w.t.Errorf("%s tells a key: …%q…", what, text[max(0, i-80):min(len(text), i+40)])
	}
}

// silentFiles holds everything that the installation has written to the same.
func (w *bazaar) silentFiles() {
	w.t.Helper()
	n := 0
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		n++
		w.silent(path, text)
		return err
	})
	if err != nil || n < 5 {
		w.t.Fatalf("%d files, %v", n, err)
	}
}

// explained is what explain tells of a company.
func (w *bazaar) explained(id string, day company.Date) night.Answer {
	w.t.Helper()
	e := w.obzvon("explain", string(w.firm(id).inn), "--date", day.String(), "--json")
	var all []night.Answer
	if err := json.Unmarshal([]byte(e.out), &all); err != nil || len(all) != 1 {
		w.t.Fatalf("%s: exit %d, %d answers, %v: %s", id, e.code, len(all), err, e.err)
	}
	return all[0]
}

func (w *bazaar) firm(id string) *invented {
	w.t.Helper()
	i := slices.IndexFunc(w.firms, func(f invented) bool { return f.id == id })
	if i < 0 {
		w.t.Fatalf("there is no %s", id)
	}
	return &w.firms[i]
}

func (w *bazaar) byINN(inn string) *invented {
	for i := range w.firms {
		if string(w.firms[i].inn) == inn {
			return &w.firms[i]
		}
	}
	return nil
}
