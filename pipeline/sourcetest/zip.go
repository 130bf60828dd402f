package sourcetest

import (
	"archive/zip"
	"bytes"
	"testing"
)

// Zip packs members in the order given, as name, content, name, content.
func Zip(tb testing.TB, pairs ...string) []byte {
	tb.Helper()
	b, err := ZipBytes(pairs...)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// ZipBytes is Zip for where there is no test at hand.
func ZipBytes(pairs ...string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err == nil {
			_, err = f.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
