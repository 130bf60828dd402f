package table

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var requestNow = pipeline.Request{Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}

// golden compares observations with a file of testdata.
func golden(t *testing.T, name string, p pulled) {
	t.Helper()
	got, err := json.MarshalIndent(map[string]any{"counts": p.counts, "observations": p.obs, "rejects": p.rejects}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(want)) != string(got) {
		t.Errorf("%s differs from what was got:\n%s", path, got)
	}
}

func TestGoldenKompas(t *testing.T) {
	in := files.FromBytes("kompas-2026-11-20.csv", encodeCSV(t, kompasRows(t), ';', true))
	p := pullAll(t, mustNew(t, Options{}, in), requestNow)
	if p.err != nil {
		t.Fatal(p.err)
	}
	golden(t, "kompas", p)
}

func TestGoldenGIS(t *testing.T) {
	in := files.FromBytes("2gis.csv", append(slices.Clone(bomUTF8), encodeCSV(t, gisRows(), ',', true)...))
	p := pullAll(t, mustNew(t, Options{}, in), requestNow)
	if p.err != nil {
		t.Fatal(p.err)
	}
	golden(t, "2gis", p)
}

// The same rows in any dress give the same observations.
func TestSameRowsInEveryForm(t *testing.T) {
	for name, rows := range map[string][][]string{"kompas": kompasRows(t), "2gis": gisRows()} {
		comma := encodeCSV(t, rows, ',', false)
		forms := map[string][]byte{
			"utf-8 comma LF":          comma,
			"utf-8 mark, comma, CRLF": append(slices.Clone(bomUTF8), encodeCSV(t, rows, ',', true)...),
			"utf-8 tab":               encodeCSV(t, rows, '\t', false),
			"1251 semicolon":          to1251(t, encodeCSV(t, rows, ';', true)),
			"1251 tab":                to1251(t, encodeCSV(t, rows, '\t', false)),
			"sep line":                append([]byte("sep=;\r\n"), encodeCSV(t, rows, ';', true)...),
			"CR":                      []byte(strings.ReplaceAll(string(comma), "\n", "\r")),
			"rows above the header":   append([]byte("\"Выгрузка\"\n\n,,\n"), comma...),
			"xlsx":                    encodeXLSX(t, rows, nil),
			"columns in other order":  encodeCSV(t, reversed(rows), ',', false),
		}
		want := anonymous(pullAll(t, mustNew(t, Options{Date: "2026-11-20"}, files.FromBytes("a", comma)), requestNow).obs)
		for form, data := range forms {
			t.Run(name+", "+form, func(t *testing.T) {
				p := pullAll(t, mustNew(t, Options{Date: "2026-11-20"}, files.FromBytes("a", data)), requestNow)
				if p.err != nil {
					t.Fatal(p.err)
				}
				if got := anonymous(p.obs); !reflect.DeepEqual(got, want) {
					t.Errorf("got  %+v\nwant %+v", got, want)
				}
				sourcetest.Run(t, sourcetest.Case{Request: requestNow, New: func() pipeline.Source {
					return mustNew(t, Options{}, files.FromBytes("a", data), files.FromBytes("b", data))
				}})
			})
		}
	}
}

// reversed turns the order of columns round, but for those of one meaning,
// whose own order counts.
func reversed(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
		slices.Reverse(out[i])
	}
	return out
}

func TestPersonsOnlyWhenAllowed(t *testing.T) {
	src := mustNew(t, Options{}, files.FromBytes("a.csv", encodeCSV(t, kompasRows(t), ';', false)))
	for _, persons := range []bool{false, true} {
		named := 0
		for _, o := range pullAll(t, src, pipeline.Request{Persons: persons}).obs {
			for _, f := range o.Facts {
				if f.Field == company.FieldHeadName {
					named++
					if f.Subject != company.SubjectPerson {
						t.Errorf("%+v is not marked", f)
					}
				}
			}
		}
		if (named == 1) != persons || named > 1 {
			t.Errorf("persons %v: %d names", persons, named)
		}
	}
}

