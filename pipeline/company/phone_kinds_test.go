package company

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

func TestPhoneKindsAreThoseOfTheNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	var kinds PhoneKinds
	check := func(value string) {
		p, ok := PhoneFromValue(value)
		if kind, known := kinds.Of(value); known != ok || kind != p.Kind {
			t.Fatalf("%s is %v (%v), want %v (%v)", value, kind, known, p.Kind, ok)
		}
	}
	for _, value := range []string{
		"", "+7", "+79070000001", "+79070000001;ext=12", "+79070000001;ext=", "+79070000001;ext=1a", "+790700000012",
		"+79070000001;ext=123456789", "+7907000000x", "89070000001", "+442071838750", "+77012345678", "+79401234567", "+78001234567",
	} {
		check(value)
	}
	for range 20_000 {
		check(fmt.Sprintf("+7%010d", rng.Int64N(10_000_000_000)))
	}
	// Blocks at the edges of the plan's ranges, each met with several ends.
	for _, code := range []string{"33622", "33621", "33630", "30100", "41100", "80000", "80300", "80400", "80900", "90000", "95400", "97000", "99999", "81081"} {
		for range 50 {
			check(fmt.Sprintf("+7%s%05d", code, rng.IntN(100_000)))
		}
	}
}

func TestPhoneKindsFromManyGoroutines(t *testing.T) {
	var kinds PhoneKinds
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 200 {
				if kind, ok := kinds.Of(fmt.Sprintf("+7907%07d", i*50_000)); !ok || kind != PhoneMobile {
					t.Errorf("+7907%07d is %v (%v)", i*50_000, kind, ok)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkPhoneKinds(b *testing.B) {
	var kinds PhoneKinds
	b.ReportAllocs()
	for b.Loop() {
		if kind, _ := kinds.Of("+79070000001"); kind != PhoneMobile {
			b.Fatal("a mobile is none")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "phones/s")
}
