package fetch_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// BenchmarkDownload brings an archive over the loopback, with every member's
// checksum read at the end.
func BenchmarkDownload(b *testing.B) {
	zip := fetchtest.Zip(b, 1, 64, 1<<20)
	s := fetchtest.NewServer(b)
	s.Serve("/x.zip", dated(zip, `"1"`))
	c := fetch.New(fetch.Options{Allow: fetchtest.Loopback()})
	defer c.Close()
	dir := b.TempDir()
	b.ReportAllocs()
	b.SetBytes(int64(len(zip)))
	for i := 0; b.Loop(); i++ {
		if _, err := download(b, c, s.URL+"/x.zip", filepath.Join(dir, strconv.Itoa(i), "x.zip")); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(zip))*float64(b.N)/1e6/b.Elapsed().Seconds(), "packed-MB/s")
}
