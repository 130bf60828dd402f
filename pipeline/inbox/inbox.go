// Package inbox takes in the files that people put into a folder. A file is taken
// once it has stopped growing, handed over to whoever understands it, and moved
// away: to done/YYYY-MM-DD, or to refused/YYYY-MM-DD with a text beside it that
// says why. A kill at any moment loses no file; one that was taken and not moved
// is taken again, so taking must bear that.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"
)

// The folders within the folder.
const (
	Done    = "done"
	Refused = "refused"
)

// Answer is what became of a file.
type Answer struct {
	Refused bool   // nothing of it was taken
	Text    string // Russian, for whoever brought it; "" = there is nothing to say
}

// Taker takes over what a file holds. The name is only for people: it is the
// stranger's own. An error leaves the file where it is, and it is asked again; a
// file that is no good is an Answer.
type Taker func(ctx context.Context, name string, f *os.File) (Answer, error)

// Box is a folder that is looked into. All fields are required.
type Box struct {
	Dir   string // made with 0700
	Limit int64  // bytes of the largest file
	Every time.Duration
	Zone  *time.Location // of the days
	Now   func() time.Time
	Take  Taker
	Log   *slog.Logger

	seen  map[string]fs.FileInfo // as each file was at the last look
	taken map[string]taken       // what could not be moved away
	said  map[string]string      // what was logged of a file, so that it is said once
}

// taken is a file that was handed over, as it was then.
type taken struct {
	info   fs.FileInfo
	answer Answer
}

// Run looks into the folder again and again until ctx ends. It never fails: what
// goes wrong is logged and tried again.
func (b *Box) Run(ctx context.Context) error {
	for {
		if err := b.Look(ctx); ctx.Err() == nil {
			b.say(b.Dir, err)
		}
		timer := time.NewTimer(b.Every)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
}

// Look looks into the folder once and takes what has stood still since the last
// look, in the order of names. It is not for several goroutines.
func (b *Box) Look(ctx context.Context) (err error) {
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return fmt.Errorf("make the inbox: %w", err)
	}
	root, err := os.OpenRoot(b.Dir)
	if err != nil {
		return fmt.Errorf("open the inbox: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	now, err := listed(root)
	if err != nil {
		return fmt.Errorf("list the inbox %s: %w", b.Dir, err)
	}
	before := b.seen
	b.seen = map[string]fs.FileInfo{}
	for _, info := range now {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := info.Name()
		b.seen[name] = info
		if !settled(before[name], info) {
			continue
		}
		b.say(name, b.one(ctx, root, info))
	}
	b.forget()
	return nil
}

// listed are the files that concern us, by name. A link is among them, so that it
// can be refused.
func listed(root *os.Root) ([]fs.FileInfo, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out []fs.FileInfo
	for _, name := range names {
		if unfinished(name) {
			continue
		}
		info, err := root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case info.Mode().IsRegular() || info.Mode()&fs.ModeSymlink != 0:
			out = append(out, info)
		}
	}
	return out, nil
}

// unfinished tells by its name what an editor, a browser or a copying program has
// not finished, or wants nobody to see.
func unfinished(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		slices.ContainsFunc([]string{".tmp", ".part", ".crdownload"}, func(end string) bool { return strings.HasSuffix(lower, end) })
}

// settled tells a file that nobody has written to since the last look.
func settled(before, now fs.FileInfo) bool {
	return before != nil && os.SameFile(before, now) && before.Mode().Type() == now.Mode().Type() &&
		before.Size() == now.Size() && before.ModTime().Equal(now.ModTime())
}

// say logs what went wrong with a file, once until it changes.
func (b *Box) say(name string, err error) {
	if err == nil {
		delete(b.said, name)
		return
	}
	if b.said[name] == err.Error() {
		return
	}
	if b.said == nil {
		b.said = map[string]string{}
	}
	b.said[name] = err.Error()
	b.Log.Error("inbox", slog.String("file", name), slog.String("why", err.Error()))
}

// forget lets go of files that are no longer there.
func (b *Box) forget() {
	for name := range b.taken {
		if b.seen[name] == nil {
			delete(b.taken, name)
		}
	}
	for name := range b.said {
		if b.seen[name] == nil {
			delete(b.said, name)
		}
	}
}
