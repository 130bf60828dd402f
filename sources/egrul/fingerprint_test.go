package egrul

import (
	"context"
	"errors"
	"slices"
	"testing"

	"obzvon/pipeline/files"
)

// TestFingerprint: whatever changes what is yielded changes it, nothing else
// does.
func TestFingerprint(t *testing.T) {
	xml := exchange(firm(1, "45.20"))
	zipData := zipped(t, "1.xml", xml)
	zip, single := input("a.zip", zipData), input("b.xml", xml)
	print := func(o Options, inputs ...files.Input) string {
		t.Helper()
		p, err := New("егрюл", inputs, o).Fingerprint(t.Context())
		if err != nil || p == "" {
			t.Fatalf("%q, %v", p, err)
		}
		return p
	}
	base := print(Options{}, zip, single)
	for name, same := range map[string]string{
		"again":         print(Options{}, zip, single),
		"other workers": print(Options{Workers: 9}, zip, single),
		"the default":   print(Options{Branches: 100}, zip, single),
	} {
		if same != base {
			t.Errorf("%s: another fingerprint", name)
		}
	}
	seen := []string{base}
	for name, other := range map[string]string{
		"branches":         print(Options{Branches: 5}, zip, single),
		"a member":         print(Options{}, input("a.zip", zipped(t, "1.xml", exchange(firm(2, "45.20")))), single),
		"a member's name":  print(Options{}, input("a.zip", zipped(t, "2.xml", xml)), single),
		"one member more":  print(Options{}, input("a.zip", zipped(t, "1.xml", xml, "2.xml", xml)), single),
		"a cut zip":        print(Options{}, input("a.zip", zipData[:len(zipData)-5]), single),
		"the XML file":     print(Options{}, zip, input("b.xml", exchange(firm(2, "45.20")))),
		"an input's name":  print(Options{}, input("c.zip", zipData), single),
		"the order":        print(Options{}, single, zip),
		"one input fewer":  print(Options{}, zip),
		"no inputs at all": print(Options{}),
	} {
		if slices.Contains(seen, other) {
			t.Errorf("%s: the fingerprint of something else", name)
		}
		seen = append(seen, other)
	}
}

func TestFingerprintEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, in := range []files.Input{input("a.zip", zipped(t, "1.xml", "x")), input("b.xml", "<x/>")} {
		if _, err := New("егрюл", []files.Input{in}, Options{}).Fingerprint(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", in.Name, err)
		}
	}
}
