package company

import (
	_ "embed"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"obzvon/pipeline/realfiles"
)

//go:embed data/towns_shared.tsv
var townsSharedTSV string

func TestTownRegion(t *testing.T) {
	tests := map[string]string{
		"Орёл": "57", "Орел": "57", "г. ОРЁЛ": "57", "Киров": "43", "Норильск": "24",
		"Комсомольск-на-Амуре": "27", "комсомольск на амуре": "27",
		"Новосибирск": "54", "Великий Новгород": "53", "Нижний Новгород": "52", "Н. Новгород": "52",
		"Москва": "77", "г Санкт-Петербург": "78", "СПб": "78", "Севастополь": "92", "Зеленоград": "77",
		"Наб. Челны": "16", "РОСТОВ-НА-ДОНУ Г": "61", "Пермский край, г. Пермь, ул. Ленина": "59",
		"Мытищи": "50", "Верхняя Пышма": "66",
		// The subject is named beside the town.
		"Киров, Калужская область": "40", "Железногорск (Курская область)": "46", "Пермь, Приморский": "59",
		// Nothing is guessed.
		"Кировск": "", "Советск": "", "Октябрьский": "", "Железногорск": "", "Благовещенск": "", "Троицк": "",
		"Ростов": "", "Новгород": "", "с. Пушкино": "", "Клин д": "", "пос. Сургут": "", "Приморский": "",
		"Алтай": "", "Незнамск": "", "": "", ",": "", "59": "",
	}
	for city, want := range tests {
		if got, ok := TownRegion(city); got != want || ok != (want != "") {
			t.Errorf("TownRegion(%q) = %q, %v, want %q", city, got, ok, want)
		}
	}
}

func TestAddressRegion(t *testing.T) {
	tests := map[string]string{
		"302000, г. Орёл, ул. Мира, д. 5":                    "57",
		"302000 Орёл, ул. Мира, 5":                           "57",
		"Россия, Киров, Чапаева 5":                           "43",
		"614000, Пермский край, г. Пермь, ул. Московская, 1": "59",
		"Калужская обл., г. Киров, ул. Ленина, 1":            "40",
		"Пермь, Чайковский пер., 5":                          "59",
		"с. Ивановка, Пушкино, 5":                            "",
		"ул. Владимирская, д. 5, Орёл":                       "57",
		"д. 5, Орёл": "57",
		"Железногорск, ул. Ленина, 1": "",
		"": "",
	}
	for address, want := range tests {
		if got, ok := AddressRegion(address); got != want || ok != (want != "") {
			t.Errorf("AddressRegion(%q) = %q, %v, want %q", address, got, ok, want)
		}
	}
}

// TestTownsTable holds the table of towns to the other tables: one region for
// a name, a town in every region, the region of every town as the area codes
// have it.
func TestTownsTable(t *testing.T) {
	seen := map[string]string{}
	regions := map[string]bool{}
	for _, f := range tsvRows(townsTSV) {
		r, ok := RegionByCode(f[0])
		if !ok || r.Code != f[0] || regions[f[0]] {
			t.Errorf("region %q: unknown, retired or twice", f[0])
		}
		regions[f[0]] = true
		for town := range strings.SplitSeq(f[1], ";") {
			for spelling := range strings.SplitSeq(town, "=") {
				key := cityKey(spelling)
				if seen[key] != "" {
					t.Errorf("%s stands under %s and %s", spelling, seen[key], f[0])
				}
				seen[key] = f[0]
				if whole := strings.Join(FoldWords(spelling), " "); key != whole {
					t.Errorf("%s is cut to %q: every place of that name would be taken for it", spelling, key)
				}
				for _, s := range []string{spelling, strings.ToUpper(spelling), "г. " + spelling} {
					if code, _ := TownRegion(s); code != f[0] {
						t.Errorf("TownRegion(%q) = %q, want %s", s, code, f[0])
					}
				}
			}
		}
	}
	for _, r := range Regions() {
		if !regions[r.Code] {
			t.Errorf("%s has no town", r.Name)
		}
	}
	for _, f := range tsvRows(townsSharedTSV) {
		if code, ok := TownRegion(f[0]); ok {
			t.Errorf("%s is shared and said to be in %s", f[0], code)
		}
	}
	for key, entries := range areaPlan().city {
		for _, e := range entries {
			if region, _, _ := strings.Cut(e, "/"); seen[key] != "" && seen[key] != region {
				t.Errorf("%s is in %s, by its area code in %s", key, seen[key], region)
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("only %d towns", len(seen))
	}
}

// TestTownsOfDirectory: a directory of firms opens branches where the firms
// are, so most of its Russian cities should be known.
func TestTownsOfDirectory(t *testing.T) {
	text, err := os.ReadFile(realfiles.Path(t, "2gis/cities-ru.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cities []struct {
		Name    string `json:"name"`
		Country string `json:"country_code"`
	}
	if err := json.Unmarshal(text, &cities); err != nil {
		t.Fatal(err)
	}
	known, all := 0, 0
	var missing []string
	for _, c := range cities {
		if c.Country != "ru" {
			continue
		}
		all++
		if _, ok := TownRegion(c.Name); ok {
			known++
		} else {
			missing = append(missing, c.Name)
		}
	}
	t.Logf("%d of %d; not known: %s", known, all, strings.Join(missing, ", "))
	if known*10 < all*7 {
		t.Errorf("%d of %d cities known", known, all)
	}
}

func FuzzTownRegion(f *testing.F) {
	for _, s := range []string{"Орёл", "г. Киров (Калужская обл.)", "с. Пушкино", "Пермь|Пермский край", "\xff,", "д"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := TownRegion(s)
		if ok != (code != "") {
			t.Fatalf("TownRegion(%q) = %q, %v", s, code, ok)
		}
		if _, known := RegionByCode(code); ok && !known {
			t.Fatalf("TownRegion(%q): no region %q", s, code)
		}
		if at, there := AddressRegion(s); there != (at != "") {
			t.Fatalf("AddressRegion(%q) = %q, %v", s, at, there)
		}
	})
}
