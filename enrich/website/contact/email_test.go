package contact

import (
	"strings"
	"testing"
)

func TestLineEmails(t *testing.T) {
	tests := []struct{ text, want string }{
		{"info@zavod.ru", "info@zavod.ru"},
		{"E-mail: Info@Zavod.RU, snab@zavod.ru;opt@zavod.ru.", "info@zavod.ru snab@zavod.ru opt@zavod.ru"},
		{"e-mailinfo@zavod.ru", "info@zavod.ru"},
		{"email@zavod.ru", "email@zavod.ru"},
		{"info@zavod.ruТелефон", "info@zavod.ru"},
		{"Почтаinfo@zavod.ru", "info@zavod.ru"},
		{"info [at] zavod [dot] ru", "info@zavod.ru"},
		{"info(at)zavod.ru", "info@zavod.ru"},
		{"info(@)zavod.ru", "info@zavod.ru"},
		{"info(собака)zavod(точка)ru", "info@zavod.ru"},
		{"info [собака] zavod.ru", "info@zavod.ru"},
		{"info собака zavod точка ru", "info@zavod.ru"},
		{"info at zavod dot ru", "info@zavod.ru"},
		{"info @ zavod.ru", "info@zavod.ru"},
		{"info@ zavod.ru", "info@zavod.ru"},
		{"почта: info @zavod.ru", "info@zavod.ru"},
		{"директор@завод-подшипников.рф", "директор@завод-подшипников.рф"},
		{"info@завод.рф", "info@завод.рф"},
		{"<info@zavod.ru>", "info@zavod.ru"},
		{"a@b.ru/c@d.ru", "a@b.ru c@d.ru"},

		{"Instagram @zavod.ru", ""},
		{"meet at zavod.ru", ""},
		{"logo@2x.png", ""},
		{"aos@2.3.1", ""},
		{"core-js@3.2.1/index.js", ""},
		{"@media screen", ""},
		{"info@", ""},
		{"@zavod.ru", ""},
		{"user@localhost", ""},
		{"собака лает в ru", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, m := range lineEmails(tt.text, "") {
			got = append(got, m.address)
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("lineEmails(%q) = %s, want %s", tt.text, g, tt.want)
		}
	}
}

func TestForeignEmail(t *testing.T) {
	r := reader{host: "zavod.ru"}
	for address, foreign := range map[string]bool{
		"example@mail.ru": true, "examole@mail.ru": true, "test@test.ru": true, "your@company.ru": true, "username@gmail.com": true,
		"mail@mail.ru": true, "info@example.com": true, "mail@domain.ru": true, "name@site.ru": true, "info@gmail.com": true,
		"8c4075d5481d476e945486754f783364@sentry.io": true, "8c4075d5481d476e945486754f783364@o12.ingest.sentry.io": true,
		"support@wix.com": true, "info@zavod.ru": false, "mail@zavod.ru": false, "email@zavod.ru": false, "zavod59@mail.ru": false,
		"snab@partner.ru": false, "contest@zavod.ru": false,
	} {
		if got := r.foreignEmail(address); got != foreign {
			t.Errorf("foreignEmail(%s) = %v", address, got)
		}
	}
	if own := (&reader{host: "tilda.cc"}); own.foreignEmail("team@tilda.cc") {
		t.Error("a builder's address on its own site is taken for a stranger's")
	}
}

func TestSameOwner(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"info@zavod.ru", "snab@zavod.ru", true},
		{"info@pod-zavod.ru", "podzavod@yandex.ru", true},
		{"a@mail.ru", "b@mail.ru", false},
		{"info@zavod.ru", "info@shablon.ru", false},
		{"info@zavod.ru", "shablon@yandex.ru", false},
	} {
		if got := sameOwner(tt.a, tt.b); got != tt.want {
			t.Errorf("sameOwner(%s, %s) = %v", tt.a, tt.b, got)
		}
	}
}

// TestOwnDomain: what stands on the page's own host is the firm's, whatever its
// ending; the same text elsewhere is a hint of a form.
func TestOwnDomain(t *testing.T) {
	for _, tt := range []struct {
		text, host, want string
	}{
		{"snab@vega.example", "vega.example", "snab@vega.example"},
		{"snab@vega.example", "kontakty.vega.example", "snab@vega.example"},
		{"snab@mail.vega.example", "vega.example", "snab@mail.vega.example"},
		{"snab [at] vega [dot] example", "vega.example", "snab@vega.example"},
		{"директор@пример.рф", "xn--e1afmkfd.xn--p1ai", "директор@пример.рф"},
		{"директор@пример.рф", "vega.example", ""},
		{"info@example.com", "example.com", "info@example.com"},
		{"info@domain.vega.example", "domain.vega.example", "info@domain.vega.example"},

		{"snab@vega.example", "altair.example", ""},
		{"snab@vega.example", "", ""},
		{"snab@ga.example", "vega.example", ""},
		{"snab@example", "vega.example", ""},
		{"info@example.com", "vega.example", ""},
		{"snab@com.ru", "vega.com.ru", ""},
		{"your@vega.example", "vega.example", ""},
	} {
		r := reader{host: tt.host}
		var got []string
		for _, m := range lineEmails(tt.text, tt.host) {
			if !r.foreignEmail(m.address) {
				got = append(got, m.address)
			}
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%q at %s: %q, want %q", tt.text, tt.host, g, tt.want)
		}
	}
}
