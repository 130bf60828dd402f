package main

import "fmt"

// place is a city with what the sources say of it.
type place struct {
	code         string // region
	kind, region string // as the registry writes them
	directory    string // the region as directories write it
	city         string
	area         string // telephone code
	offset       string // from UTC
	lat, lon     float64
	index        string // postal index of the main post office, rounded
	landlines    int    // numbers given out so far
}

func places() []*place {
	return []*place{
		{code: "77", kind: "Г.", region: "МОСКВА", directory: "Москва", city: "Москва", area: "495", offset: "+03:00", lat: 55.75, lon: 37.62, index: "101000"},
		{code: "59", kind: "КРАЙ", region: "ПЕРМСКИЙ", directory: "Пермский край", city: "Пермь", area: "342", offset: "+05:00", lat: 58.01, lon: 56.23, index: "614000"},
		{code: "66", kind: "ОБЛАСТЬ", region: "СВЕРДЛОВСКАЯ", directory: "Свердловская область", city: "Екатеринбург", area: "343", offset: "+05:00", lat: 56.84, lon: 60.61, index: "620000"},
		{code: "16", kind: "РЕСП.", region: "ТАТАРСТАН", directory: "Республика Татарстан", city: "Казань", area: "843", offset: "+03:00", lat: 55.79, lon: 49.11, index: "420000"},
		{code: "78", kind: "Г.", region: "САНКТ-ПЕТЕРБУРГ", directory: "Санкт-Петербург", city: "Санкт-Петербург", area: "812", offset: "+03:00", lat: 59.94, lon: 30.31, index: "190000"},
		{code: "52", kind: "ОБЛАСТЬ", region: "НИЖЕГОРОДСКАЯ", directory: "Нижегородская область", city: "Нижний Новгород", area: "831", offset: "+03:00", lat: 56.33, lon: 44.01, index: "603000"},
		{code: "63", kind: "ОБЛАСТЬ", region: "САМАРСКАЯ", directory: "Самарская область", city: "Самара", area: "846", offset: "+04:00", lat: 53.20, lon: 50.15, index: "443000"},
		{code: "61", kind: "ОБЛАСТЬ", region: "РОСТОВСКАЯ", directory: "Ростовская область", city: "Ростов-на-Дону", area: "863", offset: "+03:00", lat: 47.22, lon: 39.72, index: "344000"},
		{code: "23", kind: "КРАЙ", region: "КРАСНОДАРСКИЙ", directory: "Краснодарский край", city: "Краснодар", area: "861", offset: "+03:00", lat: 45.04, lon: 38.98, index: "350000"},
		{code: "36", kind: "ОБЛАСТЬ", region: "ВОРОНЕЖСКАЯ", directory: "Воронежская область", city: "Воронеж", area: "473", offset: "+03:00", lat: 51.66, lon: 39.20, index: "394000"},
		{code: "54", kind: "ОБЛАСТЬ", region: "НОВОСИБИРСКАЯ", directory: "Новосибирская область", city: "Новосибирск", area: "383", offset: "+07:00", lat: 55.03, lon: 82.92, index: "630000"},
		{code: "74", kind: "ОБЛАСТЬ", region: "ЧЕЛЯБИНСКАЯ", directory: "Челябинская область", city: "Челябинск", area: "351", offset: "+05:00", lat: 55.16, lon: 61.40, index: "454000"},
		{code: "02", kind: "РЕСП.", region: "БАШКОРТОСТАН", directory: "Республика Башкортостан", city: "Уфа", area: "347", offset: "+05:00", lat: 54.74, lon: 55.97, index: "450000"},
		{code: "24", kind: "КРАЙ", region: "КРАСНОЯРСКИЙ", directory: "Красноярский край", city: "Красноярск", area: "391", offset: "+07:00", lat: 56.01, lon: 92.87, index: "660000"},
		{code: "31", kind: "ОБЛАСТЬ", region: "БЕЛГОРОДСКАЯ", directory: "Белгородская область", city: "Белгород", area: "4722", offset: "+03:00", lat: 50.60, lon: 36.59, index: "308000"},
		{code: "35", kind: "ОБЛАСТЬ", region: "ВОЛОГОДСКАЯ", directory: "Вологодская область", city: "Вологда", area: "8172", offset: "+03:00", lat: 59.22, lon: 39.89, index: "160000"},
		{code: "72", kind: "ОБЛАСТЬ", region: "ТЮМЕНСКАЯ", directory: "Тюменская область", city: "Тюмень", area: "3452", offset: "+05:00", lat: 57.15, lon: 65.53, index: "625000"},
		{code: "55", kind: "ОБЛАСТЬ", region: "ОМСКАЯ", directory: "Омская область", city: "Омск", area: "3812", offset: "+06:00", lat: 54.99, lon: 73.37, index: "644000"},
		{code: "42", kind: "ОБЛАСТЬ - КУЗБАСС", region: "КЕМЕРОВСКАЯ", directory: "Кемеровская область - Кузбасс", city: "Кемерово", area: "3842", offset: "+07:00", lat: 55.35, lon: 86.09, index: "650000"},
		{code: "22", kind: "КРАЙ", region: "АЛТАЙСКИЙ", directory: "Алтайский край", city: "Барнаул", area: "3852", offset: "+07:00", lat: 53.35, lon: 83.77, index: "656000"},
		{code: "39", kind: "ОБЛАСТЬ", region: "КАЛИНИНГРАДСКАЯ", directory: "Калининградская область", city: "Калининград", area: "4012", offset: "+02:00", lat: 54.71, lon: 20.51, index: "236000"},
		{code: "01", kind: "РЕСП.", region: "АДЫГЕЯ", directory: "Республика Адыгея", city: "Майкоп", area: "8772", offset: "+03:00", lat: 44.61, lon: 40.10, index: "385000"},
		{code: "03", kind: "РЕСП.", region: "БУРЯТИЯ", directory: "Республика Бурятия", city: "Улан-Удэ", area: "3012", offset: "+08:00", lat: 51.83, lon: 107.58, index: "670000"},
		{code: "38", kind: "ОБЛАСТЬ", region: "ИРКУТСКАЯ", directory: "Иркутская область", city: "Иркутск", area: "3952", offset: "+08:00", lat: 52.29, lon: 104.28, index: "664000"},
		{code: "14", kind: "РЕСП.", region: "САХА /ЯКУТИЯ/", directory: "Республика Саха (Якутия)", city: "Якутск", area: "4112", offset: "+09:00", lat: 62.03, lon: 129.73, index: "677000"},
		{code: "25", kind: "КРАЙ", region: "ПРИМОРСКИЙ", directory: "Приморский край", city: "Владивосток", area: "423", offset: "+10:00", lat: 43.12, lon: 131.89, index: "690000"},
		{code: "27", kind: "КРАЙ", region: "ХАБАРОВСКИЙ", directory: "Хабаровский край", city: "Хабаровск", area: "4212", offset: "+10:00", lat: 48.48, lon: 135.07, index: "680000"},
		{code: "41", kind: "КРАЙ", region: "КАМЧАТСКИЙ", directory: "Камчатский край", city: "Петропавловск-Камчатский", area: "4152", offset: "+12:00", lat: 53.02, lon: 158.65, index: "683000"},
	}
}

// landline gives out the next number of the range that ends in 00-00 to 00-99,
// as ten digits.
func (p *place) landline() string {
	n := p.landlines
	p.landlines++
	if n > 99 {
		panic("the range of " + p.city + " is spent")
	}
	if len(p.area) == 4 {
		return fmt.Sprintf("%s2000%02d", p.area, n)
	}
	return fmt.Sprintf("%s20000%02d", p.area, n)
}
