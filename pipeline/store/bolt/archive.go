package bolt

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/flate"
)

const (
	// maxMembers of a backup: two files and the manifest, without those beside
	// the stores. The end record is read before any list of members is built.
	maxMembers = 3
	// maxManifest and maxMember bound what is unpacked, in bytes.
	maxManifest = 64 << 10
	maxMember   = 64 << 30
	// Sizes of the zip end records; Backup never writes a comment.
	endRecord   = 22
	locator64   = 20
	endRecord64 = 56
)

// archived is an opened backup.
type archived struct {
	manifest manifest
	members  map[string]*zip.File
	beside   []string // names of files beside the stores that are in it
}

func backupError(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrBackup, fmt.Errorf(format, args...))
}

// openArchive reads a backup's manifest and holds the members against it. Beside
// the stores it may hold files of the given names.
func openArchive(r io.ReaderAt, size int64, beside []string) (*archived, error) {
	if err := countMembers(r, size, maxMembers+len(beside)); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, backupError("%w", err)
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	a := &archived{members: map[string]*zip.File{}}
	for _, f := range z.File {
		if a.members[f.Name] != nil {
			return nil, backupError("%q is in it twice", f.Name)
		}
		a.members[f.Name] = f
	}
	if err := a.readManifest(); err != nil {
		return nil, err
	}
	return a, a.compare(beside)
}

// countMembers refuses an archive that names more members than a backup has.
func countMembers(r io.ReaderAt, size int64, most int) error {
	end, err := readRecord(r, size-endRecord, endRecord, "PK\x05\x06")
	if err != nil {
		return err
	}
	n := uint64(binary.LittleEndian.Uint16(end[10:]))
	if n == math.MaxUint16 {
		// Above 4 GB the figures stand in a second record, behind a locator.
		locator, err := readRecord(r, size-endRecord-locator64, locator64, "PK\x06\x07")
		if err != nil {
			return err
		}
		end, err := readRecord(r, int64(binary.LittleEndian.Uint64(locator[8:])), endRecord64, "PK\x06\x06")
		if err != nil {
			return err
		}
		n = binary.LittleEndian.Uint64(end[32:])
	}
	if n > uint64(most) {
		return backupError("%d members, a backup has at most %d", n, most)
	}
	return nil
}

func readRecord(r io.ReaderAt, offset int64, size int, signature string) ([]byte, error) {
	b := make([]byte, size)
	if offset < 0 {
		return nil, backupError("it is cut short")
	}
	if _, err := r.ReadAt(b, offset); err != nil {
		return nil, backupError("read its end: %w", err)
	}
	if !bytes.HasPrefix(b, []byte(signature)) {
		return nil, backupError("it does not end as a zip archive")
	}
	return b, nil
}

func (a *archived) readManifest() error {
	f := a.members[manifestName]
	if f == nil {
		return backupError("it has no %s", manifestName)
	}
	if f.UncompressedSize64 > maxManifest {
		return backupError("%s of %d bytes, at most %d", manifestName, f.UncompressedSize64, maxManifest)
	}
	in, err := f.Open()
	if err != nil {
		return backupError("%w", err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxManifest))
	if err != nil {
		return backupError("read %s: %w", manifestName, err)
	}
	if err := json.Unmarshal(data, &a.manifest); err != nil {
		return backupError("read %s: %w", manifestName, err)
	}
	if known := max(registryFormat, stateFormat); a.manifest.Format > known {
		return &FormatError{File: "the backup", Format: a.manifest.Format, Known: known}
	}
	return nil
}

// compare checks names and sizes before anything is unpacked. Only the names
// of store files, and the given ones, are let through, so no member can lead out
// of the folder.
func (a *archived) compare(beside []string) error {
	if len(a.members) != len(a.manifest.Files)+1 {
		return backupError("%d members, the manifest names %d", len(a.members)-1, len(a.manifest.Files))
	}
	state := false
	for _, m := range a.manifest.Files {
		switch {
		case m.Name == stateFile().name || m.Name == registryFile().name:
		case slices.Contains(beside, m.Name):
			a.beside = append(a.beside, m.Name)
		default:
			return backupError("it names the file %q", m.Name)
		}
		f := a.members[m.Name]
		if f == nil {
			return backupError("%s is missing", m.Name)
		}
		if m.Size < 0 || m.Size > maxMember || f.UncompressedSize64 != uint64(m.Size) {
			return backupError("%s has %d bytes, the manifest says %d", m.Name, f.UncompressedSize64, m.Size)
		}
		state = state || m.Name == stateFile().name
	}
	if !state {
		return backupError("%s is missing", stateFile().name)
	}
	return nil
}

// unpack writes one member into a folder and checks its hash.
func (a *archived) unpack(ctx context.Context, m manifestFile, dir string) (err error) {
	in, err := a.members[m.Name].Open()
	if err != nil {
		return backupError("open %s: %w", m.Name, err)
	}
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(dir, m.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := out.Close(); err == nil {
			err = cerr
		}
	}()
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(stoppable{ctx, out}, hash), io.LimitReader(member{in}, m.Size+1))
	if err != nil {
		return fmt.Errorf("unpack %s: %w", m.Name, err)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); n != m.Size || got != m.SHA256 {
		return backupError("%s is not what was backed up: %d bytes with hash %s, the manifest says %d with %s", m.Name, n, got, m.Size, m.SHA256)
	}
	return out.Sync()
}

// member tells what is wrong with the archive from what is wrong with the disk.
type member struct{ r io.Reader }

func (m member) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = backupError("%w", err)
	}
	return n, err
}
