package census

import (
	"cmp"
	"slices"
)

// tables are the words of a world, read once and never changed.
type tables struct {
	regions                 []region
	streets                 []street
	popular, roots, tails   []string
	kinds                   []kindWord
	ranks, branches, heads  []string
	onsets, vowels, endings []string
	signs                   []string
	surnames, given         []string
	patronymics             []string
	trades                  []trade
	regionShares            float64
	freeMail, pages         []string
}

func newTables() *tables {
	t := &tables{
		regions: regions(), streets: streets(), popular: popularWords(), roots: roots(), tails: tails(), kinds: kindWords(),
		ranks: ranks(), branches: branches(), heads: heads(), onsets: onsets(), vowels: vowels(), endings: endings(), signs: signWords(),
		surnames: surnames(), given: givenNames(), patronymics: patronymics(), trades: trades(),
		freeMail: FreeMail(), pages: SharedHosts(),
	}
	for i := range t.regions {
		t.regionShares += t.regions[i].share
	}
	return t
}

func sortRegions(list []region) {
	slices.SortFunc(list, func(a, b region) int { return cmp.Compare(a.code, b.code) })
}

// drawRegion gives a region by its share.
func (t *tables) drawRegion(d *draw) *region {
	at := d.float() * t.regionShares
	for i := range t.regions {
		if at -= t.regions[i].share; at < 0 {
			return &t.regions[i]
		}
	}
	return &t.regions[len(t.regions)-1]
}

// FreeMail are the mail services of the invented world, for the config of
// whoever joins its listings.
func FreeMail() []string { return []string{"pochta.example", "box.example", "mail.example"} }

// SharedHosts are its social networks and site builders.
func SharedHosts() []string { return []string{"stranicy.example", "vizitki.example", "sobery.example"} }

// trade is what a firm does, as the registry and directories put it.
type trade struct {
	codes   []string
	what    []string // «магазин автозапчастей»
	rubrics []string
}

func trades() []trade {
	return []trade{
		{[]string{"45.31.1", "45.32", "45.32.1"}, []string{"магазин автозапчастей", "автозапчасти", "оптовая компания", "сеть магазинов автозапчастей"}, []string{"Автозапчасти для иномарок", "Автоаксессуары"}},
		{[]string{"45.20", "45.20.1", "45.20.2"}, []string{"автосервис", "СТО", "автотехцентр", "сеть автосервисов"}, []string{"Авторемонт и техобслуживание (СТО)", "Ремонт ходовой части"}},
		{[]string{"46.69", "46.69.9", "46.14"}, []string{"торговая компания", "оптовая компания", "компания", "поставка оборудования"}, []string{"Промышленное оборудование", "Подшипники"}},
		{[]string{"46.74", "46.74.2", "46.73"}, []string{"оптово-розничная компания", "магазин крепежа", "база"}, []string{"Крепёжные изделия", "Строительные материалы"}},
		{[]string{"41.20", "42.11", "43.99"}, []string{"строительная компания", "строительно-монтажная компания"}, []string{"Строительство зданий", "Строительство дорог"}},
		{[]string{"43.21", "43.22"}, []string{"монтажная компания", "инженерная компания"}, []string{"Электромонтажные работы", "Инженерные сети"}},
		{[]string{"28.22", "28.29", "28.15"}, []string{"машиностроительный завод", "производственная компания", "завод"}, []string{"Машиностроение", "Металлообработка"}},
		{[]string{"25.62", "25.11", "25.61"}, []string{"производственная компания", "цех металлообработки"}, []string{"Металлообработка", "Металлоконструкции"}},
		{[]string{"33.12", "33.14"}, []string{"сервисный центр", "ремонтная компания"}, []string{"Ремонт промышленного оборудования", "Ремонт электродвигателей"}},
		{[]string{"01.11", "01.41", "01.50"}, []string{"агрофирма", "сельскохозяйственное предприятие"}, []string{"Сельское хозяйство", "Сельхозпродукция"}},
		{[]string{"46.61", "28.30"}, []string{"магазин запчастей для сельхозтехники", "торгово-сервисная компания"}, []string{"Сельхозтехника", "Запчасти к сельхозтехнике"}},
		{[]string{"49.41", "52.29"}, []string{"транспортная компания", "грузоперевозки"}, []string{"Междугородные автогрузоперевозки", "Спецтехника"}},
		{[]string{"08.12", "09.90", "07.29"}, []string{"горнодобывающая компания", "карьер"}, []string{"Добыча полезных ископаемых"}},
		{[]string{"35.30", "35.11", "35.12"}, []string{"теплоснабжающая организация", "энергетическая компания"}, []string{"Теплоснабжение", "Энергетика"}},
	}
}
