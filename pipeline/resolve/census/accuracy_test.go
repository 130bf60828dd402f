package census

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
)

// sizeVariable makes the accuracy test larger: CENSUS=200000x20000 are the
// companies and listings; CENSUS_SEED another world of that size.
const (
	sizeVariable = "CENSUS"
	seedVariable = "CENSUS_SEED"
)

func sizeOf(t testing.TB) Spec {
	t.Helper()
	spec := Spec{Seed: 1, Companies: 40_000, Listings: 4_000}
	if v := os.Getenv(sizeVariable); v != "" {
		companies, listings, ok := strings.Cut(v, "x")
		n, err1 := strconv.Atoi(companies)
		k, err2 := strconv.Atoi(listings)
		if !ok || err1 != nil || err2 != nil {
			t.Fatalf("%s=%q: want companies x listings, as 200000x20000", sizeVariable, v)
		}
		spec.Companies, spec.Listings = n, k
	}
	if v := os.Getenv(seedVariable); v != "" {
		n, err := strconv.ParseUint(v, 10, 64)
		if err != nil {
			t.Fatalf("%s=%q: want a number", seedVariable, v)
		}
		spec.Seed = n
	}
	return spec
}

// worldConfig is the built-in config with the mail services and shared hosts of
// the invented world.
func worldConfig(t testing.TB) config.Resolve {
	t.Helper()
	cfg, _, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := cfg.Resolve
	r.FreeMail = append(r.FreeMail, FreeMail()...)
	r.SharedHosts = append(r.SharedHosts, SharedHosts()...)
	return r
}

// TestAccuracy holds the model to the figures that issue 4 asks for, on a world
// it has not seen before. With -v it prints tallies and mistakes by class.
func TestAccuracy(t *testing.T) {
	spec := sizeOf(t)
	w, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	q := newQuick(w, evidence.New(worldConfig(t)))
	indexed := time.Since(start)
	start = time.Now()
	q.run(1)
	t.Logf("%+v: made and indexed in %v, joined in %v", spec, indexed, time.Since(start))
	m := q.measure()
	if testing.Verbose() {
		own := func(inn company.INN) []company.Observation {
			if n, ok := w.Number(inn); ok {
				return w.Own(n)
			}
			return nil
		}
		if err := m.Write(t.Output(), own); err != nil {
			t.Fatal(err)
		}
	}
	// The goal of 0.90 is docs/figures.md's; below this something broke.
	const least = 0.88
	if p := m.All.Precision(); p < 0.995 {
		t.Errorf("precision %.4f of %d joins: want at least 0.995", p, m.All.Joined)
	}
	if r := m.All.Recall(); r < least {
		t.Errorf("recall %.4f of %d decidable listings: want at least %.2f", r, m.All.Decidable, least)
	}
}
