package halfyear

import (
	"bytes"
	"testing"
)

// A short half-year: every rule holds on every day, no result is lost, each agreed
// call is on its day's list, and the same seed gives the same lists.
func TestHalfyear(t *testing.T) {
	o := Options{Seed: 7, Firms: 500, Days: 25, Dir: t.TempDir()}
	first := live(t, o)
	if first.Told == 0 || first.Found != first.Told || first.Promised == 0 || first.Unclear == 0 {
		t.Errorf("told %d, found %d, promised %d, unclear %d", first.Told, first.Found, first.Promised, first.Unclear)
	}
	o.Dir = t.TempDir()
	if again := live(t, o); again.Digest != first.Digest {
		t.Errorf("the same seed gave lists %s and %s", first.Digest, again.Digest)
	}
}

func live(t *testing.T, o Options) *Report {
	t.Helper()
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if len(r.Failures) > 0 || testing.Verbose() {
		t.Log(text.String())
	}
	if len(r.Failures) > 0 {
		t.Errorf("%d rules broken", len(r.Failures))
	}
	return r
}