func TestQuarantineNamesNobody(t *testing.T) {
	rows := kompasRows(t)
	rows[1][0] = "1234567890"
	src := mustNew(t, Options{}, files.FromBytes("a.csv", encodeCSV(t, rows, ';', false)))
	for _, persons := range []bool{false, true} {
		p := pullAll(t, src, pipeline.Request{Persons: persons})
		if len(p.rejects) != 1 || strings.Contains(p.rejects[0].Raw, "Примерович") != persons || !strings.Contains(p.rejects[0].Raw, "РЕДУКТОР") {
			t.Errorf("persons %v: %+v", persons, p.rejects)
		}
	}
}

// Bad inputs: each must be told in words that help, and lose nothing.
func TestBadInputs(t *testing.T) {
	good := encodeCSV(t, kompasRows(t), ';', true)
	tests := []struct {
		name, file string
		data       []byte
		is         error
		says       string
	}{
		{"empty", "a.csv", nil, pipeline.ErrEmpty, "a.csv"},
		{"white space", "a.csv", []byte(" \r\n\r\n"), pipeline.ErrEmpty, "no rows"},
		{"UTF-16", "a.csv", []byte("\xff\xfeA\x00;\x00B\x00\n\x00"), pipeline.ErrUnknownForm, "UTF-16"},
		{"UTF-16 without a mark", "a.csv", []byte("A\x00;\x00B\x00\n\x00C\x00;\x00D\x00\n\x00"), pipeline.ErrUnknownForm, "UTF-16"},
		{"HTML named .xlsx", "a.xlsx", []byte("<html><table><tr><td>ИНН</td></tr></table>"), pipeline.ErrUnknownForm, "an HTML page"},
		{"PDF", "a.xlsx", []byte("%PDF-1.7\n"), pipeline.ErrUnknownForm, "PDF"},
		{"gzip", "a.csv.gz", []byte("\x1f\x8b\x08\x00"), pipeline.ErrUnknownForm, "unpack"},
		{"XML", "a.xlsx", []byte("<?xml version=\"1.0\"?><Workbook/>"), pipeline.ErrUnknownForm, "XML"},
		{"binary", "a.csv", []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09"), pipeline.ErrUnknownForm, "a.csv"},
		{"other code page", "a.csv", []byte("\x88\x8d\x8d;\x8d\xa0\xa8\xac\n1;2\n"), pipeline.ErrUnknownForm, "windows-1251"},
		{"no header", "a.csv", good[strings.Index(string(good), "\n")+1:], pipeline.ErrUnknownForm, "the header is not recognised"},
		{"wrong header", "a.csv", []byte("a;b;c\n1;2;3\n"), pipeline.ErrUnknownForm, "missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := files.FromBytes(tt.file, tt.data)
			p := pullAll(t, mustNew(t, Options{}, in), requestNow)
			if !errors.Is(p.err, tt.is) || !strings.Contains(p.err.Error(), tt.says) || !strings.Contains(p.err.Error(), tt.file) {
				t.Errorf("%v, want %v that says %q", p.err, tt.is, tt.says)
			}
			if len(p.gaps) != 1 || p.gaps[0].Unit != tt.file {
				t.Errorf("gaps %+v", p.gaps)
			}
			// A good file beside a bad one is read all the same.
			beside := pullAll(t, mustNew(t, Options{}, in, files.FromBytes("good.csv", good)), requestNow)
			if beside.counts.Taken != 5 || !errors.Is(beside.err, tt.is) {
				t.Errorf("beside a good file: %+v, %v", beside.counts, beside.err)
			}
			sourcetest.Run(t, sourcetest.Case{Err: tt.is, Request: requestNow, New: func() pipeline.Source {
				return mustNew(t, Options{}, files.FromBytes("good.csv", good), in, files.FromBytes("good.csv", good))
			}})
		})
	}
}

// A CSV named .xlsx is a CSV.
func TestNameDoesNotMatter(t *testing.T) {
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", encodeCSV(t, kompasRows(t), ';', true))), requestNow)
	if p.err != nil || p.counts.Taken != 5 {
		t.Errorf("%+v, %v", p.counts, p.err)
	}
}

