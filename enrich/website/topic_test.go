package website

import (
	"net/url"
	"strings"
	"testing"
)

func TestTopicOf(t *testing.T) {
	tests := []struct {
		text, path string
		want       topic
	}{
		{"Контакты", "/page12.html", topicContacts},
		{"", "/kontakty/", topicContacts},
		{"", "/kontaktnaya-informaciya.html", topicContacts},
		{"Contact us", "/en/x", topicContacts},
		{"Схема проезда", "/1", topicContacts},
		{"Реквизиты", "/1", topicDetails},
		{"", "/company/rekvizity/", topicDetails},
		{"Карточка предприятия", "/1", topicDetails},
		{"Отдел снабжения", "/1", topicSupply},
		{"Поставщикам", "/1", topicSupply},
		{"", "/zakupki/", topicSupply},
		{"", "/for-suppliers", topicSupply},
		{"Тендеры и закупки", "/1", topicSupply},
		{"Руководство завода", "/1", topicPeople},
		{"", "/about/team/", topicPeople},
		{"О компании", "/1", topicAbout},
		{"О нас", "/1", topicAbout},
		{"О предприятии", "/1", topicAbout},
		{"", "/o-kompanii.html", topicAbout},
		{"", "/o_nas", topicAbout},
		{"Наши филиалы", "/1", topicPlaces},
		{"Политика конфиденциальности", "/1", topicLegal},
		{"Вакансии", "/1", topicJobs},
		{"", "/?page=contacts", topicContacts},
		{"Контактная информация", "/1", topicContacts},
		{"Обработка персональных данных", "/1", topicLegal},
		{"Контакторы и пускатели", "/catalog/kontaktory", ""},
		{"Командировки", "/1", ""},
		{"Складское оборудование", "/1", ""},
		{"О подшипниках", "/1", ""},
		{"Главная", "/", ""},
		{"Компрессоры", "/kompressory", ""},
		{"Контрактное производство", "/1", ""},
	}
	for _, tt := range tests {
		u, err := url.Parse("https://vega.example" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if got, w := topicOf(tt.text, "", u); got != tt.want || (w > 0) != (tt.want != "") {
			t.Errorf("%q %s: %q of weight %d, want %q", tt.text, tt.path, got, w, tt.want)
		}
	}
}

// TestTopicOrder: of two links the first is wanted more.
func TestTopicOrder(t *testing.T) {
	weigh := func(s string) int {
		text, path, _ := strings.Cut(s, "|")
		u, err := url.Parse("https://vega.example" + path)
		if err != nil {
			t.Fatal(err)
		}
		_, w := topicOf(text, "", u)
		return w
	}
	for _, pair := range [][2]string{
		{"Контакты|/1", "Реквизиты|/1"},
		{"Реквизиты|/1", "Закупки|/1"},
		{"Закупки|/1", "Руководство|/1"},
		{"Руководство|/1", "О компании|/1"},
		{"О компании|/1", "Вакансии|/1"},
		{"Контакты|/1", "Контакты для прессы|/1"},
		{"Контакты|/1", "Наши специалисты ответят на вопросы, контакты для связи есть внизу страницы|/1"},
		{"|/kontakty", "|/kontakty/perm"},
		{"|/kontakty/perm", "|/news/kontakty/perm"},
	} {
		if a, b := weigh(pair[0]), weigh(pair[1]); a <= b {
			t.Errorf("%q weighs %d, %q weighs %d", pair[0], a, pair[1], b)
		}
	}
}
