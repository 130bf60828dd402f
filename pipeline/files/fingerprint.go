package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Fingerprint names the content of inputs: equal fingerprints mean equal
// names and equal bytes, wherever the files lie. It reads every byte. An input
// that cannot be read counts as such and does not cost the others: it is the
// pull that reports it. The only error is that of ctx.
func Fingerprint(ctx context.Context, inputs []Input) (string, error) {
	all := sha256.New()
	for _, in := range inputs {
		size, sum, err := hashOne(ctx, in)
		if ctx.Err() != nil {
			return "", fmt.Errorf("fingerprint of %s: %w", in.Path, ctx.Err())
		}
		if err != nil {
			fmt.Fprintf(all, "%q unreadable: %q\n", in.Name, withoutPath(err))
			continue
		}
		fmt.Fprintf(all, "%q %d %x\n", in.Name, size, sum)
	}
	return hex.EncodeToString(all.Sum(nil)[:16]), nil
}

func hashOne(ctx context.Context, in Input) (size int64, sum []byte, err error) {
	f, err := in.Open()
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, reading{ctx, f}); err != nil {
		return 0, nil, err
	}
	return f.Size(), h.Sum(nil), nil
}

// withoutPath is what is wrong with a file, without where it lies.
func withoutPath(err error) string {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
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
