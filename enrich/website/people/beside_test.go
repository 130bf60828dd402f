package people_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestRemarksBehindNumbers(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"words are of the next number":  {`<p>Звоните нам: ` + tel1 + ` (мобильный), отдел закупок ` + tel2 + `. Пишите!</p>`, []string{" | отдел закупок | supply | " + num2}},
		"a department in brackets":      {`<p>` + tel1 + ` (бухгалтерия), отдел закупок: ` + tel2 + `</p>`, []string{" | бухгалтерия | accounts | " + num1, " | отдел закупок | supply | " + num2}},
		"behind dashes":                 {`<p>` + tel1 + ` — отдел закупок, ` + tel2 + ` — бухгалтерия</p>`, []string{" | отдел закупок | supply | " + num1, " | бухгалтерия | accounts | " + num2}},
		"one number":                    {`<p>Тел. ` + tel1 + `, отдел закупок</p>`, []string{" | отдел закупок | supply | " + num1}},
		"brackets inside are left":      {`<p>Менеджер (автохимия): ` + tel1 + `</p>`, []string{" | Менеджер (автохимия) | sales | " + num1}},
		"a bracket that closes nothing": {`<p>мобильный), отдел закупок: ` + tel1 + `</p>`, []string{" | отдел закупок | supply | " + num1}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

// TestDepartmentsInOrder has lines whose departments all stand on one side of
// their numbers: each gets its own, and brackets are whole.
func TestDepartmentsInOrder(t *testing.T) {
	formats := []struct{ one, between string }{
		{"%s: %s", ", "},
		{"%s %s", ", "},
		{"%s — %s", "; "},
		{"%s тел. %s", ", "},
		{"%s: %s (моб.)", ", "},
		{"%[2]s (%[1]s)", ", "},
		{"%[2]s — %[1]s", ", "},
		{"%[2]s - %[1]s", "; "},
		{"%[2]s %[1]s", ", "},
	}
	duties := map[string]string{"отдел закупок": "supply", "бухгалтерия": "accounts", "главный инженер": "engineer", "приёмная": "reception", "отдел кадров": "staff"}
	names := slices.Sorted(maps.Keys(duties))
	tels, nums := []string{tel1, tel2, tel3}, []string{num1, num2, num3}
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, f := range formats {
		for range 50 {
			var line []string
			want := map[string]bool{}
			for k, d := range rnd.Perm(len(names))[:2+rnd.IntN(2)] {
				line = append(line, fmt.Sprintf(f.one, names[d], tels[k]))
				want[" | "+names[d]+" | "+duties[names[d]]+" | "+nums[k]] = true
			}
			text := strings.Join(line, f.between)
			got := read(t, "/contacts", "<p>"+text+"</p>").People
			for _, p := range got {
				if !want[written(p)] {
					t.Fatalf("%s\ngot %s", text, written(p))
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%s\n%d of %d", text, len(got), len(want))
			}
		}
	}
}
