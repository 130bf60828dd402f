package table

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"obzvon/pipeline/company"
)

// commonNames are what people call countries beside the names of the CLDR.
var commonNames = []string{
	"Белоруссия", "Киргизия", "Кыргызстан", "Молдавия", "Молдова", "Абхазия", "Южная Осетия", "КНР", "КНДР", "США", "ОАЭ",
	"Южная Корея", "Корея", "Северная Корея", "Англия", "Великобритания", "Голландия", "Чехия", "Турция", "Тайвань", "Гонконг",
	"Макао", "Македония", "Туркмения", "Китайская Народная Республика", "Соединённые Штаты Америки", "Корейская Республика",
	"Чешская Республика", "Турецкая Республика", "Словацкая Республика", "Кыргызская Республика",
	"USA", "UK", "UAE", "England", "Great Britain", "PRC", "PR China", "P.R. China", "Korea", "Republic of Korea", "Holland",
	"The Netherlands", "Czech Republic", "Turkey", "Taiwan", "Hong Kong", "Macau", "Macedonia", "Türkiye",
}

// countries holds the folded names of all countries in Russian and English
// and their codes. It is made at the first foreign row.
var countries = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		if key := countryKey(name); key != "" {
			out[key] = true
		}
	}
	russian, english := display.Russian.Regions(), display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !r.IsCountry() {
				continue
			}
			for _, name := range []string{russian.Name(r), english.Name(r), r.String(), r.ISO3()} {
				add(name)
			}
		}
	}
	for _, name := range commonNames {
		add(name)
	}
	return out
})

// countryKey folds a name, without the word that some put before it:
// «Республика Беларусь».
func countryKey(s string) string {
	return strings.TrimPrefix(strings.Join(company.FoldWords(s), " "), "республика ")
}

// isCountry tells whether a text names a country and nothing else.
func isCountry(s string) bool { return countries()[countryKey(s)] }
