// Package sample holds invented companies in the forms of three real sources,
// so that the program runs before anybody has data of his own. The files are
// written by samplegen; README.md lists what is wrong in them on purpose.
package sample

import (
	"embed"
	"io/fs"
)

//go:generate go run ./samplegen

//go:embed rsmp.zip 2gis.csv kompas.xlsx sites.tar.gz
var files embed.FS

// FS returns the sample files: rsmp.zip, 2gis.csv, kompas.xlsx, sites.tar.gz.
func FS() fs.FS { return files }
