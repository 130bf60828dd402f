package bolt_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"
)

// forged is a backup whose manifest agrees with a state that is no database.
func forged(t *testing.T, state []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	writeMember(t, w, "state.db", state)
	writeMember(t, w, "manifest.json", fmt.Appendf(nil, `{"format":1,"files":[{"name":"state.db","size":%d,"sha256":"%x"}]}`, len(state), sha256.Sum256(state)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
