package bolt_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// forged is a backup whose manifest agrees with a state that is no database.
func forged(t *testing.T, state []byte) []byte {
	t.Helper()
	return archived(t, 1, map[string][]byte{"state.db": state})
}

// archived is a backup of files as they are.
func archived(t *testing.T, format int, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	var listed []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		writeMember(t, w, name, files[name])
		listed = append(listed, fmt.Sprintf(`{"name":%q,"size":%d,"sha256":"%x"}`, name, len(files[name]), sha256.Sum256(files[name])))
	}
	writeMember(t, w, "manifest.json", fmt.Appendf(nil, `{"format":%d,"files":[%s]}`, format, strings.Join(listed, ",")))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
