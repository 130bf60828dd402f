package main

import (
	"slices"
	"strings"
)

// placeWords say what kind of place a name is; pages write or leave them out.
var placeWords = map[string]bool{
	"г": true, "гор": true, "город": true, "ул": true, "улица": true, "д": true, "дом": true, "пр": true, "пер": true,
	"проспект": true, "просп": true, "кт": true, "шоссе": true, "ш": true, "обл": true, "область": true, "россия": true,
	"рф": true, "стр": true, "строение": true, "к": true, "корп": true, "корпус": true, "р": true, "н": true, "район": true,
	"проезд": true, "переулок": true, "с": true, "село": true, "п": true, "пос": true, "поселок": true, "республика": true,
}

// roomWords begin what lies inside the house.
var roomWords = map[string]bool{
	"оф": true, "офис": true, "кв": true, "квартира": true, "пом": true, "помещ": true, "помещение": true, "ком": true,
	"комната": true, "эт": true, "этаж": true, "каб": true, "кабинет": true,
}

// sameAddress tells that an address found has the numbers and three quarters
// of the names of the label's, up to the house.
func sameAddress(label, found string) bool {
	has := words(found)
	names, met := 0, 0
	for _, w := range words(label) {
		if roomWords[w] {
			break
		}
		number := w[0] >= '0' && w[0] <= '9'
		if placeWords[w] || number && len(w) == 6 || !number && len([]rune(w)) < 2 {
			continue
		}
		in := slices.ContainsFunc(has, func(h string) bool {
			return h == w || !number && len([]rune(w)) > 5 && strings.HasPrefix(h, string([]rune(w)[:5]))
		})
		if number && !in {
			return false
		}
		if !number {
			names++
			if in {
				met++
			}
		}
	}
	return 4*met >= 3*names && (names > 0)
}
