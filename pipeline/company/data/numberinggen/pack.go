package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"slices"
)

// merge sorts the blocks and joins neighbours of one region, whoever operates
// them. Blocks without a region leave a hole.
func merge(blocks []block) []block {
	blocks = slices.Clone(blocks)
	slices.SortFunc(blocks, func(a, b block) int { return cmp.Compare(a.from, b.from) })
	var out []block
	for _, b := range blocks {
		if n := len(out); n > 0 && out[n-1].regions == b.regions && out[n-1].to+1 == b.from {
			out[n-1].to = b.to
			continue
		}
		out = append(out, b)
	}
	return slices.DeleteFunc(out, func(b block) bool { return b.regions == "" })
}

// pack writes the table: the gap since the end of the block before, the number
// of numbers in the block, its regions. Differences compress better than the
// numbers themselves. The gzip header carries no time, so equal input gives
// equal bytes.
func pack(blocks []block) ([]byte, error) {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	fmt.Fprintln(z, "# Numbering plan DEF-9xx, open data of Минцифры, compiled by numberinggen.")
	fmt.Fprintln(z, "# numbers since the end of the block before	numbers in the block	regions")
	last := int64(9e9)
	for _, b := range blocks {
		if b.from < last {
			return nil, fmt.Errorf("%w: %d stands in two blocks", errRegister, b.from)
		}
		fmt.Fprintf(z, "%d\t%d\t%s\n", b.from-last, b.to-b.from+1, b.regions)
		last = b.to + 1
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return buf.Bytes(), nil
}
