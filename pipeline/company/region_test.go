package company

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/realfiles"
)

func TestFindRegion(t *testing.T) {
	tests := []struct{ text, code string }{
		{"59", "59"},
		{"1", "01"},
		{"80", "75"},
		{"5900000000000", "59"},
		{"59000001000", "59"},
		{"РЕСП. ТАТАРСТАН", "16"},
		{"Татарстан респ", "16"},
		{"Республика Татарстан (Татарстан)", "16"},
		{"Московская обл.", "50"},
		{"МОСКОВСКАЯ ОБЛАСТЬ", "50"},
		{"Московская", "50"},
		{"г. Москва", "77"},
		{"Москва г", "77"},
		{"Город Москва", "77"},
		{"МОСКВА", "77"},
		{"г Санкт-Петербург", "78"},
		{"СПб", "78"},
		{"ХАНТЫ-МАНСИЙСКИЙ АВТОНОМНЫЙ ОКРУГ - ЮГРА", "86"},
		{"Ханты - Мансийский - Югра АО", "86"},
		{"ХМАО-Югра", "86"},
		{"Ямало-Ненецкий АО", "89"},
		{"Ненецкий автономный округ", "83"},
		{"Кемеровская область - Кузбасс", "42"},
		{"Кемеровская обл.", "42"},
		{"Чувашская Республика - Чувашия", "21"},
		{"Республика Саха /Якутия/", "14"},
		{"РЕСПУБЛИКА САХА (ЯКУТИЯ)", "14"},
		{"Республика Северная Осетия - Алания", "15"},
		{"Республика Донецкая Народная", "93"},
		{"Донецкая Народная респ", "93"},
		{"Еврейская Аобл", "79"},
		{"Республика Алтай", "04"},
		{"Алтайский край", "22"},
		{"Коми-Пермяцкий АО", "59"},
		{"Мoсковская область", "50"}, // a Latin o
		{"59 Пермский край", "59"},
		{"614000, Пермский край, г. Пермь, ул. Московская, 1", "59"},
		{"620000 Свердловская обл, Екатеринбург", "66"},
		{"Российская Федерация, г. Севастополь", "92"},
		{"Татарстан, Казань", "16"},

		{"", ""},
		{"Россия", ""},
		{"Пермь", ""},
		{"58 Пермский край", ""},
		{"Москва и Московская область", ""},
		{"Город Москва, Московская область", ""},
		{"Архангельская область и Ненецкий автономный округ", ""},
		{"Алтайская область", ""},
		{"Крым край", ""},
		{"ул. Московская", ""},
		{"Пермь, Приморский", ""},
		{"00", ""},
		{"123", ""},
	}
	for _, tt := range tests {
		if r, _ := FindRegion(tt.text); r.Code != tt.code {
			t.Errorf("FindRegion(%q) = %q, want %q", tt.text, r.Code, tt.code)
		}
	}
}

func TestEveryRegionIsFound(t *testing.T) {
	all := Regions()
	if len(all) != 90 {
		t.Fatalf("%d regions, want 89 subjects and Байконур", len(all))
	}
	if !slices.IsSortedFunc(all, func(a, b Region) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("regions are not in the order of their codes")
	}
	for _, r := range all {
		for _, text := range []string{r.Name, strings.ToUpper(r.Name), r.Code, r.Kind + " " + r.Name} {
			if got, ok := FindRegion(text); !ok || got != r {
				t.Errorf("FindRegion(%q) = %v, want %s", text, got, r.Code)
			}
		}
		if loc, ok := ZoneOf(r.Code, ""); !ok || loc.String() != r.Zone {
			t.Errorf("ZoneOf(%s) = %v, %v, want %s", r.Code, loc, ok, r.Zone)
		}
	}
	for retired, successor := range map[string]string{"80": "75", "81": "59", "82": "41", "84": "24", "85": "38", "88": "24"} {
		if r, ok := RegionByCode(retired); !ok || r.Code != successor {
			t.Errorf("RegionByCode(%s) = %v, want %s", retired, r, successor)
		}
	}
}

