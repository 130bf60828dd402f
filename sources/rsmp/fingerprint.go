package rsmp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
)

// Fingerprint names the content of all inputs and the options that change
// what is yielded. Of a zip it reads the directory, which has the checksum of
// each member, of any other file every byte. An input that cannot be read
// counts as such, because Pull reports it and reads the others.
func (s *Source) Fingerprint(ctx context.Context) (string, error) {
	h := sha256.New()
	for _, in := range s.inputs {
		content, err := s.contentOf(ctx, in)
		if err != nil {
			return "", fmt.Errorf("registry %s: %w", s.name, err)
		}
		fmt.Fprintf(h, "%q %s %t\n", in.Name, content, s.options.whole(in.Name))
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// contentOf names the content of one input. What cannot be told by a directory
// is left to files.Fingerprint, which has a name for anything.
func (s *Source) contentOf(ctx context.Context, in files.Input) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", in.Path, err)
	}
	if sum, ok := directoryOf(in); ok {
		return hex.EncodeToString(sum), nil
	}
	return files.Fingerprint(ctx, []files.Input{in})
}

func directoryOf(in files.Input) ([]byte, bool) {
	f, err := in.Open()
	if err != nil {
		return nil, false
	}
	defer closeQuietly(f)
	sum, ok, err := archive.DirectoryDigest(f, f.Size())
	return sum, ok && err == nil
}
