package evidence

import (
	"testing"
)

func TestSound(t *testing.T) {
	for _, same := range [][]string{
		{"вега", "vega"},
		{"щукин", "shchukin", "schukin"},
		{"жук", "zhuk"},
		{"химия", "khimiya", "himiya"},
		{"якорь", "yakor"},
		{"чайка", "chayka", "chaika"},
		{"центр", "tsentr"},
		{"алла", "ала"},
		{"экспресс", "express", "ekspres"},
		{"групп", "group"},
		{"юг", "yug", "iug"},
		{"подъем", "подьем", "podem"},
		{"вагон", "wagon"},
	} {
		for _, w := range same[1:] {
			if sound(w) != sound(same[0]) {
				t.Errorf("%s sounds %q, %s sounds %q", same[0], sound(same[0]), w, sound(w))
			}
		}
	}
	if sound("200") != "200" || sound("кама") == sound("кома") {
		t.Errorf("%q, %q, %q", sound("200"), sound("кама"), sound("кома"))
	}
}

func TestHouseOf(t *testing.T) {
	for _, test := range []struct{ text, street, house string }{
		{"150044, Ярославская область, г. Ярославль, ул. Полушкина Роща, д. 9 стр. 2, офис 3", "полушкина роща", "9"},
		{"Ярославль, Полушкина Роща, 9а", "полушкина роща", "9"},
		{"Шахтёров, 35", "шахтеров", "35"},
		{"Россия, Пермь, улица Ленина, 207", "ленина", "207"},
		{"г. Пермь, ул. 8 Марта, д. 5", "8 марта", "5"},
		{"Пермь, Мира проспект, 12/2", "мира", "12"},
		{"Пермь, пр-кт Мира, д. 12, к. 2", "мира", "12"},
		{"Ленина пр-т 12а", "ленина", "12"},
		{"ул. Розы Люксембург, зд. 7", "люксембург розы", "7"},
		{"Люксембург Розы, 7, этаж 2", "люксембург розы", "7"},
		{"Пермь, ул. 60 лет Октября, 14", "60 лет октября", "14"},
		{"614000, Пермь", "", ""},
		{"ул. Ленина", "", ""},
		{"", "", ""},
	} {
		if street, house := houseOf(test.text); street != test.street || house != test.house {
			t.Errorf("%q: %q, %q; want %q, %q", test.text, street, house, test.street, test.house)
		}
	}
}

func TestPeople(t *testing.T) {
	whole, ok := newPerson("вымышленный петр ильич", true)
	if !ok || whole.whole == 0 {
		t.Fatalf("%+v", whole)
	}
	for _, test := range []struct {
		text   string
		formed bool
		want   kinship
		person bool
	}{
		{"вымышленный петр ильич", true, sameWhole, true},
		{"петр ильич вымышленный", true, sameWhole, true},
		{"вымышленный п и", false, sameInitials, true},
		{"п и вымышленный", false, sameInitials, true},
		{"вымышленный п", true, sameInitials, true},
		{"вымышлинный п и", false, samePen, true},
		{"вымышленный павел ильич", true, strangers, true},
		{"вымышленный п а", false, strangers, true},
		{"небывалый п и", false, strangers, true},
		{"белый дом вега", false, strangers, false},
		{"вега", true, strangers, false},
		{"сму 5 вега", true, strangers, false},
	} {
		p, ok := newPerson(test.text, test.formed)
		if ok != test.person || ok && comparePeople(&whole, &p) != test.want {
			t.Errorf("%q: a person %v, %d; want %v, %d", test.text, ok, comparePeople(&whole, &p), test.person, test.want)
		}
	}
}