func TestRejectedRows(t *testing.T) {
	valid := innOf(t, 599900009)
	wrong := valid[:9] + string('0'+(valid[9]-'0'+1)%10)
	tests := []struct {
		name, row string
		reason    pipeline.Reason // "" = taken
	}{
		{"good", valid + ";Ромашка;", ""},
		{"lost zero comes back", "105012341;Ромашка;", pipeline.ReasonINN},
		{"wrong checksum", wrong + ";Ромашка;", pipeline.ReasonINN},
		{"exponent", "7,70708E+09;Ромашка;", pipeline.ReasonINN},
		{"words", "ИНН неизвестен;Ромашка;", pipeline.ReasonINN},
		{"two numbers", valid + ", " + valid + ";Ромашка;", pipeline.ReasonINN},
		{"no ИНН but a name", ";Ромашка;", ""},
		{"no ИНН but a phone", ";;+7 907 000-00-01", ""},
		{"nothing that names it", "-;-;;Пермь", pipeline.ReasonMissing},
		{"a cell too many", valid + ";Ромашка;;Пермь;лишнее", pipeline.ReasonFormat},
		{"an empty cell too many", valid + ";Ромашка;;;;", ""},
		{"cells too few", valid, ""},
		{"unclosed quote", valid + ";\"Ромашка;", pipeline.ReasonFormat},
		{"zero byte", valid + ";Ро\x00машка;", pipeline.ReasonEncoding},
		{"wrong bytes", valid + ";Ро\xff;", pipeline.ReasonEncoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "ИНН;Компания;Телефон;Город\n" + tt.row + "\n" + valid + ";Ромашка;;Пермь\n"
			p := pullAll(t, mustNew(t, Options{Encoding: "utf-8"}, files.FromBytes("a.csv", []byte(text))), requestNow)
			if p.err != nil || p.counts.Read != 2 {
				t.Fatalf("%+v, %v", p.counts, p.err)
			}
			if tt.reason == "" {
				if p.counts.Taken != 2 {
					t.Errorf("%+v", p.rejects)
				}
				return
			}
			if len(p.rejects) != 1 || p.rejects[0].Reason != tt.reason || p.rejects[0].Row != 2 || p.rejects[0].Raw == "" || p.rejects[0].Detail == "" {
				t.Errorf("%+v", p.rejects)
			}
		})
	}
}

func TestLostZeros(t *testing.T) {
	inn := innOf(t, 10501234) // begins with a zero
	text := "ИНН;Компания\n" + strings.TrimPrefix(inn, "0") + ";Ромашка\n" + strings.TrimPrefix(inn, "0") + ".0;Ромашка\n"
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", []byte(text))), requestNow)
	if len(p.obs) != 1 || p.obs[0].INN != company.INN(inn) || p.counts.Taken != 2 {
		t.Errorf("%+v %+v", p.obs, p.rejects)
	}
}

func TestDefaults(t *testing.T) {
	text := "Компания;Телефон;Город\nРомашка;212-34-56;\nЛютик;212-34-57;Москва\n"
	p := pullAll(t, mustNew(t, Options{DefaultRegion: "59", DefaultCity: "г. Пермь"}, files.FromBytes("a.csv", []byte(text))), requestNow)
	if o := p.obs[0]; o.First(company.FieldRegion) != "59" || o.First(company.FieldCity) != "" {
		t.Errorf("%+v", o)
	}
	if o := p.obs[1]; o.First(company.FieldRegion) != "77" || o.First(company.FieldCity) != "Москва" {
		t.Errorf("%+v", o)
	}
	text = "Компания;Телефон\nРомашка;212-34-56\n"
	p = pullAll(t, mustNew(t, Options{DefaultRegion: "59", DefaultCity: "г. Пермь"}, files.FromBytes("a.csv", []byte(text))), requestNow)
	if o := p.obs[0]; o.First(company.FieldCity) != "Пермь" || o.First(company.FieldPhone) != "+73422123456" {
		t.Errorf("%+v", o)
	}
}

