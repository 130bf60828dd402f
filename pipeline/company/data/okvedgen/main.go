// Command okvedgen turns the ОКВЭД2 table that Росстат publishes as open data
// (windows-1251, "section";"code";"name") into the embedded TSV:
//
//	go run ./pipeline/company/data/okvedgen data-20231201-structure-20180402.csv > pipeline/company/data/okved2.tsv
package main

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline/company"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: okvedgen CSV > TSV")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "okvedgen:", err)
		os.Exit(1)
	}
}

func run(path string, out io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open classifier: %w", err)
	}
	defer f.Close()
	rows, err := convert(charmap.Windows1251.NewDecoder().Reader(f))
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	w := bufio.NewWriter(out)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\n", r.code, r.name)
	}
	return w.Flush()
}

type row struct {
	code company.OKVED
	name string
}

// convert reads the table; rows without a code are sections and are left out.
func convert(in io.Reader) ([]row, error) {
	r := csv.NewReader(in)
	r.Comma = ';'
	r.FieldsPerRecord = 3
	var rows []row
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(rec[1]) == "" {
			continue
		}
		code, err := company.ParseOKVED(rec[1])
		if err != nil {
			line, _ := r.FieldPos(1)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		rows = append(rows, row{code, strings.Join(strings.Fields(rec[2]), " ")})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.code, b.code) })
	for i := 1; i < len(rows); i++ {
		if rows[i].code == rows[i-1].code {
			return nil, fmt.Errorf("code %s stands twice", rows[i].code)
		}
	}
	return rows, nil
}
