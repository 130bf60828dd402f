package exporttest

import (
	"fmt"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Outcomes are the values of «Результат», as the workbook's contract has them.
func Outcomes() []string {
	return []string{
		"Недозвон", "Не ЛПР", "Перезвонить", "Не интересно", "Не профиль", "Не звонить", "Нет такого номера",
		"Интерес", "КП отправлено", "Тестовая партия", "Контракт", "Повторный заказ",
	}
}

// Book is a list of 60 calls for two managers, made anew on each call: every
// sheet filled, every state of a row, unknown values among known ones.
// Companies, numbers and people are invented; the ИНН have valid checksums.
func Book() *pipeline.Book {
	const calls = 60
	b := &pipeline.Book{
		ListID: "2026-11-23-7f3a", Version: 1, Date: company.NewDate(2026, time.November, 23),
		Issued: "2026-11-20 23:10 МСК", Seller: "ООО «Опора-Подшипник»", ConfigHash: "9c1e5a70b2d4",
		Managers: []pipeline.Manager{
			{ID: "anna", Name: "Анна Светлова", Dials: 40}, {ID: "oleg", Name: "Олег Берёзкин", Dials: 20},
		},
		Outcomes: Outcomes(), FreshAll: 212, ReviewAll: 9,
	}
	for i := range calls {
		b.Calls = append(b.Calls, row(i, b.Managers))
	}
	b.Tiers, b.Targets, b.Fresh = tiers(), targets(b.Managers), fresh(b.Managers)
	b.Review, b.Guide, b.Summary = review(), guide(), summary()
	return b
}

// brief is Book with few rows, where many exports are made.
func brief() *pipeline.Book {
	b := Book()
	b.Calls = append(b.Calls[:4:4], b.Calls[40:42]...)
	for i := range b.Tiers {
		b.Tiers[i].Rows = b.Tiers[i].Rows[:2]
	}
	b.Targets, b.Fresh, b.Review = b.Targets[:2], b.Fresh[:2], b.Review[:2]
	return b
}

// Wide is a book whose base of one priority has n rows, for benchmarks.
func Wide(n int) *pipeline.Book {
	b := Book()
	managers := b.Managers
	b.Tiers = []pipeline.Tier{{Priority: 1, Title: "автосервисы и запчасти", Total: n}}
	for i := range n {
		b.Tiers[0].Rows = append(b.Tiers[0].Rows, row(i, managers))
	}
	return b
}

func tiers() []pipeline.Tier {
	titles := [3]string{"автосервисы, запчасти, дилеры", "промышленность, село, стройка", "горная добыча, энергетика"}
	var out []pipeline.Tier
	for p := 1; p <= 3; p++ {
		t := pipeline.Tier{Priority: p, Title: titles[p-1], Total: 4200 / p}
		for i := range 25 {
			r := row(1000*p+i, nil)
			r.Priority, r.Number = p, i+1
			r.Score = int64(97_000 - 1_730*i)
			t.Rows = append(t.Rows, r)
		}
		out = append(out, t)
	}
	return out
}

func targets(m []pipeline.Manager) []pipeline.Target {
	var out []pipeline.Target
	for i := range 20 {
		r := row(5000+i, m)
		r.Number, r.Score = i+1, int64(96_400-900*i)
		t := pipeline.Target{
			Row:       r,
			Contacts:  "Отдел снабжения, +7 907 000-50-01\nГлавный механик, +7 907 000-50-02, mex@firma.example",
			Equipment: "дробилки: 22322 (3622)\nконвейеры: 22220 (3520)",
		}
		if i%3 == 0 {
			t.LastTalk = "12.11.2026, Интерес, " + m[0].Name + ": просят цены на 22322"
		}
		out = append(out, t)
	}
	return out
}

func fresh(m []pipeline.Manager) []pipeline.Fresh {
	what := []string{
		"новая", "появился телефон: было пусто, стало +7 907 000-60-02", "балл: было 48,5, стало 71,0",
		"сотрудники: было 12, стало 31",
	}
	var out []pipeline.Fresh
	for i := range 15 {
		r := row(6000+i, m)
		r.Number = i + 1
		out = append(out, pipeline.Fresh{Row: r, What: what[i%len(what)]})
	}
	return out
}

func candidates(from, n int) []pipeline.Candidate {
	var out []pipeline.Candidate
	for i := range n {
		r := row(from+i, nil)
		out = append(out, pipeline.Candidate{
			INN: r.INN, Name: r.Company + " (" + r.City + ")", Likely: "49 %",
			Address: fmt.Sprintf("ул. Кузнечная, %d", from+i), Phone: r.Phone + "\n" + r.OtherPhones, Site: r.Site,
			Agrees:  "название «автосервис на заводской», город",
			Differs: fmt.Sprintf("адрес: ул. Заводская, 3 — у компании: ул. Кузнечная, %d\nформа: ИП — у компании: ООО", from+i),
		})
	}
	return out
}

func review() []pipeline.Review {
	var out []pipeline.Review
	for i := range 9 {
		r := row(7000+i, nil)
		out = append(out, pipeline.Review{
			Name: "Автосервис на Заводской, " + r.City, City: r.City, Address: fmt.Sprintf("ул. Заводская, %d", i+3),
			Phone: r.Phone, Site: r.Site, SourceTitle: "2ГИС, выгрузка", Source: "gis", Key: fmt.Sprintf("70000001%09d", i),
			Why:        "Название подходит двум компаниям города, телефона нет ни у одной.",
			Candidates: candidates(7000+i, 1+i/2%2),
		})
	}
	return out
}
