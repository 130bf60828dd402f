package main

import (
	"bufio"
	"bytes"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"obzvon/pipeline/fetch/disk"
)

// machine is what a full load has at hand. 0 = not known or without a limit.
type machine struct {
	memory    int64  // bytes that could be had now
	container int64  // bytes that the control group allows
	free      int64  // bytes on the disk of the data folder
	files     uint64 // descriptors that may be open at once
	addresses uint64 // bytes of address space
}

// readMachine asks the kernel's files below root, the disk of dir and the
// limits of this process. What cannot be asked stays 0.
func readMachine(root fs.FS, dir string) machine {
	m := machine{memory: availableMemory(root), container: containerMemory(root)}
	if free, known, err := (disk.Disk{}).Free(dir); err == nil && known {
		m.free = free
	}
	m.files, m.addresses = processLimits()
	return m
}

// room is the memory that this process can have.
func (m machine) room() int64 {
	if m.memory == 0 || m.container > 0 && m.container < m.memory {
		return m.container
	}
	return m.memory
}

func availableMemory(root fs.FS) int64 {
	data, err := fs.ReadFile(root, "proc/meminfo")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) == 3 && f[0] == "MemAvailable:" && f[2] == "kB" {
			n, err := strconv.ParseInt(f[1], 10, 64)
			if err != nil {
				return 0
			}
			return n << 10
		}
	}
	return 0
}

// containerMemory is the least limit of the process's control group and those
// above it, version 2, else that of the memory controller of version 1.
func containerMemory(root fs.FS) int64 {
	own, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0
	}
	least := int64(0)
	narrow := func(name string) {
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return
		}
		n, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
		if err == nil && n < noLimit && (least == 0 || n < least) { // "max" is no number
			least = n
		}
	}
	for line := range strings.Lines(string(own)) {
		hierarchy, group, ok := strings.Cut(strings.TrimSpace(line), "::")
		if !ok || hierarchy != "0" {
			continue
		}
		for at := path.Join("sys/fs/cgroup", group); ; at = path.Dir(at) {
			narrow(path.Join(at, "memory.max"))
			if at == "sys/fs/cgroup" || at == "." {
				break
			}
		}
	}
	narrow("sys/fs/cgroup/memory/memory.limit_in_bytes")
	return least
}

// noLimit is above any memory: version 1 writes the largest number for none.
const noLimit = 1 << 60
