package website

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// topic is what a page is likely to be about, as far as links to it tell. The
// values stand in memories: add new ones, never rename.
type topic string

const (
	topicHome     topic = "home"
	topicSame     topic = "same" // a frame or a refresh: part of the page that leads to it
	topicContacts topic = "contacts"
	topicDetails  topic = "details" // реквизиты
	topicSupply   topic = "supply"
	topicPeople   topic = "people"
	topicAbout    topic = "about"
	topicPlaces   topic = "places"
	topicLegal    topic = "legal" // политика обработки данных, оферта: they name the firm and its ИНН
	topicJobs     topic = "jobs"
)

// topics in the order in which pages are wanted. A word is the beginning of a
// word in a link's text, title or address; "=" in front makes it the whole word,
// as up to four letters are. Of two words the second follows the first, which is
// whole.
var topics = []struct {
	topic  topic
	weight int
	words  []string
}{
	{topicContacts, 100, []string{
		"=контакт", "контакты", "контактов", "контактам", "контактн", "=kontakt", "kontakty", "kontakti", "kontaktn", "kontacty", "=contact", "contacts", "contactus", "contactinfo", "cont",
		"телефоны", "справочная", "spravochnaya", "как связаться", "связаться с", "обратная связь", "svyazatsya", "obratnaya svyaz", "feedback",
		"наш адрес", "наши адреса", "адреса и", "схема проезда", "как проехать", "как нас", "где нас", "address",
		"adres", //nolint:misspell // адрес in Latin letters
	}},
	{topicDetails, 95, []string{
		"реквизит", "rekvizit", "requisit", "bank details", "карточка предприятия", "карточка организации", "карточка компании", "карта партнера",
		"kartochka predpriyatiya", "kartochka organizacii", "kartochka kompanii", "юридическая информация",
	}},
	{topicSupply, 90, []string{
		"снабжен", "закупк", "закупок", "закупоч", "тендер", "поставщик", "мто", "омтс", "snab", "snabzhen", "zakup", "zakupk", "tender", "postavsh", "postavsc",
		"supplier", "procure", "purchas", "mto", "omts",
	}},
	{topicPeople, 80, []string{
		"руководств", "руководит", "администрац", "дирекц", "команда", "сотрудник", "наши люди", "=персонал", "коллектив", "правлени", "структура", "подразделен",
		"отделы", "службы", "ответственн", "=management", "team", "=staff", "rukovod", "administrac", "direkc", "komanda", "sotrudn", "kollektiv", "struktura", "otdely", "podrazdel", "otvetstvenn",
	}},
	{topicAbout, 65, []string{
		"о компании", "о нас", "о предприятии", "о заводе", "о фирме", "о организации", "об организации", "об объединении", "о хозяйстве", "о холдинге", "о группе", "о магазине", "о проекте", "кто мы",
		"o kompanii", "okompanii", "o nas", "onas", "o predpriyatii", "o zavode", "o firme", "ob organizacii", "o holdinge", "o hozyajstve", "=about", "aboutus", "=company", "=kompaniya", "=компания", "=предприятие",
		"сведения об", "общая информация", "общие сведения",
	}},
	{topicPlaces, 50, []string{"филиал", "представительств", "=офисы", "магазины", "=адреса", "=склады", "filial", "branches", "offices", "magaziny", "predstavitel"}},
	{topicLegal, 30, []string{"конфиденциальн", "персональных данных", "оферт", "соглашени", "правовая", "privacy", "policy", "politika", "oferta", "soglash", "konfidenc", "agreement", "personal data", "=terms", "карта сайта", "sitemap", "документы"}},
	{topicJobs, 10, []string{"ваканс", "карьера", "работа у", "vakans", "vacanc", "career", "=job", "jobs"}},
}

// elsewhere are words of pages where contacts are somebody else's or beside the
// point.
var elsewhere = []string{
	"новост", "news", "novost", "стать", "article", "blog", "блог", "пресс", "press", "отзыв", "otzyv", "review", "каталог", "catalog", "katalog", "product", "товар", "tovar", "shop", "forum", "форум", "gallery", "foto", "vopros", "faq", "партнер", "partner",
}

const (
	shortWord = 4  // letters: as the beginning of a word they say nothing
	shortText = 6  // words: more are a sentence, not a name of a page
	fromText  = 40 // per cent that a word in a sentence is worth
	fromName  = 95 // in the last part of an address: a text says more
	fromPath  = 60 // in a folder above the page
	fromAway  = 40 // below or beside a word of elsewhere
	weightTop = 200
)

// topicOf weighs a link by its text, its title and its address; weight 0 says
// that nothing speaks for it.
func topicOf(text, title string, u *url.URL) (best topic, weight int) {
	try := func(words []string, per int) (away bool) {
		most := -1 // place in topics; the first are wanted most
		for i, w := range words {
			next := ""
			if i+1 < len(words) {
				next = words[i+1]
			}
			at, elsewhere := meaningOf(w, next)
			if at >= 0 && (most < 0 || at < most) {
				most = at
			}
			away = away || elsewhere
		}
		if away {
			per = per * fromAway / 100
		}
		if most >= 0 && topics[most].weight*per/100 > weight {
			best, weight = topics[most].topic, topics[most].weight*per/100
		}
		return away
	}
	for _, s := range []string{text, title} {
		words := wordsOf(s)
		per := 100
		if len(words) > shortText {
			per = fromText
		}
		try(words, per)
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	away := 100
	for i, s := range segments {
		per := fromName
		if i+1 < len(segments) && !indexFile(strings.ToLower(segments[len(segments)-1])) {
			per = fromPath
		}
		if try(wordsOf(s), per*away/100) {
			away = fromAway // and all below it
		}
	}
	for _, p := range params(u) {
		_, value, _ := strings.Cut(p, "=")
		if v, err := url.QueryUnescape(value); err == nil {
			try(wordsOf(v), fromPath)
		}
	}
	return best, weight
}

// wordsOf cuts into words of letters and digits in lower case, ё as е.
func wordsOf(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(s), "ё", "е")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// meaning is what a beginning of a word stands for.
type meaning struct {
	word  string
	next  string // beginning of the word after it; "" = any
	whole bool
	topic int // place in topics; -1 = elsewhere
}

// meanings are found by the first bytes of their words.
var meanings = func() map[string][]meaning {
	out := map[string][]meaning{}
	put := func(want string, at int) {
		want, whole := strings.CutPrefix(want, "=")
		word, next, pair := strings.Cut(want, " ")
		m := meaning{word: word, next: next, whole: whole || pair || utf8.RuneCountInString(word) <= shortWord, topic: at}
		out[lead(word)] = append(out[lead(word)], m)
	}
	for i, t := range topics {
		for _, w := range t.words {
			put(w, i)
		}
	}
	for _, w := range elsewhere {
		put(w, -1)
	}
	return out
}()

// lead is what words of one slot have in common.
func lead(word string) string { return word[:min(len(word), 2)] }

// meaningOf looks a word up with the one that follows: the place of its topic,
// -1 for none, and whether it is of elsewhere.
func meaningOf(word, next string) (at int, elsewhere bool) {
	at = -1
	for _, m := range meanings[lead(word)] {
		if m.whole && word != m.word || !strings.HasPrefix(word, m.word) || !strings.HasPrefix(next, m.next) {
			continue
		}
		switch {
		case m.topic < 0:
			elsewhere = true
		case at < 0 || m.topic < at:
			at = m.topic
		}
	}
	return at, elsewhere
}
