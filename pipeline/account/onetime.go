package account

import (
	"fmt"
	"io"
)

// Of a one-time password, which is read off and typed: 100 bits in four groups.
const (
	oneTimeLetters = "abcdefghijkmnpqrstuvwxyz23456789" // 32 that nobody takes for another
	oneTimeGroups  = 4
	oneTimeGroup   = 5
)

func drawPassword(random io.Reader) (string, error) {
	drawn := make([]byte, oneTimeGroups*oneTimeGroup)
	if _, err := io.ReadFull(random, drawn); err != nil {
		return "", fmt.Errorf("draw a password: %w", err)
	}
	out := make([]byte, 0, len(drawn)+oneTimeGroups)
	for i, b := range drawn {
		if i > 0 && i%oneTimeGroup == 0 {
			out = append(out, '-')
		}
		out = append(out, oneTimeLetters[int(b)%len(oneTimeLetters)]) // 256 is a multiple: none is likelier
	}
	return string(out), nil
}
