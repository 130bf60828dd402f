// Command simulate holds the program to invented worlds of known truth. It prints
// figures and changes nothing of an installation.
//
//	simulate halfyear   half a year of nights, calls and filled workbooks, with
//	                    every rule of the day's list held to
//	simulate contest    what weights win that outcomes have taught, beside the
//	                    default ones, naive Bayes, random order and an oracle
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"obzvon/cmd/simulate/halfyear"
)

// errBroken is a simulation that saw a rule broken.
var errBroken = errors.New("rules were broken")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := simulate(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

func simulate(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("say what: halfyear or contest")
	}
	switch args[0] {
	case "halfyear":
		return liveHalfyear(ctx, args[1:], out)
	case "contest":
		return holdContest(ctx, args[1:], out)
	}
	return fmt.Errorf("%q: want halfyear or contest", args[0])
}

func liveHalfyear(ctx context.Context, args []string, out io.Writer) (err error) {
	var o halfyear.Options
	flags := flag.NewFlagSet("halfyear", flag.ContinueOnError)
	flags.Uint64Var(&o.Seed, "seed", 1, "what everything is drawn from")
	flags.IntVar(&o.Firms, "firms", 3000, "companies in the world")
	flags.IntVar(&o.Days, "days", 125, "working days")
	flags.StringVar(&o.Dir, "dir", "", "where to leave stores, lists and filled files; a temporary folder, removed afterwards, if not given")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.Dir == "" {
		if o.Dir, err = os.MkdirTemp("", "halfyear-"); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.Dir)) }()
	}
	r, err := halfyear.Run(ctx, o)
	if err != nil {
		return err
	}
	if err := r.WriteText(out); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	if len(r.Failures) > 0 {
		return fmt.Errorf("%d: %w", len(r.Failures), errBroken)
	}
	return nil
}
