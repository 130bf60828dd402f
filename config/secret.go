package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// secret is the value of a variable that an adapter has declared.
func (o Options) secret(variable string) string {
	if !slices.Contains(o.KnownEnv, variable) {
		return ""
	}
	for _, pair := range o.Environ {
		if name, text, _ := strings.Cut(pair, "="); name == variable {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// keyMost bounds a file that should hold a key.
const keyMost = 4 << 10

// Secret is the adapter's key: of key_file where one is given, else of the variable;
// "" = there is none. An error names the file and never what is in it.
func (s Section) Secret(variable string) (string, error) {
	if s.KeyFile == "" {
		if s.secret == nil {
			return "", nil
		}
		return s.secret(variable), nil
	}
	info, err := os.Stat(s.KeyFile)
	if err != nil {
		return "", s.Wrong("key_file", show(s.KeyFile), "cannot be read: put the key there")
	}
	if info.Size() > keyMost || !info.Mode().IsRegular() {
		return "", s.Wrong("key_file", show(s.KeyFile), fmt.Sprintf("is no file of at most %d bytes with a key", keyMost))
	}
	text, err := os.ReadFile(s.KeyFile)
	if err != nil {
		return "", s.Wrong("key_file", show(s.KeyFile), "cannot be read: put the key there")
	}
	key := strings.TrimSpace(string(text))
	if key == "" || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return "", s.Wrong("key_file", show(s.KeyFile), "want one key on one line")
	}
	return key, nil
}
