package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The command line is tested as a stranger meets it: whole commands in a fresh
// folder, what they print, and how they end.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Values[heldKey{}] = &heldStore{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exitcode":    exitCode,
			"sheet":       printSheet,
			"firstphone":  firstPhone,
			"firstjoin":   firstJoin,
			"decide":      decideRow,
			"fill":        fillRow,
			"table":       writeTable,
			"firsttarget": firstTarget,
			"craft":       craft,
			"hold":        holdStore,
			"release":     releaseStore,
		},
	})
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"obzvon": func() { os.Exit(realMain()) },
	})
}
