package exporttest

import (
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func guide() []pipeline.GuideSection {
	return []pipeline.GuideSection{
		{Title: "Как работать со списком", Lines: []string{
			"Звоните сверху вниз: сначала просроченные и обещанные звонки, потом новые компании. Время в колонке «Звонить (МСК)» московское.",
			"После звонка выберите «Результат» из списка. Для «Перезвонить» укажите день, а если договорились, то и час.",
			"Вечером загрузите файл обратно. Строки и колонки можно сортировать и фильтровать, колонку «ИНН» не меняйте.",
		}},
		{Title: "Первый звонок", Lines: []string{
			"Представьтесь, назовите компанию и спросите, кто отвечает за закупку подшипников.",
			"Задайте вопрос из колонки «Зацепка». Цель первого звонка: узнать потребность, а не продать.",
			"КП и пробную партию 5–10 штук предлагайте, когда есть конкретная позиция.",
		}},
		{Title: "Результаты", Table: [][2]string{
			{"Недозвон", "Программа сама поставит следующую попытку на другую половину дня, всего до 6 попыток."},
			{"Не ЛПР", "Запишите в «Комментарий», кто решает и когда его застать."},
			{"Перезвонить", "Обязательно укажите «Следующий контакт»."},
			{"Не интересно", "Компания вернётся в список не раньше чем через 180 дней."},
			{"Не звонить", "Компания и все её номера навсегда попадут в стоп-лист."},
			{"Интерес", "Напишите, какие позиции нужны. Следующий звонок через рабочий день."},
			{"КП отправлено", "Укажите «Сумма (₽)». Следующий звонок через три рабочих дня."},
		}},
	}
}

func summary() pipeline.Summary {
	s := pipeline.Summary{
		Figures: []pipeline.Figure{
			{Title: "Звонков в списке", Value: 60, Note: "норма: 60 на двух менеджеров"},
			{Title: "из них просрочено", Value: 3},
			{Title: "из них обещано на сегодня", Value: 5},
			{Title: "Новых компаний за ночь", Value: 212, Note: "с прошлого полного прогона 19.11.2026"},
			{Title: "Компаний в базе", Value: 148_320},
		},
		Skipped: []pipeline.Figure{
			{Title: "Нет телефона, по которому можно позвонить", Value: 31_204, Note: "первыми пойдут на дополнение"},
			{Title: "Нет общего рабочего времени", Value: 118, Note: "Камчатка и Чукотка"},
			{Title: "Стоп-лист", Value: 14},
			{Title: "Действующий клиент", Value: 37},
			{Title: "Ликвидирована или банкрот", Value: 2_411},
		},
	}
	for i, t := range trades() {
		n := int64(5200 - 610*i)
		s.Segments = append(s.Segments, pipeline.SegmentLine{
			Segment: t.segment, Priority: t.priority, Leads: n, Dialable: n * 7 / 10, Listed: int64(max(0, 20-7*i)),
		})
	}
	for i := range 10 {
		n := int64(i * (10 - i))
		s.Scores = append(s.Scores, pipeline.ScoreBand{From: 10 * i, To: 10 * (i + 1), ByPriority: [3]int64{40 * n, 65 * n, 20 * n}})
	}
	day := company.NewDate(2026, time.November, 10)
	s.Sources = []pipeline.SourceLine{
		{
			Name: "rsmp", Title: "Реестр МСП (ФНС)", State: "получен полностью", Release: day,
			Counts: pipeline.Counts{Declared: 6_120_400, Read: 6_120_400, Taken: 148_020, NotWanted: 5_972_310, Quarantined: 70},
		},
		{
			Name: "gis", Title: "2ГИС, выгрузка", State: "без изменений", Note: "Строки повторены с прошлого прогона", Release: day + 5,
			Counts: pipeline.Counts{Declared: 1_240, Read: 1_240, Taken: 1_180, NotWanted: 52, Quarantined: 8},
		},
		{
			Name: "kompas", Title: "Контур.Компас, выгрузка", State: "прочитан не весь", Note: "Файл обрывается на строке 341", Release: day + 8,
			Counts: pipeline.Counts{Declared: 500, Read: 340, Unread: 160, Taken: 340},
		},
	}
	return s
}
