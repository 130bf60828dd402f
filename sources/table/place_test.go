package table

import "testing"

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
