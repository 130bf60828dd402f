package archive

import (
	"archive/zip"
	"io/fs"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// nameOf reads names of old Russian packers, which wrote them in code page
// 866 without saying so.
func nameOf(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := charmap.CodePage866.NewDecoder().String(f.Name)
	if err != nil {
		return strings.ToValidUTF8(f.Name, "\uFFFD")
	}
	return name
}

// safeName tells a relative name with forward slashes that stays inside.
func safeName(name string) bool {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "./"), "/")
	return fs.ValidPath(name) && name != "." && !strings.ContainsAny(name, "\\:\x00")
}
