package contact

import (
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"obzvon/pipeline/company"
)

func asciiDomain(d string) string {
	a, err := idna.Lookup.ToASCII(d)
	if err != nil {
		return ""
	}
	return a
}

// hintNames are mailboxes of hints and templates, whatever the domain.
var hintNames = []string{
	"example", "test", "test1", "testmail", "your", "yourname", "your.name", "your-name", "your_name", "yourmail", "youremail",
	"your.email", "your-email", "your_email", "username", "user.name", "name.surname", "firstname.lastname", "vasha", "vash", "vashapochta",
	"vasha-pochta", "vashemail", "primer", "john.doe", "johndoe", "qwerty", "asdf", "sample", "placeholder", "пример", "тест",
	"ваша", "вашапочта", "mymail", "myemail", "someone", "somebody", "xxx", "xxxx",
}

// freeHints are names that stand for any box of a mail service.
var freeHints = []string{
	"mail", "email", "e-mail", "info", "user", "name", "login", "admin", "my", "pochta", "imya", "address", "client", "abc", "123",
}

// hintDomains are those of hints and templates.
var hintDomains = []string{
	"domain", "yourdomain", "your-domain", "mydomain", "site", "yoursite", "your-site", "mysite", "sitename", "website", "yourcompany",
	"your-company", "mycompany", "companyname", "company-name", "email", "test", "youremail", "домен", "вашдомен", "сайт", "вашсайт", "почта-пример",
	"пример", "компания", "address", "server", "host", "localhost",
}

// services send letters for sites or watch over them: builders, hosts,
// trackers. Their boxes belong to a firm only on their own pages.
var services = []string{
	"sentry.io", "wixpress.com", "wix.com", "tilda.cc", "tilda.ws", "tildacdn.com", "ucoz.ru", "ucoz.com", "umi.ru", "umi-cms.ru",
	"megagroup.ru", "nethouse.ru", "reg.ru", "nic.ru", "timeweb.ru", "timeweb.com", "beget.com", "beget.ru", "sweb.ru", "hostinger.com",
	"1c-bitrix.ru", "bitrix24.ru", "bitrix.ru", "insales.ru", "jimdo.com", "wordpress.com", "wordpress.org", "joomla.org", "drupal.org",
	"github.com", "gitlab.com", "godaddy.com", "cloudflare.com", "google.com", "googlegroups.com", "yandex-team.ru", "jquery.com",
	"w3.org", "schema.org", "flexbe.ru", "flexbe.com", "lpgenerator.ru", "setup.ru", "a5.ru", "diafan.ru", "netcat.ru", "opencart.com",
	"shopify.com", "squarespace.com", "webflow.com", "jivosite.com", "jivo.ru", "callibri.ru", "calltouch.ru", "roistat.com",
	"fontawesome.com", "themeforest.net", "envato.com", "mozilla.org", "apache.org", "rkn.gov.ru", "rospotrebnadzor.ru", "ingest.sentry.io",
}

// foreignEmail tells addresses that are nobody's or not the firm's: hints,
// keys of trackers, services.
func (r *reader) foreignEmail(address string) bool {
	local, domain, ok := strings.Cut(address, "@")
	if !ok || machineName(local) {
		return true
	}
	for _, s := range services {
		if belongs(domain, s) && !belongs(r.host, s) {
			return true
		}
	}
	if slices.Contains(hintNames, local) || nearly(local, "example") {
		return true
	}
	if company.FreeMail(domain) {
		return slices.Contains(freeHints, local)
	}
	name, _, _ := strings.Cut(domain, ".")
	if strings.HasPrefix(name, "example") || nearly(name, "example") {
		return !ownDomain(domain, r.host)
	}
	return slices.Contains(hintDomains, name) && !ownDomain(domain, r.host)
}

// ownDomain tells the domain of a page's host: the host, one above it that can
// be registered, or one below it. Its addresses are the firm's, whatever they
// look like.
func ownDomain(domain, host string) bool {
	if host == "" || !strings.Contains(domain, ".") {
		return false
	}
	if cyrillic(domain) {
		domain = asciiDomain(domain)
	}
	if cyrillic(host) {
		host = asciiDomain(host)
	}
	if domain == "" || host == "" || !belongs(host, domain) && !belongs(domain, host) {
		return false
	}
	suffix, _ := publicsuffix.PublicSuffix(domain)
	return suffix != domain
}

// belongs tells a domain or one below it.
func belongs(domain, to string) bool { return domain == to || strings.HasSuffix(domain, "."+to) }

// sameOwner tells two addresses that bear one firm's name: in one domain, or
// the free box of the firm whose domain the other has (firma@mail.ru and
// info@firma.ru).
func sameOwner(a, b string) bool {
	la, da, _ := strings.Cut(a, "@")
	lb, db, _ := strings.Cut(b, "@")
	if da == db {
		return !company.FreeMail(da)
	}
	return company.FreeMail(db) && bareName(lb) == domainName(da) || company.FreeMail(da) && bareName(la) == domainName(db)
}

func domainName(domain string) string {
	name, _, _ := strings.Cut(domain, ".")
	return bareName(name)
}

// bareName is a name without the marks that part its words.
func bareName(s string) string { return strings.NewReplacer("-", "", "_", "", ".", "").Replace(s) }

// machineName tells keys: long runs of hexadecimal digits.
func machineName(local string) bool {
	return len(local) >= 20 && strings.Trim(local, "0123456789abcdef-") == ""
}

// nearly tells a word with at most one letter changed.
func nearly(s, word string) bool {
	if len(s) != len(word) {
		return false
	}
	n := 0
	for i := range len(s) {
		if s[i] != word[i] {
			n++
		}
	}
	return n <= 1
}
