package fetch_test

import (
	"os"
	"path/filepath"
	"testing"

	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/realfiles"
)

// TestRealArchivesThroughABreakingServer brings each real archive of ФНС
// through everything that goes wrong on the way, to the byte.
func TestRealArchivesThroughABreakingServer(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(realfiles.Path(t, "fns-rsmp"), "..", "fns-*", "*.zip"))
	if err != nil || len(found) < 5 {
		t.Fatalf("%d archives, %v", len(found), err)
	}
	for _, file := range found {
		zip, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := len(zip)
		steps := map[string][]fetchtest.Step{
			"breaks":         {fetchtest.Cut(n / 7), fetchtest.Cut(n / 7), fetchtest.Cut(0), fetchtest.Cut(n / 7)},
			"ends early":     {fetchtest.EndEarly(n / 2), fetchtest.EndEarly(n / 4)},
			"corrupt":        {fetchtest.Corrupt(n/3, n/3+4096)},
			"corrupt ends":   {fetchtest.Corrupt(0, 40), fetchtest.Plain},
			"errors":         {fetchtest.Status(500, ""), fetchtest.Status(429, "60"), fetchtest.Cut(n / 2), fetchtest.Status(503, "")},
			"without Range":  {fetchtest.Cut(n / 2), fetchtest.NoRange()},
			"lies":           {fetchtest.Cut(n / 2), fetchtest.LyingRange(7)},
			"all of it":      {fetchtest.Status(502, ""), fetchtest.Cut(n / 3), fetchtest.OtherBytes(), fetchtest.Cut(100), fetchtest.Corrupt(n/2, n/2+1)},
			"length is less": {fetchtest.WrongLength(n / 2)},
		}
		for name, script := range steps {
			s := fetchtest.NewServer(t)
			s.Serve("/x.zip", dated(zip, `"1"`), script...)
			path := filepath.Join(t.TempDir(), "x.zip")
			cl, _ := client(t)
			if name == "corrupt ends" {
				// Its first bytes are no zip's: refused before anything is written.
				if _, err := download(t, cl, s.URL+"/x.zip", path); err == nil {
					t.Errorf("%s, %s: no error", filepath.Base(file), name)
				}
			}
			if _, err := download(t, cl, s.URL+"/x.zip", path); err != nil {
				t.Errorf("%s, %s: %v", filepath.Base(file), name, err)
				continue
			}
			holds(t, path, zip)
		}
	}
}
