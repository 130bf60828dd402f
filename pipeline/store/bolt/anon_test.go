package bolt_test

import (
	"bufio"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

// anonymous reads how much anonymous memory the process has, in bytes, 0 where
// the system does not tell.
func anonymous() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), "RssAnon:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(text), " kB"), 10, 64)
			if err != nil {
				return 0
			}
			return kb << 10
		}
	}
	return 0
}

// peakAnonymous samples the anonymous memory of the process while fn runs and
// returns its greatest size in bytes.
func peakAnonymous(fn func()) int64 {
	debug.FreeOSMemory()
	done, ended := make(chan struct{}), make(chan int64)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		peak := anonymous()
		for {
			select {
			case <-tick.C:
				peak = max(peak, anonymous())
			case <-done:
				ended <- max(peak, anonymous())
				return
			}
		}
	}()
	fn()
	close(done)
	return <-ended
}

func reportPeak(b *testing.B, fn func()) {
	b.Helper()
	if peak := peakAnonymous(fn); peak > 0 {
		b.ReportMetric(float64(peak)/(1<<20), "peakMB")
	}
}
