package contact

import "testing"

// FuzzLabels holds that labels can be shown beside numbers, whatever a line
// says, and that both ways to read them bear any text.
func FuzzLabels(f *testing.F) {
	for _, s := range []string{
		"Звоните нам: +7 (907) 005-00-23 (мобильный), отдел закупок 8 907 0070023. Пишите: info@zavod.ru",
		"+7 907 005-00-23 — склад, +7 907 005-00-24 («Мир), касса) тел./факс 8 907 005 00 25",
		"Склад: г. Пермь, ул. Мира, 5, тел. 89070050023 İ [at] «",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, last := range []bool{true, false} {
			l := phrase(s, last)
			if again := phrase(l, last); len([]rune(again)) > len([]rune(l)) {
				t.Fatalf("%q grew to %q", l, again)
			}
			checkLabel(t, s, l)
		}
		r := newRow(s, []span{{len(s) / 3, len(s) / 2}, {len(s) / 2, len(s)}})
		for _, v := range r.values {
			_ = r.label(v.from, v.to)
		}
	})
}
