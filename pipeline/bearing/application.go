package bearing

import (
	"slices"
	"strconv"
	"strings"
)

// Application is a machine with the bearings that are usual in it.
type Application struct {
	Machine  string    // Russian
	Bearings []Bearing //
	Sources  int       // how many catalogues say so; 0 = the sizes are usual ones
}

// Applications are the machines that firms of a segment run or repair, by the
// segment's id; none for an id that the table does not have.
func Applications(segment string) []Application {
	var out []Application
	for _, f := range rows(applicationsTSV) {
		if !slices.Contains(strings.Split(f[0], ","), segment) {
			continue
		}
		a := Application{Machine: f[1]}
		a.Bearings, _ = Parse(f[2]) // a test reads every row whole
		if n, err := strconv.Atoi(f[3]); err == nil {
			a.Sources = n
		}
		out = append(out, a)
	}
	return out
}
