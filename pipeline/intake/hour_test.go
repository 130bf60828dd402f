package intake

import (
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/intake/heading"
)

// An hour is Moscow's, as the list says it; one at which nobody is there any more is
// remarked on, and kept.
func TestAgreedHour(t *testing.T) {
	vladivostok, err := time.LoadLocation("Asia/Vladivostok")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		region, manager, next string
		seller                *time.Location
		say                   string
	}{
		"in their evening":        {"Красноярский край", "manager-2", "24.11 в 17:30", nil, "17:30 по Москве — у них 21:30, а звоним с 09:00 до 18:00 их времени"},
		"before they come":        {"Калининградская область", "manager-2", "24.11 в 9:30", nil, "09:30 по Москве — у них 08:30"},
		"on the day before":       {"Камчатский край", "manager-2", "24.11 в 20:00", nil, "20:00 по Москве — у них 05:00"},
		"in their day":            {"Красноярский край", "manager-2", "24.11 в 10:00", nil, ""},
		"after the manager's":     {"Москва", "manager-1", "24.11 в 17:30", nil, "17:30 по Москве — вне часов работы менеджера (09:00–17:00 по Москве)"},
		"of a manager elsewhere":  {"Приморский край", "manager-1", "24.11 в 10:30", vladivostok, "вне часов работы менеджера (02:00–10:00 по Москве)"},
		"where nobody knows when": {"", "manager-2", "24.11 в 20:00", nil, ""},
		"no hour":                 {"Красноярский край", "manager-1", "24.11", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			if c.seller != nil {
				o.Zone = c.seller
				o.Firm.Until = 20 * 60
			}
			f := o.take(t, plainTable(t, 12, cells{
				heading.TitleINN: string(innOf(30)), "Регион": c.region, heading.TitleManager: c.manager, heading.TitleResult: "Перезвонить", heading.TitleNext: c.next,
			})).Files[0]
			text, hours := said(f), strings.Contains(said(f), "по Москве")
			if hours != (c.say != "") || !strings.Contains(text, c.say) || f.Unclear() != 0 {
				t.Errorf("%s\nwant %q", text, c.say)
			}
			if r := o.results(t, 30); len(r) != 1 || (r[0].NextAt == 0) != (name == "no hour") {
				t.Errorf("%+v", r)
			}
		})
	}
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: "Перезвонить", heading.TitleNext: "24.11 в 20:00"}})
	if f := o.take(t, b).Files[0]; !strings.Contains(said(f), "вне часов работы менеджера") || o.results(t, 1)[0].NextAt != 20*60 {
		t.Errorf("of a list: %s", said(f))
	}
}
