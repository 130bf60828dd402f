package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"obzvon/pipeline/fetch/disk"
)

// What stands beside an archive at PATH:
//
//	PATH.json          what the server called it
//	PATH.part          what has come of the next one; with PATH.part.json
//	PATH.damaged       one that could not be repaired; with PATH.damaged.json
//
// The part begins to be written only after its sidecar stands, and is empty
// whenever the sidecar changes its mind, so that bytes of two states of the
// archive never meet.
const (
	DamagedSuffix = ".damaged" // ends the name of an archive that could not be repaired

	partSuffix = ".part"
	sideSuffix = ".json"
)

// Sidecar is the path of what tells that a file was downloaded.
func Sidecar(path string) string { return path + sideSuffix }

// Leftovers are the endings of what a download to PATH may leave beside it;
// without PATH itself they are worth only what they spare the next one.
func Leftovers() []string {
	return []string{partSuffix, partSuffix + sideSuffix, DamagedSuffix, DamagedSuffix + sideSuffix, sideSuffix}
}

// sidecar describes a file beside it.
type sidecar struct {
	From string `json:"from"` // digest of the URL; the URL may hold a secret
	Validators
	Length   int64 `json:"length"`             // -1 = the server did not say
	Verified bool  `json:"verified,omitempty"` // every member's checksum was read

	Stuck *stuck `json:"stuck,omitempty"` // only of what was put aside
}

// stuck is why the whole of a damaged archive is not fetched again as long as
// the server has the same.
type stuck struct {
	Since   time.Time `json:"since"`
	Fault   string    `json:"fault"`
	NoParts bool      `json:"no_parts,omitempty"` // the server sends none; else too much is wrong
}

// Aside tells of the archive at a path that a damaged one is put aside, and,
// when it is not fetched again before it changes, since when.
func Aside(path string) (since time.Time, waits, found bool) {
	side, found := load(path + DamagedSuffix)
	if side.Stuck == nil {
		return time.Time{}, false, found
	}
	return side.Stuck.Since, true, found
}

// unknownLength is the Length of a body that is as long as it is.
const unknownLength = -1

func digest(u *url.URL) string {
	sum := sha256.Sum256([]byte(u.String()))
	return hex.EncodeToString(sum[:8])
}

// of tells whether the sidecar speaks of what the URL leads to.
func (s sidecar) of(u *url.URL) bool { return s.From == digest(u) }

// ifRange is what makes a server send a part only of the same state; "" = it
// gave nothing that serves. A weak ETag does not (RFC 9110, section 13.1.5).
func (s sidecar) ifRange() string {
	if s.ETag != "" && !strings.HasPrefix(s.ETag, "W/") {
		return s.ETag
	}
	return s.LastModified
}

// same tells whether an answer speaks of the same state as far as both say.
func (s sidecar) same(h http.Header) bool {
	v := validatorsOf(h)
	if s.ETag != "" && v.ETag != "" {
		return s.ETag == v.ETag
	}
	return s.LastModified == "" || v.LastModified == "" || s.LastModified == v.LastModified
}

// is tells whether a server, even one that does not know conditional requests,
// sends what the sidecar describes.
func (s sidecar) is(resp *answer) bool {
	v := validatorsOf(resp.Header)
	return s.From != "" && v.Known() == s.Known() && s.same(resp.Header) && resp.ContentLength == s.Length
}

// sideMax bounds what is read as a sidecar.
const sideMax = 64 << 10

// load reads the sidecar of a file; one that cannot be understood is none.
func load(path string) (s sidecar, found bool) {
	f, err := os.Open(path + sideSuffix)
	if err != nil {
		return sidecar{}, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, sideMax))
	if err != nil || json.Unmarshal(data, &s) != nil || s.Length < unknownLength {
		return sidecar{}, false
	}
	return s, true
}

// errDisk marks what went wrong on this side.
var errDisk = errors.New("on this machine")

func onDisk(what string, err error) error {
	if err == nil {
		return nil
	}
	if full(err) {
		return fmt.Errorf("%w: %s: %w", ErrNoSpace, what, err)
	}
	return fmt.Errorf("%s %w: %w", what, errDisk, err)
}

func (s sidecar) save(d disk.Disk, path string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("describe %s: %w", path, err)
	}
	return onDisk("write the sidecar", d.WriteFile(path+sideSuffix, append(data, '\n')))
}

// move renames a file and then its sidecar.
func move(d disk.Disk, from, to string) error {
	if err := d.Rename(from, to); err != nil {
		return onDisk("rename "+from, err)
	}
	return onDisk("rename the sidecar", d.Rename(from+sideSuffix, to+sideSuffix))
}

func size(path string) (int64, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}
