package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

const (
	// enoughFiles covers stores, inputs, runs of a sort and connections.
	enoughFiles = 256
	// unboundedPeak is what a full load without a limit was seen to take.
	unboundedPeak = 1 << 30
)

// needs tells whether the machine has what a full load needs.
func (a *app) needs(h *house) []finding {
	return judgeNeeds(readMachine(os.DirFS("/"), h.dir), h.fullLoad(), h.config.Run.MemoryLimit.Bytes(), a.environ)
}

func judgeNeeds(m machine, l load, limit int64, environ []string) []finding {
	out := []finding{memoryNeed(m, limit, environ), diskNeed(m, l)}
	if m.files > 0 && m.files < enoughFiles {
		out = append(out, finding{
			What: "open files", Detail: fmt.Sprintf("%d may be open at once, a night may need %d", m.files, enoughFiles),
			Advice: "raise the limit: LimitNOFILE= in the systemd unit, or ulimit -n",
		})
	}
	return append(out, addressNeed(m, l)...)
}

func memoryNeed(m machine, limit int64, environ []string) finding {
	f := finding{What: "memory", OK: true}
	room := m.room()
	there := "what is available is not known"
	switch {
	case room > 0 && room == m.container:
		there = byteSize(room) + " allowed by the container"
	case room > 0:
		there = byteSize(room) + " available"
	}
	if v := environValue(environ, "GOMEMLIMIT"); v != "" {
		f.Detail = "GOMEMLIMIT=" + v + " takes the place of run.memory_limit; " + there
		return f
	}
	if limit == 0 {
		f.Detail = fmt.Sprintf("no limit; a full load may take %s; %s", byteSize(unboundedPeak), there)
		f.OK = room == 0 || room >= unboundedPeak
		f.Advice = "set run.memory_limit, such as 256MiB"
		return f
	}
	f.Detail = fmt.Sprintf("limit %s, which a full load keeps to; %s", byteSize(limit), there)
	if f.OK = room == 0 || limit <= room; !f.OK {
		f.Advice = "give the program more memory"
		if least := lowerLimit(room); least != "" {
			f.Advice = "set run.memory_limit to " + least + ", or give the program more memory"
		}
	}
	return f
}

// lowerLimit is a limit for a machine with so much room, "" when there is too
// little for any.
func lowerLimit(room int64) string {
	const step, least = 32 << 20, 96 << 20 // config refuses less
	fits := room / step * step
	if fits < least {
		return ""
	}
	return strconv.FormatInt(fits>>20, 10) + "MiB"
}

func diskNeed(m machine, l load) finding {
	parts := []string{}
	for _, p := range []struct {
		bytes int64
		what  string
	}{{l.zips, "releases to fetch"}, {l.sorting, "sorting"}, {l.registry, "the store"}} {
		if p.bytes > 0 {
			parts = append(parts, byteSize(p.bytes)+" "+p.what)
		}
	}
	f := finding{What: "disk", OK: true, Detail: "a full load needs about " + byteSize(l.total())}
	if len(parts) > 0 {
		f.Detail += " (" + strings.Join(parts, ", ") + ")"
	}
	if m.free == 0 {
		f.Detail += "; what is free is not known"
		return f
	}
	f.Detail += "; " + byteSize(m.free) + " free"
	short := l.total() > m.free
	if l.guessed {
		f.Detail += "; no release seen yet; guessed from ФНС's sizes"
		f.Warn = short && l.known <= m.free
	}
	if f.OK = !short || f.Warn; short {
		f.Advice = fmt.Sprintf("free %s, keep fewer releases (keep), or set data_dir to a larger disk", byteSize(l.total()-m.free))
	}
	return f
}

// addressNeed is silent where there is enough: the store is mapped as a whole
// and mapped anew, at twice its size, while it grows.
func addressNeed(m machine, l load) []finding {
	has := m.addresses
	if has == 0 && strconv.IntSize == 32 {
		has = math.MaxInt32
	}
	need := uint64(3*l.registry) + unboundedPeak
	if has == 0 || has >= need {
		return nil
	}
	return []finding{{
		What:   "address space",
		Detail: fmt.Sprintf("%s may be used, mapping the store needs %s", byteSize(int64(min(has, math.MaxInt64))), byteSize(int64(need))),
		Advice: "lift the limit (ulimit -v, LimitAS=), or use the 64-bit program",
	}}
}
