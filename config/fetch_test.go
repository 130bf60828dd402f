package config

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestFetchAndMemoryDefaults(t *testing.T) {
	cfg, _, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Run.MemoryLimit != 256<<20 || cfg.Run.MemoryLimit.Bytes() != 268435456 {
		t.Errorf("memory limit %d", cfg.Run.MemoryLimit)
	}
	f := cfg.Fetch
	if f.Contact != "" || f.Timeout != 30*time.Second || f.Pace != time.Second || f.ProxyURL() != nil || len(f.Prefixes()) != 0 {
		t.Errorf("%+v", f)
	}
}

func TestFetchKeys(t *testing.T) {
	path := write(t, "my.yaml", `
schema_version: 1
run: {memory_limit: off}
fetch: {contact: "https://example.org/bot", timeout: 1m, pace: 0s, allow_prefixes: ["10.1.2.0/24", "fd00::/8"]}
`)
	cfg, _, err := Load(Options{Path: path, Environ: []string{"OBZVON_FETCH_PROXY=socks5://u:secret@10.0.0.1:1080", "OBZVON_FETCH_PACE=3s"}})
	if err != nil {
		t.Fatal(err)
	}
	f := cfg.Fetch
	if cfg.Run.MemoryLimit != 0 || f.Contact != "https://example.org/bot" || f.Timeout != time.Minute || f.Pace != 3*time.Second {
		t.Errorf("%v %+v", cfg.Run.MemoryLimit, f)
	}
	want := []netip.Prefix{netip.MustParsePrefix("10.1.2.0/24"), netip.MustParsePrefix("fd00::/8")}
	if got := f.Prefixes(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("prefixes %v", got)
	}
	if p := f.ProxyURL(); p == nil || p.Host != "10.0.0.1:1080" || p.User.Username() != "u" {
		t.Errorf("proxy %v", p)
	}
	cfg, _, err = Load(Options{Environ: []string{"OBZVON_RUN_MEMORY_LIMIT=2GiB"}})
	if err != nil || cfg.Run.MemoryLimit != 2<<30 {
		t.Errorf("%v, %v", cfg, err)
	}
}

func TestContacts(t *testing.T) {
	for contact, ok := range map[string]bool{
		"": true, "obzvon@example.org": true, "https://example.org/bot": true, "http://example.org": true,
		"somebody": false, "Анна <a@example.org>": false, "a@example.org; x": false, "a@example.org)\r\nX: y": false,
		"https://": false, "ftp://example.org": false, "https://u:p@example.org": false, "a@пример.рф": false,
	} {
		c := checker{where: func(string) place { return place{} }}
		c.fetch(&Fetch{Contact: contact, Timeout: time.Second})
		if (c.problems.err() == nil) != ok {
			t.Errorf("%q: %v, want accepted %t", contact, c.problems.err(), ok)
		}
	}
}

// TestProxyPasswordStaysUnsaid: a proxy of wrong form may be a right one with
// a slip, password and all.
func TestProxyPasswordStaysUnsaid(t *testing.T) {
	for _, proxy := range []string{"ftp://u:secret@host:1", "http://u:secret@host:1/path", "u:secret@host", "http://u:secret@:99999x"} {
		_, _, err := Load(Options{Environ: []string{"OBZVON_FETCH_PROXY=" + proxy}})
		if !errors.Is(err, ErrConfig) || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "fetch.proxy") {
			t.Errorf("%v", err)
		}
	}
}

func FuzzMemory(f *testing.F) {
	for _, s := range []string{"256MiB", "off", "96MiB", "98304KiB", "2 GiB", "1B", "99999999999999999999GiB", "-1GiB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var m, again Memory
		if err := m.UnmarshalText([]byte(s)); err != nil {
			return
		}
		if m != 0 && m < LeastMemory {
			t.Fatalf("%q: %d", s, m)
		}
		if err := again.UnmarshalText([]byte(m.String())); err != nil || again != m {
			t.Fatalf("%q: %s: %d, %v", s, m, again, err)
		}
	})
}

// TestExamplesOfSectionsCanBeUncommented reads the sections that obzvon.yaml
// shows as comments.
func TestExamplesOfSectionsCanBeUncommented(t *testing.T) {
	text := map[string]string{}
	name := ""
	for line := range strings.Lines(string(defaultConfig)) {
		line, comment := strings.CutPrefix(line, "#   ")
		switch key, isKey := strings.CutSuffix(strings.TrimSpace(line), ":"); {
		case !comment:
			name = ""
		case isKey && validID(key) && !strings.HasPrefix(line, " "):
			name = key
		case name != "" && strings.HasPrefix(line, "  "):
			text[name] += line
		}
	}
	if len(text) != 3 {
		t.Fatalf("%d examples, want 3: %v", len(text), text)
	}
	for name, lines := range text {
		s, err := ParseSection(name, lines)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		own := struct {
			From string `mapstructure:"from"`
			Keep int    `mapstructure:"keep"`
			Set  string `mapstructure:"set"`
		}{}
		if err := s.Decode(&own); err != nil || (own.From == "") != (len(s.Paths) > 0) || s.Trust == 0 {
			t.Errorf("%s: %+v, %+v, %v", name, s, own, err)
		}
	}
}