func TestMoneyUnitAndYear(t *testing.T) {
	inn := innOf(t, 599900010)
	tests := []struct {
		title, value, unit, date string
		key, want                string
	}{
		{"Выручка", "100", "", "", "2025", "100"},
		{"Выручка, тыс. руб", "100", "", "", "2025", "100000"},
		{"Выручка 2023, тыс. руб", "100", "", "", "2023", "100000"},
		{"Выручка 2023, тыс. руб", "100", "roubles", "", "2023", "100"},
		{"Выручка", "100", "millions", "2026-02-01", "2024", "100000000"},
		{"Выручка", "100", "", "2026-06-01", "2025", "100"},
	}
	for _, tt := range tests {
		text := "ИНН;Компания;" + tt.title + "\n" + inn + ";Ромашка;" + tt.value + "\n"
		if strings.Contains(tt.title, ",") {
			text = strings.ReplaceAll(text, ";", "\t")
		}
		opt := Options{MoneyUnit: tt.unit}
		opt.Date = "2026-11-20"
		if tt.date != "" {
			opt.Date = config.Day(tt.date)
		}
		p := pullAll(t, mustNew(t, opt, files.FromBytes("a.csv", []byte(text))), requestNow)
		i := slices.IndexFunc(p.obs[0].Facts, func(f company.Fact) bool { return f.Field == company.FieldRevenue })
		if i < 0 || p.obs[0].Facts[i].Key != tt.key || p.obs[0].Facts[i].Value != tt.want {
			t.Errorf("%+v: %+v", tt, p.obs[0].Facts)
		}
	}
}

// The outcome of folding does not depend on the order of rows.
func TestFoldingIgnoresOrder(t *testing.T) {
	rows := kompasRows(t)
	extra := slices.Clone(rows[1])
	extra[5], extra[12] = "+7 907 000-00-09", ""
	rows = append(rows, extra, rows[1])
	want := ""
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", encodeCSV(t, rows, ';', false))), requestNow)
		if p.counts.Taken != 7 || len(p.obs) != 4 {
			t.Fatalf("%+v, %d observations", p.counts, len(p.obs))
		}
		obs := anonymous(p.obs)
		slices.SortFunc(obs, func(a, b company.Observation) int { return strings.Compare(a.Key, b.Key) })
		got := fmt.Sprintf("%+v", obs)
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
		body := rows[1:]
		r.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
	}
	o := byKey(t, pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", encodeCSV(t, rows, ';', false))), requestNow).obs, rows2INN(t))
	if phones := o.All(company.FieldPhone); len(phones) != 3 {
		t.Errorf("phones %v", phones)
	}
}

func rows2INN(t *testing.T) string { t.Helper(); return innOf(t, 599900001) }

// manyRows makes a table larger than several batches in which every fifth
// firm comes again far below.
func manyRows(t testing.TB, n int) []byte {
	t.Helper()
	rows := [][]string{{"Компания", "Телефон", "Город", "Сайт"}}
	for i := range n {
		k := i
		if i > n/2 && i%5 == 0 {
			k = i - n/2
		}
		rows = append(rows, []string{"ООО Выдумка " + strconv.Itoa(k), fmt.Sprintf("+7907%07d", k), "Пермь", fmt.Sprintf("site%d.example.ru", i)})
	}
	return encodeCSV(t, rows, ';', false)
}

func TestBatchesAndFoldingAcrossThem(t *testing.T) {
	const n = 2200
	src := func() pipeline.Source {
		return mustNew(t, Options{}, files.FromBytes("a.csv", manyRows(t, n)), files.FromBytes("b.csv", manyRows(t, 10)))
	}
	p := pullAll(t, src().(*Source), pipeline.Request{})
	if p.err != nil || p.counts.Taken != n+10 || len(p.batches) != 4 {
		t.Fatalf("%+v, %d batches, %v", p.counts, len(p.batches), p.err)
	}
	keys := map[string]int{}
	for _, o := range p.obs[:len(p.obs)-10] {
		keys[o.Key]++
	}
	for key, times := range keys {
		if times > 1 {
			t.Fatalf("key %s comes %d times", key, times)
		}
	}
	two := 0
	for _, o := range p.obs {
		if len(o.All(company.FieldSite)) == 2 {
			two++
		}
	}
	if two == 0 || len(keys)+two != n {
		t.Errorf("%d keys, %d folded", len(keys), two)
	}
	sourcetest.Run(t, sourcetest.Case{New: src})
}

