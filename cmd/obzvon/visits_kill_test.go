package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/company"
)

const killedSites = 600

// internet stands for all sites: the program asks it as its proxy.
type internet struct {
	mu    sync.Mutex
	homes map[string]int // home pages asked for, by host
	at    map[string]int // requests under way, by host
	twice []string       // hosts that were asked for two things at a time
}

func (s *internet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := strings.TrimPrefix(r.Host, "www.")
	s.mu.Lock()
	if r.URL.Path == "/" {
		s.homes[host]++
	}
	if s.at[host]++; s.at[host] > 1 {
		s.twice = append(s.twice, host)
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.at[host]--
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch r.URL.Path {
	case "/":
		fmt.Fprint(w, `<h1>Пример</h1><a href="/contacts">Контакты</a>`)
	case "/contacts":
		fmt.Fprint(w, `<p>Отдел снабжения: +7 (907) 341-25-18, snab@`+host+`</p>`)
	default:
		http.NotFound(w, r)
	}
}

// A night killed with SIGKILL amid its visits and run again asks no host for
// its home page twice. What was under way is lost to the night, no more.
func TestKilledVisitsAskNobodyTwice(t *testing.T) {
	net := &internet{homes: map[string]int{}, at: map[string]int{}}
	server := httptest.NewServer(net)
	defer server.Close()
	dir := t.TempDir()
	writeSited(t, dir, server.URL)
	args := []string{"--config", "obzvon.yaml"}
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	killed := 0
	for range 6 {
		if kill(t, dir, 60*time.Millisecond+time.Duration(random.Int64N(int64(240*time.Millisecond))), args...) {
			killed++
		}
	}
	if killed == 0 {
		t.Error("no run was killed in time")
	}
	if out, err := child(t, dir, args...).CombinedOutput(); err != nil {
		t.Fatalf("run after %d kills: %v\n%s", killed, err, out)
	}
	if out, err := child(t, dir, "--config", "obzvon.yaml", "--json", "--quiet").Output(); err != nil || !regexp.MustCompile(`"asking": [1-9]`).Match(out) {
		t.Errorf("nothing was found on any site: %v\n%s", err, out)
	}
	for host, n := range net.homes {
		if n > 1 {
			t.Errorf("%s was visited %d times", host, n)
		}
	}
	if len(net.twice) > 0 {
		t.Errorf("two requests at a time: %q", net.twice)
	}
	const underWay = 24 // at_once, and what was claimed ahead
	t.Logf("%d kills, %d of %d sites visited", killed, len(net.homes), killedSites)
	if len(net.homes) < killedSites-killed*underWay {
		t.Errorf("%d of %d sites were visited: %d kills may lose %d each", len(net.homes), killedSites, killed, underWay)
	}
}

func writeSited(t *testing.T, dir, proxy string) {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("ИНН;Название;Город;Сайт;ОКВЭД\n")
	for i := range killedSites {
		fmt.Fprintf(&rows, "%s;ООО Пример %d;Пермь;http://firm%d.example;45.20\n", siteINN(t, i), i, i)
	}
	files := map[string]string{
		"list.csv": rows.String(),
		"obzvon.yaml": `schema_version: 1
strategy: {start_date: "2026-11-01"}
sources:
  list: {adapter: table, trust: 50, paths: ["list.csv"], terms_accepted: "2026-11-21"}
fetch: {contact: "lead@seller.example", pace: 0s, proxy: "` + proxy + `"}
enrich:
  website: {trust: 60, budget: 1000, at_once: 8}
`,
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func siteINN(t *testing.T, n int) company.INN {
	t.Helper()
	for last := range 10 {
		if v, err := company.ParseINN(fmt.Sprintf("5900%05d%d", n, last)); err == nil {
			return v
		}
	}
	t.Fatal("no check digit fits")
	return ""
}
