package contact

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// messengerLink adds the messenger that a link opens, in the form of
// company.FieldMessenger, or the one that its text shows. Links that share the page, and those without
// somebody to write to, open none.
func (r *reader) messengerLink(href, text string) {
	if len(href) > 500 {
		return
	}
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil {
		return
	}
	v := messengerOf(u)
	if shown := shownNick(v, text); shown != "" {
		v = shown
	}
	r.messenger(v)
}

// shownNick is the messenger whose name a link shows in place of the one to
// which it leads: what is shown counts.
func shownNick(value, text string) string {
	kind, name, _ := strings.Cut(value, ":")
	text = strings.TrimSpace(text)
	switch kind {
	case "skype":
		if skypeName(text) && letter(rune(text[0])) && !nickLabels[strings.ToLower(text)] && !strings.EqualFold(text, name) {
			return "skype:" + text
		}
	case "telegram":
		if at := strings.LastIndexByte(text, '@'); at >= 0 && telegramName(firstWord(text[at+1:])) && firstWord(text[at+1:]) == text[at+1:] {
			return "telegram:@" + text[at+1:]
		}
	}
	if kind == "whatsapp" || kind == "viber" || kind == "telegram" {
		if all := numbers(text, func(int, int) bool { return true }); len(all) == 1 && !strings.HasPrefix(name, "@") {
			return kind + ":" + all[0].phone.E164
		}
	}
	return ""
}

// nickLabels are words of Latin letters on links that are no names.
var nickLabels = map[string]bool{
	"skype": true, "call": true, "chat": true, "write": true, "call-me": true, "skype-me": true, "skypeme": true, "online": true, "contact": true,
	"message": true, "link": true, "here": true,
}

// stubs are names that templates have where the firm's is to stand, and names
// of other services, which may follow each other in a list.
var stubs = map[string]bool{
	"skypeuser": true, "skypename": true, "skype_name": true, "skype": true, "skypelogin": true, "username": true, "user_name": true, "user": true,
	"login": true, "nickname": true, "yourname": true, "your_name": true, "yournick": true, "your_nick": true, "yourusername": true,
	"your_username": true, "yourskype": true, "example": true, "test": true, "echo123": true, "yourchannel": true, "your_channel": true,
	"viber": true, "whatsapp": true, "telegram": true, "icq": true, "email": true, "e-mail": true, "mail": true, "zoom": true, "vkontakte": true,
	"facebook": true, "instagram": true, "youtube": true, "phone": true, "fax": true,
}

func stub(value string) bool {
	_, name, _ := strings.Cut(value, ":")
	return stubs[strings.ToLower(strings.TrimPrefix(name, "@"))]
}

func messengerOf(u *url.URL) string {
	q := u.Query()
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https":
		return webMessenger(u, q)
	case "whatsapp":
		return withPhone("whatsapp:", q.Get("phone"))
	case "viber":
		if v := withPhone("viber:", q.Get("number")); v != "" {
			return v
		}
		return withPhone("viber:", q.Get("phone"))
	case "tg":
		if name := q.Get("domain"); telegramName(name) {
			return "telegram:@" + name
		}
		return withPhone("telegram:", q.Get("phone"))
	case "skype":
		name, err := url.PathUnescape(u.Opaque)
		if name = strings.TrimSpace(name); err == nil && skypeName(name) {
			return "skype:" + name
		}
	}
	return ""
}

// messengerHost is the quick test of an address of the web for the hosts below.
func messengerHost(address string) bool {
	for _, h := range [...]string{"t.me", "wa.me", "whatsapp", "viber", "max.ru", "telegram", "wa.clck", "tlgg.ru", "teleg.one"} {
		if strings.Contains(address, h) {
			return true
		}
	}
	return false
}

// webMessenger reads addresses of the web that open a messenger.
func webMessenger(u *url.URL, q url.Values) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	first, rest, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if host == "" { // «wa.me/7907…» without a scheme, as some write
		host, rest, _ = strings.Cut(u.Path, "/")
		first, rest, _ = strings.Cut(strings.Trim(rest, "/"), "/")
	}
	switch host {
	case "wa.me", "wa.clck.bar":
		return withPhone("whatsapp:", first)
	case "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com":
		if first == "send" {
			return withPhone("whatsapp:", q.Get("phone"))
		}
	case "t.me", "telegram.me", "telegram.dog", "tlgg.ru", "teleg.one":
		if first == "s" {
			first, rest = rest, ""
		}
		if strings.HasPrefix(first, "+") {
			return withPhone("telegram:", first)
		}
		if rest == "" && telegramName(first) && !telegramOwn[strings.ToLower(first)] {
			return "telegram:@" + first
		}
	case "viber.click", "viber.me":
		return withPhone("viber:", first)
	case "max.ru", "web.max.ru":
		return maxName(first, rest)
	}
	return ""
}

// telegramOwn are paths of Telegram itself.
var telegramOwn = map[string]bool{
	"share": true, "joinchat": true, "addstickers": true, "addemoji": true, "proxy": true, "socks": true, "login": true, "iv": true,
	"setlanguage": true, "telegram": true, "msg_url": true, "invoice": true, "boost": true, "addlist": true,
}