func TestLikeness(t *testing.T) {
	m := testModel()
	for _, test := range []struct {
		a, b string
		want level
	}{
		{"вега", "vega", whole},
		{"строй сервис", "стройсервис", whole},
		{"нпо белозор", "научно производственное объединение белозор", whole},
		{"белозор", "белозор сервис", bySimilar},
		{"автосервис белозор", "магазин белозор", byOther},
		{"тд белозор", "белозор сервис", byOther},
		{"белозор ясень", "белозор", byPart},
		{"белозор ясень", "белозор клен", byCross},
		{"белозор", "белазор", bySlip},
		{"белозор 5", "белозор 7", unlike},
		{"узп", "уральский завод подшипников", byInitials},
		{"ясень", "клен", unlike},
		{"автозапчасти", "белозор", apart},
		{"белозор 5", "белозор", byPart},
	} {
		a, _ := m.newName(test.a, false)
		b, _ := m.newName(test.b, true)
		for _, got := range []level{compareNames(&a, &b).level, compareNames(&b, &a).level} {
			if got != test.want {
				t.Errorf("%q and %q: %d, want %d", test.a, test.b, got, test.want)
			}
		}
	}
}

func TestNamesOfSigns(t *testing.T) {
	m := testModel()
	for sign, want := range map[string]string{
		"Белозор, магазин автозапчастей":      "белозор",
		"Цех металлообработки «Белозор»":      "белозор",
		"ООО «Белозор»":                       "белозор",
		"Автосервис Белозор":                  "автосервис белозор",
		"ТД Ясень (ООО «Белозор»)":            "белозор",
		"Торговый дом «Белозор», ООО, филиал": "торговый дом белозор",
	} {
		p := listingOf(m, "brand="+sign)
		if len(p.names) == 0 || p.names[0].text != want {
			t.Errorf("%q: %+v, want %q", sign, p.names, want)
		}
	}
}

func TestTrades(t *testing.T) {
	for rubric, code := range map[string]string{
		"Авторемонт и техобслуживание (СТО)": "45.20.1", "Автозапчасти для иномарок": "45.32.1", "Подшипники": "46.69.9",
		"Дорожно-строительные работы": "42.11", "Грузоперевозки междугородние": "49.41", "Котельные": "35.30.14", "Металлообработка": "25.62",
	} {
		if tradesOf(rubric)&tradeOfCode(code) == 0 {
			t.Errorf("%q is not of %s", rubric, code)
		}
	}
	if tradesOf("Столовая")&tradeOfCode("45.20") != 0 || tradeOfCode("4") != 0 || tradesOf("") != 0 {
		t.Error("a dining room mends cars")
	}
}

