package account

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// phc is a hash in the PHC string form, as its reference writes that of argon2:
// $argon2id$v=19$m=19456,t=2,p=1$SALT$KEY, SALT and KEY in base64 without padding
// (github.com/P-H-C/phc-string-format).
type phc struct {
	cost      Cost
	salt, key []byte
}

func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.cost.Memory, p.cost.Passes, p.cost.Threads,
		base64.RawStdEncoding.EncodeToString(p.salt), base64.RawStdEncoding.EncodeToString(p.key))
}

// maxPHC bounds what is looked at, in bytes.
const maxPHC = 256

// parsePHC reads a hash, ErrHash when anything is otherwise than this program writes
// it or costs more than it would pay. The error does not show the hash.
func parsePHC(s string) (p phc, err error) {
	parts := strings.Split(s, "$")
	if len(s) > maxPHC || len(parts) != 6 {
		return phc{}, ErrHash
	}
	if p.cost, err = parseCost(parts[3]); err != nil {
		return phc{}, err
	}
	strict := base64.RawStdEncoding.Strict()
	salt, noSalt := strict.DecodeString(parts[4])
	key, noKey := strict.DecodeString(parts[5])
	p.salt, p.key = salt, key
	bounded := len(salt) >= 8 && len(salt) <= 64 && len(key) >= 16 && len(key) <= 64
	// What is written in another way (leading zeros, signs, line ends) is not ours.
	if noSalt != nil || noKey != nil || !bounded || p.String() != s {
		return phc{}, ErrHash
	}
	return p, nil
}

func parseCost(s string) (Cost, error) {
	var numbers [3]uint32
	fields := strings.Split(s, ",")
	if len(fields) != len(numbers) {
		return Cost{}, ErrHash
	}
	for i, name := range []string{"m=", "t=", "p="} {
		digits, ok := strings.CutPrefix(fields[i], name)
		n, err := strconv.ParseUint(digits, 10, 32)
		if !ok || err != nil {
			return Cost{}, ErrHash
		}
		numbers[i] = uint32(n)
	}
	if numbers[2] > maxThreads {
		return Cost{}, ErrHash
	}
	c := Cost{Memory: numbers[0], Passes: numbers[1], Threads: uint8(numbers[2])}
	if !c.sane() {
		return Cost{}, ErrHash
	}
	return c, nil
}