// readSample returns the rows of a CSV sample as maps by header.
func readSample(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(realfiles.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[strings.TrimPrefix(h, "\ufeff")] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func TestRegionsAgainstCallingTable(t *testing.T) {
	rows := readSample(t, "calling/regions-time.csv")
	for _, row := range rows {
		r, ok := RegionByCode(row["region_code"])
		if !ok {
			t.Errorf("no region %s", row["region_code"])
			continue
		}
		if got, ok := FindRegion(row["region"]); !ok || got != r {
			t.Errorf("FindRegion(%q) = %q, want %s", row["region"], got.Code, r.Code)
		}
		loc, ok := ZoneOf(r.Code, "")
		if !ok {
			t.Errorf("%s: no zone", r.Code)
			continue
		}
		if r.Zone != row["iana_zone"] {
			t.Errorf("%s: zone %s, table says %s", r.Code, r.Zone, row["iana_zone"])
		}
		checkOffset(t, r.Name, loc, row["utc_offset"])
	}
	if len(rows) != 89 {
		t.Errorf("%d rows, want 89", len(rows))
	}
}

func checkOffset(t *testing.T, what string, loc *time.Location, hours string) {
	t.Helper()
	_, got := time.Date(2026, 7, 1, 12, 0, 0, 0, loc).Zone()
	want, err := strconv.Atoi(hours)
	if err != nil || got != want*3600 {
		t.Errorf("%s: %s is UTC%+d, want %s", what, loc, got/3600, hours)
	}
}

func TestRegionsAgainstDistricts(t *testing.T) {
	for _, row := range readSample(t, "regions/hflabs-region.csv") {
		r, ok := RegionByCode(row["kladr_id"][:2])
		if !ok {
			t.Errorf("no region %s", row["kladr_id"])
			continue
		}
		if got, ok := FindRegion(row["name_with_type"]); !ok || got != r {
			t.Errorf("FindRegion(%q) = %q, want %s", row["name_with_type"], got.Code, r.Code)
		}
		if got, ok := FindRegion(row["kladr_id"]); !ok || got != r {
			t.Errorf("FindRegion(%q) = %q, want %s", row["kladr_id"], got.Code, r.Code)
		}
		if r.Code != "99" && r.District != row["federal_district"] {
			t.Errorf("%s: district %q, table says %q", r.Code, r.District, row["federal_district"])
		}
		loc, _ := ZoneOf(r.Code, "")
		if loc == nil {
			t.Errorf("%s: no zone", r.Code)
			continue
		}
		checkOffset(t, r.Name, loc, strings.TrimPrefix(row["timezone"], "UTC"))
	}
}

func TestZoneExceptions(t *testing.T) {
	for _, row := range readSample(t, "calling/regions-time-exceptions.csv") {
		r, ok := FindRegion(row["region"])
		if !ok {
			t.Errorf("FindRegion(%q) finds nothing", row["region"])
			continue
		}
		place, _, _ := strings.Cut(row["place"], " (")
		for city := range strings.SplitSeq(place, ", ") {
			loc, ok := ZoneOf(r.Code, city)
			if !ok || loc.String() != row["iana_zone"] {
				t.Errorf("ZoneOf(%s, %q) = %v, want %s", r.Code, city, loc, row["iana_zone"])
				continue
			}
			checkOffset(t, city, loc, row["utc_offset"])
		}
	}
	if loc, ok := ZoneOf("14", "п. УСТЬ-НЕРА"); !ok || loc.String() != "Asia/Ust-Nera" {
		t.Errorf("ZoneOf(14, п. УСТЬ-НЕРА) = %v", loc)
	}
	if loc, ok := ZoneOf("00", ""); ok {
		t.Errorf("ZoneOf(00) = %v, want none", loc)
	}
}

func FuzzFindRegion(f *testing.F) {
	for _, s := range []string{"59", "РЕСП. ТАТАРСТАН", "Кемеровская область - Кузбасс", "614000, Пермский край, г. Пермь", "Москва и Московская область", "г\xff Москва", "5900000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, ok := FindRegion(s)
		if !ok {
			if r != (Region{}) {
				t.Fatalf("FindRegion(%q) is not ok but gives %v", s, r)
			}
			return
		}
		if again, ok := FindRegion(r.Name); !ok || again != r {
			t.Fatalf("FindRegion(%q) = %s, whose name gives %s", s, r.Code, again.Code)
		}
		if up, ok := FindRegion(strings.ToUpper(s)); ok && up != r {
			t.Fatalf("%q gives %s, in capitals %s", s, r.Code, up.Code)
		}
		if _, ok := ZoneOf(r.Code, s); !ok {
			t.Fatalf("%q: region %s has no zone", s, r.Code)
		}
	})
}

func BenchmarkFindRegion(b *testing.B) {
	texts := []string{"59", "РЕСП. ТАТАРСТАН", "Ханты-Мансийский Автономный округ - Югра", "614000, Пермский край, г. Пермь, ул. Ленина, 1"}
	b.ReportAllocs()
	n := 0
	for i := 0; b.Loop(); i++ {
		if _, ok := FindRegion(texts[i%len(texts)]); ok {
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "regions/s")
}
