// Command obzvon makes the morning's call list of a bearings supplier: it
// pulls candidate companies from registries and directory exports, makes one
// record per ИНН, scores it and writes a prioritised workbook.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones on machines without a zone database

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func main() {
	os.Exit(realMain())
}

func realMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	io := streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, live: term.IsTerminal(int(os.Stderr.Fd()))}
	return execute(ctx, os.Args[1:], io, os.Environ())
}

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, io streams, environ []string) int {
	return (&app{io: io, environ: environ}).execute(ctx, args)
}

func (a *app) execute(ctx context.Context, args []string) int {
	a.args = args
	root := newRoot(a)
	root.SetArgs(args)
	root.SetOut(a.io.out)
	root.SetErr(a.io.err)
	return a.finish(ctx, root.ExecuteContext(ctx))
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		SuggestionsMinimumDistance: 2,
		Use:                        "obzvon",
		Short:                      "The morning's call list from registries and directories",
		Long:                       "obzvon pulls candidate companies by ОКВЭД code from registries and directory\nexports, makes one record per ИНН, scores it and writes a prioritised call list.\n\n" + exitCodes,
		SilenceUsage:               true,
		SilenceErrors:              true,
		Args:                       noSuchCommand,
		RunE:                       showHelp,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.configPath, "config", "", "config `file`; without it the built-in one runs on sample data")
	flags.BoolVar(&a.quiet, "quiet", false, "say nothing but errors and the result")
	flags.BoolVar(&a.verbose, "verbose", false, "say more of what is being done")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if a.quiet && a.verbose {
			return usage(errors.New("--quiet and --verbose exclude each other"))
		}
		return nil
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		newRun(a), newPull(a), newEnrich(a), newExport(a),
		newExplain(a), newPreview(a), newCalibrate(a), newReport(a),
		newSources(a), newStop(a), newForget(a), newJoins(a), newOutcomes(a), newAssign(a), newTargets(a),
		newDoctor(a), newBackup(a), newRestore(a), newCompact(a), newUser(a),
		newServe(a), newVersion(a),
	)
	for _, c := range root.Commands() {
		c.Long = c.Long + "\n\n" + exitCodes
		c.ValidArgsFunction = cobra.NoFileCompletions
	}
	return root
}

// noSuchCommand refuses what is no command of a command that only has some.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	near := ""
	if found := c.SuggestionsFor(args[0]); len(found) > 0 {
		near = fmt.Sprintf("; did you mean %q?", found[0])
	}
	return usage(fmt.Errorf("there is no command %q of %s%s", args[0], c.CommandPath(), near))
}

func showHelp(c *cobra.Command, _ []string) error { return c.Help() }
