package erasure

import (
	"fmt"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// of forgets values: numbers in E.164, addresses, ИНН, ОГРНИП.
func of(t testing.TB, values ...string) *Forgotten {
	t.Helper()
	p := &Plan{Subject: Subject{Kind: SubjectPhone, Value: values[0]}}
	for _, v := range values {
		switch {
		case len(v) == 12 && !strings.HasPrefix(v, "+"):
			p.Subject = Subject{Kind: SubjectSole, Value: v}
		case len(v) == 10:
			p.Subject = Subject{Kind: SubjectFirm, Value: v}
		case len(v) == maxNumber && !strings.HasPrefix(v, "+"):
			p.numbers = append(p.numbers, v)
		default:
			p.With = append(p.With, v)
		}
	}
	if p.Subject.Kind == SubjectPhone && strings.Contains(p.Subject.Value, "@") {
		p.Subject.Kind = SubjectEmail
	}
	key := RandomKey()
	f, err := New(key, p.Digests(key, company.NewDate(2026, 11, 20)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSpellings(t *testing.T) {
	f := of(t, "+79070000001", "+375291234567", "ivan@firm.example", "почта@фирма.рф", "500100732259", "305500910900012")
	for _, text := range []string{
		"+79070000001", "89070000001", "9070000001", "79070000001", "+7 907 000-00-01", "8 (907) 000-00-01", "8-907-000-00-01",
		"8.907.000.00.01", "+7(907)0000001", "тел89070000001", "+7 907 000–00–01", "+7\u00a0907\u00a0000\u00a000\u00a001",
		"кв. 5 8-907-000-00-01 12", "+79070000001;ext=12", "+7 907 000-00-01 доб. 12", "https://wa.me/79070000001", "tel:+7%20907%20000-00-01",
		"whatsapp:+79070000001", "<v>79070000001</v>", "8\xa0907\xa0000\x9600\x9601", "(907)000-00-01", "1. 9070000001", "9070000001@mail.example",
		"+375291234567", "+375 29 123-45-67", "375 (29) 123 45 67",
		"ivan@firm.example", "IVAN@FIRM.EXAMPLE", "<ivan@firm.example>", "mailto:ivan@firm.example?subject=x", "пишите ivan@firm.example.", "e-mail=ivan@firm.example",
		"почтаivan@firm.example", "почта@фирма.рф", "ПОЧТА@ФИРМА.РФ", "ivan@firm.example.Звоните", "a@b.example,ivan@firm.example;c",
		"500100732259", "ИНН500100732259,", "0500100732259"[1:], "305500910900012",
	} {
		if !f.Has(text) {
			t.Errorf("%q is not found", text)
		}
		if !has(f, []byte(text), 0) {
			t.Errorf("%q is not found in bytes", text)
		}
		if left := f.Redact(text); f.Has(left) {
			t.Errorf("%q is left of %q", left, text)
		}
	}
	for _, text := range []string{
		"", "+79070000002", "1239070000001", "90700000012", "+7 907 000-00-0", "907 000\n00 01", "petr.ivan@firm.example", "ivan@firm.example.com", "ivan@afirm.example",
		"1500100732259", "5001007322590", "50010073225", "500100 732259", "@firm.example", "ivan@", "12 90700000 0 019", "2026-11-20 9070",
	} {
		if f.Has(text) {
			t.Errorf("%q is found", text)
		}
		if f.Redact(text) != text {
			t.Errorf("%q became %q", text, f.Redact(text))
		}
	}
}

func TestRedact(t *testing.T) {
	f := of(t, "+79070000001", "ivan@firm.example")
	for text, want := range map[string]string{
		"звонить +7 907 000-00-01, утром":                      "звонить [удалено], утром",
		"+7 907 000-00-01 доб. 12":                             "",
		"8 907 000 00 01; ivan@firm.example":                   "",
		"ivan@firm.example и 89070000001 или +7 907 111-11-11": "[удалено] и [удалено] или +7 907 111-11-11",
		"нет ничего":                                           "нет ничего",
	} {
		if got := f.Redact(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := f.without("+7 907 111-11-11 (склад); 8 907 000-00-01 (Иван); +7 907 222-22-22", "; "); got != "+7 907 111-11-11 (склад); +7 907 222-22-22" {
		t.Errorf("%q", got)
	}
}

func TestRedactJSON(t *testing.T) {
	f := of(t, "+79070000001", "a&b@firm.example")
	in := `{"n":12345678901234567890,"a":["x","тел. 8 907 000-00-01"],"A\u0026b@firm.example":{"k":"a\u0026b@firm.example"}}`
	out, err := f.redactJSON([]byte(in))
	if err != nil || strings.Contains(string(out), "907") || strings.Contains(string(out), "firm") || !strings.Contains(string(out), "12345678901234567890") {
		t.Errorf("%s, %v", out, err)
	}
	same, err := f.redactJSON([]byte(`{"b":1, "a":"\u0026"}`))
	if err != nil || string(same) != `{"b":1, "a":"\u0026"}` {
		t.Errorf("%s, %v", same, err)
	}
	if out, err := f.redactJSON([]byte("no JSON 89070000001")); err != nil || string(out) != "no JSON "+Mark {
		t.Errorf("%s, %v", out, err)
	}
}

// The ИНН of a firm is looked for only where its people are; a number glued to
// others only in binary data.
func TestModes(t *testing.T) {
	f := of(t, "5902000015")
	if f.Has("ИНН 5902000015") || !has(f, "ИНН 5902000015", firms) {
		t.Error("ИНН of a firm")
	}
	f = of(t, "+79070000001", "ivan@firm.example")
	for _, text := range []string{"\xb0890700000015", "!xivan@firm.example"} {
		if f.Has(text) || !has(f, text, loose) {
			t.Errorf("%q", text)
		}
	}
}

// Whatever text a value stands in, nothing of it is left, and what is left does not
// change any more.
func FuzzRedact(f *testing.F) {
	forgotten := of(f, "+79070000001", "ivan@firm.example", "500100732259")
	f.Add("тел. ", uint8(0), " утром")
	f.Add("\xd0", uint8(5), "@@12")
	f.Add("8 907 000-00-01", uint8(9), "+7")
	spelled := []string{
		"+79070000001", "8 (907) 000-00-01", "9070000001", "+7 907 000–00–01", "ivan@firm.example", "Ivan@Firm.example", "500100732259",
		"8-907-000-00-01", "mailto:ivan@firm.example",
	}
	f.Fuzz(func(t *testing.T, before string, which uint8, after string) {
		value := spelled[int(which)%len(spelled)]
		text := before + " | " + value + " | " + after
		out := forgotten.Redact(text)
		if !forgotten.Has(text) || strings.Contains(out, " | "+value+" | ") {
			t.Fatalf("%q is left of %q", out, text)
		}
		if forgotten.Has(out) || forgotten.Redact(out) != out {
			t.Fatalf("%q changes again: %q", out, forgotten.Redact(out))
		}
		anywhere := before + value + after
		if out := forgotten.Redact(anywhere); forgotten.Has(out) {
			t.Fatalf("%q holds what was forgotten", out)
		}
	})
}

// What a full load costs while something is forgotten, and a release on the disk.
func BenchmarkScan(b *testing.B) {
	f := of(b, "+79070000001", "ivan@firm.example", "500100732259")
	var text strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&text, "<Документ ИдДок=\"%d-ab\" ДатаСост=\"10.11.2026\"><ИПВклМСП ИННФЛ=\"5001%08d\" ОГРНИП=\"3055009%08d\"><ФИОИП Фамилия=\"ПРИМЕР\"/></ИПВклМСП>mail%d@firm.example</Документ>\n", i, i, i, i)
	}
	data := []byte(text.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if has(f, data, 0) {
			b.Fatal("found")
		}
	}
}
