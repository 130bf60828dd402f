package people

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// sureness is how much of a name is there.
type sureness uint8

const (
	alone  sureness = iota // «Ольга»
	pair                   // «Ольга Вихрова», «Ольга Петровна»
	signed                 // «Вихрова О.»
	full                   // with patronymic or both initials
)

// name is a person's name in a text.
type name struct {
	from, to int // bytes
	sure     sureness
	short    bool // first name and patronymic only
}

// findNames finds the names in the nominative that stand in a text.
func findNames(text string, words []word) []name {
	var out []name
	for i := 0; i < len(words); {
		n, sure, short := nameAt(words[i:])
		if n == 0 {
			i++
			continue
		}
		if strange(text, words, i, n) {
			i += n
			continue
		}
		out = append(out, name{words[i].from, nameEnd(text, &words[i+n-1]), sure, short})
		i += n
	}
	return out
}

// nameAt matches the orders in which names are written and gives the number of
// words, 0 for none.
func nameAt(w []word) (n int, sure sureness, short bool) {
	if w[0].shape == other || w[0].shape == small {
		return 0, alone, false
	}
	joined := 1 // words that follow each other with nothing but spaces between
	for joined < len(w) && joined < 5 && !w[joined].loose {
		joined++
	}
	w = w[:joined]
	can := func(i int) bool { return i < len(w) && w[i].part }
	ini := func(i int) bool { return i < len(w) && w[i].shape == initial }
	first := func(i int) bool { return can(i) && w[i].is(firstName) }
	father := func(i int) bool {
		return i < len(w) && patronymic(w[i].low) && (w[i].part || w[i].shape == small && first(i-1))
	}
	switch {
	case can(0) && can(1) && father(2):
		return 3, full, false
	case can(0) && first(1) && can(2) && len(w) > 3 && patronymicTail(w[3].low):
		return 4, full, false
	case first(0) && father(1) && can(2) && !w[2].is(firstName):
		return 3, full, false
	case can(0) && ini(1) && ini(2):
		return 3, full, false
	case ini(0) && ini(1) && can(2):
		return 3, full, false
	case first(0) && father(1):
		return 2, pair, true
	case can(0) && ini(1) && !w[0].is(firstName), ini(0) && can(1) && !townLetter(w[0].low, w[1].low):
		return 2, signed, false
	case first(0) && can(1), can(0) && first(1):
		return 2, pair, false
	case first(0):
		return 1, alone, false
	}
	return 0, alone, false
}

// townLetter tells «Г. Пермь» and «Н. Новгород» from «П. Вихров».
func townLetter(letter, low string) bool {
	return letter == "г" || hasStem([]string{low}, of("новгород", "тагил", "челн", "уренго", "устюг", "салд", "пышм", "лук.", "луки.", "петербург", "волочек", "посад"))
}

// namePart tells a word that may be a part of a name.
func namePart(w *word) bool {
	if w.shape != capital && w.shape != caps || utf8.RuneCountInString(w.low) < 2 {
		return false
	}
	return !w.is(notName|head) && !strings.HasSuffix(w.low, "ого") && !strings.HasSuffix(w.low, "ому")
}

// notNames are words in capitals that stand beside names on pages.
const notNames = `
	адрес телефон тел факс почта контакты контакт email моб мобильный сот рабочий добавочный доб whatsapp viber telegram skype
	россия москва санкт-петербург город область край республика район улица проспект площадь
	ооо оао зао ао пао ип кфх спк гк тд нпо нпп устава фио имя фамилия отчество
	наш наша наши ваш ваша все мы вы он она как для при или это что где кто
	генеральный генеральная коммерческий коммерческая технический техническая исполнительный исполнительная финансовый финансовая
	главный главная старший старшая ведущий ведущая первый первая региональный региональная младший младшая заслуженный
	добрый спасибо здравствуйте уважаемый уважаемая уважаемые пн вт ср чт пт сб вс часы время работы график
	компания компании фирма предприятие завод группа сайт сайта отзыв отзывы новости статья цена купить заказать подробнее
	плаза сервис авто маркет центр плюс холдинг строй торг пром трейд парк отель
	января февраля марта апреля мая июня июля августа сентября октября ноября декабря`

// strangers are the words behind which a name is that of a street, a firm, an
// author, or of one who works there no more.
const strangers = `
	ул улица улице пр проспект проспекте пер переулок площадь площади пл бульвар бул наб набережная шоссе проезд мкр микрорайон имени им
	ип предприниматель кфх автор авторы текст фото фотограф фотографии интервью перевод дизайн дизайнер разработчик верстка
	разработка создание памяти святой святого академика маршала генерала композитора писателя поэта
	бывший бывшая бывшего экс-директор прежний ранее клиент заказчик покупатель пациент мэр губернатор министр президент
	от с к у для о об учредитель учредители основатель собеседник гость спикер ведущий`

// sampleName tells the names that templates and forms show: «Иванов Иван
// Иванович», whose words have one root.
func sampleName(name string) bool {
	words := company.FoldWords(name)
	if len(words) != 3 {
		return false
	}
	for _, root := range [...]string{"иван", "петр", "сидор"} {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.HasPrefix(w, root) }) {
			return true
		}
	}
	return false
}

// strange tells a name of somebody or something else by the word before it, or
// by quotes around it.
func strange(text string, words []word, i, n int) bool {
	front := strings.TrimRight(text[:words[i].from], " ")
	if r, _ := utf8.DecodeLastRuneInString(front); strings.ContainsRune("«“„\"", r) && front != "" {
		back, _ := utf8.DecodeRuneInString(text[words[i+n-1].to:])
		if strings.ContainsRune("»”“\"", back) {
			return true
		}
	}
	if i == 0 {
		return false
	}
	prev := words[i-1]
	gap := text[prev.to:words[i].from]
	return prev.is(stranger) && strings.Trim(gap, " .:—–-") == ""
}
