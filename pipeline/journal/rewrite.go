package journal

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"obzvon/pipeline/fetch/disk"
)

// Rewrite hands every line to change and keeps what that returns, or drops the
// line where it returns false: for erasure alone. The file has its old content
// or the new one, whenever the program is killed. Where no line changes it stays
// as it is; changed tells how many did.
func (j *Journal) Rewrite(ctx context.Context, change func(Entry) (Entry, bool)) (changed int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.there() {
		return 0, nil
	}
	if err := j.cutTail(); err != nil {
		return 0, fmt.Errorf("cut the journal's last line: %w", err)
	}
	temporary := j.path + disk.Temporary
	defer func() {
		if err != nil || changed == 0 {
			err = errors.Join(err, j.disk.Remove(temporary))
		}
		if err != nil {
			err = fmt.Errorf("rewrite the journal: %w", err)
		}
	}()
	if changed, err = j.copyTo(ctx, temporary, change); err != nil || changed == 0 {
		return changed, err
	}
	return changed, j.disk.Rename(temporary, j.path)
}

// cutTail takes an unfinished last line off the disk.
func (j *Journal) cutTail() (err error) {
	f, err := j.disk.Open(j.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = wholeSize(f)
	return err
}

func (j *Journal) copyTo(ctx context.Context, path string, change func(Entry) (Entry, bool)) (changed int, err error) {
	f, err := j.disk.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(0); err != nil { // of an attempt that was killed
		return 0, err
	}
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for e, err := range j.Read(ctx) {
		if err != nil {
			return 0, err
		}
		kept, keep, differs, err := changeLine(e, change)
		if err != nil {
			return 0, err
		}
		if differs {
			changed++
		}
		if keep {
			if err := enc.Encode(&kept); err != nil {
				return 0, fmt.Errorf("encode a line: %w", err)
			}
		}
	}
	return changed, errors.Join(out.Flush(), f.Sync())
}

// changeLine applies a change and tells whether it changed anything. The change
// may write into what it is given.
func changeLine(e Entry, change func(Entry) (Entry, bool)) (kept Entry, keep, differs bool, err error) {
	before, err := json.Marshal(&e)
	if err != nil {
		return e, false, false, fmt.Errorf("encode a line: %w", err)
	}
	if kept, keep = change(e); !keep {
		return kept, false, true, nil
	}
	after, err := json.Marshal(&kept)
	if err != nil {
		return e, false, false, fmt.Errorf("encode a line: %w", err)
	}
	return kept, true, string(before) != string(after), nil
}
