package members

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"obzvon/pipeline/files"
)

// TestFingerprint: whatever changes what is yielded changes it, nothing else
// does.
func TestFingerprint(t *testing.T) {
	zipData := zipped(t, "1.xml", list(1))
	zip, single := input("a.zip", zipData), input("b.xml", list(1))
	print := func(options string, inputs ...files.Input) string {
		t.Helper()
		p, err := Fingerprint(t.Context(), inputs, options)
		if err != nil || p == "" {
			t.Fatalf("%q, %v", p, err)
		}
		return p
	}
	base := print("x", zip, single)
	if print("x", zip, single) != base {
		t.Error("another fingerprint of the same")
	}
	seen := []string{base}
	for name, other := range map[string]string{
		"options":          print("y", zip, single),
		"a member":         print("x", input("a.zip", zipped(t, "1.xml", list(2))), single),
		"a member's name":  print("x", input("a.zip", zipped(t, "2.xml", list(1))), single),
		"one member more":  print("x", input("a.zip", zipped(t, "1.xml", list(1), "2.xml", list(1))), single),
		"a cut zip":        print("x", input("a.zip", zipData[:len(zipData)-5]), single),
		"cut still more":   print("x", input("a.zip", zipData[:len(zipData)-6]), single),
		"the XML file":     print("x", zip, input("b.xml", list(2))),
		"an input's name":  print("x", input("c.zip", zipData), single),
		"the order":        print("x", single, zip),
		"one input fewer":  print("x", zip),
		"one input twice":  print("x", zip, single, single),
		"no inputs at all": print("x"),
		"nothing at all":   print(""),
		"a missing input":  print("x", zip, single, gone(t)),
	} {
		if slices.Contains(seen, other) {
			t.Errorf("%s: the fingerprint of something else", name)
		}
		seen = append(seen, other)
	}
}

// gone is an input that there was.
func gone(t *testing.T) files.Input {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gone.xml")
	if err := os.WriteFile(path, []byte(list(3)), 0o600); err != nil {
		t.Fatal(err)
	}
	inputs, err := files.Expander{}.Expand([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	return inputs[0]
}

func TestFingerprintEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, in := range []files.Input{input("a.zip", zipOf(t, 1)), input("b.xml", list(1))} {
		if _, err := Fingerprint(ctx, []files.Input{in}, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", in.Name, err)
		}
	}
}
