package main

import (
	"os"
	"path/filepath"
	"strings"

	"obzvon/pipeline/store/bolt"
)

// leftOver names what a kill has left: copies of the stores with all that was in
// them, which no list is made from. To be asked by whoever holds the store, since a
// file that is being written is none.
func leftOver(dir string) []finding {
	f := finding{What: "left over", OK: true, Warn: true}
	entries, err := os.ReadDir(dir)
	if err != nil {
		f.OK, f.Detail, f.Advice = false, err.Error(), "make the folder readable for this user"
		return []finding{f}
	}
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), bolt.Unfinished) || strings.HasSuffix(e.Name(), ".db.compact") {
			found = append(found, filepath.Join(dir, e.Name()))
		}
	}
	if len(found) == 0 {
		return nil
	}
	f.Detail = "a restore or compact was killed and left old data: " + strings.Join(found, ", ")
	f.Advice = "see that no restore is running, then delete it with all that is in it"
	return []finding{f}
}