func TestSlugs(t *testing.T) {
	for label, want := range map[string]string{
		"uraltehnika59": sound("уралтехника"), "ural-tehnika.example": sound("уралтехника"), "info": "", "zakaz": "", "sales": "", "vega": "", "59uraltehnika": "",
	} {
		if got := slugOf(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

// A registry's record has few tokens, since there are millions.
func TestRegistryRecordsHaveFewTokens(t *testing.T) {
	m, sum := testModel(), 0
	names := []string{`ООО "УРАЛТЕХНИКА"`, `ООО "ВЕГА"`, `ООО "ТД "БЕЛОЗОР"`, `АО "ПЕРМСКИЙ ЗАВОД РЕДУКТОРОВ"`, `ООО "АВТОЗАПЧАСТИ"`, `ООО "ЯСЕНЬ-СЕРВИС ПЛЮС"`}
	for i, name := range names {
		sum += len(firmOf(m, validINN(i), "short="+name+"|region=59|city=Пермь").Tokens())
	}
	sum += len(firmOf(m, validPersonINN(1), "full=Вымышленный Пётр Ильич|short=ИП Вымышленный П.И.|region=59|city=Пермь").Tokens())
	if per := float64(sum) / float64(len(names)+1); per > 5.5 { // its own ИНН among them
		t.Errorf("%.1f tokens a record", per)
	}
}

// Listings find a firm by a token that is theirs, whatever happened to the name.
func TestTokensSurviveSpelling(t *testing.T) {
	m := testModel()
	for _, pair := range [][2]string{
		{"short=ООО «Уралтехника»", "brand=Uraltehnika"},
		{"short=ООО «Уралтехника»", "brand=Уралтехнека"},
		{"short=ООО «Белозор»", "brand=Белазор"},
		{"short=ООО «ТД Белозор»", "brand=Магазин Белозор"},
		{"short=ООО «Белозор Ясень»", "brand=Ясень"},
		{"short=ООО «Уральский Завод Подшипников»", "brand=УЗП"},
		{"full=Вымышленный Пётр Ильич", "brand=ИП Вымышленный П. И."},
		{"full=Вымышленный Пётр Ильич", "brand=ИП Вымишленный П. И."},
	} {
		inn := validINN(1)
		if pair[0][:4] == "full" {
			inn = validPersonINN(1)
		}
		firm, listing := firmOf(m, inn, pair[0]+"|region=59"), listingOf(m, pair[1]+"|region=59")
		if !shareToken(firm, listing) {
			t.Errorf("%s is not found by %s", pair[0], pair[1])
		}
	}
}

func shareToken(p, q *Party) bool {
	seen := map[uint64]bool{}
	for _, t := range p.Tokens() {
		seen[t.Hash] = true
	}
	for _, t := range q.Tokens() {
		if seen[t.Hash] {
			return true
		}
	}
	return false
}

func TestLinks(t *testing.T) {
	p := listingOf(testModel(), "brand=Белозор|region=59|city=Пермь|address=ул. Ленина, 5|phone=+79070000001;ext=5|site=https://belozor.example|email=a@pochta.example|inn="+string(validINN(1)))
	kinds := map[Kind]bool{}
	for _, token := range p.Tokens() {
		kinds[token.Kind] = true
		want := token.Kind == KindNumber || token.Kind == KindPhone || token.Kind == KindDomain || token.Kind == KindMailbox
		if token.Links != want {
			t.Errorf("a token of kind %d links: %v", token.Kind, token.Links)
		}
	}
	for k := KindNumber; k <= KindAddress; k++ {
		if !kinds[k] && k != KindPerson {
			t.Errorf("no token of kind %d", k)
		}
	}
	if other := listingOf(testModel(), "phone=+79070000001"); !shareToken(p, other) {
		t.Error("an extension makes another number")
	}
}

// What listings bring makes a firm findable, and undoing it is making it anew.
func TestGrown(t *testing.T) {
	m := testModel()
	firm := firmOf(m, validINN(1), "short=ООО «Белозор»|region=59|city=Пермь")
	listing := listingOf(m, "brand=Шинный двор|region=59|city=Пермь|phone=+79070000001|site=https://dvor.example|inn="+string(validINN(2)))
	grown := m.Grown(firm, listing)
	if !shareToken(grown, listingOf(m, "phone=+79070000001")) || shareToken(grown, listingOf(m, "inn="+string(validINN(2)))) {
		t.Error("a firm takes a joined listing's phone and not its ИНН")
	}
	if m.Grown(firm) != firm || m.Grown(firm, listing).Digest() != grown.Digest() || grown.Digest() == firm.Digest() {
		t.Error("digests of grown firms")
	}
	again := listingOf(m, "brand=Белозор|region=66|phone=+79070000001")
	if m.Weigh(again, grown, only).Weight <= m.Weigh(again, firm, only).Weight {
		t.Error("what was brought says nothing")
	}
	many := listingOf(m, "phone=+79070000003|inn="+string(validINN(2))+"|inn="+string(validINN(3)))
	if shareToken(m.Grown(firm, many), listingOf(m, "phone=+79070000003")) {
		t.Error("the phone of a page of several firms is taken for the firm's")
	}
}

func TestBasisTellsSettings(t *testing.T) {
	cfg := testConfig()
	base := New(cfg).Basis()
	if New(cfg).Basis() != base {
		t.Error("equal settings, other basis")
	}
	cfg.MatchFrom = 0.98
	if New(cfg).Basis() == base {
		t.Error("another threshold, the same basis")
	}
	cfg = testConfig()
	cfg.SharedHosts = append(cfg.SharedHosts, "sites.example")
	if New(cfg).Basis() == base {
		t.Error("another host, the same basis")
	}
}
