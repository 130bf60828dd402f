package company

import (
	"strings"
	"testing"
)

func TestParseEmails(t *testing.T) {
	tests := []struct{ cell, want, rest string }{
		{"info@zavod.example.ru", "info@zavod.example.ru general", ""},
		{"INFO@ZAVOD.RU; zakup@zavod.ru", "info@zavod.ru general|zakup@zavod.ru supply", ""},
		{"snab.2@zavod.ru, Sales@zavod.ru / hr@zavod.ru", "snab.2@zavod.ru supply|sales@zavod.ru sales|hr@zavod.ru hr", ""},
		{"mailto:otdel-prodag@zavod.ru?subject=x", "otdel-prodag@zavod.ru sales", ""},
		{"E-mail: no-reply@zavod.ru", "no-reply@zavod.ru noreply", ""},
		{"noreply@zavod.ru", "noreply@zavod.ru noreply", ""},
		{"<zavod@mail.ru>", "zavod@mail.ru free", ""},
		{"zakupki.zavod@yandex.ru", "zakupki.zavod@yandex.ru supply", ""},
		{"primer.ip@tensor.ru", "primer.ip@tensor.ru operator", ""},
		{"x@region.sbis.ru", "x@region.sbis.ru operator", ""},
		{"a.primerov@zavod.ru", "a.primerov@zavod.ru person", ""},
		{"buh@zavod.ru", "buh@zavod.ru finance", ""},
		{"priemnaya@zavod.ru", "priemnaya@zavod.ru director", ""},
		{"support@zavod.ru", "support@zavod.ru support", ""},
		{"отдел@завод.рф", "отдел@завод.рф general", ""},
		{"info@xn--80aegj1b.xn--p1ai", "info@завод.рф general", ""},
		{"info@zavod.ru info@ZAVOD.ru", "info@zavod.ru general", ""},
		{"нет", "", "нет"},
		{"info@zavod", "", "info@zavod"},
		{"info@@zavod.ru", "", "info@@zavod.ru"},
		{"@zavod.ru", "", "@zavod.ru"},
		{".info@zavod.ru", "info@zavod.ru general", ""},
		{"in..fo@zavod.ru", "", "in..fo@zavod.ru"},
		{"info@127.0.0.1", "", "info@127.0.0.1"},
		{"info@-zavod.ru", "", "info@-zavod.ru"},
		{"", "", ""},
	}
	for _, tt := range tests {
		emails, rest := ParseEmails(tt.cell)
		var got []string
		for _, e := range emails {
			got = append(got, e.Address+" "+string(e.Role))
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("ParseEmails(%q) = %s, want %s", tt.cell, g, tt.want)
		}
		if r := strings.Join(rest, "|"); r != tt.rest {
			t.Errorf("ParseEmails(%q) rest %q, want %q", tt.cell, r, tt.rest)
		}
	}
}

func TestEmailRank(t *testing.T) {
	emails, _ := ParseEmails("x@tensor.ru noreply@z.ru hr@z.ru help@z.ru a.primerov@z.ru z@mail.ru info@z.ru sales@z.ru snab@z.ru buh@z.ru director@z.ru")
	want := []EmailRole{RoleSupply, RoleSales, RoleGeneral, RoleDirector, RoleFree, RolePerson, RoleFinance, RoleSupport, RoleHR, RoleNoReply, RoleOperator}
	if len(emails) != len(want) {
		t.Fatalf("%d addresses, want %d", len(emails), len(want))
	}
	for _, e := range emails {
		if e.Rank() < 0 || want[e.Rank()] != e.Role {
			t.Errorf("%s: rank %d of role %s", e.Address, e.Rank(), e.Role)
		}
		if useless := e.Rank() >= 8; useless == e.Useful() {
			t.Errorf("%s: Useful() = %v", e.Address, e.Useful())
		}
	}
}

func TestMailDomains(t *testing.T) {
	for _, d := range []string{"mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "ya.ru", "gmail.com", "rambler.ru", "MAIL.RU"} {
		if !FreeMail(d) {
			t.Errorf("FreeMail(%s) = false", d)
		}
	}
	for _, d := range []string{"zavod.ru", "hotmail.ru.com", "notmail.ru"} {
		if FreeMail(d) || ReportingOperator(d) {
			t.Errorf("%s is taken for a service", d)
		}
	}
	for _, d := range []string{"tensor.ru", "sbis.ru", "skbkontur.ru", "taxcom.ru", "nalog.tensor.ru"} {
		if !ReportingOperator(d) {
			t.Errorf("ReportingOperator(%s) = false", d)
		}
	}
}

func TestEmailsOfDirectoryExport(t *testing.T) {
	n := 0
	for _, name := range []string{"2gis/parser2gis-export-krasnoyarsk-a.csv", "2gis/parser2gis-export-krasnoyarsk-edge.csv"} {
		for _, row := range readSample(t, name) {
			for _, col := range []string{"E-mail 1", "E-mail 2"} {
				if row[col] == "" {
					continue
				}
				n++
				emails, rest := ParseEmails(row[col])
				if len(emails) != 1 || len(rest) != 0 {
					t.Errorf("%q: %d addresses, rest %q", row[col], len(emails), rest)
				}
			}
		}
	}
	if n == 0 {
		t.Error("the sample has no e-mails")
	}
}

func FuzzParseEmails(f *testing.F) {
	for _, s := range []string{"info@zavod.ru; ZAKUP@завод.рф", "mailto:a.b@c.ru?subject=x", "<a@b.co>", "a@b@c.ru", "é@x\xff.ru", "\u212a@mail.ru"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		emails, rest := ParseEmails(cell)
		if len(emails) > maxEmailPieces || len(emails)+len(rest) > len(cell)+1 {
			t.Fatalf("%d addresses and %d pieces from %d bytes", len(emails), len(rest), len(cell))
		}
		for _, e := range emails {
			if e.Rank() < 0 {
				t.Fatalf("%s: role %q has no rank", e.Address, e.Role)
			}
			again, left := ParseEmails(e.Address)
			if len(again) != 1 || len(left) != 0 || again[0] != e {
				t.Fatalf("%q of %q reads as %v, %q", e.Address, cell, again, left)
			}
		}
	})
}
