package evidence

import (
	"cmp"
	"sync"

	"obzvon/pipeline/company"
)

// regionShare is how many of a hundred firms a subject of the Federation has,
// rounded: by the numbers of legal entities and sole proprietors that ФНС
// publishes. Of those that are not named each has about as many.
func regionShare(code string) float64 {
	return cmp.Or(bigRegions[code], otherRegion)
}

const otherRegion = 0.007

var bigRegions = map[string]float64{
	"77": 0.15, "50": 0.07, "78": 0.075, "23": 0.045, "66": 0.033, "16": 0.027, "61": 0.027, "63": 0.023, "54": 0.024,
	"74": 0.023, "52": 0.021, "02": 0.024, "59": 0.018, "24": 0.018, "26": 0.016, "36": 0.015, "34": 0.014, "64": 0.014,
	"38": 0.015, "72": 0.013, "47": 0.013, "42": 0.012, "55": 0.012, "25": 0.014, "31": 0.01, "22": 0.013, "39": 0.01, "91": 0.015, "86": 0.012,
}

// neighbours are subjects that people take for one place: the two capitals and
// Севастополь, and what lies around them.
var neighbours = map[string]string{"77": "50", "50": "77", "78": "47", "47": "78", "91": "92", "92": "91"}

// Of the firms of a region its capital has about every second one, another town
// one in twenty.
const (
	capitalShare = 0.5
	townShare    = 0.05
)

// capitals are towns that have much of their region, by city key.
var capitals = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, town := range []string{
		"Майкоп", "Уфа", "Улан-Удэ", "Горно-Алтайск", "Махачкала", "Магас", "Нальчик", "Элиста", "Черкесск", "Петрозаводск", "Сыктывкар",
		"Йошкар-Ола", "Саранск", "Якутск", "Владикавказ", "Казань", "Кызыл", "Ижевск", "Абакан", "Грозный", "Чебоксары", "Барнаул", "Краснодар",
		"Красноярск", "Владивосток", "Ставрополь", "Хабаровск", "Благовещенск", "Архангельск", "Астрахань", "Белгород", "Брянск", "Владимир",
		"Волгоград", "Вологда", "Воронеж", "Иваново", "Иркутск", "Калининград", "Калуга", "Петропавловск-Камчатский", "Кемерово", "Киров",
		"Кострома", "Курган", "Курск", "Липецк", "Магадан", "Мурманск", "Нижний Новгород", "Великий Новгород", "Новосибирск", "Омск",
		"Оренбург", "Орёл", "Пенза", "Пермь", "Псков", "Ростов-на-Дону", "Рязань", "Самара", "Саратов", "Южно-Сахалинск", "Екатеринбург",
		"Смоленск", "Тамбов", "Тверь", "Томск", "Тула", "Тюмень", "Ульяновск", "Челябинск", "Чита", "Ярославль", "Биробиджан", "Симферополь",
		"Тольятти", "Сургут", "Набережные Челны", "Новокузнецк", "Череповец", "Сочи", "Магнитогорск",
	} {
		m[cityKey(town)] = true
	}
	return m
})

// cityShare is how much of a region's firms a city has.
func cityShare(region, city string) float64 {
	switch {
	case region == "77" || region == "78" || region == "92":
		return 1
	case capitals()[city]:
		return capitalShare
	}
	return townShare
}

// cityAliases are customary short names of towns.
var cityAliases = map[string]string{
	"спб": "санкт петербург", "питер": "санкт петербург", "мск": "москва", "н новгород": "нижний новгород", "в новгород": "великий новгород",
	"екб": "екатеринбург", "наб челны": "набережные челны", "ростов н д": "ростов на дону", "мин воды": "минеральные воды",
}

// cityKey is how a city is compared.
func cityKey(city string) string {
	var stack [64]byte
	key := company.AppendFolded(stack[:0], company.CleanCity(city))
	if long, ok := cityAliases[string(key)]; ok {
		return long
	}
	return string(key)
}
