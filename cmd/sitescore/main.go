// Command sitescore tells how well contacts are read off pages: it reads the
// pages of a folder, compares what was found with labels.json, and prints
// precision, recall and F1 per field.
//
//	go run ./cmd/sitescore [-v] [DIR]
//
// DIR has the layout of the real sample "sites": pages in folders of any
// depth, and labels.json with one object per page. Without DIR that sample is
// taken: below OBZVON_SAMPLES, else below ../shared/samples.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("sitescore", flag.ContinueOnError)
	flags.SetOutput(stderr)
	verbose := flags.Bool("v", false, "print every error")
	field := flags.String("field", "", "print only the errors of this field; with -v")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	dir := defaultDir()
	switch flags.NArg() {
	case 0:
	case 1:
		dir = flags.Arg(0)
	default:
		fmt.Fprintln(stderr, "sitescore: one folder at most")
		return 2
	}
	r, err := score(dir)
	if err != nil {
		fmt.Fprintln(stderr, "sitescore:", err)
		return 1
	}
	if *verbose {
		r.printErrors(stdout, *field)
	}
	r.print(stdout)
	return 0
}

func defaultDir() string {
	dir := os.Getenv("OBZVON_SAMPLES")
	if dir == "" {
		dir = filepath.Join("..", "shared", "samples")
	}
	return filepath.Join(dir, "sites")
}
