package files

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// Fingerprint names the content of inputs: equal fingerprints mean equal
// names and equal bytes. It reads every byte.
func Fingerprint(inputs []Input) (string, error) {
	h := sha256.New()
	for _, in := range inputs {
		if err := hashOne(h, in); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func hashOne(w io.Writer, in Input) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := fmt.Fprintf(w, "%s %d\n", in.Name, f.Size()); err != nil {
		return err
	}
	if _, err := io.Copy(w, f); err != nil {
		return fmt.Errorf("read %s: %w", in.Path, err)
	}
	return nil
}
