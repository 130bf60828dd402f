package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// describe writes a table's blocks as "from-to regions".
func describe(t *testing.T, table string) string {
	t.Helper()
	var out strings.Builder
	last := int64(9e9)
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		gap, err1 := strconv.ParseInt(f[0], 10, 64)
		size, err2 := strconv.ParseInt(f[1], 10, 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("line %q: %v, %v", line, err1, err2)
		}
		from := last + gap
		last = from + size
		fmt.Fprintf(&out, "%d-%d %s\n", from, last-1, f[2])
	}
	return out.String()
}
