package bolt

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/flate"
	"go.etcd.io/bbolt"
)

const manifestName = "manifest.json"

// manifest is the last member of a backup.
type manifest struct {
	Format  int            `json:"format"` // the greatest of the store files
	Created time.Time      `json:"created"`
	Files   []manifestFile `json:"files"`
}

type manifestFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Backup writes a zip archive of the state, and of the registry if asked for,
// as they were at one moment, with a manifest of sizes and hashes. Others may
// read and write meanwhile, though a write that makes a file larger waits. Files
// beside the stores go in with what they hold when their turn comes.
func Backup(ctx context.Context, s *Store, w io.Writer, withRegistry bool, beside ...string) error {
	b := backup{ctx: ctx, zip: zip.NewWriter(w), manifest: manifest{Created: s.now().UTC()}}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.DefaultCompression)
	})
	err := s.state.view(ctx, func(state *bbolt.Tx) error {
		if !withRegistry {
			return b.add(stateFile(), state)
		}
		return s.registry.view(ctx, func(registry *bbolt.Tx) error {
			if err := b.add(stateFile(), state); err != nil {
				return err
			}
			return b.add(registryFile(), registry)
		})
	})
	for _, name := range beside {
		if err == nil {
			err = b.addBeside(s.dir, name)
		}
	}
	if err == nil {
		err = b.finish()
	}
	if err != nil {
		return fmt.Errorf("back up store %s: %w", s.dir, err)
	}
	return nil
}

type backup struct {
	ctx      context.Context
	zip      *zip.Writer
	manifest manifest
}

func (b *backup) add(kind fileKind, tx *bbolt.Tx) error {
	b.manifest.Format = max(b.manifest.Format, kind.format)
	return b.member(kind.name, tx.WriteTo)
}

// member writes a member and notes its size and hash.
func (b *backup) member(name string, write func(io.Writer) (int64, error)) error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.manifest.Created})
	if err != nil {
		return err
	}
	hash := sha256.New()
	n, err := write(io.MultiWriter(stoppable{b.ctx, w}, hash))
	if err != nil {
		return fmt.Errorf("copy %s: %w", name, err)
	}
	b.manifest.Files = append(b.manifest.Files, manifestFile{Name: name, Size: n, SHA256: hex.EncodeToString(hash.Sum(nil))})
	return nil
}

func (b *backup) finish() error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: b.manifest.Created})
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(b.manifest, "", "  ")
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	return b.zip.Close()
}

// stoppable is a writer that a context ends.
type stoppable struct {
	ctx context.Context
	w   io.Writer
}

func (s stoppable) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
