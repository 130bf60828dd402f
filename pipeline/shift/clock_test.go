package shift

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/adhocore/gronx"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestClock(t *testing.T) {
	const berlin = "Europe/Berlin" // forward on 29 March 2026 from 2:00, back on 25 October from 3:00
	for _, c := range []struct {
		name, line, zone, after string
		want                    []string // in UTC
	}{
		{"every night", "30 1 * * *", "Europe/Moscow", "2026-11-22T22:30:00Z", []string{"2026-11-23T22:30:00Z", "2026-11-24T22:30:00Z"}},
		{"in the same minute", "30 1 * * *", "Europe/Moscow", "2026-11-22T22:29:59.9Z", []string{"2026-11-22T22:30:00Z"}},
		{"a little later", "30 1 * * *", "Europe/Moscow", "2026-11-22T22:30:00.1Z", []string{"2026-11-23T22:30:00Z"}},
		{"in the hour that is left out", "30 2 * * *", berlin, "2026-03-28T00:00:00Z", []string{"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"twice in the hour that is left out", "0,30 2 * * *", berlin, "2026-03-28T02:00:00Z", []string{"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"}},
		{"in the hour left out and at its end", "0 2,3 * * *", berlin, "2026-03-28T12:00:00Z", []string{"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"}},
		{"every half hour over the hour left out", "*/30 * * * *", berlin, "2026-03-29T00:15:00Z", []string{"2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"}},
		{"in the hour that comes twice", "30 2 * * *", berlin, "2026-10-24T00:30:00Z", []string{"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"from within the second of the two hours", "30 2 * * *", berlin, "2026-10-25T01:10:00Z", []string{"2026-10-26T01:30:00Z"}},
		{"at the end of the two hours", "0 3 * * *", berlin, "2026-10-25T00:30:00Z", []string{"2026-10-25T02:00:00Z"}},
		{"every half hour in both", "*/30 * * * *", berlin, "2026-10-25T00:15:00Z", []string{"2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z"}},
		{"every hour in both", "0 * * * *", berlin, "2026-10-24T23:30:00Z", []string{"2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"}},
		{"half an hour put back", "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T13:00:00Z", []string{"2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"}},
		{"a day of leap years", "0 0 29 2 *", "UTC", "2026-03-01T00:00:00Z", []string{"2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"}},
		{"day and weekday are either", "0 0 13 * 5", "UTC", "2026-11-10T00:00:00Z", []string{"2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z"}},
		{"weekdays", "30 1 * * 1-5", "UTC", "2026-11-20T02:00:00Z", []string{"2026-11-23T01:30:00Z"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock, err := NewClock(c.line, zoneOf(t, c.zone))
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339Nano, c.after)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if at = clock.Next(at); at.UTC().Format(time.RFC3339) != want {
					t.Fatalf("fires at %s, want %s", at.UTC().Format(time.RFC3339), want)
				}
			}
		})
	}
}

func TestNoClock(t *testing.T) {
	for _, line := range []string{"", "30 1 * *", "30 1 * * * *", "x 1 * * *", "61 1 * * *", "@daily"} {
		if _, err := NewClock(line, time.UTC); err == nil || errors.Is(err, ErrNever) {
			t.Errorf("%q: %v", line, err)
		}
	}
	if _, err := NewClock("0 0 30 2 *", time.UTC); !errors.Is(err, ErrNever) {
		t.Errorf("30 February: %v", err)
	}
}

// asCron follows a line minute by minute as cron(8) of Debian does: a job that
// names its hour and minute runs at once when the clock is put forward over it, and
// not again when it is put back.
func asCron(line string, zone *time.Location, from, until time.Time) []time.Time {
	often := line[0] == '*' || strings.Fields(line)[1][0] == '*'
	gron := gronx.New()
	matches := func(wall time.Time) bool {
		due, err := gron.IsDue(line, wall)
		return err == nil && due
	}
	wallOf := func(t time.Time) time.Time {
		_, seconds := t.In(zone).Zone()
		return t.UTC().Add(time.Duration(seconds) * time.Second)
	}
	var out []time.Time
	reached := wallOf(from.Add(-24 * time.Hour)) // the latest reading there has been
	for at := from.Add(-24 * time.Hour); !at.After(until); at = at.Add(time.Minute) {
		now, fires := wallOf(at), false
		if often {
			fires = matches(now)
		} else {
			for ; reached.Before(now); reached = reached.Add(time.Minute) {
				fires = fires || matches(reached.Add(time.Minute))
			}
		}
		if fires && at.After(from) {
			out = append(out, at)
		}
	}
	return out
}

// Whatever the line, the zone and the moment: fires rise, and are those of cron.
func TestClockAsCron(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	changes := []struct{ zone, at string }{
		{"Europe/Berlin", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25T01:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
		{"America/Santiago", "2026-09-06T04:00:00Z"}, // midnight is left out
		{"Europe/Moscow", "2014-10-25T22:00:00Z"},
		{"Asia/Kamchatka", "2026-06-01T00:00:00Z"},
	}
	for range 25 {
		c := changes[random.IntN(len(changes))]
		zone, line := zoneOf(t, c.zone), randomLine(random)
		clock, err := NewClock(line, zone)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		change, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		from := change.Add(-time.Duration(random.IntN(36*60)) * time.Minute)
		until := change.Add(36 * time.Hour)
		var got []time.Time
		for at := clock.Next(from); !at.After(until); at = clock.Next(at) {
			if len(got) > 0 && !at.After(got[len(got)-1]) {
				t.Fatalf("seed %d: %q in %s: %v after %v", seed, line, c.zone, at, got[len(got)-1])
			}
			got = append(got, at.UTC())
		}
		if want := asCron(line, zone, from, until); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: %q in %s after %v:\n got %v\nwant %v", seed, line, c.zone, from, got, want)
		}
	}
}

func randomLine(random *rand.Rand) string {
	field := func(most int) string {
		switch random.IntN(4) {
		case 0:
			return "*"
		case 1:
			return fmt.Sprintf("*/%d", 2+random.IntN(most/2))
		case 2:
			return fmt.Sprintf("%d,%d", random.IntN(most), random.IntN(most))
		}
		return strconv.Itoa(random.IntN(most))
	}
	days := []string{"*", "*", "1-5", "0,6"}
	return field(60) + " " + []string{field(24), field(5)}[random.IntN(2)] + " * * " + days[random.IntN(len(days))]
}

func FuzzClock(f *testing.F) {
	f.Add("30 1 * * *", int64(1_790_000_000))
	f.Add("*/7 2-4 1,15 * 5", int64(1_774_000_000))
	f.Add("0 0 31 12 *", int64(0))
	zone := zoneOf(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, line string, second int64) {
		clock, err := NewClock(line, zone)
		if err != nil {
			return
		}
		at := time.Unix(second%4_000_000_000, 0)
		for range 5 {
			next := clock.Next(at)
			if next.IsZero() {
				return
			}
			if !next.After(at) || next.Second() != 0 {
				t.Fatalf("%q after %v fires at %v", line, at, next)
			}
			at = next
		}
	})
}
