package resolve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// registry is a Base that makes companies as they stand in the registry of
// SMEs on the fly, a page at a time, so that a benchmark times the matcher and
// not a store. It is for one goroutine, as a store's pages are asked for.
type registry struct {
	companies int
	listings  []company.Observation
	names     []string
	cities    []string
	codes     []string

	mu       sync.Mutex // of what is counted, since pages are read by several
	pages    int
	heapPeak uint64
}

// brands are words of which names are made. Most names have one or two.
var brands = strings.Fields(`Вектор Альянс Восток Сатурн Меридиан Прогресс Гарант Империя Каскад Лидер Магистраль Орион
	Партнер Радуга Спектр Триумф Уран Фаворит Эталон Юпитер Авангард Базис Виктория Гермес Диалог Евразия Заря Импульс Квант Квадрат
	Лотос Мастер Надежда Оазис Пирамида Регион Север Титан Универсал Феникс Формула Эверест Экспресс Юг Ямал Атлант Барс Витязь Глория
	Дельта Единство Зенит Исток Колос Легион Маяк Нива Олимп Премиум Родник Стандарт Темп Успех Фортуна Эксперт Эко Янтарь Арсенал
	Бастион Вымпел Гранит Динамо Жемчужина Звезда Искра Кристалл Луч Монолит Новатор Океан Полюс Ритм Союз Трест Урал Форум`)

// kindsOfTrade stand beside them.
var kindsOfTrade = strings.Fields(`Строй Торг Сервис Плюс Авто Транс Групп Инвест Снаб Пром Агро Тех Мед Логистик Монтаж Дизайн
	Ремонт Капитал Трейд Маркет Центр Проект Консалтинг Ресурс Энерго Лес Металл Продукт Стиль Комфорт`)

func newRegistry(companies, listings int) *registry {
	rng := rand.New(rand.NewPCG(1, 2))
	r := &registry{companies: companies}
	for i := range 300 {
		r.cities = append(r.cities, "Город"+string(rune('а'+i%30))+string(rune('а'+i/30)))
	}
	for i := range 1000 {
		r.codes = append(r.codes, fmt.Sprintf("%02d.%02d", 10+i/10%90, 10+i%90))
	}
	for range 1 << 16 {
		r.names = append(r.names, strings.ToUpper(r.brand(rng)))
	}
	for i := range listings {
		r.listings = append(r.listings, r.listing(rng, i))
	}
	return r
}

// name is the nth company's: of ten three have one that others have too.
func (r *registry) appendName(b []byte, n int) []byte {
	b = append(b, r.names[n%len(r.names)]...)
	if n%10 < 3 {
		return b
	}
	for n += len(letters); n > 0; n /= len(letters) {
		b = append(b, letters[n%len(letters)]...)
	}
	return b
}

var letters = strings.Split("АБВГДЕЖЗИКЛМНОПРСТУФХЧШЭЮЯ", "")

// brand is a word, two, or a compound.
func (r *registry) brand(rng *rand.Rand) string {
	word := brands[rng.IntN(len(brands))]
	kind := kindsOfTrade[rng.IntN(len(kindsOfTrade))]
	switch n := rng.IntN(10); {
	case n < 2:
		return word
	case n < 4:
		return word + " " + kind
	case n < 5:
		return word + "-" + brands[rng.IntN(len(brands))]
	case n < 6:
		return "Торговый дом " + word + kind
	default:
		return kind + strings.ToLower(word) + kindsOfTrade[rng.IntN(len(kindsOfTrade))] + brands[rng.IntN(len(brands))][:4]
	}
}

// listing: of ten two have a company's phone, one its site, three its name, the
// rest what nobody has.
func (r *registry) listing(rng *rand.Rand, i int) company.Observation {
	n := rng.IntN(r.companies)
	o := obs("2gis", fmt.Sprintf("%015d", 70000001000000000+i), "", fCity, r.cities[n%len(r.cities)], fRegion, "59",
		string(company.FieldAddress), fmt.Sprintf("улица Лесная, %d", i%200))
	switch m := rng.IntN(10); {
	case m < 2:
		o.Add(company.FieldNameBrand, "Автосервис")
		o.Add(company.FieldPhone, phoneOf(n-n%20))
	case m < 3:
		o.Add(company.FieldNameBrand, "Шиномонтаж "+r.brand(rng))
		o.Add(company.FieldSite, fmt.Sprintf("https://www.firma%d.ru", n-n%20))
	case m < 6:
		o.Add(company.FieldNameBrand, strings.ToLower(string(r.appendName(nil, n)))+", ООО")
	default:
		o.Add(company.FieldNameBrand, "Автосервис "+r.brand(rng))
		o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", 9000000+i))
		o.Add(company.FieldEmail, fmt.Sprintf("info@servis%d.ru", i))
	}
	o.Sort()
	return o
}

