package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline/company"
)

// block is a run of ten-digit numbers and the subjects it was given to, as
// codes joined by "+", "" where the register says only «Российская Федерация».
type block struct {
	from, to int64
	regions  string
}

var errRegister = errors.New("not a register of the numbering plan")

func readRegister(r io.Reader) ([]block, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		if raw, err = charmap.Windows1251.NewDecoder().Bytes(raw); err != nil {
			return nil, fmt.Errorf("decode windows-1251: %w", err)
		}
	}
	c := csv.NewReader(bytes.NewReader(raw))
	c.Comma, c.LazyQuotes, c.ReuseRecord = ';', true, true
	if head, err := c.Read(); err != nil || len(head) < 6 || !strings.Contains(head[0], "DEF") {
		return nil, fmt.Errorf("%w: header %q", errRegister, head)
	}
	var out []block
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(out)+2, err)
		}
		b, err := readBlock(row)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(out)+2, err)
		}
		out = append(out, b)
	}
}

// readBlock checks the row by its own capacity before it is believed.
func readBlock(row []string) (block, error) {
	var n [4]int64
	for i := range n {
		v, err := strconv.ParseInt(strings.TrimSpace(row[i]), 10, 64)
		if err != nil {
			return block{}, fmt.Errorf("column %d: %w", i+1, err)
		}
		n[i] = v
	}
	code, from, to, capacity := n[0], n[1], n[2], n[3]
	if code < 900 || code > 999 || from < 0 || to > 9999999 || to-from+1 != capacity {
		return block{}, fmt.Errorf("%w: code %d, %d-%d, capacity %d", errRegister, code, from, to, capacity)
	}
	regions, err := regionsOf(row[5:min(len(row), 7)])
	if err != nil {
		return block{}, err
	}
	return block{from: code*1e7 + from, to: code*1e7 + to, regions: regions}, nil
}

// regionsOf reads the columns «Регион», which may be "-", and «Территория ГАР»,
// which older registers lack. Where they disagree, or where one names two
// subjects, all codes are kept: which of them a number is in, the plan does
// not say.
func regionsOf(columns []string) (string, error) {
	var codes []string
	for _, place := range columns {
		// Levels from the settlement up are joined by "|".
		levels := strings.Split(place, "|")
		place = strings.TrimSpace(levels[len(levels)-1])
		if place == "-" || place == "Российская Федерация" {
			continue
		}
		for _, part := range strings.FieldsFunc(strings.ReplaceAll(place, " и ", ","), func(r rune) bool { return r == ',' || r == '*' }) {
			r, ok := company.FindRegion(part)
			if !ok {
				return "", fmt.Errorf("%w: unknown region %q", errRegister, part)
			}
			codes = append(codes, r.Code)
		}
	}
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), "+"), nil
}
