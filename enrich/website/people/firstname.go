package people

import (
	_ "embed"
	"strings"
)

// The first names that are usual in Russia, Tatar, Caucasian, Central Asian and
// Buryat ones among them; compiled by hand for this package. Names that are
// words or marks first of all («Лада», «Марс») are left out.
var (
	//go:embed data/male.txt
	maleNames string
	//go:embed data/female.txt
	femaleNames string
)

// patronymic tells a patronymic in the nominative: «Петрович», «Ильинична». A
// person to call is named in the nominative; «директору Иванову» and «в лице
// Петрова Петра Петровича» are texts about one.
func patronymic(low string) bool {
	for _, tail := range [...]string{"ович", "евич", "овна", "евна", "инична"} {
		if strings.HasSuffix(low, tail) && len(low) > len(tail)+len("а") {
			return true
		}
	}
	switch low {
	case "ильич", "кузьмич", "лукич", "фомич", "никитич", "саввич", "козьмич", "фокич", "силыч", "ионыч", "ермилыч",
		"саввична", "никитична", "фоминична", "кузьминична", "лукинична":
		return true
	}
	return false
}

// patronymicTail are the words that follow the father's name where one does
// not bend it.
func patronymicTail(low string) bool {
	switch low {
	case "оглы", "оглу", "кызы", "гызы", "улы", "уулу":
		return true
	}
	return false
}
