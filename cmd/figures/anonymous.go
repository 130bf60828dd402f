package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// sampling is how often the memory of a child is looked at.
const sampling = 20 * time.Millisecond

// anonymous is the memory of a process that is its own and in memory, bytes.
// Mapped files are not in it: they are the page cache's, though VmRSS and VmHWM
// count them. ok is false where the kernel does not tell, and after the end.
func anonymous(pid int) (bytes int64, ok bool) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	return readAnonymous(string(status))
}

func readAnonymous(status string) (bytes int64, ok bool) {
	_, rest, ok := strings.Cut(status, "\nRssAnon:")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 2 || fields[1] != "kB" {
		return 0, false
	}
	kilobytes, err := strconv.ParseInt(fields[0], 10, 64)
	return kilobytes << 10, err == nil
}

// watch returns the most anonymous memory that a process had until ctx ends;
// 0 = not known.
func watch(ctx context.Context, pid int) int64 {
	tick := time.NewTicker(sampling)
	defer tick.Stop()
	peak := int64(0)
	for {
		if now, ok := anonymous(pid); ok {
			peak = max(peak, now)
		}
		select {
		case <-ctx.Done():
			return peak
		case <-tick.C:
		}
	}
}
