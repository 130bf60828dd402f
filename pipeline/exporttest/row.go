package exporttest

import (
	"fmt"
	"strconv"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

type place struct{ city, region, code, local, window string }

type trade struct {
	name, segment, okved, hook, why string
	priority                        int
}

func places() []place {
	return []place{
		{"Екатеринбург", "Свердловская область", "66", "МСК+2", "07:00–16:00"},
		{"Пермь", "Пермский край", "59", "МСК+2", "07:00–16:00"},
		{"Новосибирск", "Новосибирская область", "54", "МСК+4", "09:00–14:00"},
		{"Нижний Новгород", "Нижегородская область", "52", "МСК", "09:00–18:00"},
		{"Ростов-на-Дону", "Ростовская область", "61", "МСК", "09:00–18:00"},
		{"Калининград", "Калининградская область", "39", "МСК−1", "10:00–18:00"},
		{"Южно-Сахалинск", "Сахалинская область", "65", "МСК+8", "09:00–10:00"},
		{"Петропавловск-Камчатский", "Камчатский край", "41", "МСК+9", ""},
	}
}

func trades() []trade {
	return []trade{
		{
			"Автотехцентр Колея", "Автосервисные сети", "45.20 Техническое обслуживание и ремонт автотранспортных средств",
			"Какие ступичные подшипники берёте чаще всего и с каким сроком? (7805У/7804У, 256907, 2108-3103020)",
			"Основной код 45.20; сеть из 6 точек в 3 городах; 84 сотрудника; есть телефон и почта отдела закупок.", 1,
		},
		{
			"Оптзапчасть-Волга", "Оптовики запчастей", "45.31.1 Торговля оптовая автомобильными деталями, узлами и принадлежностями",
			"Какие позиции по подшипникам у вас сейчас в дефиците? (6205-2RS, 30305, 32306; ГОСТ 180205, 7305, 7606)",
			"Основной код 45.31.1; выручка 412 млн ₽; свой склад; 12 лет на рынке.", 1,
		},
		{
			"Техдеталь", "Мелкие дилеры", "46.69 Торговля оптовая прочими машинами и оборудованием",
			"С какими брендами работаете и интересны ли аналоги SKF с отсрочкой? (6306-2Z, NU210, 22220)",
			"Код 46.69, в названии «деталь»; в справочнике рубрика «Подшипники»; может стать партнёром.", 1,
		},
		{
			"Уральский насосный завод «Исток»", "Промышленные предприятия", "28.13 Производство прочих насосов и компрессоров",
			"Кто у вас отвечает за подшипники в насосах и как часто меняете? (6309, 7309, NU309; ГОСТ 309, 66309)",
			"Основной код 28.13; 340 сотрудников; выручка 1,2 млрд ₽; та же область, что и склад.", 2,
		},
		{
			"Агрофирма Рассвет Плюс", "Сельхозпредприятия", "01.11 Выращивание зерновых (кроме риса), зернобобовых культур и семян масличных культур",
			"Что готовите к посевной: сеялки, дисковые бороны, жатки? (UC205–UC210, 1680205, 180204К10)",
			"Основной код 01.11; 120 сотрудников; сезон закупок с ноября по март.", 2,
		},
		{
			"СтройМеханизация-7", "Строительные компании", "42.11 Строительство автомобильных дорог и автомагистралей",
			"Какая техника в парке и кто закупает запчасти? (22318, 22320, 32218)",
			"Основной код 42.11; 210 сотрудников; парк спецтехники по данным сайта.", 2,
		},
		{
			"Разрез Дальний", "Горнодобывающие компании", "05.10.2 Добыча угля и антрацита открытым способом",
			"Чем закрываете роликовые подшипники для конвейеров и грохотов? (22322, 22330, 23148)",
			"Основной код 05.10.2; 890 сотрудников.", 3,
		},
		{
			"Теплоэнергосеть", "Энергетика", "35.30 Производство, передача и распределение пара и горячей воды",
			"Какие подшипники идут в дымососы и сетевые насосы? (3620, 22320, 6324)",
			"Основной код 35.30; 430 сотрудников; закупки по плану раз в квартал.", 3,
		},
	}
}

// row is the i-th invented company; equal i give equal rows.
func row(i int, managers []pipeline.Manager) pipeline.Row {
	p, t := places()[i%8], trades()[(i/8+i)%8]
	r := pipeline.Row{
		Number: i + 1, Priority: t.priority, Company: fmt.Sprintf("ООО «%s %d»", t.name, i+1), City: p.city,
		CallWindow: p.window, Phone: phone(i), PhoneLink: "+7907" + fmt.Sprintf("%07d", i), Hook: t.hook,
		Score: int64(93_250 - 1_117*(i%60)), Segment: t.segment, Why: t.why, INN: inn(p.code, i), Region: p.region,
		LocalTime: p.local, OKVED: t.okved, Attempt: 1, State: pipeline.RowNew,
		Sources: "Реестр МСП, 2ГИС", Updated: company.NewDate(2026, time.November, 1+i%20),
	}
	known(&r, i)
	history(&r, i)
	if len(managers) > 0 {
		m := managers[min(i%60/40, len(managers)-1)]
		r.ManagerID, r.Manager = m.ID, m.Name
	}
	return r
}

// known fills what some companies lack.
func known(r *pipeline.Row, i int) {
	if i%3 != 0 {
		people, money := int64(7+13*(i%40)), 3_450_000+7_777_000*int64(i%60)
		r.Headcount, r.Revenue = &people, &money
	}
	if i%2 == 0 {
		r.Email = fmt.Sprintf("zakupki@firma%d.example", i)
		r.Site = fmt.Sprintf("https://firma%d.example/kontakty?from=list", i)
	}
	if i%4 == 0 {
		r.Person, r.Post = "Сергей Николаевич", "начальник отдела снабжения"
	}
	if i%5 == 0 {
		r.Phone += " доб. 12"
		r.PhoneLink += ";ext=12"
		r.OtherPhones = phone(i+500_000) + ", " + phone(i+600_000)
	}
}

func history(r *pipeline.Row, i int) {
	switch {
	case i < 3:
		r.State, r.Attempt, r.LastResult = pipeline.RowOverdue, 3, "Перезвонить, 18.11.2026: просил после планёрки"
	case i < 8:
		r.State, r.Attempt, r.LastResult = pipeline.RowPromised, 2, "Перезвонить, 20.11.2026"
	case i%7 == 0:
		r.State, r.Attempt, r.LastResult = pipeline.RowPlain, 2, "Недозвон, 19.11.2026"
	}
}

// phone is a number of the range +7 907, which is not allocated.
func phone(i int) string {
	s := fmt.Sprintf("%07d", i)
	return "+7 907 " + s[:3] + "-" + s[3:5] + "-" + s[5:]
}

// inn makes a valid number of ten digits: an invented one of a region.
func inn(region string, i int) company.INN {
	body := region + fmt.Sprintf("98%05d", i%100_000)
	for d := range 10 {
		if n, err := company.ParseINN(body + strconv.Itoa(d)); err == nil {
			return n
		}
	}
	return ""
}
