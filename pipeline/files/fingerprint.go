package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// Fingerprint names the content of inputs: equal fingerprints mean equal
// names and equal bytes. It reads every byte.
func Fingerprint(inputs []Input) (string, error) {
	return FingerprintContext(context.Background(), inputs)
}

// FingerprintContext is Fingerprint that stops when ctx does: a registry has
// gigabytes to read.
func FingerprintContext(ctx context.Context, inputs []Input) (string, error) {
	h := sha256.New()
	for _, in := range inputs {
		if err := hashOne(ctx, h, in); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func hashOne(ctx context.Context, w io.Writer, in Input) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := fmt.Fprintf(w, "%q %d\n", in.Name, f.Size()); err != nil {
		return err
	}
	if _, err := io.Copy(w, reading{ctx, f}); err != nil {
		return fmt.Errorf("read %s: %w", in.Path, err)
	}
	return nil
}

// reading is a reader that ends with its context.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}
