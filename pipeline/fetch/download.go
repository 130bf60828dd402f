package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"syscall"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/fetch/disk"
)

// DownloadOptions say what Download brings.
type DownloadOptions struct {
	Limit    int64                   // bytes of the archive; 0 = 16 GiB
	Archive  archive.Limits          // what the archive may ask for
	Progress func(pipeline.Progress) // may be nil; called from one goroutine at a time
}

const (
	defaultArchive = 16 << 30
	spaceReserve   = 64 << 20 // bytes that stay free on the disk
	legs           = 2000     // connections of one download, however far each gets
)

// Archive is a zip on the disk of which every member was read.
type Archive struct {
	Path        string
	Size        int64
	NotModified bool // it was here already and is the newest
	Validators  Validators
}

// Download brings the zip archive at a URL to a path. A connection that breaks
// or ends early is gone on with by Range, in this call or in a later one, as
// long as the server says that the archive is the same; another one is begun
// anew. What stands at path is asked for only if it has changed, and is
// replaced, at once, by an archive of which every member's checksum holds.
//
// Damaged members are fetched again by their bytes. What cannot be repaired is
// kept as path.damaged, for the next call to repair, and is
// pipeline.ErrDamaged. After any error, and after a kill at any moment, what
// stood at path stands there still.
//
// Two downloads to one path must not run at the same time.
func (c *Client) Download(ctx context.Context, raw, path string, o DownloadOptions) (Archive, error) {
	u, err := parse(raw)
	if err != nil {
		return Archive{}, err
	}
	if o.Limit <= 0 {
		o.Limit = defaultArchive
	}
	d := &download{c: c, disk: c.disk, url: u, path: path, options: o}
	got, err := d.run(ctx)
	if err != nil {
		return Archive{}, fmt.Errorf("fetch %s: %w", Show(u), err)
	}
	return got, nil
}

// download is one call of Download.
type download struct {
	c       *Client
	disk    disk.Disk
	url     *url.URL
	path    string
	options DownloadOptions

	here    sidecar // of what stands at path; zero = nothing to ask with
	aside   sidecar // of what is put aside and fetched again only when it changes; zero = nothing
	file    *disk.File
	side    sidecar // of the part
	have    int64   // bytes of the part
	noRange bool    // the server has shown that it cannot send parts
	probe   bool    // whether the body was whole is yet to be asked
	whole   *answer // to a request for a part; nil = none
	fault   string  // of the archive that could not be repaired
}

func (d *download) part() string { return d.path + partSuffix }

func (d *download) run(ctx context.Context) (Archive, error) {
	if err := d.pickUp(); err != nil {
		return Archive{}, err
	}
	defer func() { _ = d.file.Close() }() // install has closed what counts
	if d.side.Verified {
		return d.install()
	}
	unchanged, err := d.fetch(ctx)
	d.closeWhole()
	if d.have == 0 {
		err = errors.Join(err, d.drop())
	}
	switch {
	case err != nil:
		return Archive{}, err
	case unchanged:
		return Archive{Path: d.path, Size: d.here.Length, NotModified: true, Validators: d.here.Validators}, nil
	default:
		return d.install()
	}
}

// pickUp finds out what earlier calls have left and opens the part.
func (d *download) pickUp() error {
	if err := d.disk.MakeDir(filepath.Dir(d.path)); err != nil {
		return onDisk("make the folder", err)
	}
	part := d.part()
	_, begun := size(part)
	side, known := load(part)
	if standing, ok := size(d.path); !begun && known && side.Verified && ok && side.Length == standing {
		// Killed between the two renames of install.
		if err := d.disk.Rename(part+sideSuffix, d.path+sideSuffix); err != nil {
			return onDisk("rename the sidecar", err)
		}
		known = false
	}
	switch aside, found := load(d.path + DamagedSuffix); {
	case !found || begun:
	case aside.Stuck != nil && aside.of(d.url):
		d.aside, known = aside, false
	default:
		if err := move(d.disk, d.path+DamagedSuffix, part); err != nil {
			return err
		}
		side, known = load(part)
	}
	if here, ok := load(d.path); ok && here.of(d.url) {
		if standing, ok := size(d.path); ok && standing == here.Length {
			d.here = here
		}
	}
	return d.openPart(side, known)
}

// openPart opens the part, or begins an empty one unless what there is can be
// gone on with.
func (d *download) openPart(side sidecar, known bool) (err error) {
	if d.file, err = d.disk.Open(d.part()); err != nil {
		return onDisk("open the part", err)
	}
	if d.have, err = d.file.Size(); err != nil {
		return errors.Join(onDisk("open the part", err), d.file.Close())
	}
	complete := known && d.have == side.Length
	if d.have > 0 && known && side.of(d.url) && (complete || side.ifRange() != "" && (side.Length < 0 || d.have < side.Length)) {
		d.side = side
		d.side.Verified, d.side.Stuck = side.Verified && complete, nil
		return nil
	}
	if err := d.reset(); err != nil {
		return errors.Join(err, d.file.Close())
	}
	return nil
}

// reset empties the part; only then may its sidecar change.
func (d *download) reset() error {
	d.side, d.have = sidecar{}, 0
	if n, err := d.file.Size(); err == nil && n == 0 {
		return nil
	}
	return onDisk("empty the part", d.file.Truncate(0))
}

// drop removes a part that has brought nothing.
func (d *download) drop() error {
	return onDisk("remove the part", errors.Join(d.file.Close(), d.disk.Remove(d.part()), d.disk.Remove(d.part()+sideSuffix)))
}

// install puts the verified part in its place. The sidecar says first that it
// is verified, so that a kill between the renames loses nothing.
func (d *download) install() (Archive, error) {
	if err := errors.Join(d.file.Sync(), d.file.Close()); err != nil {
		return Archive{}, onDisk("write the archive", err)
	}
	d.side.Verified = true
	if err := d.side.save(d.disk, d.part()); err != nil {
		return Archive{}, err
	}
	if err := move(d.disk, d.part(), d.path); err != nil {
		return Archive{}, err
	}
	aside := d.path + DamagedSuffix
	if err := errors.Join(d.disk.Remove(aside), d.disk.Remove(aside+sideSuffix)); err != nil {
		return Archive{}, onDisk("remove the damaged one", err)
	}
	return Archive{Path: d.path, Size: d.side.Length, Validators: d.side.Validators}, nil
}

func (d *download) report(unit string, done, total int64) {
	if d.options.Progress != nil {
		d.options.Progress(pipeline.Progress{Unit: unit, Done: done, Total: max(total, 0)})
	}
}

// full tells errors of a disk without space.
func full(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }
