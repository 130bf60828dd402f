package inbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// nameMost is how long a name may be, in bytes, so that what is added to it fits
// into the 255 that file systems take.
const nameMost = 220

// free is a path in a folder under which nothing stands yet: the file's own name,
// or that with a number.
func free(root *os.Root, folder, name string) (string, error) {
	end := filepath.Ext(name)
	if len(end) > 20 || end == name {
		end = ""
	}
	stem := cut(strings.TrimSuffix(name, end), nameMost-len(end))
	to := folder + "/" + stem + end
	for n := 2; ; n++ {
		_, err := root.Lstat(to)
		if errors.Is(err, fs.ErrNotExist) {
			return to, nil
		}
		if err != nil {
			return "", err
		}
		to = fmt.Sprintf("%s/%s (%d)%s", folder, stem, n, end)
	}
}

// cut shortens a name to at most so many bytes, between two characters where it is
// of characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for end := most; end > most-utf8.UTFMax; end-- {
		if utf8.RuneStart(s[end]) {
			return s[:end]
		}
	}
	return s[:most]
}
