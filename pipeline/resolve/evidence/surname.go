package evidence

import (
	"strings"
	"sync"
)

// The commonest Russian surnames, those of one man in a hundred to one in three
// hundred, and those of one in three hundred to one in a thousand, as lists of
// surnames by frequency agree on.
const (
	verySurnames = "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев " +
		"Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров"
	commonSurnames = "Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев " +
		"Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров " +
		"Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников " +
		"Денисов Гаврилов Тихонов Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов Мартынов Ефимов Федотов Щербаков " +
		"Назаров Калинин Исаев Чернышёв Быков Маслов Родионов Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев Кудрявцев " +
		"Прохоров Наумов Потапов Журавлёв Овчинников Трофимов Леонов Соболев Ермаков Колесников Гончаров Емельянов Никифоров Грачёв " +
		"Котов Гришин Ефремов Архипов Громов Кириллов Малышев Панов Моисеев Румянцев Акимов Кондратьев Бирюков Горбунов Анисимов " +
		"Ерёмин Тихомиров Галкин Лукьянов Михеев Скворцов Юдин Белоусов Нестеров Симонов Прокофьев Харитонов Князев Цветков Левин " +
		"Митрофанов Воронов Аксёнов Софронов Мальцев Логинов Горшков Савин Краснов Майоров Демидов Елисеев Рыбаков Сафонов Плотников " +
		"Демин Хохлов Фадеев Молчанов Игнатов Литвинов Ершов Ушаков Дементьев Рябов Мухин Калашников Леонтьев Лобанов Кузин Корнеев " +
		"Евдокимов Бородин Платонов Некрасов Балашов Бобров Жданов Блинов Игнатьев Коротков Муравьёв Крюков Беляков Богомолов Дроздов " +
		"Лавров Зуев Петухов Ларин Никулин Серов Терентьев Зотов Устинов Фокин Самойлов Константинов Сахаров Шишкин Самсонов Черкасов " +
		"Чистяков Носов Спиридонов Карасёв Авдеев Воронцов Зверев Владимиров Селезнёв Нечаев Кудряшов Седов Фирсов Андрианов Панфилов " +
		"Головин Терехов Ульянов Шестаков Агеев Никонов Селиванов Баженов Гордеев Кожевников Пахомов Суворов Ким Мамедов Алиев Магомедов"
)

// Shares of men with a surname of the lists, and of any other. A woman's
// surname counts as her father's.
const (
	veryShare, commonShare, rareShare = 0.007, 0.002, 0.0001
)

var surnameShares = sync.OnceValue(func() map[string]float64 {
	m := map[string]float64{}
	for list, share := range map[string]float64{verySurnames: veryShare, commonSurnames: commonShare} {
		for s := range strings.FieldsSeq(strings.ToLower(list)) {
			m[sound(s)] = share
			m[sound(s+"а")] = share
		}
	}
	return m
})

// initialShares are how many first names and patronymics begin with a sound.
var initialShares = map[string]float64{
	"a": 0.22, "s": 0.13, "v": 0.15, "d": 0.07, "e": 0.08, "i": 0.08, "m": 0.07, "n": 0.09, "o": 0.06, "p": 0.03, "r": 0.03, "g": 0.03, "iu": 0.03, "k": 0.02, "l": 0.03, "t": 0.03,
}

// frequency is how many of all firms are of a sole proprietor of that surname
// and these initials, as far as they are given.
func (p *person) frequency() float64 {
	f, ok := surnameShares()[p.surname]
	if !ok {
		f = rareShare
	}
	f *= 1 - shareOfEntities
	for _, in := range [...]string{p.firstInit, p.patInit} {
		if in == "" {
			continue
		}
		if share, ok := initialShares[in]; ok {
			f *= share
		} else {
			f *= 0.02
		}
	}
	return f
}
