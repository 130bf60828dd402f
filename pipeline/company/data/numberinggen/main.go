// Command numberinggen compiles the register of the Russian numbering plan into
// the table that package company embeds.
//
//	go run ./pipeline/company/data/numberinggen -out pipeline/company/data/numbering.tsv.gz DEF-9xx.csv
//
// The input is the open data of Минцифры at
// https://opendata.digital.gov.ru/downloads/DEF-9xx.csv: ";" between eight
// columns (six before 2022), UTF-8 or windows-1251, quotes inside bare fields.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("out", "numbering.tsv.gz", "file to write")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: numberinggen -out FILE DEF-9xx.csv")
		os.Exit(2)
	}
	if err := generate(flag.Arg(0), *out); err != nil {
		fmt.Fprintln(os.Stderr, "numberinggen:", err)
		os.Exit(1)
	}
}

func generate(in, out string) error {
	f, err := os.Open(in)
	if err != nil {
		return fmt.Errorf("open register: %w", err)
	}
	defer f.Close()
	rows, err := readRegister(f)
	if err != nil {
		return fmt.Errorf("read register %s: %w", in, err)
	}
	packed, err := pack(merge(rows))
	if err != nil {
		return fmt.Errorf("pack table: %w", err)
	}
	if err := os.WriteFile(out, packed, 0o644); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