// maxName reads max.ru/name and max.ru/u/key.
func maxName(first, rest string) string {
	if first == "u" {
		if rest != "" && len(rest) <= 200 && !strings.ContainsAny(rest, "/ ") {
			return "max:" + rest
		}
		return ""
	}
	if rest != "" || strings.HasPrefix(first, ":") || first == "join" || first == "share" || len(first) < 4 || len(first) > 64 {
		return ""
	}
	for i := range len(first) {
		if !alnum(first[i]) && first[i] != '_' && first[i] != '-' {
			return ""
		}
	}
	return "max:" + first
}

// withPhone is a messenger of a number, "" if it is none.
func withPhone(prefix, s string) string {
	s = strings.TrimSpace(s)
	d := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if len(d) < 10 || len(s) > 40 || !utf8.ValidString(s) || strings.ContainsFunc(s, letter) {
		return ""
	}
	p, ok := company.PhoneFromValue("+" + d)
	if !ok && (len(d) == 11 && d[0] == '8' || len(d) == 10) {
		p, ok = company.PhoneFromValue("+7" + d[len(d)-10:])
	}
	if !ok || fakePhone(p.E164) {
		return ""
	}
	return prefix + p.E164
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// telegramName tells a name as Telegram allows it.
func telegramName(s string) bool {
	if len(s) < 4 || len(s) > 32 || !letter(rune(s[0])) {
		return false
	}
	for i := range len(s) {
		if !alnum(s[i]) && s[i] != '_' {
			return false
		}
	}
	return true
}

// maxSkype is the longest name that Skype gave, in bytes.
const maxSkype = 32

func skypeName(s string) bool {
	if len(s) < 3 || len(s) > maxSkype {
		return false
	}
	for i := range len(s) {
		if !alnum(s[i]) && strings.IndexByte("._-:,", s[i]) < 0 {
			return false
		}
	}
	return true
}

// namesMessenger is the quick test of a line for names of messengers, also of
// one that may follow a label.
func namesMessenger(s string) bool {
	return len(s) <= maxSkype && skypeName(s) || strings.Contains(s, "kype") || strings.Contains(s, "кайп") || strings.Contains(s, "SKYPE") ||
		strings.Contains(s, "@") || strings.Contains(s, "t.me/")
}

// lineMessengers reads what is written out: «Telegram: @name», «Skype: name»,
// «t.me/name».
func (r *reader) lineMessengers(i int) {
	l := &r.page.Lines[i]
	r.numberedMessengers(l.Text)
	if !namesMessenger(l.Text) {
		return
	}
	if strings.TrimLeft(l.Text, "+0123456789-") != "" {
		switch r.columnLabel(i) {
		case "skype", "скайп":
			if skypeName(l.Text) {
				r.messenger("skype:" + l.Text)
			}
		case "telegram", "телеграм", "телеграмм", "тг":
			if name, ok := strings.CutPrefix(l.Text, "@"); ok && telegramName(name) {
				r.messenger("telegram:@" + name)
			}
		}
	}
	text := strings.ToLower(l.Text)
	if len(text) != len(l.Text) {
		return // letters whose cases differ in length: not Russian, not Latin
	}
	for _, w := range [...]string{"skype", "скайп"} {
		if at := strings.Index(text, w); at >= 0 {
			name := wordAfter(l.Text[at+len(w):])
			if skypeName(name) && !strings.Contains(name, "@") {
				r.messenger("skype:" + name)
			}
		}
	}
	if at := strings.Index(text, "t.me/"); at >= 0 && (at == 0 || !alnum(text[at-1])) {
		r.messengerLink("https://"+firstWord(l.Text[at:]), "")
	}
	for _, w := range [...]string{"telegram", "телеграм", "тг:", "тг "} {
		at := strings.Index(text, w)
		if at < 0 {
			continue
		}
		if _, rest, ok := strings.Cut(head(l.Text[at:], 60), "@"); ok {
			if name := firstWord(rest); telegramName(name) {
				r.messenger("telegram:@" + name)
			}
		}
	}
}

// maxColumn is how many labels may stand above their values.
const maxColumn = 8

// columnLabel is the label of a line that is a value, in small letters: the one
// above it, or, where several labels stand above as many values, the one in the
// same place.
func (r *reader) columnLabel(i int) string {
	lines := r.page.Lines
	isLabel := func(k int) bool {
		t := lines[k].Text
		return strings.HasSuffix(t, ":") || len(t) <= maxSkype && messengerNames[strings.ToLower(t)]
	}
	place, k := 0, i-1
	for ; k >= 0 && place < maxColumn && !isLabel(k); k-- {
		if lines[k].Text != "" {
			place++
		}
	}
	from := k
	for from >= 0 && k-from < maxColumn && (isLabel(from) || lines[from].Text == "") {
		from--
	}
	for from++; from <= k; from++ {
		if lines[from].Text == "" {
			continue
		}
		if place == 0 {
			return strings.TrimRight(strings.ToLower(lines[from].Text), " :")
		}
		place--
	}
	return ""
}

// messengerNames are labels that need no colon.
var messengerNames = map[string]bool{"skype": true, "скайп": true, "telegram": true, "телеграм": true}

// wordAfter is the word behind a colon or a dash.
func wordAfter(s string) string {
	t := strings.TrimLeft(s, " ")
	if !strings.HasPrefix(t, ":") && !strings.HasPrefix(t, "-") && !strings.HasPrefix(t, "–") {
		return ""
	}
	return firstWord(strings.TrimLeft(t, " :-–—"))
}

func firstWord(s string) string {
	if i := strings.IndexAny(s, " ,;()<>"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ".:!?")
}
