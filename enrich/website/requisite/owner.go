package requisite

import (
	"strings"
	"unicode"
)

// otherOwners are the words by which a page tells of a firm that is not the
// site's, in small letters: who makes, hosts, advertises on the site, pays,
// delivers, insures, supervises.
var otherOwners = []string{
	"разработка сайта", "разработка и продвижение", "создание сайт", "создание и продвижение", "сайт разработан", "разработчик сайта", "разработано", "дизайн сайта", "веб-студи",
	"web-студи", "хостинг", "продвижение сайт", "платежный агрегатор", "платёжный агрегатор", "агрегатор", "эквайр",
	"юмани", "ю-мани", "юкасс", "робокасс", "робокасc", "cloudpayments", "оператор фискальных", "лизинговая", "страховая компания",
	"наш клиент", "наши клиенты", "наш партнер", "наш партнёр", "наши партнеры", "наши партнёры", "заказчик:",
	"покупатель:", "плательщик:", "курьерская служба", "транспортная компания:", "получатель субсиди",
	"платежный сервис", "платёжный сервис", "платежная система", "платёжная система", "прием платежей", "приём платежей", "платежи принимает",
	"регистратор домен", "рекламодател", "реклама. ", "реклама: ", "реклама, ", "страховщик", "саморегулируем", "член сро", "члены сро",
	"реестродержател", "ведение реестра акционеров", "аудитор", "удостоверяющий центр", "третьим лицам", "третьи лица", "третьих лиц", "третьему лицу",
	"по поручению", "обработчик персональных", "яндекс.метрик", "яндекс метрик", "служба доставки", "службы доставки", "доставку осуществляет", "доставка осуществляется", "перевозчик:",
	"конкурсный управляющий", "туроператор:", "кредитор:",
}

// doubtfulOwners may be the site's firm or another: a maker's own site calls it
// so, a shop's site calls another so.
var doubtfulOwners = []string{
	"изготовитель", "производитель", "поставщик:", "импортер", "импортёр", "арендодател", "франчайз", "франшиз", "учредител",
	"товарного знака", "товарный знак", "правообладатель бренда", "застройщик:", "туроператор",
}

// heads are people whose own ИНН is sometimes told with their firm's.
var heads = []string{"директор", "руководител", "председател", "управляющ"}

// owner is what the words that lead to a number or a name say of its owner.
type owner uint8

const (
	ownerUnsaid owner = iota
	ownerDoubtful
	ownerOther
)

// ownerBefore reads the words that lead to a number, a name, or an address:
// those before the firm that is named last, if one is.
func ownerBefore(front string) owner {
	if firm := firmAt(front); firm >= 0 {
		front = front[:firm]
	}
	return leader(front)
}

// leader reads the words that lead to a firm. Who is told before another firm
// counts no more, unless the firm is named a second time: «Общество с … „Вега“
// (ООО „Вега“)».
func leader(front string) owner {
	if strings.HasSuffix(strings.TrimRight(front, " «\""), "(") {
		if firm := firmAt(front); firm >= 0 {
			front = front[:firm]
		}
	}
	if i := lastSentence(front); i > farthest {
		front = front[i:]
	}
	switch {
	case leads(front, otherOwners), hasWord(front, "офд") && leads(front, []string{"офд"}):
		return ownerOther
	case leads(front, doubtfulOwners):
		return ownerDoubtful
	}
	return ownerUnsaid
}

// leads tells that one of the roles is in a text, and behind it neither another
// firm nor a sign of the site's own.
func leads(s string, roles []string) bool {
	for _, p := range roles {
		i := lastIndex(s, p)
		if i < 0 {
			continue
		}
		if rest := s[i+len(p):]; firmAt(rest) < 0 && !hasAny(rest, "©", "исполнитель:", "продавец:", "оператор:", "наши реквизиты", "реквизиты компании") {
			return true
		}
	}
	return false
}

// lastIndex is strings.LastIndex, many times faster for what is not there, as most
// is not.
func lastIndex(s, part string) int {
	if !strings.Contains(s, part) {
		return -1
	}
	return strings.LastIndex(s, part)
}

// roleAlone reads the line above a name as its label.
func roleAlone(s string) owner {
	s = strings.TrimRight(s, " ")
	switch {
	case isRole(s, otherOwners):
		return ownerOther
	case isRole(s, doubtfulOwners):
		return ownerDoubtful
	}
	return ownerUnsaid
}

