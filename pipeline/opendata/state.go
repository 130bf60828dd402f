package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

// stateName is the file beside the releases that spares asking again. Losing
// it loses nothing else.
const stateName = "releases.json"

// state is what is known of a set beside its files.
type state struct {
	From   string                  `json:"from"`   // digest of the page's address
	Page   fetch.Validators        `json:"page"`   // of the page as it was when it named Newest
	Newest Release                 `json:"newest"` // what the page named last
	Dates  map[string]company.Date `json:"dates"`  // by file name, where the page told more than the name
}

const stateMax = 1 << 20

func (s *Set) loadState() state {
	var st state
	f, err := os.Open(filepath.Join(s.dir, stateName))
	if err == nil {
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, stateMax))
		if err != nil || json.Unmarshal(data, &st) != nil {
			st = state{}
		}
	}
	if st.Dates == nil {
		st.Dates = map[string]company.Date{}
	}
	return st
}

func (s *Set) saveState(st state) error {
	data, err := json.MarshalIndent(st, "", "\t")
	if err != nil {
		return fmt.Errorf("describe the releases: %w", err)
	}
	path := filepath.Join(s.dir, stateName)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return nil
	}
	if err := s.disk.WriteFile(path, data); err != nil {
		return fmt.Errorf("write %s: %w", stateName, err)
	}
	return nil
}

func digest(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:8])
}

// secretive tells addresses that must not be written to a file.
func secretive(address string) bool {
	u, err := url.Parse(address)
	return err != nil || u.User != nil || u.RawQuery != ""
}
