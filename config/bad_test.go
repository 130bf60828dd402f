package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadConfig pins the whole message: it is all that an operator sees.
func TestBadConfig(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"misspelt key", "store: {lock_timout: 5s}", `my.yaml:2: store.lock_timout: unknown key; the nearest known one is lock_timeout`},
		{"misspelt at the top", "sorces: {}", `my.yaml:2: sorces: unknown key; the nearest known one is sources`},
		{"key of another place", "lock_timeout: 5s", `my.yaml:2: lock_timeout: unknown key here; the key of this name is store.lock_timeout`},
		{"unquoted region", "seller:\n  region: 77", `my.yaml:3: seller.region: 77: YAML reads this as a number: write "77" in quotes`},
		{"unquoted region with a zero", "seller:\n  region: 02", `my.yaml:3: seller.region: 02: YAML reads this as a number: write "02" in quotes`},
		{"unquoted code", "collect:\n  extra_codes:\n    - \"45.31\"\n    - 45.20", `my.yaml:5: collect.extra_codes[1]: 45.20: YAML reads this as a number: write "45.20" in quotes`},
		{"no such code", "collect: {extra_codes: [\"45.99\"]}", `my.yaml:2: collect.extra_codes[0]: "45.99": not in the classifier ОКВЭД2`},
		{"no code at all", "collect: {extra_codes: [\"4520\"]}", `my.yaml:2: collect.extra_codes[0]: "4520": want an ОКВЭД code in quotes: NN, NN.N, NN.NN, NN.NN.N or NN.NN.NN`},
		{"no such region", "seller: {region: \"00\"}", `my.yaml:2: seller.region: "00": want the two digits of a region in quotes such as "77"`},
		{"dials", "managers:\n  - id: a\n    name: А\n    dials: 0\n    from: \"09:00\"\n    until: \"18:00\"", `my.yaml:5: managers[0].dials: 0: want a whole number from 1 to 200`},
		{"missing key of a list", "managers:\n  - id: a\n    name: А\n    dials: 5\n    from: \"09:00\"", `my.yaml:3: managers[0].until: "": missing: want a time of day as "HH:MM"`},
		{"clocks", "call_list: {local_from: \"18:00\", local_until: \"09:00\"}", `my.yaml:2: call_list.local_until: "09:00": want a time after local_from ("18:00")`},
		{"clock form", "run: {deadline: \"7:00\"}", `my.yaml:2: run.deadline: "7:00": want a time of day as "HH:MM"`},
		{"clock as a number", "run: {deadline: 7}", `my.yaml:2: run.deadline: 7: YAML reads this as a number: write "7" in quotes`},
		{"anchor", "managers:\n  - &a {id: a}", `my.yaml:3: managers[0]: anchors and aliases are not allowed: write the value out`},
		{"day", "strategy: {start_date: 01.11.2026}", `my.yaml:2: strategy.start_date: "01.11.2026": want a day as YYYY-MM-DD`},
		{"no such day", "strategy: {start_date: \"2026-02-30\"}", `my.yaml:2: strategy.start_date: "2026-02-30": want a day as YYYY-MM-DD`},
		{"empty day", "strategy: {start_date: \"\"}", `my.yaml:2: strategy.start_date: "": want a day as YYYY-MM-DD`},
		{"zone", "seller: {time_zone: Moscow}", `my.yaml:2: seller.time_zone: "Moscow": want a name of the IANA data base such as "Europe/Moscow"`},
		{"duration", "store: {lock_timeout: 5}", `my.yaml:2: store.lock_timeout: 5: want a duration such as 10s or 2m`},
		{"negative duration", "store: {lock_timeout: -5s}", `my.yaml:2: store.lock_timeout: -5s: want a duration of 0s or more`},
		{"share", "run: {quarantine_limit: 2}", `my.yaml:2: run.quarantine_limit: 2: want a number from 0 to 1`},
		{"not a number", "run: {quarantine_limit: .nan}", `my.yaml:2: run.quarantine_limit: .nan: want a number`},
		{"bool", "collect: {additional_codes: yes please}", `my.yaml:2: collect.additional_codes: "yes please": want true or false`},
		{"list wanted", "managers: {id: a}", `my.yaml:2: managers: keys with values: want a list: "- " before each item, or [a, b]`},
		{"keys wanted", "seller: [a]", `my.yaml:2: seller: a list: want keys with values`},
		{"no value", "data_dir:", `my.yaml:2: data_dir: no value: write one, or remove the line`},
		{"key twice", "data_dir: a\ndata_dir: b", `my.yaml:3: data_dir: stands here twice`},
		{"number as a key", "12: a", `my.yaml:2: 12: want a key of letters; quote it if it looks like a number`},
		{"section name", "sources: {\"Мой\": {}}", `my.yaml:2: sources.Мой: want a name of small latin letters, digits, - and _`},
		{"a name for two", "sources: {rmsp: {paths: [x]}}\nenrich: {rmsp: {}}", `my.yaml:3: enrich.rmsp: a source has that name too: give this one another and name the adapter, such as rmsp_more: {adapter: rmsp}`},
		{"names alike", "sources: {a-b: , a_b: }", `my.yaml:2: sources.a_b: differs from a-b in - and _ only`},
		{"manager twice", "managers:\n  - {id: a, name: А, dials: 1, from: \"09:00\", until: \"10:00\"}\n  - {id: a, name: Б, dials: 1, from: \"09:00\", until: \"10:00\"}", `my.yaml:4: managers[1].id: "a": stands here twice`},
		{"manager's id", "managers: [{id: Анна, name: А, dials: 1, from: \"09:00\", until: \"10:00\"}]", `my.yaml:2: managers[0].id: "Анна": want 1 to 40 small latin letters, digits, - and _`},
		{"no manager", "managers: []", `my.yaml:2: managers: want at least one manager`},
		{"trust", "sources: {rsmp: {trust: 101}}", `my.yaml:2: sources.rsmp.trust: 101: want a whole number from 0 to 100`},
		{"holiday on a weekend", "calendar: {holidays: [\"2026-11-21\"]}", `my.yaml:2: calendar.holidays[0]: "2026-11-21": is a Saturday, a day off anyway: want days off from Monday to Friday`},
		{"working Monday", "calendar: {workdays: [\"2026-11-23\"]}", `my.yaml:2: calendar.workdays[0]: "2026-11-23": is a Monday, a working day anyway: want working Saturdays and Sundays`},
		{"mail domain", "resolve: {free_mail: [\"@mail.ru\"]}", `my.yaml:2: resolve.free_mail[0]: "@mail.ru": want a domain in small letters such as mail.ru`},
		{"a key with a line break", "\"a\\nb\": 1", `my.yaml:2: "a\nb": unknown key; the nearest known one is web`},
		{"memory limit too small", "run: {memory_limit: 95MiB}", `my.yaml:2: run.memory_limit: "95MiB": want a size of at least 96MiB such as 256MiB or 2GiB, or off`},
		{"memory limit without a unit", "run: {memory_limit: 268435456}", `my.yaml:2: run.memory_limit: 268435456: want a size of at least 96MiB such as 256MiB or 2GiB, or off`},
		{"memory limit in other units", "run: {memory_limit: 256MB}", `my.yaml:2: run.memory_limit: "256MB": want a size of at least 96MiB such as 256MiB or 2GiB, or off`},
		{"contact", "fetch: {contact: somebody}", `my.yaml:2: fetch.contact: "somebody": want an e-mail address, or the address of a page that begins with https://`},
		{"timeout", "fetch: {timeout: 0s}", `my.yaml:2: fetch.timeout: 0s: want a duration from 1s to 10m`},
		{"pace", "fetch: {pace: -1s}", `my.yaml:2: fetch.pace: -1s: want a duration from 0s to 1h`},
		{"proxy", "fetch: {proxy: \"10.0.0.1:3128\"}", `my.yaml:2: fetch.proxy: want an address such as http://10.1.2.3:3128; http, https and socks5 are known`},
		{"allowed address", "fetch: {allow_prefixes: [\"10.1.2.3\"]}", `my.yaml:2: fetch.allow_prefixes[0]: "10.1.2.3": want a range of addresses as CIDR such as "10.1.2.0/24"`},
		{"allowed range that is wider than written", "fetch: {allow_prefixes: [\"10.1.2.3/8\"]}", `my.yaml:2: fetch.allow_prefixes[0]: "10.1.2.3/8": want a range of addresses as CIDR such as "10.1.2.0/24"`},
		{"long list", "collect: {extra_codes: [" + strings.Repeat("x,", listLimit+1) + "]}", `my.yaml:2: collect.extra_codes: 10001 items: want at most 10000`},
		{"not YAML", "seller: {", `my.yaml:2: not YAML: did not find expected node content`},
		{"two documents", "data_dir: a\n---\ndata_dir: b", `my.yaml:3: a second document: want one`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "my.yaml", "schema_version: 1\n"+c.text+"\n")
			_, _, err := Load(Options{Path: path})
			if !errors.Is(err, ErrConfig) {
				t.Fatalf("got %v, want ErrConfig", err)
			}
			if got := strings.TrimPrefix(err.Error(), filepath.Dir(path)+"/"); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSchemaVersionGuard(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "my.yaml: schema_version: missing: want schema_version: 1",
		"# nothing\n":                            "my.yaml: schema_version: missing: want schema_version: 1",
		"data_dir: x\nnonsense: 1\n":             "my.yaml: schema_version: missing: want schema_version: 1",
		"nonsense: 1\nschema_version: 2\n":       "my.yaml:2: schema_version: 2: too new: this program reads 1, a newer one wrote the file",
		"schema_version: 0\n":                    "my.yaml:1: schema_version: 0: too old: this program reads 1, see CHANGELOG.md for what changed",
		"schema_version: \"1\"\n":                "my.yaml:1: schema_version: \"1\": want schema_version: 1",
		"schema_version: 99999999999999999999\n": "my.yaml:1: schema_version: 99999999999999999999: want schema_version: 1",
		"[1, 2]\n":                               "my.yaml: schema_version: missing: want schema_version: 1",
	} {
		path := write(t, "my.yaml", text)
		_, _, err := Load(Options{Path: path})
		if err == nil || strings.TrimPrefix(err.Error(), filepath.Dir(path)+"/") != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
		if _, err := ParseSegments("my.yaml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("segments %q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestBadEnvironment(t *testing.T) {
	for pair, want := range map[string]string{
		"OBZVON_STORE_LOCK_TIMOUT=5s":      "environment: OBZVON_STORE_LOCK_TIMOUT: unknown variable; the nearest known one is OBZVON_STORE_LOCK_TIMEOUT",
		"OBZVON_GIS_KEI=very secret":       "environment: OBZVON_GIS_KEI: unknown variable; the nearest known one is OBZVON_GIS_KEY",
		"OBZVON_STORE_LOCK_TIMEOUT=five":   `environment: OBZVON_STORE_LOCK_TIMEOUT: "five": want a duration such as 10s or 2m`,
		"OBZVON_CALL_LIST_TARGETS=many":    `environment: OBZVON_CALL_LIST_TARGETS: "many": want a whole number`,
		"OBZVON_SELLER_REGION=00":          `environment OBZVON_SELLER_REGION: seller.region: "00": want the two digits of a region in quotes such as "77"`,
		"OBZVON_SCHEMA_VERSION=2":          "environment: OBZVON_SCHEMA_VERSION: unknown variable; the nearest known one is OBZVON_SCHEDULE_CRON",
		"OBZVON_SOURCES_NONE_ENABLED=true": "environment: OBZVON_SOURCES_NONE_ENABLED: unknown variable; the nearest known one is OBZVON_SOURCES_GIS_ENABLED",
	} {
		_, _, err := Load(Options{Environ: []string{pair}, KnownEnv: []string{"OBZVON_GIS_KEY"}})
		if !errors.Is(err, ErrConfig) || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", pair, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the value of an unknown variable stands in the message: %v", err)
		}
	}
}

func TestErrorsCarryTheirParts(t *testing.T) {
	path := write(t, "my.yaml", "schema_version: 1\nrun: {quarantine_limit: 3}\nstore: {lock_timeout: x}\n")
	_, _, err := Load(Options{Path: path})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	if e.File != path || e.Line != 3 || e.Key != "store.lock_timeout" || e.Value != `"x"` || e.Allowed != "want a duration such as 10s or 2m" {
		t.Errorf("%+v", e)
	}
}

func TestManyProblemsAreOneMessage(t *testing.T) {
	var text strings.Builder
	text.WriteString("schema_version: 1\n")
	for i := range 50 {
		fmt.Fprintf(&text, "nonsense_%d: 1\n", i)
	}
	_, err := ParseSegments("s.yaml", []byte(text.String()))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != problemLimit+1 || !strings.HasSuffix(lines[problemLimit], "and 30 more") {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}
