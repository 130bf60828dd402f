package exhibitors

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// near are the countries of the Eurasian Economic Union, as people write them.
var near = []string{
	"россия", "рф", "российская федерация", "russia", "russian federation", "ru", "rus",
	"беларусь", "белоруссия", "республика беларусь", "belarus", "казахстан", "республика казахстан", "kazakhstan",
	"армения", "республика армения", "armenia", "киргизия", "кыргызстан", "кыргызская республика", "киргизская республика", "kyrgyzstan",
}

// nearCodes are those of their phones.
var nearCodes = []string{"+7", "+375", "+374", "+996"}

// abroad tells a country that is printed and is none of them.
func abroad(country string) bool {
	key := strings.Join(company.FoldWords(country), " ")
	return key != "" && !slices.Contains(near, key)
}

// abroadByPhone tells whether phones are printed and all have another country's code. A
// number with a foreign code that no numbering plan knows is foreign all the same.
func abroadByPhone(phones []company.Phone, rest []string) bool {
	foreign := false
	for _, piece := range rest {
		foreign = foreign || strings.HasPrefix(strings.TrimSpace(piece), "+") && !nearCode(strings.TrimSpace(piece))
	}
	for _, p := range phones {
		if nearCode(p.E164) {
			return false
		}
		foreign = true
	}
	return foreign
}

func nearCode(number string) bool {
	return slices.ContainsFunc(nearCodes, func(c string) bool { return strings.HasPrefix(number, c) })
}
