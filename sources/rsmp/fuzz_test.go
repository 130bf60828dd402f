package rsmp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// FuzzDecode: whatever the bytes, no panic; the counts hold; observations and
// rejects keep their promises; a file that is refused gives nothing but a gap;
// one worker and another pull give the same.
func FuzzDecode(f *testing.F) {
	fixed, err := os.ReadFile(filepath.Join("testdata", fixture))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(fixed)
	f.Add([]byte(registry(firm(1, "45.20"), firm(1, "45.31"))))
	f.Add([]byte(registry(strings.Replace(firm(1, "45.20"), string(firmINN(1)), "5", 1))))
	f.Add([]byte("\ufeff" + root(1) + firm(1, "45.20") + "</Файл>"))
	f.Add([]byte(declaration + "<!DOCTYPE x>" + root(0) + "</Файл>"))
	f.Add([]byte(strings.Replace(registry(), "UTF-8", "windows-1251", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		source := New("мсп", []files.Input{files.FromBytes("a.xml", data)}, Options{Workers: 1})
		read := false
		for b, err := range source.Pull(t.Context(), pipeline.Request{}) {
			if err != nil {
				if read {
					t.Errorf("an error after a file that was read: %v", err)
				}
				continue
			}
			if err := b.Counts.Check(); err != nil {
				t.Error(err)
			}
			read = len(b.Gaps) == 0
			if !read && (len(b.Observations) > 0 || len(b.Rejects) > 0 || b.Counts.Read > 0) {
				t.Errorf("a refused file gives %d observations, %d rejects, %+v", len(b.Observations), len(b.Rejects), b.Counts)
			}
			if read && b.Counts.Unread > 0 {
				t.Errorf("unread rows without a gap: %+v", b.Counts)
			}
			for _, o := range b.Observations {
				if err := sourcetest.CheckObservation(&o, false); err != nil {
					t.Errorf("observation %q: %v", o.Key, err)
				}
			}
			for _, r := range b.Rejects {
				if r.Row < 1 || r.Row > b.Counts.Declared || len(r.Raw) > pipeline.RawLimit {
					t.Errorf("reject of row %d of %d, %d bytes kept", r.Row, b.Counts.Declared, len(r.Raw))
				}
			}
		}
	})
}
