package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"obzvon/config"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print version, Go version and the hash of the built-in segments",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, seg, err := config.Load(config.Options{})
			if err != nil {
				return err
			}
			fmt.Fprintf(a.io.out, "obzvon %s %s %s/%s, segments %s\n", versionText(), runtime.Version(), runtime.GOOS, runtime.GOARCH, seg.Hash())
			return nil
		},
	}
}

// versionText is the version that the build was given.
func versionText() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
