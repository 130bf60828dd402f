package company

import (
	"slices"
	"strings"
	"unicode"
)

// freeMail are services where anybody opens a mailbox: a shared domain is no
// evidence of a shared firm.
var freeMail = []string{
	"126.com", "139.com", "163.com", "aol.com", "bk.ru", "email.ru", "gmail.com", "gmx.com", "gmx.de", "googlemail.com",
	"hotmail.com", "icloud.com", "inbox.ru", "internet.ru", "lenta.ru", "list.ru", "live.com", "live.ru", "mail.com",
	"mail.ru", "mail.ua", "me.com", "msn.com", "myrambler.ru", "narod.ru", "nextmail.ru", "ngs.ru", "outlook.com",
	"pochta.ru", "proton.me", "protonmail.com", "qip.ru", "qq.com", "rambler.ru", "rambler.ua", "ro.ru", "sibmail.com",
	"sina.com", "tut.by", "ukr.net", "vk.com", "xmail.ru", "xn--80a1acny.xn--p1ai", "ya.ru", "yahoo.com", "yandex.by",
	"yandex.com", "yandex.kz", "yandex.net", "yandex.ru", "yandex.ua", "yeah.net", "почта.рф",
}

// operators run electronic reporting or register firms for others; their
// addresses stand in registers but reach nobody at the company.
var operators = []string{
	"1c.ru", "astralnalog.ru", "argos-nalog.ru", "diadoc.ru", "e-kontur.ru", "eotchet.ru", "evotor.ru", "fsrar.ru", "ftsoft.ru",
	"garantexpress.ru", "infotecs.ru", "kaluga-astral.ru", "keydisk.ru", "kontur-extern.ru", "kontur.ru", "moedelo.org",
	"nalog.gov.ru", "nalog.ru", "nalog.tensor.ru", "nds.ru", "otchet.ru", "regberry.ru", "saby.ru", "sbis.ru", "skbkontur.ru",
	"taxcom.ru", "taxnet.ru", "tensor.ru", "uc-em.ru",
}

// FreeMail tells whether a domain belongs to a mail service that is open to
// everybody.
func FreeMail(domain string) bool { return slices.Contains(freeMail, strings.ToLower(domain)) }

// ReportingOperator tells whether a domain belongs to an operator of
// electronic reporting or to a registrar, so that it is not the company's.
func ReportingOperator(domain string) bool {
	domain = strings.ToLower(domain)
	for _, o := range operators {
		if domain == o || strings.HasSuffix(domain, "."+o) {
			return true
		}
	}
	return false
}

// roleWords gives roles by beginnings of words in the name of a mailbox. The
// first that fits decides.
var roleWords = []struct {
	role   EmailRole
	exact  []string
	prefix []string
}{
	{RoleNoReply, []string{"no-reply", "mailer-daemon", "postmaster", "abuse", "hostmaster", "robot", "bounce"}, []string{"noreply", "donotreply", "unsubscribe"}},
	{RoleHR, []string{"hr", "ok", "jobs", "job", "work"}, []string{"kadr", "rabota", "vakans", "vacanc", "career", "kariera", "personal", "resume", "rezume", "recruit"}},
	{RoleSupply, []string{"mto", "omts", "snb"}, []string{"zakup", "snab", "tender", "torgi", "purchas", "procure", "supply", "konkurs"}},
	{RoleSupport, []string{"help", "qa", "gdpr", "privacy"}, []string{"support", "helpdesk", "feedback", "otziv", "otzyv", "anticorr", "antikorr", "korrup", "doverie", "hotline", "servis", "service", "quality", "press", "webmaster", "admin"}},
	{RoleFinance, []string{"gb", "finance", "account"}, []string{"buh", "bux", "glavbuh", "glbuh", "accountant", "ekonom"}},
	{RoleSales, []string{"opt", "shop", "torg", "op", "kom"}, []string{"zapchast", "sale", "sbyt", "sbit", "prodag", "prodaj", "prodazh", "zakaz", "order", "market", "kommer", "commer", "optom", "trade", "manager", "dealer", "diler"}},
	{RoleDirector, []string{"dir", "ceo", "gd", "boss"}, []string{"direktor", "director", "priem", "sekret", "secret", "reception", "rukovod"}},
	{RoleGeneral, []string{"info", "office", "mail", "post", "ofis", "contact", "contacts", "kontakt", "hello", "email", "general", "main"}, []string{"info", "office", "mail", "contact", "kancel", "obsch", "obshch"}},
}

// roleOf tells the role by the words of the name, then by the domain.
func roleOf(local, domain string) EmailRole {
	if ReportingOperator(domain) {
		return RoleOperator
	}
	words := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, set := range roleWords {
		if slices.Contains(set.exact, local) {
			return set.role
		}
		for _, w := range words {
			if slices.Contains(set.exact, w) {
				return set.role
			}
			for _, p := range set.prefix {
				if strings.HasPrefix(w, p) {
					return set.role
				}
			}
		}
	}
	if FreeMail(domain) {
		return RoleFree
	}
	if personName(words) {
		return RolePerson
	}
	return RoleGeneral
}

// personName knows the shapes in which firms name people's mailboxes: an
// initial and a surname («a.petrov», «petrov.av»), a first name and a surname.
func personName(words []string) bool {
	if len(words) < 2 || len(words) > 3 {
		return false
	}
	long := 0
	for _, w := range words {
		if len(w) >= 4 {
			long++
		}
	}
	return long >= 1
}
