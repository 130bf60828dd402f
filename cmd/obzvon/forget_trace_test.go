package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// Whatever is forgotten, no file of the data and output folders holds it in any
// spelling, packed or not; what is others' stays.
func TestForgetLeavesNoTrace(t *testing.T) {
	for seed := range uint64(2) {
		for _, kind := range []string{"phone", "office", "e-mail", "sole", "firm"} {
			t.Run(fmt.Sprint(kind, seed), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, seed)
				f, other := w.pick(kind)
				subject, gone := f.subject(kind)
				before := w.traces(other.everything())
				if len(w.traces(gone)) == 0 {
					t.Fatal("the world does not hold it")
				}
				for range 2 { // again is the same
					if e := w.obzvon("forget", subject); e.code != exitDone {
						t.Fatalf("forget %s: exit %d\n%s%s", subject, e.code, e.out, e.err)
					}
					if found := w.traces(gone); len(found) > 0 {
						t.Fatalf("seed %d: after forget %s:\n%s", seed, subject, strings.Join(found, "\n"))
					}
				}
				if e := w.obzvon("forget", subject); !strings.Contains(e.out, "в хранилище этого нет") {
					t.Errorf("a third time: %s", e.out)
				}
				w.others(other, before)
			})
		}
	}
}

// pick chooses who is forgotten and somebody who is not.
func (w *world) pick(kind string) (f, other *firm) {
	for {
		f, other = &w.firms[w.random.IntN(len(w.firms))], &w.firms[w.random.IntN(len(w.firms))]
		if f != other && other.listed && !other.sole && (kind != "sole" || f.sole) && (kind != "firm" || !f.sole) {
			return f, other
		}
	}
}

// subject is the argument of the command, and what must be gone then.
func (f *firm) subject(kind string) (argument string, gone []string) {
	switch kind {
	case "phone":
		return "tel:8" + f.mobile[2:], []string{f.mobile}
	case "office":
		return f.office, []string{f.office}
	case "e-mail":
		return strings.ToUpper(f.own[:1]) + f.own[1:], []string{f.own}
	case "sole":
		return f.inn, []string{f.inn, f.ogrn, f.mobile, f.office, f.direct, "ext=" + f.desk, "доб. " + f.desk, f.own, f.mail, f.person, f.secret}
	}
	return "inn:" + f.inn, []string{f.mobile, f.direct, "ext=" + f.desk, "доб. " + f.desk, f.own, f.person, f.secret}
}

func (f *firm) everything() []string {
	return []string{f.inn, f.ogrn, f.mobile, f.office, f.direct, f.own, f.mail, f.person, f.secret}
}

func (w *world) obzvon(args ...string) ended {
	var out, errs bytes.Buffer
	all := append([]string{"--config", filepath.Join(w.root, "obzvon.yaml")}, args...)
	code := execute(w.t.Context(), all, streams{out: &out, err: &errs}, nil)
	return ended{out.String(), errs.String(), code}
}

// traces names the files that hold one of the values, in any spelling.
func (w *world) traces(values []string) (found []string) {
	err := filepath.WalkDir(w.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, v := range values {
			if where := holds(data, v); where != "" {
				found = append(found, d.Name()+where+": "+v)
			}
		}
		return nil
	})
	w.must(err)
	return found
}

// holds searches bytes, and what is packed in them.
func holds(data []byte, value string) string {
	if spelledIn(data, value) {
		return " as it is"
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, m := range z.File {
			in, err := m.Open()
			if err != nil {
				continue
			}
			content, err := io.ReadAll(in)
			in.Close()
			if err == nil && holds(content, value) != "" {
				return "/" + m.Name
			}
		}
	}
	if g, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if content, err := io.ReadAll(g); err == nil && holds(content, value) != "" {
			return " in gzip"
		}
	}
	return ""
}

// spelledIn searches for a text, and for a number however it is written: its digits
// are looked for with everything between them left out.
func spelledIn(data []byte, value string) bool {
	if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(value))) {
		return true
	}
	national, ok := strings.CutPrefix(value, "+7")
	if !ok {
		return false
	}
	if bytes.Contains(data, []byte(national)) {
		return true
	}
	bare := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "\u00a0", "", "–", "").Replace(string(data))
	for from := 0; ; {
		i := strings.Index(bare[from:], national)
		if i < 0 {
			return false
		}
		if i += from; i == 0 || bare[i-1] < '0' || bare[i-1] > '9' || strings.ContainsRune("78", rune(bare[i-1])) {
			return true
		}
		from = i + 1
	}
}

// others checks that nothing was taken from somebody who is not concerned.
func (w *world) others(other *firm, before []string) {
	w.t.Helper()
	s, err := bolt.Open(w.t.Context(), bolt.Options{Dir: w.data, Command: "test"})
	w.must(err)
	defer func() { w.must(s.Close()) }()
	d, err := s.Dossier(w.t.Context(), company.INN(other.inn))
	w.must(err)
	if len(d.Observations) != 5 || len(d.Joins) != 1 {
		w.t.Errorf("%d observations, %d joins are left of somebody else", len(d.Observations), len(d.Joins))
	}
	for _, o := range d.Observations {
		if o.Source != "fns" && o.Source != config.ManagerSource && (o.First(company.FieldContactPhone) != other.mobile || o.First(company.FieldContactName) != other.person || o.First(company.FieldEmail) != other.mail) {
			w.t.Errorf("%s has lost facts of somebody else: %+v", o.Source, o.Facts)
		}
	}
	results, err := s.Results(w.t.Context(), company.INN(other.inn))
	w.must(err)
	if len(results) != 1 || !strings.Contains(results[0].Comment, other.secret) || results[0].Dialled != other.office {
		w.t.Errorf("results of somebody else: %+v", results)
	}
	visits, err := s.Visits(w.t.Context(), store.ObservationID{}, 100)
	w.must(err)
	remembered := 0
	for _, v := range visits {
		plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(v.Memory)))
		if err != nil {
			plain = v.Memory
		}
		if bytes.Contains(plain, []byte(other.mobile)) {
			remembered++
		}
	}
	if remembered != 1 {
		w.t.Errorf("%d visits remember somebody else", remembered)
	}
	if now := w.traces([]string{other.secret}); len(now) == 0 || len(before) == 0 {
		w.t.Error("somebody else was forgotten too")
	}
}
