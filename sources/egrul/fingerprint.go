package egrul

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// Fingerprint names the content of all inputs and the options that change what
// is yielded. Of a zip it reads the list of members, with their checksums, of
// anything else every byte. An input that cannot be read counts as such,
// because Pull reports it and reads the others.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, "branches", s.options.branches())
	for _, in := range s.inputs {
		sum, ok := directoryOf(in)
		if !ok {
			content, err := files.Fingerprint(ctx, []files.Input{in})
			if err != nil {
				return "", fmt.Errorf("register %s: %w", s.name, err)
			}
			sum = []byte(content)
		}
		fmt.Fprintf(h, "%q %t %x\n", in.Name, ok, sum)
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("register %s: fingerprint: %w", s.name, err)
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
