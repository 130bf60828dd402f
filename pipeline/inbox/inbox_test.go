package inbox_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/inbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desk is somebody who takes files and remembers which.
type desk struct {
	got    []string // "name: content"
	answer inbox.Answer
	err    error
	during func() // while a file is being taken
}

func (d *desk) take(_ context.Context, name string, f *os.File) (inbox.Answer, error) {
	data, err := io.ReadAll(f)
	if err != nil {
		return inbox.Answer{}, err
	}
	d.got = append(d.got, name+": "+string(data))
	if d.during != nil {
		d.during()
	}
	return d.answer, d.err
}

func newBox(t *testing.T, d *desk) (*inbox.Box, string, *strings.Builder) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "inbox", "results")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	log := &strings.Builder{}
	return &inbox.Box{
		Dir: dir, Limit: 1 << 20, Every: time.Minute, Zone: time.FixedZone("MSK", 3*60*60), Take: d.take,
		Now: func() time.Time { return time.Date(2026, time.November, 23, 22, 30, 0, 0, time.UTC) },
		Log: slog.New(slog.NewTextHandler(log, nil)),
	}, dir, log
}

func look(t *testing.T, b *inbox.Box, times int) {
	t.Helper()
	for range times {
		if err := b.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tree is every file of a folder.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "|")
}

func TestTakesWhatStandsStill(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	put(t, filepath.Join(dir, "b.xlsx"), "two")
	put(t, filepath.Join(dir, "a.xlsx"), "one")
	look(t, b, 1)
	if len(d.got) > 0 {
		t.Fatalf("took %q at the first look", d.got)
	}
	put(t, filepath.Join(dir, "b.xlsx"), "two and more") // it grows
	look(t, b, 1)
	if got := strings.Join(d.got, "|"); got != "a.xlsx: one" {
		t.Fatalf("took %q, want what stands still", got)
	}
	look(t, b, 2)
	if got := strings.Join(d.got, "|"); got != "a.xlsx: one|b.xlsx: two and more" {
		t.Errorf("took %q", got)
	}
	if got := tree(t, dir); got != "done/2026-11-24/a.xlsx|done/2026-11-24/b.xlsx" {
		t.Errorf("the folder holds %q; the day is the seller's", got)
	}
}

func TestLeavesOthersAlone(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	names := []string{".hidden.xlsx", "~$list.xlsx", "list.xlsx.tmp", "list.PART", "list.xlsx.crdownload"}
	for _, n := range names {
		put(t, filepath.Join(dir, n), "half")
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.xlsx"), 0o700); err != nil {
		t.Fatal(err)
	}
	look(t, b, 3)
	if len(d.got) > 0 {
		t.Errorf("took %q", d.got)
	}
	if got := tree(t, dir); strings.Count(got, "|") != len(names)-1 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestAnswers(t *testing.T) {
	const said = "строка 3: результат не из списка\n"
	for _, c := range []struct {
		name   string
		answer inbox.Answer
		want   string
	}{
		{"taken", inbox.Answer{}, "done/2026-11-24/a.xlsx"},
		{"taken in part", inbox.Answer{Text: said}, "done/2026-11-24/a.xlsx|done/2026-11-24/a.xlsx.txt"},
		{"refused", inbox.Answer{Refused: true, Text: said}, "refused/2026-11-24/a.xlsx|refused/2026-11-24/a.xlsx.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{answer: c.answer}
			b, dir, _ := newBox(t, d)
			put(t, filepath.Join(dir, "a.xlsx"), "one")
			look(t, b, 2)
			if got := tree(t, dir); got != c.want {
				t.Fatalf("the folder holds %q, want %q", got, c.want)
			}
			if c.answer.Text == "" {
				return
			}
			text, err := os.ReadFile(filepath.Join(dir, strings.Split(c.want, "|")[1]))
			if err != nil || string(text) != said {
				t.Errorf("the answer is %q, %v", text, err)
			}
		})
	}
}

