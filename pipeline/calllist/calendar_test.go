package calllist

import (
	"testing"
	"time"
	_ "time/tzdata"

	"obzvon/config"
	"obzvon/pipeline/company"
)

func day(t *testing.T, s string) company.Date {
	t.Helper()
	d, err := company.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestListDay(t *testing.T) {
	cal := NewCalendar(config.Calendar{Holidays: []config.Day{"2026-11-04", "2026-12-31"}, Workdays: []config.Day{"2026-11-07"}})
	msk := zone(t, "Europe/Moscow")
	for _, c := range []struct{ name, now, want string }{
		{"in the night before work it is today", "2026-11-20T02:00:00+03:00", "2026-11-20"},
		{"at the start of work it is tomorrow", "2026-11-19T09:00:00+03:00", "2026-11-20"},
		{"Friday evening gives Monday", "2026-11-20T23:00:00+03:00", "2026-11-23"},
		{"Saturday night gives Monday", "2026-11-21T03:00:00+03:00", "2026-11-23"},
		{"a holiday is passed over", "2026-11-03T23:00:00+03:00", "2026-11-05"},
		{"a working Saturday counts", "2026-11-06T23:00:00+03:00", "2026-11-07"},
		{"UTC evening is Moscow night", "2026-11-19T22:30:00Z", "2026-11-20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			if got := cal.ListDay(now, msk, "09:00"); got != day(t, c.want) {
				t.Errorf("ListDay(%s) = %s, want %s", c.now, got, c.want)
			}
		})
	}
}

func TestMonth(t *testing.T) {
	start := day(t, "2026-11-15")
	for _, c := range []struct {
		day  string
		want int
	}{
		{"2026-11-01", 1},
		{"2026-11-15", 1},
		{"2026-12-14", 1},
		{"2026-12-15", 2},
		{"2027-05-14", 6},
		{"2027-05-15", 7},
		{"2027-11-15", 13},
	} {
		if got := Month(start, day(t, c.day)); got != c.want {
			t.Errorf("Month(%s) = %d, want %d", c.day, got, c.want)
		}
	}
}

func TestQuotasAddUp(t *testing.T) {
	mixes := []Mix{{1, 0, 0}, {0.5, 0.5, 0}, {0.4, 0.4, 0.2}, {1.0 / 3, 1.0 / 3, 1.0 / 3}, {0, 0, 1}}
	for _, m := range mixes {
		for n := range 120 {
			q := m.Quotas(n)
			if q[0]+q[1]+q[2] != n {
				t.Fatalf("mix %v of %d: %v does not add up", m, n, q)
			}
			for i := range q {
				if m[i] == 0 && q[i] != 0 {
					t.Fatalf("mix %v of %d gives %v: a closed priority got places", m, n, q)
				}
			}
		}
	}
	if got := (Mix{}).Quotas(5); got != [3]int{} {
		t.Errorf("no mix, but places: %v", got)
	}
}

func TestCommonWindow(t *testing.T) {
	msk := zone(t, "Europe/Moscow")
	office := Hours{From: 9 * 60, Until: 18 * 60}
	for _, c := range []struct {
		zone, want, label string
		ok                bool
	}{
		{"Europe/Moscow", "09:00–18:00", "МСК", true},
		{"Europe/Kaliningrad", "10:00–18:00", "МСК-1", true},
		{"Asia/Yekaterinburg", "09:00–16:00", "МСК+2", true},
		{"Asia/Vladivostok", "09:00–11:00", "МСК+7", true},
		{"Asia/Magadan", "09:00–10:00", "МСК+8", true},
		{"Asia/Kamchatka", "", "МСК+9", false},
	} {
		t.Run(c.zone, func(t *testing.T) {
			d := day(t, "2026-11-23")
			w, ok := CommonWindow(d, msk, zone(t, c.zone), office, office, 30*time.Minute)
			if ok != c.ok || ok && w.String() != c.want {
				t.Errorf("window %v %v, want %s %v", w, ok, c.want, c.ok)
			}
			if got := ZoneLabel(d, zone(t, c.zone)); got != c.label {
				t.Errorf("label %q, want %q", got, c.label)
			}
		})
	}
}
