package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// build makes the binary that is run, as a release of the program is built.
func (p *program) build(ctx context.Context) error {
	p.binary = filepath.Join(p.scratch, "obzvon")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", p.binary, "./cmd/obzvon")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build obzvon: %w: %s", err, tail(string(out)))
	}
	return nil
}

// house is an installation of the program: config and data of its own.
type house struct {
	dir, config string
}

func newHouse(dir, registry, listings string, exported company.Date) (house, error) {
	h := house{dir: filepath.Join(dir, "data"), config: filepath.Join(dir, "obzvon.yaml")}
	// Everything that is not named keeps its built-in value, the memory limit too.
	text := fmt.Sprintf(`schema_version: 1
data_dir: %q
sources:
  rsmp:
    adapter: rsmp
    trust: 80
    paths: [%q]
  gis:
    adapter: table
    preset: generic
    trust: 50
    paths: [%q]
    date: %q
    terms_accepted: %q
`, h.dir, registry, listings, exported, exported)
	if err := os.WriteFile(h.config, []byte(text), 0o600); err != nil {
		return h, fmt.Errorf("write the config: %w", err)
	}
	return h, nil
}

// registrySize is how large the store has become, bytes.
func (h house) registrySize() int64 {
	info, err := os.Stat(filepath.Join(h.dir, "registry.db"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// report is what run --json prints, as far as it is looked at.
type report struct {
	Started   time.Time
	Ended     time.Time
	Short     []string
	Companies int64
	Sources   []struct {
		Name, State, Note string
		Counts            struct {
			Read  int64
			Taken int64
		}
		Delta struct{ New, Changed, Unchanged, Gone, Dropped int64 }
	}
	Resolve struct{ Listings, Joined int64 }
	Stages  []stageTime
}

type stageTime struct {
	Stage, Source string
	Seconds       float64
}

// night is one run of the program.
type night struct {
	what   string
	took   time.Duration // of the process
	peak   int64         // anonymous bytes; 0 = not known
	memory seen
	store  int64 // bytes of registry.db afterwards
	report report
}

// run makes the list for a day and watches the process.
func (p *program) run(ctx context.Context, h house, what string, day company.Date) (night, error) {
	n := night{what: what}
	p.log.Info("running", "what", what)
	cmd := exec.CommandContext(ctx, p.binary, "--quiet", "--config", h.config, "run", "--json", "--skip-enrich", "--date", day.String())
	cmd.Env = withoutOurs(os.Environ())
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return n, fmt.Errorf("%s: %w", what, err)
	}
	watching, stop := context.WithCancel(ctx)
	memory := make(chan seen, 1)
	go func() { memory <- watch(watching, cmd.Process.Pid) }()
	err := cmd.Wait()
	n.took = time.Since(start)
	stop()
	n.memory = <-memory
	n.peak = n.memory.peak()
	if code, ok := exitCode(err); !ok || code != 0 && code != exitShort {
		return n, fmt.Errorf("%s: %w: %s", what, err, tail(complaint.String()))
	}
	if err := json.Unmarshal(out.Bytes(), &n.report); err != nil {
		return n, fmt.Errorf("%s: read the report: %w", what, err)
	}
	n.store = h.registrySize()
	return n, n.check()
}

// exitShort ends a run whose list is there though something falls short.
const exitShort = 3

func exitCode(err error) (code int, ok bool) {
	if err == nil {
		return 0, true
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), true
	}
	return 0, false
}

// errNight is a run of which figures would mean nothing.
var errNight = errors.New("the run did not do what is measured")

// check refuses figures of a run whose sources were not read.
func (n *night) check() error {
	for _, s := range n.report.Sources {
		if s.State != "done" && s.State != "unchanged" {
			return fmt.Errorf("%w: %s: source %s is %s: %s", errNight, n.what, s.Name, s.State, s.Note)
		}
	}
	if len(n.report.Sources) == 0 || n.report.Companies == 0 {
		return fmt.Errorf("%w: %s: %d sources, %d companies", errNight, n.what, len(n.report.Sources), n.report.Companies)
	}
	return nil
}

// directory is the section of the export that lies beside the release. Reading
// it is no part of the release's time, matching it is.
const directory = "gis"

// stage is how long the named stages took together, without the reading of the
// directory; ok is false where the report does not tell.
func (n *night) stage(names ...string) (d time.Duration, ok bool) {
	for _, s := range n.report.Stages {
		ok = true
		if slices.Contains(names, s.Stage) && s.Source != directory {
			d += seconds(s.Seconds)
		}
	}
	return d, ok
}

// peakOf is the peak while a stage ran. Stages follow one another to the end of
// the run, so its time is told by those behind it.
func (n *night) peakOf(stage string) int64 {
	end := n.report.Ended
	for _, s := range slices.Backward(n.report.Stages) {
		begin := end.Add(-seconds(s.Seconds))
		if s.Stage == stage {
			return n.memory.between(begin.Add(-sampling), end.Add(sampling))
		}
		end = begin
	}
	return 0
}

// known is the time until everything is in the store and resolved; of a report
// without stages that of the whole run.
func (n *night) known() time.Duration {
	if d, ok := n.stage("pull", "resolve", "derive"); ok {
		return d
	}
	return n.took
}
