package requisite

import (
	"strings"
	"unicode/utf8"

	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

const leastBrand = 3 // letters

// commonBrand are words of titles and hosts that name no firm.
var commonBrand = map[string]bool{
	"контакты": true, "главная": true, "реквизиты": true, "компании": true, "компания": true, "наши": true, "сайт": true,
	"официальный": true, "россия": true, "москва": true, "купить": true, "цена": true, "цены": true, "завод": true,
	"группа": true, "страница": true, "адрес": true, "телефон": true, "www": true, "com": true, "org": true, "net": true,
	"ооо": true, "для": true, "доставка": true, "услуги": true, "контактная": true, "информация": true, "нас": true, "автосервис": true, "сервис": true,
}

// brands are the words by which the site calls itself: those of the title and
// of the host.
func brands(p *page.Page) []string {
	var out []string
	add := func(words []string) {
		for _, w := range words {
			if utf8.RuneCountInString(w) >= leastBrand && !commonBrand[w] && len(out) < 40 {
				out = append(out, w)
			}
		}
	}
	if !aboutOthers(p) { // whose title has the names of others
		add(company.FoldWords(cut(p.Title, 300)))
	}
	if p.URL != nil {
		host := strings.TrimPrefix(p.URL.Hostname(), "www.")
		if i := strings.LastIndexByte(host, '.'); i > 0 {
			host = host[:i]
		}
		add([]string{plainLatin(host)})
	}
	return out
}

// branded tells that a name has a word of the title, or that it is spelled in
// the host in Latin letters.
func (r *reader) branded(name string) bool {
	if len(r.brands) == 0 {
		return false
	}
	words := company.FoldWords(company.ParseName(cut(name, 300)).Core)
	for _, w := range words {
		if utf8.RuneCountInString(w) < leastBrand || commonBrand[w] {
			continue
		}
		latin := plainLatin(w)
		for _, b := range r.brands {
			if b == w || len(latin) > leastBrand && strings.Contains(b, latin) {
				return true
			}
		}
	}
	return false
}

// brandNear tells that the line of a number or one of the three above has a
// word of the site's name.
func (r *reader) brandNear(i int) bool {
	for j, seen := i, 0; j >= 0 && seen < 4; j-- {
		if r.lines[j].text == "" {
			continue
		}
		seen++
		l := &r.lines[j]
		if len(l.text) < 300 && l.brand.of(func() bool { return r.branded(l.text) }) {
			return true
		}
	}
	return false
}

var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "i", 'к': "k",
	'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "h",
	'ц': "c", 'ч': "ch", 'ш': "sh", 'щ': "sch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
}

// plainLatin spells a word as hosts do, with the usual variants made one.
func plainLatin(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch l, ok := latin[r]; {
		case ok:
			b.WriteString(l)
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		}
	}
	return hostVariants.Replace(b.String())
}

// hostVariants are the spellings of one Russian letter that hosts use, made
// one: й as y or j, х as kh, ц as ts, ю as ju, я as ja.
var hostVariants = strings.NewReplacer("yu", "u", "ju", "u", "ya", "a", "ja", "a", "kh", "h", "ts", "c", "shch", "sch", "y", "i", "j", "i", "x", "ks", "w", "v")
