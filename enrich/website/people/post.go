package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	beside "obzvon/enrich/website/contact"
)

// Bounds on the text of a post or a department.
const (
	maxPost      = 400 // bytes
	mostWords    = 18
	headWithin   = 7 // words before the one that makes it a post
	leastLetters = 3
)

// post is a text that names what somebody does, or a department.
type post struct {
	text   string
	person bool // a post of a person; else a department or a place
}

// asPost reads a whole piece of text as a post. It is not ok for sentences,
// names of firms, goods and menus.
func asPost(text string) (post, bool) {
	text = tidyPost(text)
	// «Руководитель: директор»: what stands behind the colon says more.
	if front, behind, ok := strings.Cut(text, ":"); ok {
		if p, ok := asPost(behind); ok {
			return p, true
		}
		text = tidyPost(front)
		if strings.TrimSpace(behind) != "" {
			return post{}, false
		}
	}
	if len(text) > maxPost || utf8.RuneCountInString(text) < leastLetters || strings.ContainsAny(text, "?!@;{}_©=") {
		return post{}, false
	}
	if strings.Count(text, " ") > 2*mostWords {
		return post{}, false
	}
	words := splitWords(text)
	if n := acting(words); n > 0 {
		return asActing(text, words, n)
	}
	if labelledPost(words) {
		return asPost(text[words[1].from:])
	}
	if len(words) == 0 || len(words) > mostWords || ruledFirm(words) {
		return post{}, false
	}
	head := -1
	var p post
	for i, w := range words {
		if head < 0 && i+1 < len(words) && w.is(preposition) && !words[i+1].loose {
			return post{}, false // «Связь с менеджером»
		}
		if w.is(sentence) || digitsIn(text[w.from:w.to]) && i > 0 && len(words) > 5 {
			return post{}, false
		}
		if i > headWithin {
			continue
		}
		switch {
		case w.is(postWord):
			if head < 0 && bent(w.low) {
				return post{}, false // «менеджеру», «директором»
			}
			if head < 0 {
				head = i
			}
			p.person = true
		case head < 0 && w.is(placeWord):
			head = i
		case head < 0 && !mayLead(&words[i]):
			return post{}, false // «Консультация специалиста», «Услуги автосервиса»
		}
	}
	if head >= 0 && len(words) > 2 && serviceHead(words) {
		return post{}, false // «Доставка бетона по городу»
	}
	low := fold(text)
	switch {
	case strings.HasPrefix(low, "контактное лицо"), strings.HasPrefix(low, "ответственное лицо"):
		p.person = true
	case head < 0, onlyFounder(words):
		return post{}, false
	}
	if first := words[0]; first.low == "отдел" || first.low == "служба" || first.low == "бюро" || strings.HasPrefix(first.low, "приемная") ||
		first.low == "управление" || first.low == "департамент" || first.low == "группа" || first.low == "цех" {
		p.person = false // «Отдел главного механика»
	}
	p.text = text
	return p, true
}

// labelledPost tells «Руководитель» as the label of a field with the post in it:
// «Руководитель Генеральный директор».
func labelledPost(words []word) bool {
	if len(words) < 2 || words[0].low != "руководитель" || words[1].shape != capital {
		return false
	}
	return words[1].is(postWord) || len(words) > 2 && adjective(words[1].low) && words[2].is(postWord)
}

// bent tells the dative and the instrumental: the text is about somebody.
func bent(low string) bool {
	for _, tail := range [...]string{"у", "ю", "ом", "ем", "ами", "ям", "ам", "ями"} {
		if strings.HasSuffix(low, tail) {
			return true
		}
	}
	return false
}

// mayLead tells words that stand before the one that names the post: «главный»,
// «и. о.», «центр» of «центр закупок».
func mayLead(w *word) bool {
	return w.is(leader) || utf8.RuneCountInString(w.low) <= 3 || w.low[0] < utf8.RuneSelf || adjective(w.low)
}

const leaders = "центр группа сектор блок дивизион вице сервис контент бренд проект шеф пресс штаб контактное ответственное лицо лица первый второй линия основатель учредитель совладелец"

// serviceHead tells texts whose every head is a service that a site offers: one
// word of it may be the name of a counter, more are goods.
func serviceHead(words []word) bool {
	for _, w := range words {
		if w.is(head) && !hasStem([]string{w.low}, services) {
			return false
		}
	}
	return true
}

var services = []string{"доставк", "продаж", "производств", "эвакуатор", "столов", "автомойк", "шиномонтаж", "гостиниц", "хостел", "стоянк", "закуп", "снабжени", "сбыт"}

