package census

import (
	"strconv"
	"strings"
)

// town is a settlement of a region.
type town struct {
	region  *region
	name    string
	village bool // the registry names it; directories give the region's first town
	number  int  // among all towns
}

// region is a subject of the Federation with what names of firms make of it.
type region struct {
	code  string
	name  string   // as the registry's addresses write it
	share float64  // of companies, in tenths of a per cent
	stems []string // «Перм», «Урал»
	adj   string   // «Пермская»
	index string   // first three digits of post indexes
	towns []town   // the first holds most of the firms
}

// regionRows: code, share in tenths of a per cent (roughly that of ФНС's
// registry of small business), post index, name, adjective, stems, towns.
const regionRows = `
77|125|115|Москва|Московская|Мос,Москва,Столица|Москва;Зеленоград
50|68|140|Московская область|Подмосковная|Подмосковье,Мос|Балашиха;Подольск;Мытищи;Химки;Королёв;Люберцы;Красногорск;Одинцово;Домодедово;Серпухов;Коломна;Раменское
78|58|190|Санкт-Петербург|Петербургская|Питер,Нева,СПб|Санкт-Петербург;Колпино
23|48|350|Краснодарский край|Кубанская|Кубань,Юг|Краснодар;Сочи;Новороссийск;Армавир;Анапа;Ейск;Туапсе
66|33|620|Свердловская область|Уральская|Урал,Екат|Екатеринбург;Нижний Тагил;Каменск-Уральский;Первоуральск;Серов
61|30|344|Ростовская область|Донская|Дон,Ростов|Ростов-на-Дону;Таганрог;Шахты;Волгодонск;Новочеркасск;Батайск
16|29|420|Республика Татарстан|Казанская|Татарстан,Казань,Кама|Казань;Набережные Челны;Нижнекамск;Альметьевск;Зеленодольск
54|27|630|Новосибирская область|Сибирская|Сиб,Обь,Новосиб|Новосибирск;Бердск;Искитим
74|24|454|Челябинская область|Челябинская|Челяб,ЮжУрал|Челябинск;Магнитогорск;Златоуст;Миасс;Копейск
63|24|443|Самарская область|Самарская|Самара,Волга|Самара;Тольятти;Сызрань;Новокуйбышевск
02|23|450|Республика Башкортостан|Башкирская|Уфа,Баш|Уфа;Стерлитамак;Салават;Нефтекамск
52|23|603|Нижегородская область|Нижегородская|Нижегород,Волга,НН|Нижний Новгород;Дзержинск;Арзамас;Кстово
59|20|614|Пермский край|Пермская|Перм,Прикамье,Кама|Пермь;Березники;Соликамск;Кунгур
36|17|394|Воронежская область|Воронежская|Воронеж,Черноземье|Воронеж;Россошь;Борисоглебск;Лиски
26|16|355|Ставропольский край|Ставропольская|Ставрополь,Кавказ|Ставрополь;Пятигорск;Невинномысск
24|17|660|Красноярский край|Красноярская|Енисей,Крас|Красноярск;Норильск;Ачинск;Канск
34|15|400|Волгоградская область|Волгоградская|Волгоград,Волга|Волгоград;Волжский;Камышин
38|16|664|Иркутская область|Иркутская|Байкал,Иркут,Ангара|Иркутск;Братск;Ангарск
25|15|690|Приморский край|Приморская|Приморье,ДВ,Владивосток|Владивосток;Уссурийск;Находка
64|13|410|Саратовская область|Саратовская|Саратов,Волга|Саратов;Энгельс;Балаково
72|14|625|Тюменская область|Тюменская|Тюмень,Тура|Тюмень;Тобольск;Ишим
42|14|650|Кемеровская область|Кузбасская|Кузбасс,Кем|Кемерово;Новокузнецк;Прокопьевск
22|12|656|Алтайский край|Алтайская|Алтай|Барнаул;Бийск;Рубцовск
55|12|644|Омская область|Омская|Омск,Иртыш|Омск
56|11|460|Оренбургская область|Оренбургская|Оренбург,Степь|Оренбург;Орск;Бузулук
47|11|188|Ленинградская область|Ленинградская|Ладога,Нева|Гатчина;Выборг;Всеволожск;Тихвин
27|10|680|Хабаровский край|Хабаровская|Хабаровск,Амур,ДВ|Хабаровск;Комсомольск-на-Амуре
86|11|628|Ханты-Мансийский автономный округ — Югра|Югорская|Югра,Сургут|Сургут;Нижневартовск;Нефтеюганск
39|10|236|Калининградская область|Балтийская|Балтика,Запад|Калининград;Черняховск
31|10|308|Белгородская область|Белгородская|Белгород,Бел|Белгород;Старый Оскол;Губкин
71|9|300|Тульская область|Тульская|Тула|Тула;Новомосковск
76|9|150|Ярославская область|Ярославская|Ярославль,Яр|Ярославль;Рыбинск
18|10|426|Удмуртская Республика|Удмуртская|Удмуртия,Ижевск,Иж|Ижевск;Воткинск;Сарапул
33|9|600|Владимирская область|Владимирская|Владимир|Владимир;Ковров;Муром
35|8|160|Вологодская область|Вологодская|Вологда,Север|Вологда;Череповец
43|8|610|Кировская область|Вятская|Вятка|Киров;Кирово-Чепецк
58|8|440|Пензенская область|Пензенская|Пенза,Сура|Пенза;Кузнецк
21|7|428|Чувашская Республика|Чувашская|Чувашия,Волга|Чебоксары;Новочебоксарск
48|7|398|Липецкая область|Липецкая|Липецк|Липецк;Елец
62|7|390|Рязанская область|Рязанская|Рязань,Ока|Рязань;Касимов
69|8|170|Тверская область|Тверская|Тверь|Тверь;Ржев
70|7|634|Томская область|Томская|Томск|Томск;Северск
73|8|432|Ульяновская область|Ульяновская|Ульяновск,Волга|Ульяновск;Димитровград
29|7|163|Архангельская область|Поморская|Поморье,Север|Архангельск;Северодвинск;Котлас
37|7|153|Ивановская область|Ивановская|Иваново|Иваново;Кинешма
40|7|248|Калужская область|Калужская|Калуга|Калуга;Обнинск
67|6|214|Смоленская область|Смоленская|Смоленск|Смоленск;Вязьма
89|5|629|Ямало-Ненецкий автономный округ|Ямальская|Ямал,Север|Новый Уренгой;Ноябрьск;Салехард`