func TestRefusesLinks(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	secret := filepath.Join(t.TempDir(), "secret.xlsx")
	put(t, secret, "secret")
	for name, to := range map[string]string{"out.xlsx": secret, "gone.xlsx": "nowhere", "up.xlsx": "../../x"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	look(t, b, 2)
	if len(d.got) > 0 {
		t.Errorf("took %q through a link", d.got)
	}
	want := "refused/2026-11-24/gone.xlsx|refused/2026-11-24/gone.xlsx.txt|refused/2026-11-24/out.xlsx|refused/2026-11-24/out.xlsx.txt|refused/2026-11-24/up.xlsx|refused/2026-11-24/up.xlsx.txt"
	if got := tree(t, dir); got != want {
		t.Errorf("the folder holds %q", got)
	}
	if _, err := os.Stat(secret); err != nil {
		t.Errorf("what the link pointed to: %v", err)
	}
}

func TestRefusesTheTooLarge(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	put(t, filepath.Join(dir, "a.xlsx"), strings.Repeat("x", 1<<20+1))
	put(t, filepath.Join(dir, "b.csv"), strings.Repeat("x", 1<<20))
	look(t, b, 2)
	if len(d.got) != 1 || !strings.HasPrefix(d.got[0], "b.csv") {
		t.Errorf("took %d files", len(d.got))
	}
	if got := tree(t, dir); got != "done/2026-11-24/b.csv|refused/2026-11-24/a.xlsx|refused/2026-11-24/a.xlsx.txt" {
		t.Errorf("the folder holds %q", got)
	}
}

// Names of strangers go nowhere but where they should, and none is lost.
func TestHostileNames(t *testing.T) {
	names := []string{
		"-rf", "a\nb.xlsx", "..xlsx..", "con.xlsx", "a b; rm -rf $HOME.xlsx", "\xd1\xef\xe8\xf1\xee\xea.xlsx",
		strings.Repeat("й", 127), strings.Repeat("й", 125) + ".xlsx", strings.Repeat("\xff", 250), strings.Repeat("x", 200) + "." + strings.Repeat("y", 50),
	}
	d := &desk{answer: inbox.Answer{Text: "что-то не так\n"}}
	b, dir, log := newBox(t, d)
	taken := 0
	for _, n := range names {
		if strings.HasPrefix(n, ".") {
			continue
		}
		put(t, filepath.Join(dir, n), n)
		taken++
	}
	look(t, b, 3)
	if len(d.got) != taken {
		t.Errorf("%d of %d files were taken\n%s", len(d.got), taken, log)
	}
	if got := strings.Split(tree(t, filepath.Join(dir, inbox.Done, "2026-11-24")), "|"); len(got) != 2*taken {
		t.Errorf("%d files are in done, want %d with their texts: %q", len(got), taken, got)
	}
	if got := tree(t, filepath.Dir(filepath.Dir(dir))); strings.Count(got, "|")+1 != 2*taken {
		t.Errorf("something stands elsewhere: %q", got)
	}
}

func TestSameNameTwice(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	for _, content := range []string{"one", "two", "three"} {
		put(t, filepath.Join(dir, "list.xlsx"), content)
		look(t, b, 2)
	}
	if got := tree(t, dir); got != "done/2026-11-24/list (2).xlsx|done/2026-11-24/list (3).xlsx|done/2026-11-24/list.xlsx" {
		t.Errorf("the folder holds %q", got)
	}
}

// A file that cannot be moved is not taken again and again; after a kill between
// taking and moving it is, once.
func TestTakenAndNotMoved(t *testing.T) {
	d := &desk{}
	b, dir, log := newBox(t, d)
	put(t, filepath.Join(dir, "a.xlsx"), "one")
	put(t, filepath.Join(dir, inbox.Done), "a file where the folder should be") // itself taken, and not moved
	look(t, b, 4)
	if got := strings.Join(d.got, "|"); got != "a.xlsx: one|done: a file where the folder should be" {
		t.Fatalf("took %q", got)
	}
	if n := strings.Count(log.String(), "file=a.xlsx"); n != 1 {
		t.Errorf("it was said %d times:\n%s", n, log)
	}
	d.got = nil
	next, _, _ := newBox(t, d) // another process
	next.Dir = dir
	if err := os.Remove(filepath.Join(dir, inbox.Done)); err != nil {
		t.Fatal(err)
	}
	look(t, next, 3)
	if got := strings.Join(d.got, "|"); got != "a.xlsx: one" {
		t.Errorf("after a kill took %q", got)
	}
	if got := tree(t, dir); got != "done/2026-11-24/a.xlsx" {
		t.Errorf("the folder holds %q", got)
	}
}

// A folder that was made a link out of the inbox takes nothing out of it.
func TestFolderThatLeadsOut(t *testing.T) {
	d := &desk{}
	b, dir, log := newBox(t, d)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, inbox.Refused)); err != nil {
		t.Fatal(err)
	}
	d.answer = inbox.Answer{Refused: true, Text: "нет"}
	put(t, filepath.Join(dir, "a.xlsx"), "one")
	look(t, b, 3)
	if got := tree(t, outside); got != "" {
		t.Errorf("outside stands %q", got)
	}
	if len(d.got) != 1 || !strings.Contains(log.String(), "not moved away") {
		t.Errorf("took %q; log:\n%s", d.got, log)
	}
}

// What could not be taken for want of something of ours stays, and is told once.
func TestTakenLater(t *testing.T) {
	d := &desk{err: errors.New("the store is full")}
	b, dir, log := newBox(t, d)
	put(t, filepath.Join(dir, "a.xlsx"), "one")
	look(t, b, 4)
	if got := tree(t, dir); got != "a.xlsx" {
		t.Fatalf("the folder holds %q", got)
	}
	if n := strings.Count(log.String(), "the store is full"); n != 1 {
		t.Errorf("it was said %d times:\n%s", n, log)
	}
	d.err = nil
	look(t, b, 1)
	if got := tree(t, dir); got != "done/2026-11-24/a.xlsx" {
		t.Errorf("the folder holds %q", got)
	}
}

// What is written to while it is taken is taken again.
func TestWrittenToWhileTaken(t *testing.T) {
	d := &desk{}
	b, dir, _ := newBox(t, d)
	path := filepath.Join(dir, "a.xlsx")
	put(t, path, "one")
	d.during = func() { put(t, path, "one and two") }
	look(t, b, 2)
	d.during = nil
	look(t, b, 2)
	if got := strings.Join(d.got, "|"); got != "a.xlsx: one|a.xlsx: one and two" {
		t.Errorf("took %q", got)
	}
	if got := tree(t, dir); got != "done/2026-11-24/a.xlsx" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestRun(t *testing.T) {
	d := &desk{}
	b, dir, log := newBox(t, d)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- b.Run(ctx) }()
		synctest.Wait()
		put(t, filepath.Join(dir, "a.xlsx"), "one") // the folder was made, with mode 0700
		<-time.After(2*time.Minute + time.Second)
		synctest.Wait()
		if len(d.got) != 1 {
			t.Errorf("took %q\n%s", d.got, log)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}
}
