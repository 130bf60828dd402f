package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/night"
	"obzvon/pipeline/realfiles"
)

// published is a sample as ФНС publishes such files: a name, a day, and a
// working day soon after it, on which nothing is stale.
type published struct {
	section  string // adapter and its keys
	sample   string
	name     string
	day, run string // YYYY-MM-DD
	counts   pipeline.Counts
}

func allPublished() []published {
	taken := func(n int64) pipeline.Counts { return pipeline.Counts{Declared: n, Read: n, Taken: n} }
	return []published{
		{"adapter: rsmp", "fns-rsmp/rsmp-4.01-two-members.zip", "data-10022019-structure-08012016.zip", "2019-02-10", "2019-02-18", taken(510)},
		{"adapter: fns, set: sshr2019", "fns-sshr/data-test-empl-1.zip", "data-20200331-structure-20180110.zip", "2020-03-31", "2020-04-06", taken(9)},
		{"adapter: fns, set: sshr2019", "fns-sshr/sshr-2024-one-member.zip", "data-20241025-structure-20200408.zip", "2024-10-25", "2024-11-11", taken(900)},
		{"adapter: fns, set: revexp", "fns-revexp/revexp-2019-two-members.zip", "data-20191001-structure-20180110.zip", "2019-10-01", "2019-10-07", taken(655)},
		{
			"adapter: fns, set: revexp", "fns-revexp/revexp-2024-one-member.zip", "data-20241025-structure-20180110.zip", "2024-10-25", "2024-11-11",
			pipeline.Counts{Declared: 900, Read: 900, Taken: 899, Quarantined: 1},
		},
		{"adapter: fns, set: paytax", "fns-paytax/paytax-2023-one-member.zip", "data-20231107-structure-20180110.zip", "2023-11-07", "2023-11-13", taken(900)},
	}
}

func (p published) bytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(realfiles.Path(t, p.sample))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// later is the next release under the same rules, which never arrives.
func (p published) later() string {
	if strings.HasPrefix(p.section, "adapter: rsmp") {
		return "data-10032019-structure-08012016.zip"
	}
	return "data-" + strings.ReplaceAll(p.run, "-", "") + "-structure-20180110.zip"
}

// site is a server with the page of a set, and an installation that reads it.
type site struct {
	*fetchtest.Server
	t      *testing.T
	of     published
	clock  *fetchtest.Clock
	config string
}

const folderOfSet = "/opendata/7707329152-set/"

// newSite publishes a sample with what goes wrong on the way.
func newSite(t *testing.T, of published, steps ...fetchtest.Step) site {
	t.Helper()
	running := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, running) })
	s := site{Server: fetchtest.NewServer(t), t: t, of: of, clock: fetchtest.NewClock()}
	s.publish(of.name, of.day, steps...)
	s.config = configured(t, everything()+fmt.Sprintf(
		"fetch: {allow_prefixes: [\"127.0.0.0/8\", \"::1/128\"]}\nsources:\n  set: {%s, trust: 60, from: %q}\n", of.section, s.URL+folderOfSet))
	return s
}

// publish names a file on the page, as the passport of a set does.
func (s site) publish(name, day string, steps ...fetchtest.Step) {
	data := s.of.bytes(s.t)
	link := s.URL + folderOfSet + name
	page := fmt.Sprintf(`<!DOCTYPE html><html><head><title>Набор</title></head><body><table>`+
		`<tr><td>8</td><td>Гиперссылка (URL) на набор</td><td><a href="%s">%s</a></td></tr>`+
		`<tr><td>12</td><td>Дата последнего внесения изменений</td><td>%s</td></tr></table></body></html>`, link, link, day)
	s.Serve(folderOfSet, fetchtest.File{Content: []byte(page), ETag: `"page of ` + day + `"`, Type: "text/html"})
	s.Serve(folderOfSet+name, fetchtest.File{
		Content: data, ETag: `"` + name + `"`, Type: "application/zip", Modified: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}, steps...)
}

// obzvon runs a command line in this process on the site's clock.
func (s site) obzvon(args ...string) ended {
	s.t.Helper()
	var out, errs bytes.Buffer
	a := &app{io: streams{out: &out, err: &errs}, clock: s.clock}
	code := a.execute(s.t.Context(), append([]string{"--config", s.config}, args...))
	return ended{out.String(), errs.String(), code}
}

// night runs a whole night and returns its one source.
func (s site) night() (night.SourceReport, ended) {
	s.t.Helper()
	e := s.obzvon("run", "--date", s.of.run, "--json")
	return reported(s.t, e)["set"], e
}

// inbox is what lies where releases are kept, file by file.
func (s site) inbox() map[string]string {
	s.t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(s.config), "data/inbox/set/*"))
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			s.t.Fatal(err)
		}
		out[filepath.Base(name)] = string(data)
	}
	return out
}
