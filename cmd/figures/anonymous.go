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

// seen is the memory of a process at moments.
type seen []struct {
	at    time.Time
	bytes int64
}

// watch looks at a process until ctx ends.
func watch(ctx context.Context, pid int) seen {
	tick := time.NewTicker(sampling)
	defer tick.Stop()
	var all seen
	for {
		if now, ok := anonymous(pid); ok {
			all = append(all, struct {
				at    time.Time
				bytes int64
			}{time.Now(), now})
		}
		select {
		case <-ctx.Done():
			return all
		case <-tick.C:
		}
	}
}

// peak is the most that was seen; 0 = nothing was.
func (s seen) peak() int64 {
	if len(s) == 0 {
		return 0
	}
	return s.between(s[0].at, s[len(s)-1].at)
}

// between is the peak from one moment to another.
func (s seen) between(from, to time.Time) int64 {
	most := int64(0)
	for _, one := range s {
		if !one.at.Before(from) && !one.at.After(to) {
			most = max(most, one.bytes)
		}
	}
	return most
}
