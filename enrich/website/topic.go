package website

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
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
// word in a link's text, title or address; two words stand one after the other.
var topics = []struct {
	topic  topic
	weight int
	words  []string
}{
	{topicContacts, 100, []string{
		"контакт", "kontakt", "kontact", "contact", "cont", "телефоны", "справочная", "spravochnaya", "как связаться", "связаться с", "svyaz",
		"наш адрес", "наши адреса", "адреса и", "схема проезда", "как проехать", "как нас", "где нас", "address", "обратная связь", "feedback",
		"adres", //nolint:misspell // адрес in Latin letters
	}},
	{topicDetails, 95, []string{"реквизит", "rekvizit", "requisit", "rekviz", "банковские", "карточка предприятия", "карточка организации", "карточка компании", "kartochka", "юридическая информация", "bank details"}},
	{topicSupply, 90, []string{
		"снабжен", "закупк", "закупок", "закупоч", "тендер", "поставщик", "мтс", "мто", "омтс", "snab", "zakup", "tender", "postavsh", "postavsc", "postavshch",
		"supplier", "suppliers", "procure", "purchas", "mto", "omts",
	}},
	{topicPeople, 80, []string{
		"руководств", "руководит", "администрац", "дирекц", "команда", "наша команда", "сотрудник", "наши люди", "персонал", "коллектив", "правлени", "структура", "подразделен",
		"отделы", "службы", "ответственн", "management", "team", "staff", "our team", "rukovod", "administrac", "direkc", "komanda", "sotrudn", "kollektiv", "struktura", "otdely", "podrazdel", "otvetstvenn",
	}},
	{topicAbout, 65, []string{
		"о компании", "о нас", "о предприятии", "о заводе", "о фирме", "о организации", "об организации", "об объединении", "о хозяйстве", "о холдинге", "о группе", "о магазине", "о проекте", "кто мы",
		"о kompanii", "o kompanii", "okompanii", "o nas", "onas", "o predpriyatii", "o zavode", "o firme", "ob organizacii", "o holdinge", "o hozyajstve", "about", "company", "kompaniya", "компания", "предприятие", "сведения об", "общая информация", "общие сведения",
	}},
	{topicPlaces, 50, []string{"филиал", "представительств", "офисы", "наши офисы", "магазины", "наши магазины", "адреса", "склады", "filial", "branches", "offices", "magaziny", "predstavitel"}},
	{topicLegal, 30, []string{"конфиденциальн", "персональных данных", "оферт", "соглашени", "правовая", "privacy", "policy", "politika", "oferta", "soglash", "konfidenc", "agreement", "personal data", "terms", "карта сайта", "sitemap", "документы"}},
	{topicJobs, 10, []string{"ваканс", "карьера", "работа у", "vakans", "vacanc", "career", "job"}},
}

// elsewhere are words of pages where contacts are somebody else's or beside the
// point.
var elsewhere = []string{
	"новост", "news", "novost", "стать", "article", "blog", "блог", "пресс", "press", "отзыв", "otzyv", "review", "каталог", "catalog", "katalog", "product", "товар", "tovar", "shop", "forum", "форум", "gallery", "foto", "vopros", "faq", "партнер", "partner",
}

const (
	shortText = 6  // words: more are a sentence, not a name of a page
	fromText  = 40 // per cent that a word in a sentence is worth
	fromName  = 95 // in the last part of an address: a text says more
	fromPath  = 60 // in a folder above the page
	fromAway  = 40 // with words of elsewhere
	weightTop = 200
)

// topicOf weighs a link by its text, its title and its address; weight 0 says
// that nothing speaks for it.
func topicOf(text, title string, u *url.URL) (best topic, weight int) {
	try := func(words []string, per int) {
		if len(words) == 0 {
			return
		}
		if slices.ContainsFunc(words, func(w string) bool { return startsAny(w, elsewhere) }) {
			per = per * fromAway / 100
		}
		for _, t := range topics {
			if w := t.weight * per / 100; w > weight && speaksOf(words, t.words) {
				best, weight = t.topic, w
			}
		}
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
		words := wordsOf(s)
		try(words, per*away/100)
		if slices.ContainsFunc(words, func(w string) bool { return startsAny(w, elsewhere) }) {
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

func speaksOf(words, of []string) bool {
	for _, want := range of {
		first, second, pair := strings.Cut(want, " ")
		for i, w := range words {
			switch {
			case !pair && startsWord(w, want):
				return true
			case pair && w == first && i+1 < len(words) && strings.HasPrefix(words[i+1], second):
				return true
			}
		}
	}
	return false
}

// startsWord takes the shortest beginnings for whole words: «мто», «cont».
func startsWord(w, want string) bool {
	if len([]rune(want)) <= 4 {
		return w == want
	}
	return strings.HasPrefix(w, want)
}

func startsAny(w string, of []string) bool {
	return slices.ContainsFunc(of, func(want string) bool { return startsWord(w, want) })
}
