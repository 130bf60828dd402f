package opendata

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// ErrOptions is returned for options out of range.
var ErrOptions = errors.New("wrong option of an open data set")

// Options are the keys of a set in its section of config, beside those of its
// adapter.
type Options struct {
	// From is where releases come from: the address of the set's page, of its
	// meta.csv, of a zip, of a mirror's folder; or a file or folder of this
	// machine, which is read where it lies and never changed.
	From string `mapstructure:"from"`
	// Keep is how many releases stay in the folder; 0 = 2.
	Keep int `mapstructure:"keep"`
	// Base is the folder from which a relative path counts; "" = the working
	// directory. It is no key.
	Base string `mapstructure:"-"`
}

const (
	defaultKeep = 2
	mostKept    = 1000
)

// Validate returns ErrOptions naming the key and what is allowed. It does not
// repeat an address: it may hold a secret.
func (o Options) Validate() error {
	if o.From == "" {
		return fmt.Errorf("%w: from: missing, want an address or a path", ErrOptions)
	}
	if strings.Contains(o.From, "://") {
		u, err := url.Parse(o.From)
		if err != nil || !remote(o.From) || u.Hostname() == "" {
			return fmt.Errorf("%w: from: want an address that begins with https:// or http://, or a path", ErrOptions)
		}
	}
	if o.Keep < 0 || o.Keep > mostKept {
		return fmt.Errorf("%w: keep: %d, want 1 to %d", ErrOptions, o.Keep, mostKept)
	}
	return nil
}

func (o Options) keep() int {
	if o.Keep > 0 {
		return o.Keep
	}
	return defaultKeep
}

// Remote tells that From is an address, to be fetched.
func (o Options) Remote() bool { return remote(o.From) }

// remote tells an address from a path.
func remote(from string) bool {
	low := strings.ToLower(from)
	return strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://")
}

// path is From as a path.
func (o Options) path() string {
	if o.Base == "" || filepath.IsAbs(o.From) {
		return o.From
	}
	return filepath.Join(o.Base, o.From)
}
