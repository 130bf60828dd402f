package website

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// Bounds beyond which an address is taken for a trap rather than for a page.
const (
	maxAddress  = 400 // bytes
	maxSegments = 6
	maxParams   = 3
)

// scope is the part of the web that belongs to one visit.
type scope struct{ domain string } // as company.Site.Domain

// siteOf reads the site of an address.
func siteOf(u *url.URL) (company.Site, bool) {
	s, err := company.ParseSite(u.Hostname())
	return s, err == nil
}

func (s scope) has(u *url.URL) bool {
	site, ok := siteOf(u)
	return ok && site.Domain == s.domain
}

// canonical gives one text for the spellings of one page's address: with and
// without www, a slash at the end, the name of an index file, marks of
// advertisers, any order of parameters.
func canonical(u *url.URL) string {
	p := path.Clean("/" + strings.ToLower(u.Path))
	if dir, file := path.Split(p); indexFile(file) {
		p = path.Clean(dir)
	}
	out := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + p
	if q := params(u); len(q) > 0 {
		slices.Sort(q)
		out += "?" + strings.Join(q, "&")
	}
	return out
}

func indexFile(name string) bool {
	stem, ext, ok := strings.Cut(name, ".")
	return ok && (stem == "index" || stem == "default" || stem == "home") &&
		(ext == "html" || ext == "htm" || ext == "php" || ext == "asp" || ext == "aspx")
}

// params are the parameters without those that only count visitors.
func params(u *url.URL) []string {
	var out []string
	for p := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		if p == "" || strings.HasPrefix(name, "utm_") || slices.Contains(marks, name) {
			continue
		}
		out = append(out, p)
	}
	return out
}

var marks = []string{"yclid", "gclid", "fbclid", "ysclid", "_openstat", "from", "ref", "roistat", "erid"}

// sessions are parameters that are new each time and lead to the same page.
var sessions = []string{"phpsessid", "sid", "sessionid", "session_id", "jsessionid", "cfid", "cftoken", "osid", "aspsessionid"}

// fruitless are path segments and parameters behind which no contacts stand,
// or which do something when asked for.
var fruitless = []string{
	"logout", "login", "signin", "sign-in", "signup", "register", "registration", "auth", "logon", "exit", "lk", "cabinet", "account",
	"cart", "basket", "korzina", "checkout", "order", "zakaz", "compare", "sravnenie", "wishlist", "favorites", "izbrannoe",
	"search", "poisk", "calendar", "kalendar", "print", "feed", "rss", "rss.xml", "wp-json", "wp-admin", "wp-login.php", "wp-content", "admin", "administrator",
	"cgi-bin", "xmlrpc.php", "cdn-cgi", "add-to-cart", "add_to_cart", "action", "do", "replytocom", "filter", "sort", "tag",
}

// documents are endings of paths that are pages; any other is a file.
var documents = []string{"", ".html", ".htm", ".shtml", ".xhtml", ".php", ".php5", ".phtml", ".asp", ".aspx", ".jsp", ".do", ".cgi", ".pl", ".cfm"}

// worth tells whether an address may be asked for in search of contacts. It
// refuses files, actions and the patterns of endless sites.
func worth(u *url.URL) bool {
	if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" || len(u.String()) > maxAddress || !utf8.ValidString(u.Path) {
		return false
	}
	if strings.ContainsAny(u.Path, ";\x00\\") || strings.Contains(u.Path, "//") {
		return false
	}
	segments := strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
	if len(segments) > maxSegments {
		return false
	}
	for i, s := range segments {
		if slices.Contains(fruitless, s) || slices.Contains(segments[:i], s) {
			return false // a path that repeats itself grows for ever
		}
	}
	if n := len(segments); n > 0 && !document(segments[n-1]) {
		return false
	}
	return worthParams(u)
}

func worthParams(u *url.URL) bool {
	q := params(u)
	if len(q) > maxParams {
		return false
	}
	for _, p := range q {
		name, value, _ := strings.Cut(strings.ToLower(p), "=")
		if slices.Contains(sessions, name) || slices.Contains(fruitless, name) || slices.Contains(fruitless, value) || longCode(value) {
			return false
		}
	}
	return true
}

// document tells a last segment that is no file. A dot before something
// long or a digit is part of a name («version-2.0»).
func document(segment string) bool {
	ext := path.Ext(segment)
	if len(ext) > 6 || strings.ContainsAny(ext, "0123456789") && ext != ".php5" && ext != ".mp3" && ext != ".mp4" && ext != ".7z" {
		return true
	}
	return slices.Contains(documents, ext)
}

// longCode tells a value as sessions have: letters and digits mixed, many.
func longCode(s string) bool {
	digits := strings.ContainsAny(s, "0123456789")
	return len(s) >= 24 && digits && strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}
