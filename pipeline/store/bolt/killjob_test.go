package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/store/bolt"
)

// jobEnv makes the test binary a child that does one thing to the store in a
// folder: its name, a space, the folder.
const jobEnv = "OBZVON_TEST_STORE_JOB"

func jobMain(text string) {
	ctx := context.Background()
	job, dir, _ := strings.Cut(text, " ")
	o := bolt.Options{Dir: dir, Command: "child", ReplaceBatch: 50}
	var err error
	if job == "compact" {
		fmt.Fprintln(os.Stdout, "begun")
		_, err = bolt.Compact(ctx, o)
	} else {
		err = jobOnStore(ctx, job, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func jobOnStore(ctx context.Context, job string, o bolt.Options) error {
	s, err := bolt.Open(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "begun")
	switch job {
	case "drop":
		err = s.DropRegistry(ctx, []string{"website"})
	case "erase":
		err = s.EraseObservations(ctx, doomedIDs())
	default:
		err = fmt.Errorf("no job %q", job)
	}
	return errors.Join(err, s.Close())
}

// killJob kills a child so long after it has begun.
func killJob(t *testing.T, job, dir string, after time.Duration) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), jobEnv+"="+job+" "+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Errorf("child: %v", err)
	}
	<-time.NewTimer(after).C
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("kill: %v", err)
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("child: %v", err)
	}
}
