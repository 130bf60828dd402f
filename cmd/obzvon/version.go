package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

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

// buildText tells builds apart also where no version was stamped: then it is a
// hash of the program itself, so that what an older build has derived is
// derived anew.
func buildText() string {
	version := versionText()
	if version != "(devel)" && !strings.Contains(version, "+dirty") {
		return version
	}
	path, err := os.Executable()
	if err != nil {
		return version
	}
	f, err := os.Open(path)
	if err != nil {
		return version
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return version
	}
	return version + " " + hex.EncodeToString(h.Sum(nil)[:8])
}

// versionText is the version that the build was given.
func versionText() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
