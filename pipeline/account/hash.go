package account

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"
)

// Cost is what a hash by argon2id takes. The zero value is the default: 19 MiB, two
// passes, one thread, the second of the choices in OWASP's Password Storage Cheat
// Sheet, which all weigh alike; some 30 ms on a small server.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

func (c Cost) orDefault() Cost {
	if c == (Cost{}) {
		return Cost{Memory: 19 << 10, Passes: 2, Threads: 1}
	}
	return c
}

// Bounds of the cost that is paid, whatever a file says.
const (
	maxMemory  = 64 << 10 // KiB
	maxPasses  = 8
	maxThreads = 4
)

func (c Cost) sane() bool {
	return c.Threads >= 1 && c.Threads <= maxThreads && c.Passes >= 1 && c.Passes <= maxPasses &&
		c.Memory >= 8*uint32(c.Threads) && c.Memory <= maxMemory // RFC 9106, 3.1
}

const (
	saltSize = 16 // bytes: RFC 9106, 3.1
	keySize  = 32

	atOnce    = 2  // hashes computed at the same time: two cores, and 38 MiB
	inQueue   = 32 // that wait for it: about half a second of work
	busyPause = time.Second
)

// hasher computes hashes, few at a time.
type hasher struct {
	cost    Cost
	random  io.Reader
	turns   chan struct{}
	waiting atomic.Int32
}

func newHasher(cost Cost, random io.Reader) (*hasher, error) {
	cost = cost.orDefault()
	if !cost.sane() {
		return nil, fmt.Errorf("cost of hashes %+v: %w", cost, ErrHash)
	}
	return &hasher{cost: cost, random: random, turns: make(chan struct{}, atOnce)}, nil
}

// make returns the hash of a password under a new salt.
func (h *hasher) make(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	key, err := h.key(ctx, password, salt, h.cost, keySize)
	if err != nil {
		return "", err
	}
	return phc{cost: h.cost, salt: salt, key: key}.String(), nil
}

// check tells whether a password is that of a hash, and whether it should be hashed
// anew. Of a hash that is none it takes as long, and returns ErrHash.
func (h *hasher) check(ctx context.Context, password, hash string) (right, stale bool, err error) {
	p, err := parsePHC(hash)
	if err != nil {
		if burnt := h.burn(ctx, password); burnt != nil {
			return false, false, burnt
		}
		return false, false, err
	}
	key, err := h.key(ctx, password, p.salt, p.cost, uint32(len(p.key)))
	if err != nil {
		return false, false, err
	}
	right = subtle.ConstantTimeCompare(key, p.key) == 1
	return right, p.cost != h.cost || len(p.salt) != saltSize || len(p.key) != keySize, nil
}

// burn does the work of a check for nothing: who is not there takes as long as who is.
func (h *hasher) burn(ctx context.Context, password string) error {
	_, err := h.key(ctx, password, make([]byte, saltSize), h.cost, keySize)
	return err
}

// key waits for its turn. When too many wait, it is *SlowDown.
func (h *hasher) key(ctx context.Context, password string, salt []byte, c Cost, size uint32) ([]byte, error) {
	if h.waiting.Add(1) > inQueue+atOnce {
		h.waiting.Add(-1)
		return nil, &SlowDown{Wait: busyPause}
	}
	defer h.waiting.Add(-1)
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.turns }()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return argon2.IDKey([]byte(composed(password)), salt, c.Passes, c.Memory, c.Threads, size), nil
}
