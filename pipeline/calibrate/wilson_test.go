package calibrate

import (
	"math"
	"testing"
)

func TestWilson(t *testing.T) {
	// The textbook's: 10 of 100, and none of 10.
	for _, tt := range []struct {
		hits, n   int
		low, high float64
	}{{10, 100, 0.0552, 0.1744}, {0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {0, 0, 0, 1}} {
		s := Wilson(tt.hits, tt.n)
		if math.Abs(s.Low-tt.low) > 5e-5 || math.Abs(s.High-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.hits, tt.n, s.Low, s.High, tt.low, tt.high)
		}
	}
}

func TestWilsonHoldsTogether(t *testing.T) {
	for n := 1; n <= 300; n += 7 {
		before := Share{Low: -1, High: -1}
		for hits := range n + 1 {
			s := Wilson(hits, n)
			if s.Low < 0 || s.High > 1 || s.Low > s.Share || s.High < s.Share {
				t.Fatalf("%d of %d: %+v", hits, n, s)
			}
			if s.Low < before.Low || s.High < before.High {
				t.Fatalf("%d of %d: more hits give less: %+v after %+v", hits, n, s, before)
			}
			if wide := Wilson(hits, n); wide.High-wide.Low < Wilson(10*hits, 10*n).High-Wilson(10*hits, 10*n).Low {
				t.Fatalf("%d of %d: ten times the calls tell less", hits, n)
			}
			if mirror := Wilson(n-hits, n); math.Abs(mirror.Low-(1-s.High)) > 1e-12 {
				t.Fatalf("%d of %d: not the mirror of the misses", hits, n)
			}
			before = s
		}
	}
}
