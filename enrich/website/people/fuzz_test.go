package people_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/people"
	"obzvon/pipeline/company"
)

func FuzzRead(f *testing.F) {
	f.Add(`<div class=c><p>Вихров Пётр Ильич</p><p>Директор</p><p>+7 907 314-27-11 доб. 12</p></div>`, "ИП Вихров Пётр Ильич")
	f.Add(`<table><tr><td>Отдел снабжения</td><td>314-27-11</td></tr></table>`, "ООО «Вега»")
	f.Add(`<h2>Управление снабжения</h2><h3>Приёмная</h3>p@vega.example`, "")
	f.Add("<p>Директор \xd0П.И. Вихров оглы (действует</p>", "КФХ")
	f.Fuzz(func(t *testing.T, body, name string) {
		u := &url.URL{Scheme: "https", Host: "vega.example", Path: "/"}
		p, err := page.Parse(u, []byte(body), "text/html; charset=utf-8")
		if err != nil {
			return
		}
		found := finding.Page{Names: []string{name}}
		for _, v := range []string{num1, num2, num1 + ";ext=12"} {
			found.Phones = append(found.Phones, finding.Phone{Value: v})
		}
		found.Emails = []finding.Email{{Value: "p@vega.example"}, {Value: "zakupki@vega.example"}}
		people.Read(p, &found)
		for _, who := range found.People {
			if who.Name == "" && len(who.Phones)+len(who.Emails) == 0 {
				t.Errorf("a department without a number: %+v", who)
			}
			if who.Post == "" || who.Duty != "" && !slices.Contains(company.Duties(), who.Duty) {
				t.Errorf("no post or no such duty: %+v", who)
			}
			for _, s := range []string{who.Name, who.Post} {
				if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\t") || strings.TrimSpace(s) != s {
					t.Errorf("not one tidy line: %q", s)
				}
			}
			for _, v := range who.Phones {
				if !slices.ContainsFunc(found.Phones, func(p finding.Phone) bool { return p.Value == v }) {
					t.Errorf("%q is none of the firm's", v)
				}
			}
			for _, v := range who.Emails {
				if !slices.ContainsFunc(found.Emails, func(e finding.Email) bool { return e.Value == v }) {
					t.Errorf("%q is none of the firm's", v)
				}
			}
		}
	})
}

func FuzzDutyOf(f *testing.F) {
	for _, s := range []string{"Начальник отдела снабжения", "гл. инженер", "", "И. о. ди\xffректора"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := people.DutyOf(s)
		if d != "" && !slices.Contains(company.Duties(), d) {
			t.Errorf("DutyOf(%q) = %q", s, d)
		}
		if len(s) < 100 && people.DutyOf(" "+s+" ") != d {
			t.Errorf("space changes DutyOf(%q)", s)
		}
	})
}

// hardest is a page of nothing but lines that may be people.
func hardest(n int) string {
	return strings.Repeat(`<p>Директор Вихров Пётр Ильич 314-27-11 Отдел снабжения И. И. Пётр Пётр </p>`, n)
}

func BenchmarkRead(b *testing.B) {
	usual := `<nav>` + strings.Repeat(`<a href="/x">Подшипники шариковые</a>`, 200) + `</nav>` +
		strings.Repeat(`<p>Поставляем подшипники качения для сельхозтехники, станков и автомобилей со склада в день заказа.</p>`, 100) +
		`<div class=c><p>Вихров Пётр Ильич</p><p>Директор</p><p>` + tel1 + `</p></div><div class=c><p>Отдел снабжения</p><p>` + tel2 + `</p></div>`
	for _, bb := range []struct{ name, body string }{{"usual", usual}, {"hardest", hardest(2000)}} {
		b.Run(bb.name, func(b *testing.B) {
			p, err := page.Parse(&url.URL{Scheme: "https", Host: "vega.example", Path: "/"}, []byte(bb.body), "")
			if err != nil {
				b.Fatal(err)
			}
			f := finding.Page{Phones: []finding.Phone{{Value: num1}, {Value: num2}}}
			b.ReportAllocs()
			for b.Loop() {
				people.Read(p, &f)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
