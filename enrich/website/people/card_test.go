package people_test

import "testing"

func TestCards(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"numbers in boxes of their own": {
			`<div><div class="card"><div><b>Вихров Пётр Ильич</b></div><div>Начальник ОМТС</div>
			<div class="info"><div>Телефон</div><div>` + tel1 + `</div></div><div class="info"><div>Почта</div><div>snab@vega.example</div></div></div>
			<div class="card"><div><b>Зимина Ольга Петровна</b></div><div>Главный бухгалтер</div>
			<div class="info"><div>Телефон</div><div>` + tel2 + `</div></div></div></div>`,
			[]string{"Вихров Пётр Ильич | Начальник ОМТС | supply | " + num1 + " snab@vega.example", "Зимина Ольга Петровна | Главный бухгалтер | accounts | " + num2},
		},
		"a text about him before his mail": {
			`<div><div class="card"><div>Главный инженер</div><h3>Вихров Пётр Ильич</h3>
			<p>Отвечает за оборудование завода и ремонт всех участков, ведёт проекты обновления линий.<br>p@vega.example</p></div>
			<div class="card"><div>Директор</div><h3>Зимина Ольга Петровна</h3><p>Руководит обществом с его начала.<br>z@vega.example</p></div></div>`,
			[]string{"Вихров Пётр Ильич | Главный инженер | engineer | p@vega.example", "Зимина Ольга Петровна | Директор | head | z@vega.example"},
		},
		"a text outside of cards ends it": {
			`<h3>Вихров Пётр Ильич</h3><p>Директор</p><p>Работаем с заводами всей области и с частными мастерами.</p><p>` + tel1 + `</p>`,
			[]string{"Вихров Пётр Ильич | Директор | head | "},
		},
		"a link behind the post": {
			`<div><h3>Вихров Пётр Ильич</h3><span>Технический директор</span> <a href="#">Подробнее</a></div>`,
			[]string{"Вихров Пётр Ильич | Технический директор | engineer | "},
		},
		"the name that templates have": {
			`<div><div><h3>Вихров Пётр Ильич</h3><p>Директор</p></div><div><h3>Иванов Иван Иванович</h3><p>Заместитель директора</p></div></div>`,
			[]string{"Вихров Пётр Ильич | Директор | head | "},
		},
		"classes of a layout for blogs": {
			`<div class="blog-main"><h4>Главный инженер:</h4><h3>ВИХРОВ ПЁТР ИЛЬИЧ</h3></div>`,
			[]string{"Вихров Пётр Ильич | Главный инженер | engineer | "},
		},
		"a post in a blog": {`<div class="blog-item"><h4>Главный инженер:</h4><h3>Вихров Пётр Ильич</h3></div>`, nil},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

func TestSpellings(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"no point behind the last initial": {`<p>Генеральный директор - Вихров П.И</p>`, []string{"Вихров П.И | Генеральный директор | head | "}},
		"a label and the post":             {`<p><small>Руководитель</small> <b>Генеральный директор Вихров Пётр Ильич</b></p>`, []string{"Вихров Пётр Ильич | Генеральный директор | head | "}},
		"the label alone":                  {`<p>Руководитель Вихров Пётр Ильич</p>`, []string{"Вихров Пётр Ильич | Руководитель | head | "}},
		"a trade that is on no list":       {`<p>Методист: Зимина Ольга Петровна - ` + tel1 + `</p>`, []string{"Зимина Ольга Петровна | Методист | other | " + num1}},
		"no trade":                         {`<p>Образец: Зимина Ольга Петровна - ` + tel1 + `</p>`, nil},
		"what he does in quotes":           {`<div><p>Руководитель направления «Гидравлика и насосы»</p><p>Вихров Пётр Ильич</p></div>`, []string{"Вихров Пётр Ильич | Руководитель направления «Гидравлика и насосы» | other | "}},
		"messengers in the label":          {`<ul><li>Директор: Вихров Пётр Ильич</li><li>Телефон моб.(WhatsApp,Viber): ` + tel1 + `</li></ul>`, []string{"Вихров Пётр Ильич | Директор | head | " + num1}},
		"a long remark behind the number": {
			`<ul><li>Инженер: Вихров Пётр Ильич</li><li>Телефон: ` + tel1 + ` (договоры, приёмка объектов, советы по строительству и выезд на место)</li></ul>`,
			[]string{"Вихров Пётр Ильич | Инженер | engineer | " + num1},
		},
		"a department behind a hyphen": {`<h3>HR-служба</h3><p>Телефон: ` + tel1 + `</p>`, []string{" | HR-служба | staff | " + num1}},
		"the office in the genitive":   {`<p>Телефон офиса: ` + tel1 + `</p><p>Отдел сбыта: ` + tel2 + `</p>`, []string{" | Отдел сбыта | sales | " + num2}},
		"a link to the map":            {`<h3>Абонентский отдел</h3><p>Карта</p><p>Телефон: ` + tel1 + `</p>`, []string{" | Абонентский отдел | other | " + num1}},
		"lines behind a list of persons": {
			`<p>Директор: Вихров Пётр Ильич - ` + tel1 + `<br>Методист: Зимина Ольга Петровна - ` + tel2 + `<br>Факс: ` + tel3 + `<br>E-mail: p@vega.example</p>`,
			[]string{"Вихров Пётр Ильич | Директор | head | " + num1, "Зимина Ольга Петровна | Методист | other | " + num2},
		},
		"lines behind one person": {`<p>Директор: Вихров Пётр Ильич - ` + tel1 + `<br>E-mail: p@vega.example</p>`, []string{"Вихров Пётр Ильич | Директор | head | " + num1 + " p@vega.example"}},
		"a chapter of mail":       {`<h2>Телефоны</h2><p>Приёмная: ` + tel1 + `</p><p>Отдел охраны труда</p><h2>Электронная почта</h2><p>p@vega.example</p>`, []string{" | Приёмная | reception | " + num1}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}
