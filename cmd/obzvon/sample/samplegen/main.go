// Command samplegen writes the sample data of package sample: rsmp.zip,
// 2gis.csv, kompas.xlsx and sites.tar.gz. Everything in them is invented and drawn with a
// fixed seed, so that a second run writes the same bytes.
//
// Run it from the root of the repository: go run ./cmd/obzvon/sample/samplegen
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const folder = "cmd/obzvon/sample"

func main() {
	dir := folder
	if len(os.Args) > 1 {
		dir = os.Args[1]
	} else if os.Getenv("GOFILE") != "" { // under go generate
		dir = "."
	}
	if err := write(dir); err != nil {
		fmt.Fprintln(os.Stderr, "samplegen:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write sample: %w", err)
		}
	}
	return nil
}

// generate returns the files by name.
func generate() (map[string][]byte, error) {
	g := newForge()
	firms := g.firms()
	registry, err := registryZip(firms)
	if err != nil {
		return nil, fmt.Errorf("rsmp.zip: %w", err)
	}
	gis, err := gisCSV(g, firms)
	if err != nil {
		return nil, fmt.Errorf("2gis.csv: %w", err)
	}
	kompas, err := kompasXLSX(firms)
	if err != nil {
		return nil, fmt.Errorf("kompas.xlsx: %w", err)
	}
	web, err := sitesArchive(firms)
	if err != nil {
		return nil, fmt.Errorf("sites.tar.gz: %w", err)
	}
	return map[string][]byte{"rsmp.zip": registry, "2gis.csv": gis, "kompas.xlsx": kompas, "sites.tar.gz": web}, nil
}
