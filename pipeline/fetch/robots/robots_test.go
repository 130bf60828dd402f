package robots_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch/robots"
)

func TestRules(t *testing.T) {
	const ours = "User-agent: obzvon\n"
	for _, c := range []struct {
		name, file string
		permits    string // URIs, separated by spaces
		forbids    string
	}{
		{"empty file", "", "/ /a", ""},
		{"not a robots.txt", "<!DOCTYPE html><html><body>Disallow: /</body></html>", "/ /a", ""},
		{"everything", ours + "Disallow: /", "/robots.txt", "/ /a"},
		{"nothing", ours + "Disallow:", "/ /a", ""},
		{"rule without an agent", "Disallow: /", "/ /a", ""},

		// RFC 9309, section 2.2.1: the token without case; groups that name it
		// are one; else those for everybody; other groups do not matter.
		{"token without case", "USER-AGENT: ObZvOn\nDISALLOW: /a", "/b", "/a"},
		{"token with a version", "User-agent: obzvon/1.2 (+x)\nDisallow: /a", "/b", "/a"},
		{"longer token", "User-agent: obzvonbot\nDisallow: /", "/a", ""},
		{"shorter token", "User-agent: obz\nDisallow: /", "/a", ""},
		{"groups that name it", ours + "Disallow: /a\n\nUser-agent: x\nDisallow: /c\n\n" + ours + "Disallow: /b", "/c", "/a /b"},
		{"ours before everybody's", "User-agent: *\nDisallow: /\n\n" + ours + "Disallow: /a", "/b", "/a"},
		{"ours says nothing", "User-agent: *\nDisallow: /\n\n" + ours + "Disallow:", "/a", ""},
		{"ours at the end of the file", "User-agent: *\nDisallow: /\n" + ours, "/a", ""},
		{"everybody's", "User-agent: x\nDisallow: /\n\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"two everybody's", "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /c\n\nUser-agent: *\nDisallow: /b", "/c", "/a /b"},
		{"several agents of a group", "User-agent: x\nUser-agent: obzvon\n\n# y\nUser-agent: z\nDisallow: /a", "/b", "/a"},
		{"a rule ends the agents", "User-agent: x\nDisallow: /a\nUser-agent: obzvon\nDisallow: /b", "/a", "/b"},
		{"an empty rule too", "User-agent: x\nDisallow:\nUser-agent: obzvon\nDisallow: /b\nUser-agent: y\nDisallow: /a", "/a", "/b"},

		// 2.2.2: the longest match; Allow before Disallow; no match permits;
		// paths have case.
		{"longest", ours + "Disallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/b/x", "/a /a/x /a/b/c"},
		{"longest, in any order", ours + "Disallow: /a/b/c\nAllow: /a/b\nDisallow: /a", "/a/b /a/b/x", "/a /a/x /a/b/c"},
		{"as long", ours + "Disallow: /a\nAllow: /a", "/a /a/b", ""},
		{"case of paths", ours + "Disallow: /a", "/A", "/a /ab"},
		{"from the beginning", ours + "Disallow: /fish", "/catfish /a/fish /?id=fish /Fish", "/fish /fish.html /fish/x /fishheads /fish?id=1"},
		{"with a slash", ours + "Disallow: /fish/", "/fish /fish.html", "/fish/ /fish/x"},
		{"query", ours + "Disallow: /*?print=", "/a /a?x=1", "/a?print=1 /?print="},
		{"example of the RFC", ours + "Disallow: *.gif$\nDisallow: /example/\nAllow: /publications/", "/publications/a /a.gif?x", "/a.gif /example/a /example/"},
		{"example of section 5.2", ours + "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/ /example/page/a.gif", "/example/page/disallowed.gif"},

		// 2.2.2: octets are encoded alike before they are compared.
		{"cyrillic", ours + "Disallow: /контакты", "/", "/%D0%BA%D0%BE%D0%BD%D1%82%D0%B0%D0%BA%D1%82%D1%8B /%d0%ba%d0%be%d0%bd%d1%82%d0%b0%d0%ba%d1%82%d1%8b/x"},
		{"encoded kana", ours + "Disallow: /foo/bar/%E3%83%84", "/foo/bar/", "/foo/bar/%E3%83%84 /foo/bar/\u30c4"},
		{"needless encoding in the rule", ours + "Disallow: /foo/bar/%62%61%7A", "/foo/bar/", "/foo/bar/baz /foo/bar/%62az"},
		{"address in a query", ours + "Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=http", "/foo/bar?baz=https%3A%2F%2Ffoo.bar /foo/bar?baz=https://foo.bar"},
		{"encoded slash of a path", ours + "Disallow: /a%2Fb", "/a/b", "/a%2fb /a%2Fb"},
		{"encoded question mark", ours + "Disallow: /a%3Fb", "/a?b", "/a%3fb"},
		{"percent by itself", ours + "Disallow: /100%", "/100", "/100%25 /100%"},
		{"slash of a query", ours + "Disallow: */b", "/a?b", "/a?u=/b /a/b"},

		// 2.2.3: "*" and a last "$"; encoded they are themselves.
		{"star", ours + "Disallow: /a*/b", "/a /b /a/x", "/a/b /axx/b /a/x/y/bc"},
		{"last star", ours + "Disallow: /a*", "/b", "/a /ab"},
		{"stars", ours + "Disallow: /**a***b", "/b/a /ba", "/ab /xaxbx"},
		{"end", ours + "Disallow: /*.php$", "/a.php?x /a.php5 /a.PHP", "/a.php /x/a.php /a.php/b.php"},
		{"only the first page", ours + "Disallow: /\nAllow: /$", "/", "/a /?a"},
		{"dollar in the middle", ours + "Disallow: /a$b", "/a /ab", "/a$b /a%24bc"},
		{"encoded star", ours + "Disallow: /a-%2A.html", "/a-x.html", "/a-*.html /a-%2a.html"},
		{"encoded dollar", ours + "Disallow: /a%24", "/a", "/a$ /a$b"},

		// 2.2 and 2.2.4: lines, comments, other records.
		{"comments and spaces", "  User-agent :  obzvon  # us\n\tDisallow\t:\t/a # not this\n#Disallow: /b", "/b", "/a"},
		{"byte order mark", "\xef\xbb\xbfUser-agent: obzvon\nDisallow: /a", "/b", "/a"},
		{"lines of Windows", "User-agent: obzvon\r\nDisallow: /a\r\n\r\nDisallow: /b\r\n", "/c", "/a /b"},
		{"lines of old Macs", "User-agent: obzvon\rDisallow: /a\rDisallow: /b", "/c", "/a /b"},
		{"other records", "Sitemap: http://x.example/s\nUser-agent: obzvon\nHost: x.example\nUser-agent: x\nClean-param: a\nDisallow: /a", "/b", "/a"},
		{"bad lines", ours + "Disallow /b c\n:\nDisallow: /a\n\x00\xff: \xfe\nCrawl-delay: x", "/b", "/a"},
		{"colon forgotten", "User-agent obzvon\nDisallow /a", "/b", "/a"},
		{"misspelt", ours + "Dissallow: /a\nuseragent: x\nDisallow: /b", "/b", "/a"},
		{"slash forgotten", ours + "Disallow: admin", "/", "/admin"},
	} {
		r := robots.Parse([]byte(c.file), "obzvon")
		for _, uri := range strings.Fields(c.permits) {
			if rule, ok := r.Check(uri); !ok {
				t.Errorf("%s: %s is forbidden by %s", c.name, uri, rule)
			}
		}
		for _, uri := range strings.Fields(c.forbids) {
			if rule, ok := r.Check(uri); ok {
				t.Errorf("%s: %s is permitted, %s", c.name, uri, rule)
			}
		}
	}
}

func TestRuleIsNamed(t *testing.T) {
	r := robots.Parse([]byte("# x\nUser-agent: *\nDisallow: /личный кабинет/ # y\nAllow: /\n"), "obzvon")
	if rule, ok := r.Check("/%D0%BB%D0%B8%D1%87%D0%BD%D1%8B%D0%B9%20%D0%BA%D0%B0%D0%B1%D0%B8%D0%BD%D0%B5%D1%82/a"); ok || rule.String() != "Disallow: /личный кабинет/ (line 3)" {
		t.Errorf("%t, %s", ok, rule)
	}
	if rule, ok := r.Check("/a"); !ok || rule.String() != "Allow: / (line 4)" {
		t.Errorf("%t, %s", ok, rule)
	}
}

func TestDelay(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"":                                 0,
		"Crawl-delay: 5":                   0,
		"User-agent: *\nCrawl-delay: 5":    5 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5":  500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 1,5":  1500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: -5":   0,
		"User-agent: *\nCrawl-delay: NaN":  0,
		"User-agent: *\nCrawl-delay: 1e99": 24 * 365 * time.Hour,
		"User-agent: *\nCrawl-delay: 5\n\nUser-agent: obzvon\nDisallow: /a":                               0,
		"User-agent: obzvon\nCrawl-delay: 2\nDisallow: /a\n\nUser-agent: *\nCrawl-delay: 9\nDisallow: /a": 2 * time.Second,
		"User-agent: obzvon\nCrawl-delay: 2\n\nUser-agent: obzvon\nCrawl-delay: 3":                        3 * time.Second,
	} {
		if got := robots.Parse([]byte(file), "obzvon").Delay(); got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

func TestSitemaps(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, "Sitemap: https://x.example/%d.xml\n", i)
	}
	fmt.Fprintf(&b, "User-agent: x\nSitemap:\nSitemap: https://x.example/%s", strings.Repeat("a", 5000))
	got := robots.Parse([]byte(b.String()), "obzvon").Sitemaps()
	if len(got) != 16 || got[0] != "https://x.example/0.xml" || got[15] != "https://x.example/15.xml" {
		t.Errorf("%q", got)
	}
}

func TestOnlyTheBeginningCounts(t *testing.T) {
	head := "User-agent: *\nDisallow: /a\n"
	file := head + strings.Repeat("#"+strings.Repeat("x", 98)+"\n", (robots.Limit-len(head))/100)
	file += strings.Repeat("#", robots.Limit-len(file)-len("\nAllow: /a/")) + "\nAllow: /a/bcd\nDisallow: /b\n"
	r := robots.Parse([]byte(file), "obzvon")
	for uri, want := range map[string]bool{"/a": false, "/a/bcd": false, "/b": true} { // the cut line does not count either
		if _, ok := r.Check(uri); ok != want {
			t.Errorf("%s: %t", uri, ok)
		}
	}
}
