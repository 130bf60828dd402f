package calllist

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/bearing"
	"obzvon/pipeline/funnel"
)

// Guide is the sheet «Как заполнять» for the managers of a list: what to fill in,
// what each result leads to, the script of a first call, what must not be done,
// and analogs of what the segments on the list use. The first call asks for the
// need and offers nothing: an offer comes on request (38-ФЗ, art. 18).
func Guide(c *config.Config, s *config.Segments, l *List) []pipeline.GuideSection {
	next := NewCalendar(c.Calendar).Next(l.Day).Russian()
	sections := []pipeline.GuideSection{
		script(), filling(c, next), {Title: "Что значит каждый результат и что будет дальше", Table: outcomes(s.Cadence)}, forbidden(c),
	}
	return append(sections, analogs(s.Segments, l)...)
}

// script is that of the first call.
func script() pipeline.GuideSection {
	return pipeline.GuideSection{
		Title: "Первый звонок в три шага",
		Table: [][2]string{
			{"1. Кто решает", "«Здравствуйте, это … из компании … Подскажите, кто у вас отвечает за подшипники?» Назвали другого — спросите имя и прямой номер."},
			{"2. Что нужно", "Задайте вопрос из «Зацепки» и слушайте: что меняют чаще, у кого берут, что не устраивает — цена, срок, качество. Обозначения под вопросом — подсказка вам, вслух их не перечисляйте."},
			{"3. Следующий шаг", "Договоритесь, кому и что прислать и когда созвониться: день и час. КП и тестовую партию 5–10 штук обсуждаем, когда о них спросили."},
		},
	}
}

// filling says what to write where.
func filling(c *config.Config, next string) pipeline.GuideSection {
	return pipeline.GuideSection{
		Title: "Что заполнять",
		Table: [][2]string{
			{"Порядок", "Звоните сверху вниз: сначала обещанное и повторы, потом новые — раньше те, чьё время закрывается первым. «Звонить (МСК)» — московское время; «в 15:00» значит, что договорились на этот час: такую строку набирайте в него, остальные — по порядку."},
			{"Результат", "Выберите из списка. Пустой значит «не звонили»: строка останется за вами " + count(c.CallList.HoldDays, "рабочий день", "рабочих дня", "рабочих дней") + "."},
			{"Следующий контакт", "День, о котором договорились: " + next + " — или с часом по Москве: " + next + " 15:00. Без даты день назначит программа, см. ниже."},
			{"Комментарий", "Что сказали: какие подшипники, сколько, у кого берут, когда вернуться."},
			{"Согласие", "«да» — согласились на звонки и письма: кто и когда, напишите в комментарии. «нет» — отказались: компания и все её телефоны попадут в стоп-лист."},
			{"Сумма (₽)", "Сумма тестовой партии, договора или заказа: число в рублях, без «руб.» и букв."},
			{"ЛПР, телефон, e-mail", "Узнали точнее — исправьте прямо в строке: «ЛПР», «Должность ЛПР», «Телефон», «E-mail». Ваше слово важнее справочников."},
			{"Можно и нельзя", "Строки можно сортировать и фильтровать, столбцы — двигать. Столбец «ИНН» не меняйте и не удаляйте. Вечером загрузите файл."},
		},
	}
}

// outcomes says of each result what comes next, by the cadence.
func outcomes(c config.Cadence) [][2]string {
	again := "через " + days(c.RetryAfter)
	return [][2]string{
		{funnel.NoAnswer, "Никто не ответил. Повторим " + again + ", каждый раз в другой половине дня. После " +
			count(c.RetryAttempts, "попытки", "попыток", "попыток") + " — пауза " + count(c.RetryRest, "день", "дня", "дней") + "."},
		{funnel.NotDecider, "Ответил не тот, кто решает. Впишите имя и номер нужного человека. Повторим так же, как «" + funnel.NoAnswer + "»."},
		{funnel.CallBack, "Попросили перезвонить. Укажите день, лучше с часом; без даты — на следующий рабочий день. После " +
			count(c.CallBackMoves, "переноса", "переносов", "переносов") + " подряд решает руководитель."},
		{funnel.NotInterested, "Сейчас не нужно. Вернёмся через " + count(c.RefusalRest, "день", "дня", "дней") + " или в день, который назвали."},
		{funnel.NotOurs, "Подшипники не покупают и не продают. Больше не звоним."},
		{funnel.DoNotCall, "Попросили не звонить. Компания и все её телефоны — в стоп-лист навсегда."},
		{funnel.NoSuchNumber, "Номера нет или он чужой: больше его не предложим. Другой номер придёт на следующий рабочий день; если другого нет, компания уйдёт руководителю на проверку."},
		{funnel.Interest, "Есть потребность. Запишите, какая и сколько. Позвоним через " +
			spaced(c.InterestAfter) + "."},
		{funnel.OfferSent, "Попросили КП, и оно отправлено. Позвоним через " + days(c.OfferAfter) +
			", дальше решает руководитель."},
		{funnel.Trial, "Взяли пробную партию. Укажите сумму. Спросим о ней через " + spaced(c.TrialAfter) + "."},
		{funnel.Contract, "Договор подписан. Укажите сумму. Позвоним на " + list(c.Onboarding) + "-й день после договора: всё ли в порядке."},
		{funnel.RepeatOrder, "Клиент заказал снова. Укажите сумму. Дальше — по дням, что остались после договора, или как договоритесь."},
	}
}

