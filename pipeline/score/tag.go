package score

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Tag names what rows depend on beside the observations of their company: the
// layout, the match part of the segments file, and of the sources in force
// what decides between values. Rows kept under another tag must be made anew.
//
// Names, trust, what is an annex and what is asked are in it: a source that is switched on
// or off has a say in every company. Which sources have a bit is in it too,
// since a bit means another source when the order moves. The day of a release
// is not, or every month would make millions of rows anew. It is in the tag
// only where rows hold it or it decides something: of a source beyond
// MaxWhole, and of one that shares its trust with another, for only between
// equals does the fresher word win. Within one source a newer release changes
// nothing: all that it holds was said on one day, the older and the newer.
func Tag(segments *config.Segments, s company.Standings) string {
	rel := NewReleases(s)
	equals := map[int]int{}
	for _, st := range s {
		equals[st.Trust]++
	}
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(s)) {
		st, r := s[name], rel.of(name)
		day := r.shown
		if equals[st.Trust] > 1 {
			day = st.Shown
		}
		fmt.Fprintf(h, "%q %d %t %t %d %d\n", name, st.Trust, st.Annex, st.Asked, r.bit, day)
	}
	return "row" + strconv.Itoa(RowVersion) + "-" + segments.MatchTag() + "-" + hex.EncodeToString(h.Sum(nil)[:8])
}
