package table

import (
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

func TestCityInOfBareTown(t *testing.T) {
	tests := map[string]string{
		"302000, Орёл, ул. Мира, 5":                 "Орёл",
		"302000 ОРЁЛ, ул. Мира, 5":                  "Орёл",
		"Россия, Свердловская обл., Серов, Мира, 5": "Серов",
		"Пермский край, г. Чайковский, Пермь":       "Чайковский",
		"с. Ивановка, Пушкино, 5":                   "Ивановка",
		"Москва, Пушкино, 5":                        "Москва",
		"Московская обл., ул. Пушкина, 5":           "",
		"Железногорск, ул. Мира, 5":                 "", // there are two
		"ул. Владимир Высоцкого, 5":                 "",
		"": "",
	}
	for address, want := range tests {
		if got := cityIn(address); got != want {
			t.Errorf("cityIn(%q) = %q, want %q", address, got, want)
		}
	}
}

// TestTownGivesRegion: a town names its region before the config does, and a
// mobile number has no say.
func TestTownGivesRegion(t *testing.T) {
	text := "Компания;Телефон;Город\nРомашка;+7 907 000-00-01;Орёл\nЛютик;+7 907 000-00-02;Комсомольск-на-Амуре\n" +
		"Клевер;+7 907 000-00-03;Железногорск\nМята;+7 907 000-00-04;Киров, Калужская обл.\nШалфей;+7 907 000-00-05;с. Пушкино\n"
	for _, region := range []string{"", "59"} {
		p := pullAll(t, mustNew(t, Options{DefaultRegion: config.Code(region)}, files.FromBytes("a.csv", []byte(text))), requestNow)
		for i, want := range []string{"57", "27", region, "40", region} {
			if got := p.obs[i].First(company.FieldRegion); got != want {
				t.Errorf("default %q: row %d in region %q, want %q", region, i+1, got, want)
			}
		}
	}
}