// isRole tells a line that has a role and ends with a colon, or is hardly more
// than the role.
func isRole(s string, roles []string) bool {
	label := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "—")
	for _, p := range roles {
		p = strings.TrimRight(p, " :.,")
		if i := strings.Index(s, p); i >= 0 && (label || i == 0 && len(s)-len(p) <= mostRole) {
			return true
		}
	}
	return false
}

// mostRole is how much longer than the role a label may be, in bytes.
const mostRole = 30

// services are firms whose numbers stand in policies and offers of others: of
// hosting, payments, delivery, counting of visitors.
var services = []string{
	"яндекс", "вконтакте", "мэйл.ру", "бегет", "таймвэб", "тайм веб", "таймвеб", "тильда", "битрикс", "юмани", "юмоней", "робокасса", "клаудпэйментс",
	"сдэк", "селектел", "джино", "рег.ру", "регистратор доменных имён рег", "регистратор доменных имен рег", "руцентр", "вайлдберриз", "интернет решения",
	"деловые линии", "почта россии", "т-банк", "тинькофф", "контур", "тензор", "такском", "первый офд",
}

// ownerOf reads what leads to a place: the words before it, else those that
// lead to the firm named last above it. A firm by whose name the site goes is
// at most doubtful.
func (r *reader) ownerOf(i, at int) owner {
	l := &r.lines[i]
	front := before(l.lower, at, 260)
	firm := firmAt(front)
	switch {
	case firm >= 0:
		return r.ownerOfFirm(i, front, firm)
	case r.saysForm(i, at):
		return r.ownerOfFirm(i, before(l.lower, at, 260)+cut(l.lower[at:], 160), len(front))
	}
	if o := ownerBefore(front); o != ownerUnsaid {
		return o
	}
	for j, seen := i-1, 0; j >= 0 && seen < 6; j-- {
		above := &r.lines[j]
		if above.text == "" {
			continue
		}
		seen++
		switch firm := firmAt(above.lower); {
		case len(above.lower) > 400:
			return ownerUnsaid
		case firm >= 0:
			return r.ownerOfFirm(j, above.lower, firm)
		case above.Heading > 0 && roleAlone(above.lower) == ownerOther:
			return ownerOther
		case strings.Contains(above.lower, "реквизит"):
			return ownerUnsaid
		}
	}
	return ownerUnsaid
}

// ownerOfFirm reads what leads to a firm named in a text of line i.
func (r *reader) ownerOfFirm(i int, text string, firm int) owner {
	o := leader(text[:firm])
	if o == ownerUnsaid && !strings.ContainsFunc(text[:firm], unicode.IsLetter) {
		o = roleAlone(r.labelOf(i, "")) // the cell to the left, the line above
	}
	name := cut(text[firm:], 160)
	if o == ownerUnsaid && hasAny(cut(name, 80), services...) {
		o = ownerOther
	}
	if o == ownerOther && r.branded(name) {
		return ownerDoubtful
	}
	return o
}

// saysForm tells that the form of a firm stands at a place.
func (r *reader) saysForm(i, at int) bool {
	from, _, _ := formAt(r.lines[i].text, r.lines[i].lower, at)
	return from == at
}

// firmAt is where the last form of a firm in a text is, -1 if there is none.
func firmAt(s string) int {
	firm := -1
	for _, f := range firmForms {
		for at := findWord(s, f, 0); at >= 0; at = findWord(s, f, at+len(f)) {
			if !bankName(s[at:min(len(s), at+60)]) {
				firm = max(firm, at)
			}
		}
	}
	return firm
}

// firmForms are the forms by which lines name firms, in small letters.
var firmForms = []string{"ооо", "зао", "ип", "общество с огр", "общества с огр", "индивидуальный предпр", "кфх", "оао", "пао", "ао"}

// headsOwn tells that a number of twelve digits is said to be a person's who
// leads the firm.
func headsOwn(k kind, value, front, label string) bool {
	return k == inn && len(value) == len("590499031100") && (hasAny(front, heads...) || hasAny(label, heads...)) &&
		!hasWord(front, "ип", "предприниматель") && !hasWord(label, "ип", "предприниматель")
}