func villages() []string {
	return strings.Fields("Сосновка Берёзовка Полевое Луговое Заречье Ключи Родники Каменка Озёрное Горки Новосёлки Раздолье Ясное Дубровка Привольное Ильинское")
}

func regions() []region {
	var out []region
	for line := range strings.Lines(strings.TrimSpace(regionRows)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		share, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			panic("table of regions: " + line) // a constant of this file
		}
		r := region{code: f[0], share: share, index: f[2], name: f[3], adj: f[4], stems: strings.Split(f[5], ",")}
		for name := range strings.SplitSeq(f[6], ";") {
			r.towns = append(r.towns, town{name: name})
		}
		if r.code != "77" && r.code != "78" {
			for _, name := range villages() {
				r.towns = append(r.towns, town{name: name, village: true})
			}
		}
		out = append(out, r)
	}
	// By code: numbers of taxpayers begin with it and are to rise.
	sortRegions(out)
	number := 0
	for i := range out {
		for j := range out[i].towns {
			out[i].towns[j].region, out[i].towns[j].number = &out[i], number
			number++
		}
	}
	return out
}

// drawTown gives three fifths of a region's firms to its first town, a
// fourteenth to villages, and the others to the other towns. Of a city that
// is a region by itself nearly all are in the city.
func (r *region) drawTown(d *draw) *town {
	towns := 0
	for towns < len(r.towns) && !r.towns[towns].village {
		towns++
	}
	u := d.float()
	switch {
	case towns == len(r.towns): // a city that is a region by itself
		if u < 0.95 {
			return &r.towns[0]
		}
		return &r.towns[towns-1]
	case u < 0.07:
		return &r.towns[towns+d.below(len(r.towns)-towns)]
	case u < 0.67 || towns == 1:
		return &r.towns[0]
	}
	return &r.towns[1+d.zipf(towns-1, 0.7)]
}

// street is «ул.» and «Ленина».
type street struct{ kind, name string }

func streets() []street {
	var out []street
	for name := range strings.SplitSeq(`Ленина,Мира,Советская,Гагарина,Победы,Заводская,Промышленная,Кирова,Пушкина,Октябрьская,Комсомольская,Первомайская,Калинина,Садовая,
Строителей,Максима Горького,Чапаева,Лесная,Молодёжная,Карла Маркса,Фрунзе,Куйбышева,Труда,Индустриальная,Северная,Южная,Железнодорожная,Станционная,Луначарского,Чкалова,
Лермонтова,Дзержинского,Свердлова,Энергетиков,Металлургов,Машиностроителей,Степана Разина,Суворова,Кутузова,Тургенева,Некрасова,Маяковского,Новая,Центральная,Набережная,
Восточная,Западная,Пролетарская,Красноармейская,Партизанская,Спортивная,Вокзальная,Механизаторов,Шоссейная,Складская,Нефтяников,Геологов,Космонавтов,Авиаторов,Речная,
Рабочая,Кооперативная,Крупской,Островского,Менделеева,Ломоносова,Королёва,Циолковского,Толстого,Чехова,Гоголя,Чайковского,Репина,Герцена,Белинского,Щорса,Котовского,
Автозаводская,Сибирская,Уральская,Волжская,Московская,Ленинградская,Киевская,Окружная,Объездная,Магистральная,Монтажников,Бетонная,Электровозная,Депутатская`, ",") {
		out = append(out, street{"ул.", strings.TrimSpace(name)})
	}
	for name := range strings.SplitSeq("Мира,Ленина,Победы,Комсомольский,Московский,Строителей,Октябрьский,Космонавтов,Энтузиастов", ",") {
		out = append(out, street{"пр-кт", name})
	}
	for name := range strings.SplitSeq("Московское,Промышленное,Космонавтов,Северное,Объездное,Ярославское,Сибирское", ",") {
		out = append(out, street{"ш.", name})
	}
	for name := range strings.SplitSeq("Заводской,Складской,Рабочий,Фабричный,Тупиковый,Промышленный", ",") {
		out = append(out, street{"пер.", name})
	}
	return out
}

