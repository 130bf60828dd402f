package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// eachMember reads the first members of a zip with as many goroutines as there
// are processors. Each gets a function of its own from open, so that it can
// keep memory between members. The first error ends all.
func eachMember(ctx context.Context, path string, members int, open func(*os.File) func(*zip.File) (reading, error)) (total reading, err error) {
	f, err := os.Open(path)
	if err != nil {
		return total, fmt.Errorf("open the release: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return total, fmt.Errorf("open the release: %w", err)
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return total, fmt.Errorf("open the release: %w", err)
	}
	files := z.File[:min(members, len(z.File))]
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var running sync.WaitGroup
	var next atomic.Int64
	results := make(chan reading, runtime.GOMAXPROCS(0))
	for range cap(results) {
		running.Go(func() {
			var sum reading
			read := open(f)
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					break
				}
				got, err := read(files[i])
				if err != nil {
					cancel(fmt.Errorf("member %s: %w", files[i].Name, err))
					break
				}
				sum = sum.add(got)
			}
			results <- sum
		})
	}
	running.Wait()
	close(results)
	for r := range results {
		total = total.add(r)
	}
	if cause := context.Cause(ctx); cause != nil {
		return total, cause
	}
	return total, nil
}

func (r reading) add(other reading) reading {
	r.docs += other.docs
	if r.wanted < 0 || other.wanted < 0 {
		r.wanted = -1
		return r
	}
	r.wanted += other.wanted
	return r
}

// errSum is a member whose bytes are not those that were packed.
var errSum = errors.New("wrong checksum")
