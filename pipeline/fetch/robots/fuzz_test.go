package robots_test

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"obzvon/pipeline/fetch/robots"
)

// FuzzParse: whatever stands in a file, it is read; the file itself may be
// asked for; spelling, line ends and a byte order mark change nothing; the rule
// that decides stands in the line it names.
func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /a?u=http://x\nCrawl-delay: 3\n"), "/a/b?u=http%3A%2F%2Fx")
	f.Add([]byte("\xef\xbb\xbfuser-agent: obzvon\r\rDisallow /%61%2f%\n#"), "/a/%")
	f.Add([]byte("User-agent: obzvon\nDisallow: *\nAllow: $\nAllow: /контакты"), "/контакты")
	f.Fuzz(func(t *testing.T, file []byte, uri string) {
		r := robots.Parse(file, "obzvon")
		if _, ok := r.Check("/robots.txt"); !ok || r.Delay() < 0 {
			t.Errorf("robots.txt forbidden or a delay of %s", r.Delay())
		}
		rule, ok := r.Check(uri)
		if rule.Line == 0 && !ok {
			t.Error("forbidden by no rule")
		}
		if rule.Line > 0 {
			if rule.Allow != ok {
				t.Errorf("%t by %s", ok, rule)
			}
			if line := lineOf(file, rule.Line); !strings.Contains(line, rule.Path) {
				t.Errorf("%s is not in %q", rule, line)
			}
		}
		if len(file) > robots.Limit/2 {
			return
		}
		for name, same := range map[string][]byte{
			"with a byte order mark": append([]byte("\xef\xbb\xbf"), bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))...),
			"with lines of Windows":  bytes.ReplaceAll(bytes.ReplaceAll(file, []byte("\r"), []byte("\n")), []byte("\n"), []byte("\r\n")),
		} {
			if _, other := robots.Parse(same, "obzvon").Check(uri); other != ok {
				t.Errorf("%s: %t, else %t", name, other, ok)
			}
		}
		if u, err := url.Parse(uri); err == nil && strings.HasPrefix(uri, "/") && u.Host == "" && u.Fragment == "" && !strings.Contains(uri, "#") {
			if _, other := r.Check(u.RequestURI()); other != ok && !strings.HasSuffix(uri, "?") && !strings.ContainsAny(uri, "%") {
				t.Errorf("%q: %t, as sent, %q: %t", uri, ok, u.RequestURI(), other)
			}
		}
	})
}

func lineOf(file []byte, n int) string {
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	lines := regexp.MustCompile("\r\n|\r|\n").Split(string(file), n+1)
	if n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// FuzzPattern: a pattern means what its regular expression means.
func FuzzPattern(f *testing.F) {
	f.Add("a*b$", "/axb")
	f.Add("**a*", "/bab")
	f.Add("a$b*c", "/a$bxc")
	f.Add("*a*a$", "/aaba")
	f.Fuzz(func(t *testing.T, path, uri string) {
		for _, s := range []string{path, uri} {
			for i := range len(s) {
				if !strings.ContainsRune("abc/*$.", rune(s[i])) {
					return // spelling is tried elsewhere
				}
			}
		}
		path, uri = "/"+path, "/"+uri
		expr := regexp.QuoteMeta(path)
		if base, ok := strings.CutSuffix(expr, `\$`); ok {
			expr = base + "$"
		}
		want := regexp.MustCompile("^" + strings.ReplaceAll(expr, `\*`, ".*")).MatchString(uri)
		rules := robots.Parse([]byte("User-agent: *\nDisallow: "+path), "obzvon")
		if _, ok := rules.Check(uri); ok == want {
			t.Errorf("%q of %q: matches %t, want %t", path, uri, !ok, want)
		}
	})
}

// BenchmarkCheck asks the longest file there is, made to be slow.
func BenchmarkCheck(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("User-agent: *\n")
	for file.Len() < robots.Limit {
		file.WriteString("Disallow: *a*a*b$\n")
	}
	r := robots.Parse(file.Bytes(), "obzvon")
	uri := "/" + strings.Repeat("a", 2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := r.Check(uri); !ok {
			b.Fatal("forbidden")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/check")
}

// BenchmarkParse reads an ordinary file.
func BenchmarkParse(b *testing.B) {
	file := []byte("User-agent: *\n" + strings.Repeat("Disallow: /bitrix/\nDisallow: /*?print=\nAllow: /upload/\n", 30) + "Sitemap: https://x.example/sitemap.xml\n")
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if r := robots.Parse(file, "obzvon"); r.Size() == 0 {
			b.Fatal("nothing")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
}
