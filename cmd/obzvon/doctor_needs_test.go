package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"obzvon/sources/fns"
	"obzvon/sources/rsmp"
)

func TestNeeds(t *testing.T) {
	const mib, gib = 1 << 20, 1 << 30
	enough := machine{memory: 2 * gib, free: 20 * gib, files: 1024}
	full := load{zips: 4 * gib, sorting: gib, registry: 3 * gib}
	for name, c := range map[string]struct {
		m       machine
		limit   int64
		environ []string
		want    string // what needs mending, and a word of the advice
		words   string // in some detail
	}{
		"enough":             {enough, 256 * mib, nil, "", "limit 256.0 MiB, which a full load keeps to; 2.0 GiB available"},
		"nothing is known":   {machine{}, 256 * mib, nil, "", "a full load needs about 8.0 GiB (4.0 GiB releases to fetch, 1.0 GiB sorting, 3.0 GiB the store); what is free is not known"},
		"little memory":      {machine{memory: 200 * mib, free: 20 * gib}, 256 * mib, nil, "memory: 192MiB", "200.0 MiB available"},
		"hardly any memory":  {machine{memory: 90 * mib, free: 20 * gib}, 256 * mib, nil, "memory: give the program more", "90.0 MiB available"},
		"small container":    {machine{memory: 9 * gib, container: 128 * mib, free: 20 * gib}, 256 * mib, nil, "memory: 128MiB", "128.0 MiB allowed by the container"},
		"large container":    {machine{memory: gib, container: 2 * gib, free: 20 * gib}, 256 * mib, nil, "", "1.0 GiB available"},
		"no limit, room":     {enough, 0, nil, "", "no limit; a full load may take 1.0 GiB"},
		"no limit, no room":  {machine{memory: 512 * mib, free: 20 * gib}, 0, nil, "memory: set run.memory_limit", "512.0 MiB"},
		"the environment":    {machine{memory: 100 * mib, free: 20 * gib}, 256 * mib, []string{"GOMEMLIMIT=1GiB"}, "", "GOMEMLIMIT=1GiB takes the place"},
		"little disk":        {machine{memory: gib, free: 5 * gib}, 256 * mib, nil, "disk: free 3.0 GiB", "5.0 GiB free"},
		"few files":          {machine{memory: gib, free: 20 * gib, files: 64}, 256 * mib, nil, "open files: LimitNOFILE", "64 may be open"},
		"small address room": {machine{memory: gib, free: 20 * gib, addresses: 4 * gib}, 256 * mib, nil, "address space: ulimit -v", "mapping the store needs 10.0 GiB"},
	} {
		var mend, details []string
		for _, f := range judgeNeeds(c.m, full, c.limit, c.environ) {
			details = append(details, f.Detail)
			if !f.OK {
				mend = append(mend, f.What+": "+f.Advice)
			}
		}
		what, advice, _ := strings.Cut(c.want, ": ")
		if (c.want == "") != (len(mend) == 0) || len(mend) > 1 || c.want != "" && (!strings.HasPrefix(mend[0], what+": ") || !strings.Contains(mend[0], advice)) {
			t.Errorf("%s: to mend %q, want %q", name, mend, c.want)
		}
		if !strings.Contains(strings.Join(details, "\n"), c.words) {
			t.Errorf("%s: nothing says %q: %q", name, c.words, details)
		}
	}
}

func TestReadMemory(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	const meminfo = "MemTotal:       2000000 kB\nMemAvailable:    1000000 kB\nHugePages_Total: 0\n"
	for name, c := range map[string]struct {
		root                    fstest.MapFS
		memory, container, room int64
	}{
		"no files": {fstest.MapFS{}, 0, 0, 0},
		"no container": {fstest.MapFS{
			"proc/meminfo": file(meminfo), "proc/self/cgroup": file("0::/\n"), "sys/fs/cgroup/memory.max": file("max\n"),
		}, 1024e6, 0, 1024e6},
		"a service, the slice above it is smaller": {fstest.MapFS{
			"proc/meminfo": file(meminfo), "proc/self/cgroup": file("0::/system.slice/obzvon.service\n"),
			"sys/fs/cgroup/system.slice/obzvon.service/memory.max": file("536870912\n"),
			"sys/fs/cgroup/system.slice/memory.max":                file("268435456\n"),
		}, 1024e6, 256 << 20, 256 << 20},
		"version 1": {fstest.MapFS{
			"proc/meminfo": file(meminfo), "proc/self/cgroup": file("5:memory:/x\n1:name=systemd:/x\n"),
			"sys/fs/cgroup/memory/memory.limit_in_bytes": file("134217728\n"),
		}, 1024e6, 128 << 20, 128 << 20},
		"version 1 without a limit": {fstest.MapFS{
			"proc/self/cgroup": file("5:memory:/x\n"), "sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n"),
		}, 0, 0, 0},
		"damaged": {fstest.MapFS{"proc/meminfo": file("MemAvailable: much kB\n"), "proc/self/cgroup": file("0\n")}, 0, 0, 0},
	} {
		m := machine{memory: availableMemory(c.root), container: containerMemory(c.root)}
		if m.memory != c.memory || m.container != c.container || m.room() != c.room {
			t.Errorf("%s: %+v, room %d", name, m, m.room())
		}
	}
}

func TestReadMachineOfThisProcess(t *testing.T) {
	if m := readMachine(fstest.MapFS{}, t.TempDir()); m.memory != 0 || m.free < 0 {
		t.Errorf("%+v", m)
	}
}

// The rule in figures: a release of 2.11 GB at 30 % of its documents, and a
// set of headcounts.
func TestLoadAddsUp(t *testing.T) {
	var l load
	l.add(weightOf(rsmp.Adapter), 2_112_689_281)
	l.add(weightOf(fns.Adapter), 98_434_553)
	const small, sets = int64(1_950_174), int64(2_187_434) // records
	want := load{sorting: small * 460, registry: small*2000 + sets*168}
	if l != want {
		t.Errorf("%+v, want %+v", l, want)
	}
	if total := l.total(); total != want.sorting+want.registry {
		t.Errorf("%d in all", total)
	}
}
