package rsmp

import (
	"context"
	"errors"
	"slices"
	"testing"

	"obzvon/pipeline/files"
)

func fingerprint(t *testing.T, options Options, inputs ...files.Input) string {
	t.Helper()
	print, err := New("мсп", inputs, options).Fingerprint(t.Context())
	if err != nil || print == "" {
		t.Fatalf("%q, %v", print, err)
	}
	return print
}

// TestFingerprint: equal for equal input, different for whatever changes what
// a pull yields.
func TestFingerprint(t *testing.T) {
	const name = "data-10072026-structure-12052026.zip"
	text := registry(firm(1, "45.20"))
	packed, other := zipped(t, "1.xml", text), zipped(t, "1.xml", registry(firm(1, "45.21")))
	in := input(name, string(packed))
	seen := map[string]string{}
	for what, print := range map[string]string{
		"the zip":             fingerprint(t, Options{}, in),
		"another content":     fingerprint(t, Options{}, input(name, string(other))),
		"another name":        fingerprint(t, Options{}, input("a.zip", string(packed))),
		"no whole release":    fingerprint(t, Options{Whole: "no"}, in),
		"twice":               fingerprint(t, Options{}, in, in),
		"nothing":             fingerprint(t, Options{}),
		"XML":                 fingerprint(t, Options{}, input("1.xml", text)),
		"another XML":         fingerprint(t, Options{}, input("1.xml", text+" ")),
		"a zip that is cut":   fingerprint(t, Options{}, input(name, string(packed[:len(packed)-1]))),
		"and cut still more":  fingerprint(t, Options{}, input(name, string(packed[:len(packed)-2]))),
		"a zip of other name": fingerprint(t, Options{}, input(name, string(zipped(t, "2.xml", text)))),
	} {
		if was, ok := seen[print]; ok {
			t.Errorf("%s and %s have the same fingerprint", what, was)
		}
		seen[print] = what
	}
	if _, ok := seen[fingerprint(t, Options{Workers: 3}, input(name, string(slices.Clone(packed))))]; !ok {
		t.Error("the same input has another fingerprint")
	}
}

func TestFingerprintEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, in := range []files.Input{input("1.xml", registry()), input("1.zip", string(zipped(t, "1.xml", registry())))} {
		if _, err := New("мсп", []files.Input{in}, Options{}).Fingerprint(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", in.Name, err)
		}
	}
}
