package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// More records are wanted than are sorted in memory at a time.
const (
	fullMembers = 24
	fullRows    = 900 // documents a member, as published
)

// A load of a whole release killed with SIGKILL at twenty random moments and
// repeated ends in the same store, record for record.
func TestKilledFullLoadEndsInTheSameStore(t *testing.T) {
	release := filepath.Join(t.TempDir(), "data-10112026-structure-12052026.zip")
	writeRelease(t, release)
	whole := fullLoadHome(t, release)
	begun := time.Now()
	if out, err := child(t, whole, "--config", "obzvon.yaml").CombinedOutput(); err != nil {
		t.Fatalf("run: %v\n%s", err, out)
	}
	lasts := time.Since(begun)
	want, records := stored(t, whole)
	if records < 18_000 {
		t.Fatalf("only %d records: nothing is sorted on disk", records)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, a whole run lasts %v", seed, lasts)
	random := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for range 4 {
		dir := fullLoadHome(t, release)
		for range 5 {
			if kill(t, dir, time.Duration(random.Int64N(int64(lasts))), "--config", "obzvon.yaml") {
				killed++
			}
		}
		if out, err := child(t, dir, "--config", "obzvon.yaml").CombinedOutput(); err != nil {
			t.Fatalf("run after %d kills: %v\n%s", killed, err, out)
		}
		if got, n := stored(t, dir); got != want {
			t.Errorf("after %d kills another store came out: %d records, want %d", killed, n, records)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "data/scratch/*")); err != nil || len(left) > 0 {
			t.Errorf("left on disk: %v (%v)", left, err)
		}
	}
	// A run that was killed late leaves little to do, so that the next may end
	// before its moment comes; a quarter must not.
	if t.Logf("%d of 20 runs were killed", killed); killed < 5 {
		t.Errorf("only %d of 20 runs were killed in time", killed)
	}
}

// fullLoadHome is a folder with a config that reads the release and nothing else.
func fullLoadHome(t *testing.T, release string) string {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf("schema_version: 1\ndata_dir: data\nsources:\n  rsmp: {adapter: rsmp, trust: 80, paths: [%q]}\n", release)
	if err := os.WriteFile(filepath.Join(dir, "obzvon.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// stored is a hash of all that the registry holds, and the number of records.
func stored(t *testing.T, dir string) (hash string, records int) {
	t.Helper()
	s, err := bolt.Open(t.Context(), bolt.Options{Dir: filepath.Join(dir, "data"), Command: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	h := sha256.New()
	for after := company.INN(""); ; {
		page, err := s.Dossiers(t.Context(), after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			fmt.Fprintf(h, "%+v\n", d)
			records, after = records+1, d.INN
		}
	}
	rows, err := s.Rows(t.Context(), "", 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(t.Context(), 0, store.Event{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Pull(t.Context(), "rsmp")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(h, "%+v\n%+v\n%+v %v %+v", rows, events, p.Counts, p.Complete, p.Release)
	return hex.EncodeToString(h.Sum(nil)), records
}

// writeRelease makes a release of invented firms; nine of ten repair cars.
func writeRelease(t *testing.T, path string) {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for m := range fullMembers {
		w, err := z.Create(fmt.Sprintf("VO_RRMSPSV_0000_9965_20261110_00000000-0000-0000-0000-%012d.xml", m))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(memberText(m))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func memberText(m int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><Файл ИдФайл="VO_%d" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="%d">`+
		`<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`, m, fullRows)
	for i := range fullRows {
		n := (i*fullMembers+m)*7919%(fullMembers*fullRows) + 1
		code := "45.20"
		if n%10 == 0 {
			code = "86.21"
		}
		fmt.Fprintf(&b, `<Документ ИдДок="%012d" ДатаСост="10.11.2026" ДатаВклМСП="01.08.2016" ВидСубМСП="1" КатСубМСП="1" ПризНовМСП="2" СведСоцПред="2">`+
			`<ОргВклМСП НаимОрг="ООО &quot;Пример-%d&quot;" НаимОргСокр="ООО &quot;Пример-%d&quot;" ИННЮЛ="%s"/>`+
			`<СведМН КодРегион="59"><Регион Тип="КРАЙ" Наим="ПЕРМСКИЙ"/><Город Тип="Г" Наим="ПЕРМЬ"/></СведМН>`+
			`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="-" ВерсОКВЭД="2014"/></СвОКВЭД></Документ>`, n, n, n, validINN(n), code)
	}
	b.WriteString("</Файл>")
	return b.String()
}

// validINN makes a number with a valid checksum.
func validINN(n int) company.INN {
	for last := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("59%07d%d", n, last)); err == nil {
			return inn
		}
	}
	panic("no check digit fits")
}