// A table of one firm in many rows yields that firm once.
func TestOneKeyInManyRows(t *testing.T) {
	text := "Компания;Телефон\n" + strings.Repeat("Ромашка;+79070000001\n", 2500)
	src := func() pipeline.Source { return mustNew(t, Options{}, files.FromBytes("a.csv", []byte(text))) }
	if p := pullAll(t, src().(*Source), pipeline.Request{}); len(p.obs) != 1 || p.counts.Taken != 2500 {
		t.Errorf("%d observations, %+v", len(p.obs), p.counts)
	}
	sourcetest.Run(t, sourcetest.Case{New: src})
}

func TestHeaderWithoutRows(t *testing.T) {
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", []byte("ИНН;Компания\n"))), pipeline.Request{})
	if p.err != nil || len(p.batches) != 1 || p.counts != (pipeline.Counts{}) {
		t.Errorf("%+v, %v", p.batches, p.err)
	}
}

func TestHeaderRepeated(t *testing.T) {
	text := "Компания;Телефон\nРомашка;+79070000001\nКомпания;Телефон\nЛютик;+79070000002\n"
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", []byte(text))), pipeline.Request{})
	if p.counts.Taken != 2 || p.counts.NotWanted != 1 {
		t.Errorf("%+v", p.counts)
	}
}

func TestWrongCursor(t *testing.T) {
	src := mustNew(t, Options{}, files.FromBytes("a.csv", []byte("ИНН;Компания\n")))
	for _, c := range []string{"x", "1", "-1:0", "0:x"} {
		if p := pullAll(t, src, pipeline.Request{Cursor: c}); p.err == nil {
			t.Errorf("cursor %q is taken", c)
		}
	}
}

func TestFingerprint(t *testing.T) {
	data := []byte("ИНН;Компания\n")
	print := func(opt Options, name string, data []byte) string {
		s, err := mustNew(t, opt, files.FromBytes(name, data)).Fingerprint(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	base := print(Options{}, "a", data)
	for name, other := range map[string]string{
		"options": print(Options{Preset: "generic"}, "a", data),
		"name":    print(Options{}, "b", data),
		"bytes":   print(Options{}, "a", append(slices.Clone(data), '\n')),
		"map":     print(Options{Columns: map[string]string{"name": "x"}}, "a", data),
	} {
		if other == base {
			t.Errorf("another %s has the same fingerprint", name)
		}
	}
	if print(Options{}, "a", data) != base {
		t.Error("not stable")
	}
}

// FuzzTable: whatever the bytes, the equation of rows holds, observations are
// canonical, and a second pull gives the same.
func FuzzTable(f *testing.F) {
	f.Add([]byte("ИНН;Компания;Телефон\n7707083893;Ромашка;+7 907 000-00-01 (склад)\n;\"Лютик;\n"))
	f.Add(encodeCSV(f, gisRows(), ',', true))
	f.Add(encodeCSV(f, kompasRows(f), ';', false))
	f.Add([]byte("Company\tPhone\tRevenue 2020\n\"a\"\"\nb\"\t8 (800) 1\t1e9\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := mustNew(t, Options{}, files.FromBytes("a", data))
		p := pullAll(t, src, requestNow)
		if p.err == nil && p.counts.Read != lineRows(t, src) {
			t.Fatalf("%d rows read, %d there", p.counts.Read, lineRows(t, src))
		}
		keys := map[string]bool{}
		for i := range p.obs {
			if err := sourcetest.CheckObservation(&p.obs[i], false); err != nil {
				t.Fatal(err)
			}
			if keys[p.obs[i].Key] {
				t.Fatalf("key %q comes twice", p.obs[i].Key)
			}
			keys[p.obs[i].Key] = true
		}
		if q := pullAll(t, src, requestNow); !reflect.DeepEqual(p.obs, q.obs) || p.counts != q.counts {
			t.Fatal("a second pull differs")
		}
	})
}

// lineRows counts the rows below the header without a look at their meaning.
func lineRows(t *testing.T, src *Source) (n int64) {
	t.Helper()
	sh, err := src.open(src.inputs[0])
	if err != nil {
		t.Fatal(err)
	}
	defer sh.grid.Close()
	r, err := sh.grid.rows(sh.name, len(sh.layout.header))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.row > sh.layout.row {
			n++
		}
	}
}
