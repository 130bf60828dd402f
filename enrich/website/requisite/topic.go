package requisite

import (
	"strings"
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

// topic is what the heading above a line says of it.
type topic uint8

const (
	topicNone  topic = iota
	topicOwn         // «Реквизиты», «Контакты», «О компании»
	topicBank        // «Банковские реквизиты»
	topicAlien       // «Наши клиенты», «Отзывы»: other firms
)

// topics keeps the topic of the last heading of each level.
type topics struct {
	of [page.Bold + 1]topic
	on topic
}

const longestHeading = 120 // letters

func (t *topics) next(l *line) topic {
	if l.Heading == 0 || l.text == "" || utf8.RuneCountInString(l.text) > longestHeading {
		if l.Part == page.Footer && t.on != topicNone {
			*t = topics{} // the headings of the body end with it
		}
		return t.on
	}
	found := headingTopic(l.lower)
	if found == topicNone && l.Heading == page.Bold {
		return t.on // a label in bold is not a new chapter
	}
	for i := l.Heading; i < len(t.of); i++ {
		t.of[i] = topicNone
	}
	t.of[l.Heading], t.on = found, topicNone
	for _, above := range t.of {
		if above != topicNone {
			t.on = above
		}
	}
	return t.on
}

var alienHeadings = []string{
	"клиент", "партнер", "партнёр", "отзыв", "нам доверяют", "заказчик", "поставщики", "наши поставщик",
	"производители", "благодарност", "рекомендации", "рекомендательн", "новости", "статьи", "блог",
	"портфолио", "выполненные", "реализованные", "наши объекты", "наши проекты", "дилеры", "дистрибьютор",
	"дистрибьютер", "где купить", "транспортные компании", "банки-партн", "шоурум",
}

// headingTopic reads a heading in small letters.
func headingTopic(s string) topic {
	switch {
	case hasAny(s, "реквизит"):
		if strings.Contains(s, "банковск") && !strings.Contains(s, "и банковск") {
			return topicBank
		}
		return topicOwn
	case hasAny(s, alienHeadings...):
		// «Клиентам» is a menu, «Покупателям и партнёрам» a service.
		if hasAny(s, "клиентам", "партнерам", "партнёрам") {
			return topicNone
		}
		return topicAlien
	case hasAny(s, "контакт", "о компании", "о нас", "сведения об организации", "юридическ"):
		return topicOwn
	}
	return topicNone
}
