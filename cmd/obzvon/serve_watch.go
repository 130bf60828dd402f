package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"obzvon/pipeline/fetch/disk"
)

const (
	// watchEvery is how often the server looks whether something is about to go wrong.
	watchEvery = time.Hour
	// tellAgain is when the operator is told once more of what stays wrong.
	tellAgain = 24 * time.Hour
	// manyRefused logins within watchEvery are more than forgotten passwords.
	manyRefused = 20
	// leastFree is what the disk should have left beside a copy of the registry, which
	// a night may write.
	leastFree = 512 << 20
)

// lookout tells the operator of what is no failure yet.
type lookout struct {
	server  *server
	house   *house
	refused int64     // logins, when it looked last
	told    time.Time // of the disk, last
}

// watch looks until ctx ends.
func (l *lookout) watch(ctx context.Context) error {
	timer := time.NewTicker(watchEvery)
	defer timer.Stop()
	for {
		l.look(time.Now())
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
	}
}

func (l *lookout) look(now time.Time) {
	refused := l.server.refused.Load()
	if n := refused - l.refused; n >= manyRefused {
		l.server.rings.put(l.server.rings.tell.Logins(int(n), watchEvery))
	}
	l.refused = refused
	free, known, err := (disk.Disk{}).Free(l.house.dir)
	if err != nil {
		l.server.log.Warn("look how much the disk has left", slog.Any("why", err))
	}
	need := int64(leastFree)
	if info, err := os.Stat(filepath.Join(l.house.dir, "registry.db")); err == nil {
		need += info.Size()
	}
	if err == nil && known && free < need && now.Sub(l.told) >= tellAgain {
		l.told = now
		l.server.log.Warn("little is left on the disk", slog.String("free", byteSize(free)), slog.String("needed", byteSize(need)))
		l.server.rings.put(l.server.rings.tell.Disk(l.house.dir, free, need))
	}
}
