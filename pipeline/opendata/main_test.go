package opendata

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const folder = "/opendata/7707329152-rsmp/"

// publisher is a server with the page of a set and its releases.
type publisher struct {
	*fetchtest.Server
	t *testing.T
}

func publish(t *testing.T) publisher { return publisher{fetchtest.NewServer(t), t} }

// passport is a page in the form of ФНС, with a release and earlier ones.
func (p publisher) passport(changed, newest string, earlier ...string) string {
	var before strings.Builder
	for _, name := range earlier {
		fmt.Fprintf(&before, `<br><a href="%s">%s</a>`, p.URL+folder+name, name)
	}
	link := p.URL + folder + newest
	return fmt.Sprintf(`<!DOCTYPE html><html><head><title>Набор</title></head><body><table>
<tr><th>№</th><th>Характеристика</th><th>Значение характеристики</th></tr>
<tr><td>1</td><td>Идентификационный номер</td><td property="dc:identifier">7707329152-rsmp</td></tr>
<tr><td>8</td><td>Гиперссылка (URL) на набор</td><td><a href="%s">%s</a></td></tr>
<tr><td>12</td><td>Дата последнего внесения изменений</td><td>%s</td></tr>
<tr><td>16</td><td>Гиперссылки (URL) на предыдущие релизы набора данных</td><td>%s</td></tr>
</table><div property="dc:source" content="%s"></div></body></html>`, link, link, changed, before.String(), link)
}

// page puts a page into the folder.
func (p publisher) page(text string) {
	p.Serve(folder, fetchtest.File{Content: []byte(text), ETag: fmt.Sprintf(`"%x"`, crc32.ChecksumIEEE([]byte(text))), Type: "text/html"})
}

// release puts a zip into the folder and returns it.
func (p publisher) release(name string, seed uint64, steps ...fetchtest.Step) []byte {
	content := fetchtest.Zip(p.t, seed, 4, 9000)
	p.Serve(folder+name, fetchtest.File{
		Content: content, ETag: fmt.Sprintf(`"%d"`, seed), Type: "application/zip",
		Modified: time.Date(2026, 9, int(seed), 0, 0, 0, 0, time.UTC),
	}, steps...)
	return content
}

func (p publisher) asked() []string {
	var out []string
	for _, r := range p.Requests() {
		out = append(out, filepath.Base(r.Path))
	}
	p.Forget()
	return out
}

func client(t testing.TB, d disk.Disk) *fetch.Client {
	t.Helper()
	c := fetch.New(fetch.Options{Allow: fetchtest.Loopback(), Clock: fetchtest.NewClock(), Disk: d})
	t.Cleanup(c.Close)
	return c
}

func set(t testing.TB, dir string, o Options, d disk.Disk) *Set {
	t.Helper()
	s, err := NewSet("rsmp", dir, o, client(t, d))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// contents is the folder, file by file.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

func names(all map[string]string) []string {
	var out []string
	for name := range all {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// stand holds the folder to the releases it should have, each with its
// sidecar, and to nothing else but the state.
func stand(t testing.TB, dir string, releases ...string) {
	t.Helper()
	want := []string{stateName}
	for _, r := range releases {
		want = append(want, r, r+".json")
	}
	slices.Sort(want)
	if got := names(contents(t, dir)); !slices.Equal(got, want) {
		t.Errorf("the folder has %q, want %q", got, want)
	}
}