// onlyFounder tells «Учредитель»: an owner who is nobody to call.
func onlyFounder(words []word) bool {
	return len(words) == 1 && strings.HasPrefix(words[0].low, "учредител")
}

// sentenceWords are met in sentences, menus and forms, not in posts.
const sentenceWords = `
	мы вы вас вам ваш ваша ваши вашу вашего наш наша наши нашего нашей нас нам я он она они его ее их мне меня
	работает работаем работают осуществляет осуществляем поможет помогут свяжется свяжутся ответит ответят позвоните напишите обращайтесь
	является являются можно нужно будет был была были есть нет если чтобы который которая которые этот эта это как что где когда
	купить заказать подробнее узнать цена цены стоимость скачать заполните отправить получить оставьте нажимая
	согласие обработку политика конфиденциальности договор договора соглашение
	улица ул проспект пр-т пер наб шоссе д дом корп стр лит пом кв руб рублей лет года году ооо оао зао пао ао ип ищет требуется требуются вакансия вакансии`

// prepositions before the head tell a text about somebody.
const prepositions = "с со к ко от для у о об без под в во на из до"

// adjective tells words that stand before the head: «главный», «ведущий».
func adjective(low string) bool {
	for _, tail := range [...]string{"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ые", "ие", "ым", "им", "и", "по", "го"} {
		if strings.HasSuffix(low, tail) {
			return true
		}
	}
	return false
}

func digitsIn(s string) bool { return strings.ContainsAny(s, "0123456789") }

// reachLabels are the words that lead to a number or an address and are no
// part of a post.
var reachLabels = wordSet(reachWords)

const reachWords = `
	тел телефон телефоны телефона моб мобильный сот сотовый раб рабочий факс email e-mail mail почта эл электронная адрес доб добавочный вн внутренний т м ф
	whatsapp viber telegram ватсап вайбер телеграм контактный контактные контакты прямой единый многоканальный звонок круглосуточно max подробнее`

// tidyPost drops what is around a post: marks, brackets, «тел.», «действует на
// основании Устава».
func tidyPost(text string) string { return trimPost(cutBasis(text), true) }

// trimPost drops marks and brackets and, if there may be some, labels.
func trimPost(text string, labels bool) string {
	for {
		was := text
		text = strings.TrimFunc(text, aroundPost)
		text = strings.TrimLeft(strings.TrimRight(text, "("), ")")
		if end := strings.IndexByte(text, ')'); strings.HasPrefix(text, "(") && (end < 0 || end == len(text)-1) {
			text = strings.TrimSuffix(text[1:], ")")
		}
		if strings.HasSuffix(text, ")") && !strings.Contains(text, "(") {
			text = strings.TrimSuffix(text, ")")
		}
		if strings.ContainsAny(text, "()") {
			text = beside.Balance(text)
		}
		if labels {
			text = dropLabel(text)
		}
		if text == was {
			return text
		}
	}
}

// dropLabel drops a label at the end, else one at the beginning.
func dropLabel(text string) string {
	if i := strings.LastIndexFunc(text, wordEdge) + 1; i > 0 && isReachLabel(text[i:]) {
		return text[:i]
	}
	if i := strings.IndexFunc(text, wordEdge); i > 0 && isReachLabel(text[:i]) {
		return text[i:]
	}
	return text
}

// cutBasis cuts off what a head acts on: «действует на основании Устава».
func cutBasis(text string) string {
	if len(text) <= len("(действ") {
		return text
	}
	low, same := foldSame(text)
	if !same || !strings.Contains(low, "действ") && !strings.Contains(low, "на основании") {
		return text
	}
	for _, tail := range [...]string{"действующ", "действует", "(на основании", "на основании устава", "(действ"} {
		if i := strings.Index(low, tail); i > 0 {
			text, low = text[:i], low[:i]
		}
	}
	return text
}

func aroundPost(r rune) bool {
	if isLetter(r) || r == ')' || r == '(' || r == '«' || r == '»' {
		return false
	}
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

func isReachLabel(s string) bool {
	if len(s) > len("многоканальный") {
		return false
	}
	var stack [32]byte
	low, _ := appendFold(stack[:0], s)
	return reachLabels[string(low)]
}

// wordEdge tells what stands between words; bytes of one, so that the next
// letter follows at once.
func wordEdge(r rune) bool {
	return r == ' ' || r == '.' || r == ',' || r == ':' || r == '/' || r == ';' || r == '('
}

// cutText shortens a text to at most n bytes of whole letters.
func cutText(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