// spot is a house, and a room in it.
type spot struct {
	town   *town
	street street
	house  int
	letter string
	room   int // 0 = none
	centre int // number of the business centre that it is; -1 = none
}

func (s spot) same(o spot) bool {
	return s.town.name == o.town.name && s.street == o.street && s.house == o.house && s.letter == o.letter
}

func (s spot) key() uint64 {
	return sameKey(s.town.region.code, s.town.name, s.street.kind, s.street.name, strconv.Itoa(s.house), s.letter)
}

// mostCentres is how many business centres a town may have, other than the two
// capitals.
const mostCentres = 40

// centres is how many business centres a town has.
func (t *town) centres() int {
	switch {
	case t.capital():
		return 10 * mostCentres
	case t == &t.region.towns[0]:
		return mostCentres
	case t.village:
		return 1
	}
	return mostCentres / 5
}

// capital tells Москва and Санкт-Петербург.
func (t *town) capital() bool {
	return t == &t.region.towns[0] && (t.region.code == "77" || t.region.code == "78")
}

// centrePhone is that of the reception of a business centre.
func (t *town) centrePhone(centre int) string {
	n := t.number*mostCentres + centre
	if t.capital() {
		n = phonesOfCapitals + t.number*mostCentres*10 + centre
	}
	return phone(phonesOfHouses + n)
}

// drawSpot gives a house of a town, one out of eight a business centre or
// another house where many firms are.
func drawSpot(d *draw, t *tables, in *town) spot {
	s := spot{town: in, centre: -1}
	if d.chance(rateCentre) {
		s.centre = d.below(in.centres())
		s.street = t.streets[(s.centre*7+len(in.name))%len(t.streets)]
		s.house = 1 + (s.centre*13+len(in.name)*5)%180
		s.room = 100 + d.below(500)
		return s
	}
	s.street = t.streets[d.zipf(len(t.streets), 0.5)]
	s.house = 1 + d.zipf(220, 0.4)
	if d.chance(0.25) {
		s.letter = pick(d, []string{"А", "Б", "В", "Г", "/1", "/2", "к1", "к2", "стр1"})
	}
	if d.chance(0.5) {
		s.room = 1 + d.below(60)
	}
	return s
}

// registered writes an address as registries do.
func (s spot) registered(post int) string {
	r := s.town.region
	parts := []string{r.index + strconv.Itoa(100+post%900), r.name}
	if s.town.name != r.name {
		kind := "г."
		if s.town.village {
			kind = "с."
		}
		parts = append(parts, kind+" "+s.town.name)
	}
	name := s.street.name
	parts = append(parts, s.street.kind+" "+name)
	house, block := strconv.Itoa(s.house), ""
	switch {
	case strings.HasPrefix(s.letter, "к"):
		block = "к. " + s.letter[len("к"):]
	case strings.HasPrefix(s.letter, "стр"):
		block = "стр. " + s.letter[len("стр"):]
	default:
		house += s.letter
	}
	parts = append(parts, "д. "+house)
	if block != "" {
		parts = append(parts, block)
	}
	if s.room > 0 {
		word := "офис"
		if s.room%3 == 0 {
			word = "помещ."
		}
		parts = append(parts, word+" "+strconv.Itoa(s.room))
	}
	return strings.Join(parts, ", ")
}

// shown writes it as a directory does, in one of their ways.
func (s spot) shown(d *draw) string {
	house := strconv.Itoa(s.house)
	switch {
	case strings.HasPrefix(s.letter, "к"):
		house += pick(d, []string{" к", "к", ", корпус "}) + s.letter[len("к"):]
	case strings.HasPrefix(s.letter, "стр"):
		house += pick(d, []string{" ст", " стр. ", ", строение "}) + s.letter[len("стр"):]
	default:
		house += strings.ToLower(s.letter)
	}
	long := map[string]string{"ул.": "улица", "пр-кт": "проспект", "ш.": "шоссе", "пер.": "переулок"}[s.street.kind]
	var text string
	switch way := d.choose(5, 3, 2); {
	case way == 0 && s.street.kind == "ул.": // 2ГИС leaves «улица» out
		text = s.town.name + ", " + s.street.name + ", " + house
	case way == 1: // Яндекс
		text = "Россия, " + s.town.name + ", " + long + " " + s.street.name + ", " + house
	case way == 0:
		text = s.town.name + ", " + s.street.name + " " + long + ", " + house
	default:
		text = "г. " + s.town.name + ", " + s.street.kind + " " + s.street.name + ", д. " + house
	}
	if s.room > 0 && d.chance(0.3) {
		text += ", офис " + strconv.Itoa(s.room)
	}
	return text
}
