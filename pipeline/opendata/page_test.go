package opendata

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/realfiles"
)

func day3(y, m, d int) company.Date { return company.NewDate(y, time.Month(m), d) }

// TestNameDates holds the rules to names of which the date is known from the
// months that were published.
func TestNameDates(t *testing.T) {
	for _, c := range []struct {
		name string
		page company.Date
		want company.Date
	}{
		{"data-10092026-structure-12052026.zip", 0, day3(2026, 9, 10)},
		{"data-14062021-structure-15052020.zip", 0, day3(2021, 6, 14)},
		{"data-10112020-structure-15052020.zip", 0, day3(2020, 11, 10)},
		{"data-10122020-structure-15052020.zip", 0, day3(2020, 12, 10)},
		{"data-10102020-structure-15052020.zip", 0, day3(2020, 10, 10)},
		{"data-09102020-structure-15052020.zip", 0, day3(2020, 9, 10)},
		{"data-06102020-structure-15052020.zip", 0, day3(2020, 6, 10)},
		{"data-01102020-structure-10102019.zip", 0, day3(2020, 1, 10)},
		{"data-12102019-structure-08012016.zip", 0, day3(2019, 12, 10)},
		{"data-11122018-structure-08012016.zip", 0, day3(2018, 11, 12)},
		{"data-11252016-structure-08012016.zip", 0, day3(2016, 11, 25)},
		{"data-20260825-structure-20200408.zip", 0, day3(2026, 8, 25)},
		{"data-20260401-structure-20180110.zip", day3(2026, 5, 1), day3(2026, 4, 1)},
		{"data-20240110T0000-structure-20130101T0000.zip", 0, day3(2024, 1, 10)},
		{"data-09102026-structure-12052026.zip", 0, day3(2026, 10, 9)},
		{"data-09102026-structure-12052026.zip", day3(2026, 9, 10), day3(2026, 9, 10)}, // the page says which
		{"data-11252022-structure-1.zip", 0, day3(2022, 11, 25)},
		{"data-99999999-structure-1.zip", day3(2026, 9, 10), 0},
		{"data-31022026-structure-1.zip", 0, 0},
		{"data-123456789.zip", 0, 0},
		{"rsmp.zip", day3(2026, 9, 10), 0},
	} {
		if got := dateOf(c.name, c.page); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRealPassports(t *testing.T) {
	for _, c := range []struct{ file, address, want string }{
		{"rsmp.html", "https://www.nalog.gov.ru/opendata/7707329152-rsmp/", "https://file.nalog.ru/opendata/7707329152-rsmp/data-10022025-structure-10062023.zip 2025-02-10"},
		{"revexp.html", "https://www.nalog.gov.ru/opendata/7707329152-revexp/", "https://file.nalog.ru/opendata/7707329152-revexp/data-20241225-structure-20180110.zip 2024-12-25"},
	} {
		page, err := os.ReadFile(realfiles.Path(t, "fns-passport/"+c.file))
		if err != nil {
			t.Fatal(err)
		}
		base, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		check := func(how string, text []byte, want bool) {
			t.Helper()
			r, err := Newest(text, base, 0)
			if want && (err != nil || r.URL+" "+r.Date.String() != c.want || !strings.HasSuffix(r.URL, "/"+r.Name)) {
				t.Errorf("%s, %s: %+v, %v", c.file, how, r, err)
			}
			if !want && !errors.Is(err, ErrNoRelease) {
				t.Errorf("%s, %s: %+v, %v, want ErrNoRelease", c.file, how, r, err)
			}
		}
		text := string(page)
		item := text[strings.Index(text, "<td>Гиперссылка (URL) на набор</td>"):]
		item = item[:strings.Index(item, "</tr>")]
		check("as it is", page, true)
		check("without item 8", []byte(strings.Replace(text, item, "", 1)), true)
		check("without dc:source", []byte(strings.ReplaceAll(text, `property="dc:source"`, "")), true)
		check("item 8 without a link", []byte(strings.Replace(text, "<td><a href=\"https://file", "<td><b href=\"https://file", 1)), true)
		check("without both", []byte(strings.ReplaceAll(strings.Replace(text, item, "", 1), `property="dc:source"`, "")), false)
		check("leading elsewhere", []byte(strings.ReplaceAll(text, "file.nalog.ru", "file.nalog.ru.example.org")), false)
		check("over another kind of address", []byte(strings.ReplaceAll(text, "https://file", "ftp://file")), false)
		check("cut in front of the table", page[:strings.Index(text, "<table")], false)
		for n := 0; n < len(page); n += 997 { // cut anywhere: the newest or none, never an earlier one
			if r, err := Newest(page[:n], base, 0); err == nil && r.URL+" "+r.Date.String() != c.want {
				t.Fatalf("%s cut to %d bytes: %+v", c.file, n, r)
			}
		}
	}
}

const meta = `property,value
standardversion,http://opendata.gosmonitor.ru/standard/3.0
identifier,7707329152-rsmp
data-10072026-structure-12052026.zip,https://file.nalog.ru/opendata/7707329152-rsmp/data-10072026-structure-12052026.zip
data-10082026-structure-12052026.zip,https://file.nalog.ru/opendata/7707329152-rsmp/data-10082026-structure-12052026.zip
data-10122025-structure-10062025.zip,https://file.nalog.ru/opendata/7707329152-rsmp/data-10122025-structure-10062025.zip
structure-12052026.xsd,https://file.nalog.ru/opendata/7707329152-rsmp/structure-12052026.xsd
`

func TestNewest(t *testing.T) {
	base, err := url.Parse("https://www.nalog.gov.ru/opendata/7707329152-rsmp/meta.csv")
	if err != nil {
		t.Fatal(err)
	}
	list := func(names ...string) string {
		return "<html><title>Index of /</title><a href=\"../\">..</a><a href=\"" + strings.Join(names, "\">x</a><a href=\"") + "\">x</a></html>"
	}
	for _, c := range []struct{ name, page, want string }{
		{"meta.csv", meta, "data-10082026-structure-12052026.zip 2026-08-10"},
		{"meta.csv with a byte order mark and semicolons", "\xef\xbb\xbf" + strings.ReplaceAll(meta, ",", ";"), "data-10082026-structure-12052026.zip 2026-08-10"},
		{"meta.csv in quotes", `"property","value"` + "\n" + `"data-20260825-structure-20200408.zip","data-20260825-structure-20200408.zip"`, "data-20260825-structure-20200408.zip 2026-08-25"},
		{"meta.csv whose date settles the order of day and month", "property,value\nmodified,20260910\ndata-09102026-structure-1.zip,data-09102026-structure-1.zip\n", "data-09102026-structure-1.zip 2026-09-10"},
		{"meta.csv without releases", "property,value\nmodified,20260910\nstructure-1.xsd,structure-1.xsd\n", ""},
		{"meta.csv leading elsewhere", strings.ReplaceAll(meta, "file.nalog.ru", "example.org"), ""},
		{"a mirror's folder", list("data-10122025-structure-10062025.zip", "data-10082026-structure-12052026.zip", "data-10012026-structure-10062025.zip", "readme.txt"), "data-10082026-structure-12052026.zip 2026-08-10"},
		{"a folder with one zip of any name", list("latest.zip", "latest.zip.sha256"), "latest.zip "},
		{"a folder with zips of any name", list("a.zip", "b.zip"), ""},
		{"a folder of a host elsewhere", list("https://example.org/data-10082026-structure-12052026.zip"), ""},
		{"a folder that leads away", list("javascript:x.zip", "//example.org/data-10082026-structure-1.zip", "http://www.nalog.gov.ru/data-10082026-structure-1.zip", "https://u:p@file.nalog.ru/data-10082026-structure-1.zip", "https://file.nalog.ru:8443/data-10082026-structure-1.zip"), ""},
		{"names that are no files", list(".zip", "..zip", ".hidden.zip", "data-10082026%00.zip", "имя.zip", strings.Repeat("a", 300)+".zip"), ""},
		{"nothing", "", ""},
		{"property", "property", ""},
		{"maintenance", "<html><title>Ведутся работы</title></html>", ""},
	} {
		r, err := Newest([]byte(c.page), base, 0)
		if c.want == "" {
			if !errors.Is(err, ErrNoRelease) {
				t.Errorf("%s: %+v, %v, want ErrNoRelease", c.name, r, err)
			}
			continue
		}
		if got := r.Name + " " + r.Date.String(); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	if _, err := Newest([]byte("<title>Ведутся работы</title>"), base, 0); err == nil || !strings.Contains(err.Error(), "Ведутся работы") {
		t.Errorf("%v: want the page's title in it", err)
	}
}

// FuzzNewest: what a page leads to is a zip over http or https, on its own
// host or on one of ФНС, under a name that is a file here.
func FuzzNewest(f *testing.F) {
	f.Add([]byte(meta), "https://www.nalog.gov.ru/opendata/x/")
	f.Add([]byte(`<table><tr><td>8</td><td>Гиперссылка (URL) на набор</td><td>https://file.nalog.ru/data-10082026-structure-1.zip</td></tr></table>`), "http://mirror.example:8080/")
	f.Add([]byte(`<div property="dc:source" content="//evil.example/data-10082026-structure-1.zip">`), "https://nalog.ru/")
	f.Add([]byte(`<a href="data-10082026-structure-1.zip"><a href="http:x.zip">`), "http://h/a/b")
	f.Fuzz(func(t *testing.T, page []byte, address string) {
		base, err := url.Parse(address)
		if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
			return
		}
		r, err := Newest(page, base, 0)
		if err != nil {
			if !errors.Is(err, ErrNoRelease) {
				t.Fatalf("%v", err)
			}
			return
		}
		u, err := url.Parse(r.URL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
			t.Fatalf("%q, %v", r.URL, err)
		}
		host := strings.ToLower(u.Hostname())
		ours := strings.EqualFold(u.Host, base.Host) || host == "nalog.ru" || host == "nalog.gov.ru" || strings.HasSuffix(host, ".nalog.ru") || strings.HasSuffix(host, ".nalog.gov.ru")
		if !ours || base.Scheme == "https" && u.Scheme != "https" && strings.EqualFold(u.Host, base.Host) {
			t.Fatalf("from %q to %q", address, r.URL)
		}
		if strings.ContainsAny(r.Name, `/\`) || strings.HasPrefix(r.Name, ".") || !strings.HasSuffix(strings.ToLower(r.Name), ".zip") {
			t.Fatalf("name %q", r.Name)
		}
	})
}
