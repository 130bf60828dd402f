package bolt

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	berrors "go.etcd.io/bbolt/errors"
)

const (
	holderName = "holder.json"
	lockPoll   = 50 * time.Millisecond
)

// Holder is who holds a store.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

func (h Holder) String() string {
	return fmt.Sprintf("process %d (%s) on %s since %s", h.PID, h.Command, h.Host, h.Since.Format(time.DateTime+" MST"))
}

func newHolder(o Options) (Holder, error) {
	host, err := os.Hostname()
	if err != nil {
		return Holder{}, fmt.Errorf("name this host: %w", err)
	}
	return Holder{PID: os.Getpid(), Command: o.Command, Host: host, Since: o.now().Truncate(time.Second)}, nil
}

// sign leaves word of who holds the store.
func (h Holder) sign(dir string) error {
	data, err := json.Marshal(h)
	if err != nil {
		return err
	}
	// A name of its own, then a rename: a reader never sees half of it.
	tmp := filepath.Join(dir, fmt.Sprintf(".holder-%d.tmp", h.PID))
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return fmt.Errorf("write the holder of the store: %w", err)
	}
	if err := os.Rename(tmp, filepath.Join(dir, holderName)); err != nil {
		return fmt.Errorf("write the holder of the store: %w", err)
	}
	return nil
}

func unsign(dir string) error {
	err := os.Remove(filepath.Join(dir, holderName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readHolder returns the zero Holder when there is no word or no sense in it.
func readHolder(dir string) Holder {
	var h Holder
	data, err := os.ReadFile(filepath.Join(dir, holderName))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}

// waitForLock calls try until it gives something else than bbolt's time-out,
// at most for the given time.
func waitForLock(ctx context.Context, dir string, wait time.Duration, try func() error) error {
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	for {
		err := try()
		if !errors.Is(err, berrors.ErrTimeout) {
			return err
		}
		again := time.NewTimer(lockPoll)
		select {
		case <-again.C:
			continue
		case <-deadline.C:
			err = &LockedError{Dir: dir, Holder: readHolder(dir)}
		case <-ctx.Done():
			err = ctx.Err()
		}
		again.Stop()
		return err
	}
}
