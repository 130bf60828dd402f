package members

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// Fingerprint names the content of inputs in their order, and the options that
// decide what is yielded of it. Of a zip it reads the directory, which has the
// checksum of each member, of any other file every byte. An input that cannot be
// read counts as such, because a pull reports it and reads the others. The only
// error is that of ctx.
func Fingerprint(ctx context.Context, inputs []files.Input, options string) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", options)
	for _, in := range inputs {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("fingerprint of %s: %w", in.Path, err)
		}
		sum, ok := directoryOf(in)
		if !ok {
			content, err := files.Fingerprint(ctx, []files.Input{in})
			if err != nil {
				return "", err
			}
			sum = []byte(content)
		}
		fmt.Fprintf(h, "%q %t %x\n", in.Name, ok, sum)
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// directoryOf is not ok for what is no zip or cannot be read.
func directoryOf(in files.Input) ([]byte, bool) {
	f, err := in.Open()
	if err != nil {
		return nil, false
	}
	defer closeQuietly(f)
	sum, ok, err := archive.DirectoryDigest(f, f.Size())
	return sum, ok && err == nil
}
