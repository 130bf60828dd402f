package xlsx

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// aloneEnv tells the test binary, started by a benchmark, what to write.
const aloneEnv = "OBZVON_BENCH_ALONE"

// alone is what a process did that wrote one book and nothing else.
type alone struct {
	Seconds float64
	Book    int64 // anonymous bytes with the rows in memory, before writing
	Peak    int64 // anonymous bytes at most; 0 = the system does not tell
}

// aloneLimit is what the exporter is given in its own process beyond the rows:
// the figure to keep to is 128 MB, and the runtime needs room to be late.
const aloneLimit = 104 << 20

// listed is a book whose call list has n rows: all columns of the contract,
// links, drop-downs, colours and the hidden copy of what was issued.
func listed(n int) *pipeline.Book {
	b := exporttest.Wide(n)
	b.Calls, b.Tiers = b.Tiers[0].Rows, nil
	for i := range b.Calls {
		b.Calls[i].ManagerID = "" // or each row would be written twice
	}
	return b
}

// aloneWays are what can be written, by name.
func aloneWays() map[string]func(t *testing.T, rows int) (write func() error) {
	exporting := func(make func(int) *pipeline.Book) func(*testing.T, int) func() error {
		return func(t *testing.T, rows int) func() error {
			book := make(rows)
			return func() error {
				_, err := New("xlsx", t.TempDir()).Export(t.Context(), book)
				return err
			}
		}
	}
	return map[string]func(*testing.T, int) func() error{
		"export": exporting(exporttest.Wide),
		"calls":  exporting(listed),
		"setcellvalue": func(t *testing.T, rows int) func() error {
			book := listed(rows)
			return func() error { return cellByCell(t, book) }
		},
	}
}

// cellByCell writes the call list as tutorials do.
func cellByCell(t *testing.T, book *pipeline.Book) error {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Size: 10}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i := range book.Calls {
		for n, c := range callColumns() {
			name, err := excelize.CoordinatesToCellName(n+1, i+2)
			if err != nil {
				return err
			}
			if c.value != nil {
				if err := f.SetCellValue("Sheet1", name, c.value(&book.Calls[i])); err != nil {
					return err
				}
			}
			if err := f.SetCellStyle("Sheet1", name, name, style); err != nil {
				return err
			}
		}
	}
	if err := f.SaveAs(t.TempDir() + "/book.xlsx"); err != nil {
		return err
	}
	return f.Close()
}

// TestAlone is the body of that process; as a test it does nothing.
func TestAlone(t *testing.T) {
	way, rows, _ := strings.Cut(os.Getenv(aloneEnv), " ")
	if way == "" {
		t.Skip("runs in a process of its own, for the benchmarks")
	}
	n, err := strconv.Atoi(rows)
	if err != nil {
		t.Fatal(err)
	}
	write := aloneWays()[way](t, n)
	debug.FreeOSMemory()
	result := alone{Book: anonymous()}
	if way != "setcellvalue" {
		debug.SetMemoryLimit(result.Book + aloneLimit)
		debug.SetGCPercent(400)
	}
	stop, peak := make(chan struct{}), make(chan int64)
	go watchAnonymous(stop, peak)
	start := time.Now()
	if err := write(); err != nil {
		t.Error(err)
	}
	result.Seconds = time.Since(start).Seconds()
	close(stop)
	result.Peak = <-peak
	line, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stdout.Write(append(append([]byte(aloneEnv), line...), '\n')); err != nil {
		t.Fatal(err)
	}
}

// benchAlone writes a book in a process of its own, whose memory is then
// nobody else's, and gives rows a second, and the peak beyond the rows
// themselves, which a night never has so many of.
func benchAlone(b *testing.B, way string, rows int) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	var all alone
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), self, "-test.run", "^TestAlone$")
		cmd.Env = append(os.Environ(), aloneEnv+"="+way+" "+strconv.Itoa(rows))
		out, err := cmd.Output()
		if err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		_, line, ok := bytes.Cut(out, []byte(aloneEnv))
		line, _, _ = bytes.Cut(line, []byte("\n"))
		var one alone
		if err := json.Unmarshal(line, &one); err != nil || !ok {
			b.Fatalf("%v: %s", err, out)
		}
		all.Seconds += one.Seconds
		all.Book, all.Peak = max(all.Book, one.Book), max(all.Peak, one.Peak)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/all.Seconds, "rows/s")
	b.ReportMetric(float64(all.Peak-all.Book)/1e6, "anon-MB")
	b.ReportMetric(float64(all.Book)/1e6, "book-MB")
}

// anonymous is this process's memory that is its own; 0 = not told here.
func anonymous() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte("\nRssAnon:"))
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

// watchAnonymous gives the peak when it is told to stop.
func watchAnonymous(stop <-chan struct{}, peak chan<- int64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	most := anonymous()
	for {
		select {
		case <-stop:
			peak <- max(most, anonymous())
			return
		case <-tick.C:
			most = max(most, anonymous())
		}
	}
}