// forbidden is what must not be done.
func forbidden(c *config.Config) pipeline.GuideSection {
	return pipeline.GuideSection{
		Title: "Чего не делаем",
		Lines: []string{
			"В первом звонке не рекламируем: не называем цен, скидок и наличия, пока не спросили (38-ФЗ, ст. 18). Отказался слушать — «" + funnel.DoNotCall + "», сразу.",
			fmt.Sprintf("Не звоним раньше %s и позже %s по времени компании, в выходные и праздники, дважды за день и чаще %s за неделю, кроме звонков, о которых просили.",
				c.CallList.LocalFrom, c.CallList.LocalUntil, count(c.CallList.CallsAWeek, "раза", "раз", "раз")),
			"Набирает только человек: никаких автодозвонов и записанных голосов. Номера, с которых звоним, должны быть промаркированы у оператора (41-ФЗ).",
			"Файл и телефоны никому не передаём и у себя не копим.",
		},
	}
}

// analogs are those of the designations of each segment that stands on the list,
// in the order of the segments file.
func analogs(all []config.Segment, l *List) []pipeline.GuideSection {
	var out []pipeline.GuideSection
	for _, s := range all {
		if !slices.ContainsFunc(l.Rows, func(e Entry) bool { return e.Row.Segment == s.Title }) {
			continue
		}
		section := pipeline.GuideSection{Title: "Аналоги: " + strings.ToLower(s.Title)}
		for _, text := range s.Bearings {
			if b, err := bearing.ParsePair(text); err == nil {
				section.Table = append(section.Table, [2]string{text, analogLine(&b)})
			}
		}
		if len(section.Table) > 0 {
			out = append(out, section)
		}
	}
	return out
}

// analogLine is a bearing in every known spelling, makers that write alike
// together, with its size: «SKF 6306-2RS1 · FAG 6306-2RSR · … · 30×72×19 мм».
func analogLine(b *bearing.Bearing) string {
	var names []string
	makers := map[string][]string{}
	for _, a := range bearing.Analogs(*b) {
		if makers[a.Name] == nil {
			names = append(names, a.Name)
		}
		makers[a.Name] = append(makers[a.Name], a.Maker.Title())
	}
	var parts []string
	for _, name := range names {
		parts = append(parts, strings.Join(makers[name], ", ")+" "+name)
	}
	if b.Outer > 0 {
		parts = append(parts, length(b.Bore)+"×"+length(b.Outer)+"×"+length(b.Width)+" мм")
	}
	return strings.Join(parts, " · ")
}

func length(mm float64) string {
	return strings.Replace(strconv.FormatFloat(mm, 'f', -1, 64), ".", ",", 1)
}

// list is «1, 2 и 3».
func list(numbers []int) string {
	var words []string
	for _, n := range numbers {
		words = append(words, strconv.Itoa(n))
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " и " + words[len(words)-1]
}

// days are working days after a call: «1, 2 и 3 рабочих дня».
func days(numbers []int) string {
	if len(numbers) == 0 {
		numbers = []int{1} // what the funnel takes where nothing is given
	}
	return list(numbers) + " " + plural(numbers[len(numbers)-1], "рабочий день", "рабочих дня", "рабочих дней")
}

// spaced are days whose last is repeated without end.
func spaced(numbers []int) string {
	if len(numbers) < 2 {
		return days(numbers) + ", дальше так же"
	}
	return days(numbers) + ", дальше каждые " + strconv.Itoa(numbers[len(numbers)-1])
}

// count is a number with the word that fits it: 1 день, 2 дня, 5 дней.
func count(n int, one, few, many string) string {
	return strconv.Itoa(n) + " " + plural(n, one, few, many)
}

func plural(n int, one, few, many string) string {
	switch {
	case n%10 == 1 && n%100 != 11:
		return one
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return few
	}
	return many
}
