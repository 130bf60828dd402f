package contact

import (
	"strings"
	"testing"
)

func TestCodesCarried(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{
			"a heading, up to the next", `<h3>Телефоны (код 34269):</h3><p>Приёмная: 5-20-17</p><p>Бухгалтерия - 5-20-18</p><p>факс 52019</p>
			<p>618500, г. Заводск</p><h3>Склад</h3><p>5-20-20</p>`,
			"+73426952017 [Приёмная] +73426952018 [Бухгалтерия] +73426952019 [факс]",
		},
		{
			"the trunk before the code, bold labels", `<div><p>ТЕЛЕФОНЫ (8-342-53):</p><div><b>приёмная:</b> 5-20-17</div><div><b>Сбыт:</b></div>
			<div>5-20-18, 5-20-19</div></div><div><p>5-20-20</p></div>`,
			"+73425352017 [приёмная] +73425352018 [Сбыт] +73425352019 [Сбыт]",
		},
		{"a label", `<p>Тел. (34253): 5-20-17, 5-20-18; факс: 5-20-19 доб. 12</p>`, "+73425352017 +73425352018 +73425352019;ext=12 [факс]"},
		{"the code of a town", `<p>Код города: 342</p><p>Телефон: 210-17-80</p>`, "+73422101780"},
		{"Belarus", `<p>Тел. (8-0176): 54-16-76</p>`, "+375176541676"},
		{
			"a column each", `<table><tr><th>Отдел</th><th>Заводск, тел. (342)</th><th>Рудный, тел. (34241)</th></tr>
			<tr><td>Снабжение</td><td>210-17-80</td><td>5-20-17</td></tr></table>`,
			"+73422101780 [Снабжение] +73424152017 [Снабжение]",
		},
		{
			"a card only", `<div class="c"><h3>Заводск</h3><p>Тел. (342):</p><p>210-17-80</p></div><div class="c"><h3>Рудный</h3><p>Тел.</p><p>210-17-81</p></div>`,
			"+73422101780 [Заводск]",
		},
		{
			"another code ends it", `<p>Телефоны (34253):</p><p>5-20-17</p><p>Филиал: (34241) 3-49-13</p><p>Филиал: 5-20-18</p>`,
			"+73425352017 +73424134913 [Филиал] +73424152018 [Филиал]",
		},
		{
			"over labels in a line", `<p>Приёмная: +7 (34253) 5-31-29, отдел кадров: 5-31-30, сбыт 5-31-31</p>`,
			"+73425353129 [Приёмная] +73425353130 [отдел кадров] +73425353131 [сбыт]",
		},
		{
			"over a mobile", `<p>(342) 210-17-80, 210-17-81, моб. 8 907 123 00 45, факс 210-17-82</p>`,
			"+73422101780 +73422101781 +79071230045 +73422101782 [факс]",
		},
		{
			"to the next lines", `<p>Тел.: (34253) 3-41-60</p><p>Факс: 3-49-13</p><p>Бухгалтерия: 3-49-14</p>`,
			"+73425334160 +73425334913 [Факс] +73425334914 [Бухгалтерия]",
		},
		{"no code", `<p>Тел. 22-33-44</p><p>(342) 210-17-80</p>`, "+73422101780"},
		{
			"times, houses, postcodes, goods", `<p>Тел. (34253): 5-20-17, пн-пт 9-00-18, ул. Мира 5-20-18, 618500</p>
			<p>Часы: с 9-00-18</p><p>12.05.20</p><p>Арт. 5-20-19</p><p>5-20-20 руб.</p><p>ГОСТ 520-21</p>`,
			"+73425352017",
		},
		{"no town has it", `<p>Тел. (111): 210-17-80</p><p>Каталог (2024):</p><p>10-17-80</p>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := read(t, tt.html)
			f.Hours = ""
			if got := show(f); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAliens(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{
			"a chapter", `<h2>Экстренные службы</h2><p>Пожар: (342) 210-17-80</p><p>help@mchs.ru</p><h2>Наши контакты</h2><p>(342) 210-17-81</p>`,
			"+73422101781",
		},
		{
			"a card", `<div class="b"><div>Полезные телефоны других организаций</div><div><table><tr><td>Водоканал</td><td>(342) 210-17-80</td></tr>
			<tr><td>Сети</td><td>(342) 210-17-81</td></tr></table></div></div><div class="b"><div>Приёмная</div><div>(342) 210-17-82</div></div>`,
			"+73422101782 [Приёмная]",
		},
		{"a label", `<ul><li>Скорая помощь: (342) 210-17-80</li><li>Диспетчер: (342) 210-17-81</li></ul>`, "+73422101781 [Диспетчер]"},
		{"a label above", `<p>Полиция</p><p>(342) 210-17-80</p><p>Отдел кадров</p><p>(342) 210-17-81</p>`, "+73422101781"},
		{"an entry of a menu", `<p><a href="/phones">Полезные телефоны</a></p><p>(342) 210-17-80</p>`, "+73422101780"},
		{"its own page", `<title>Скорая помощь — Заводск</title><h1>Скорая помощь</h1><p>(342) 210-17-80</p>`, "+73422101780 [Скорая помощь]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(read(t, tt.html)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestNicks(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"shown beats a stub", `<a href="skype:SkypeUser?chat">zavod.perm</a>`, "skype:zavod.perm"},
		{"a stub alone", `<a href="skype:SkypeUser?chat">Skype</a><a href="https://t.me/username">T</a>`, ""},
		{"a word is no nick", `<a href="skype:zavod.perm?chat">Skype</a>`, "skype:zavod.perm"},
		{"shown in Telegram", `<a href="https://t.me/shablon_ru">@zavod_perm</a>`, "telegram:@zavod_perm"},
		{"a number shown", `<a href="https://wa.me/79071230046">+7 907 123-00-45</a>`, "+79071230045 whatsapp:+79071230045"},
		{
			"columns", `<div><p>E-mail:</p><p>Skype:</p></div><div><p>info@zavod.ru</p><p>zavod.perm</p></div>`,
			"info@zavod.ru skype:zavod.perm",
		},
		{"an e-mail is no nick", `<p>Skype:</p><p>info@zavod.ru</p>`, "info@zavod.ru"},
		{"a list of services", `<p>Skype</p><p>Viber</p><p>WhatsApp</p>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(read(t, tt.html)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestGluedEmails(t *testing.T) {
	for text, want := range map[string]string{
		"info@zavod.rusnab@zavod.ru":       "info@zavod.ru snab@zavod.ru",
		"a@tut.byb@mail.ru":                "a@tut.by b@mail.ru",
		"a@mail.ru@b.ru":                   "a@mail.ru",
		"a@foo.zzz@bar.ru c@d.ru":          "c@d.ru",
		"a@zavod.comb@zavod.com, c@d.ru":   "a@zavod.com b@zavod.com c@d.ru",
		"a@zavod.ru,b@zavod.ru/c@zavod.ru": "a@zavod.ru b@zavod.ru c@zavod.ru",
	} {
		var got []string
		for _, m := range lineEmails(text, "") {
			got = append(got, m.address)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("lineEmails(%q) = %s, want %s", text, g, want)
		}
	}
}
