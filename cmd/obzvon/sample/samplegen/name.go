package main

import "strings"

var adjectives = strings.Fields(`Северный Янтарный Полярный Озёрный Степной Таёжный Лазурный Медный Хрустальный
	Каменный Берёзовый Ветреный Светлый Дальний Верхний Тихий Снежный Быстрый Зелёный Алый Звонкий Речной`)

var nouns = strings.Fields(`Вектор Контур Ориентир Меридиан Горизонт Маяк Рубеж Азимут Причал Перевал Родник
	Сокол Кедр Квадрат Импульс Ресурс Ключ Ковчег Тополь Буревестник Журавль Барсук Утёс`)

// coreName is the n-th pair of words; no two are equal below
// len(adjectives)·len(nouns).
func coreName(n int) string {
	a := n % len(adjectives)
	b := (n/len(adjectives) + 5*a) % len(nouns)
	return adjectives[a] + " " + nouns[b]
}

// person is an invented one: no such surnames beside such first names.
type person struct{ surname, name, patronymic string }

func (p person) String() string {
	return strings.TrimSpace(p.surname + " " + p.name + " " + p.patronymic)
}

func personOf(n int) person {
	surnames := strings.Fields("Образцов Примеров Тестов Макетов Эталонов Шаблонов Черновиков Выдумкин Эскизов Небылицын Прототипов Условнов")
	names := strings.Fields("Пример Образец Тест Макет Эскиз Эталон Шаблон")
	patronymics := strings.Fields("Тестович Образцович Примерович Макетович Эскизович")
	return person{surnames[n%len(surnames)], names[n/len(surnames)%len(names)], patronymics[n%len(patronymics)]}
}

var latin = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y",
	"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f",
	"х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", " ", "-")

// domain is a name under the reserved top-level domain .example.
func domain(name string) string { return latin.Replace(strings.ToLower(name)) + ".example" }