func phoneOf(n int) string { return fmt.Sprintf("+7907%07d", n) }

func (r *registry) WithoutINN(_ context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	r.sampleHeap()
	i, found := slices.BinarySearchFunc(r.listings, after, func(o company.Observation, id store.ObservationID) int {
		return store.ObservationID{Source: o.Source, Key: o.Key}.Compare(id)
	})
	if found {
		i++
	}
	return r.listings[i:min(len(r.listings), i+limit)], nil
}

// Dossiers counts companies by the digits of their ИНН, which have no control
// digit: the matcher asks for none.
func (r *registry) Dossiers(_ context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	r.count()
	from := r.behind(after)
	n := max(0, min(limit, r.companies-from))
	text := r.text(from, n)
	page, facts := make([]store.Dossier, n), make([]company.Fact, 0, n*20)
	observations := make([]company.Observation, n)
	for i := range page {
		inn, begin := company.INN(cut(&text)), len(facts)
		facts = r.facts(facts, from+i, &text)
		observations[i] = company.Observation{Source: "rsmp", Key: string(inn), INN: inn, Date: 20000, Facts: facts[begin:len(facts):len(facts)]}
		page[i] = store.Dossier{INN: inn, Observations: observations[i : i+1 : i+1]}
	}
	return page, nil
}

// firstINN is the number of the first company; the others follow at equal
// distances up to the greatest number.
const firstINN = 1_000_000_000

func (r *registry) number(i int) int { return firstINN + i*(9*firstINN/max(1, r.companies)) }

// behind is the first company after an ИНН, or after the beginning of one.
func (r *registry) behind(after company.INN) int {
	n := 0
	for _, c := range after {
		n = n*10 + int(c-'0')
	}
	for range 10 - len(after) {
		n *= 10
	}
	from := max(0, (n-firstINN)/(9*firstINN/max(1, r.companies)))
	for from < r.companies && company.INN(strconv.Itoa(r.number(from))) <= after {
		from++
	}
	return from
}

// text holds ИНН, the two names and ОГРН of each company, a line each.
func (r *registry) text(from, n int) string {
	b := make([]byte, 0, n*256)
	for i := from; i < from+n; i++ {
		b = append(appendDigits(b, r.number(i)), '\n')
		b = append(b, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "`...)
		b = append(r.appendName(b, i), '"', '\n')
		b = append(b, `ООО "`...)
		b = append(r.appendName(b, i), '"', '\n')
		b = append(appendDigits(append(b, "102"...), r.number(i)), '\n')
	}
	return string(b)
}

func cut(text *string) string {
	line, rest, _ := strings.Cut(*text, "\n")
	*text = rest
	return line
}

func appendDigits(b []byte, n int) []byte {
	b = append(b, "0000000000"...)
	for i := len(b) - 1; n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// facts of a company: every seventh has a mailbox, every twentieth a phone and
// a site of its own.
func (r *registry) facts(facts []company.Fact, n int, text *string) []company.Fact {
	add := func(f company.Field, value string) { facts = append(facts, company.Fact{Field: f, Value: value}) }
	add(company.FieldNameFull, cut(text))
	add(company.FieldNameShort, cut(text))
	add(company.FieldOGRN, cut(text))
	add(company.FieldOKVEDMain, r.codes[n%len(r.codes)])
	for i := range 6 {
		add(company.FieldOKVEDExtra, r.codes[(n*7+i)%len(r.codes)])
	}
	add(company.FieldRegion, "59")
	add(company.FieldCity, r.cities[n%len(r.cities)])
	if n%20 == 0 {
		add(company.FieldPhone, phoneOf(n))
	}
	if n%7 == 0 {
		add(company.FieldEmail, "firma1957@mail.ru")
	}
	if n%20 == 0 {
		add(company.FieldSite, fmt.Sprintf("https://firma%d.ru", n))
	}
	add(company.FieldSME, "1")
	add(company.FieldSMESince, "2016-08-01")
	return facts
}

const heapMetric = "/memory/classes/heap/objects:bytes"

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: heapMetric}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// sampleHeap notes the heap's peak, garbage included.
func (r *registry) sampleHeap() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heapPeak = max(r.heapPeak, heapBytes())
}

func (r *registry) count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pages++; r.pages%50 == 0 {
		r.heapPeak = max(r.heapPeak, heapBytes())
	}
}

// liveHeap is the heap after a collection.
func liveHeap() uint64 {
	runtime.GC()
	return heapBytes()
}
