package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline/realfiles"
)

const eightColumns = "\ufeffАВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n" +
	"907;0100000;0100999;1000;ООО \"Пример\" Связь;-;Пермский край;5902000000\n" +
	"907;0000000;0099999;100000;ООО \"Пример\";Пермский край;Пермский край;5902000000\n" +
	"907;0101000;0101999;1000;АО \"А\";Москва и Московская область;Город Москва, Московская область;7700000000\n" +
	"907;0102000;0102999;1000;АО \"А\";Российская Федерация;Российская Федерация;7700000000\n" +
	"907;0103000;0103999;1000;АО \"А\";г. Псков|Псковская обл.;г. Псков|г.о. город Псков|Псковская область;7700000000\n"

func TestGenerate(t *testing.T) {
	want := "9070000000-9070100999 59\n9070101000-9070101999 50+77\n9070103000-9070103999 60\n"
	six := strings.ReplaceAll(eightColumns, ";Территория ГАР;ИНН", "")
	sixColumns := strings.ReplaceAll(six, "\ufeff", "")
	for _, tail := range []string{";Пермский край;5902000000", ";Город Москва, Московская область;7700000000", ";Российская Федерация;7700000000", ";г. Псков|г.о. город Псков|Псковская область;7700000000"} {
		sixColumns = strings.ReplaceAll(sixColumns, tail, "")
	}
	sixColumns = strings.ReplaceAll(sixColumns, "Связь;-", "Связь;Пермский край")
	old, err := charmap.Windows1251.NewEncoder().String(sixColumns)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"eight columns": eightColumns, "windows-1251, six columns": old} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			in, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.gz")
			if err := os.WriteFile(in, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := generate(in, out); err != nil {
				t.Fatal(err)
			}
			if got := unpack(t, out); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// unpack turns a table back into blocks.
func unpack(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return describe(t, string(text))
}

func TestGenerateRefuses(t *testing.T) {
	head := "АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n"
	tests := map[string]string{
		"empty":           "",
		"an error page":   "<html><body>503</body></html>",
		"wrong capacity":  head + "907;0000000;0099999;5;А;Пермский край;Пермский край;1\n",
		"other codes":     head + "301;0000000;0099999;100000;А;Пермский край;Пермский край;1\n",
		"unknown region":  head + "907;0000000;0099999;100000;А;Тридевятая область;Тридевятая область;1\n",
		"no number":       head + "907;x;0099999;100000;А;Пермский край;Пермский край;1\n",
		"missing columns": head + "907;0000000\n",
	}
	for name, text := range tests {
		if _, err := readRegister(strings.NewReader(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	overlap := []block{{9070000000, 9070000009, "59"}, {9070000005, 9070000019, "60"}}
	if _, err := pack(merge(overlap)); !errors.Is(err, errRegister) {
		t.Errorf("overlap: %v, want errRegister", err)
	}
}

// TestEmbeddedTable compiles the official register anew and compares it with
// the table in the repository.
func TestEmbeddedTable(t *testing.T) {
	z, err := zip.OpenReader(realfiles.Path(t, "numbering-plan/DEF-9xx-2026-08.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	blocks, err := readRegister(f)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := pack(merge(blocks))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "numbering.tsv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	// The text is compared: another version of Go may compress otherwise.
	if inflate(t, packed) != inflate(t, want) {
		t.Errorf("the embedded table differs from the register: run numberinggen (%d rows)", len(blocks))
	}
}

func inflate(t *testing.T, b []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
