package analyst

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

const (
	matchesSize = 10
	decidedSize = 50
	rejectsSize = 50
)

func (s *section) outcomes(w http.ResponseWriter, r *http.Request) error {
	o, err := s.desk.Outcomes(r.Context())
	if err != nil {
		return err
	}
	v := view("Что говорят звонки", o)
	v.Wide = true
	return s.pages.Render(w, r, "outcomes", v)
}

// pageOf is the page that is asked for, at least 1.
func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		return 1
	}
	return max(1, n)
}

// pager is links to the neighbouring pages.
type pager struct {
	Pages

	Link string // up to the number
}

type matchesPage struct {
	*Matches

	Pager pager
	May   bool // decide
}

func (s *section) matches(w http.ResponseWriter, r *http.Request) error {
	m, err := s.desk.Matches(r.Context(), pageOf(r), matchesSize)
	if err != nil {
		return err
	}
	data := matchesPage{m, pager{m.Pages, "/matches?page="}, page.UserOf(r).Has(page.Analyst)}
	return s.pages.Render(w, r, "matches", view("Совпадения", data))
}

type decidedPage struct {
	*Decided

	Pager pager
	May   bool
	Me    string
}

func (s *section) decided(w http.ResponseWriter, r *http.Request) error {
	d, err := s.desk.Decided(r.Context(), pageOf(r), decidedSize)
	if err != nil {
		return err
	}
	u := page.UserOf(r)
	data := decidedPage{d, pager{d.Pages, "/matches/decided?page="}, u.Has(page.Analyst), u.Name}
	return s.pages.Render(w, r, "decided", view("Решённые совпадения", data))
}

// candidatesMost is how many companies one click may be about.
const candidatesMost = 20

// decide takes a person's word.
func (s *section) decide(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	v := Verdict{Source: r.PostForm.Get("source"), Key: r.PostForm.Get("key"), By: page.UserOf(r).Name}
	for _, text := range r.PostForm["inn"] {
		inn, err := company.ParseINN(text)
		if err != nil {
			return page.Wrong("В запросе нет верного ИНН. Откройте «Совпадения» заново и решите ещё раз.", err)
		}
		v.INNs = append(v.INNs, inn)
	}
	word := r.PostForm.Get("word")
	v.Same = word == "yes"
	switch {
	case word != "yes" && word != "no", v.Source == "", v.Key == "",
		len(v.INNs) == 0, len(v.INNs) > candidatesMost, v.Same && len(v.INNs) > 1:
		return page.Wrong("В запросе нет решения. Откройте «Совпадения» заново и решите ещё раз.", nil)
	}
	if err := s.kit.Note(r, "match", word, len(v.INNs)); err != nil {
		return err
	}
	err := s.desk.Decide(r.Context(), v)
	if err != nil {
		err = s.kit.NotDone(r, "match", word, err)
	}
	switch {
	case errors.Is(err, ErrNone):
		return page.NotFound("Этой записи или компании больше нет в базе. Откройте «Совпадения» заново.")
	case errors.Is(err, ErrSettled):
		return page.Busy("В записи теперь напечатан ИНН, и решать больше нечего. Откройте «Совпадения» заново.", err)
	case err != nil:
		return err
	}
	said := "Решено: нет. Ночью это учтётся."
	if v.Same {
		said = "Решено: да, это она. Ночью запись привяжется к компании."
	}
	return s.kit.Back(w, r, back(r), said)
}

// back is the page from which a decision came.
func back(r *http.Request) string {
	to := "/matches"
	if r.PostForm.Get("to") == "decided" {
		to = "/matches/decided"
	}
	if n := pageOf(r); n > 1 {
		to += "?page=" + strconv.Itoa(n)
	}
	return to
}

func (s *section) quarantine(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.Quarantine(r.Context())
	if err != nil {
		return err
	}
	return s.pages.Render(w, r, "quarantine", view("Непрочитанное", quarantinesOf(all)))
}

func (s *section) rejects(w http.ResponseWriter, r *http.Request) error {
	name, reason := r.PathValue("source"), r.URL.Query().Get("reason")
	found, err := s.desk.Rejects(r.Context(), name, reason, pageOf(r), rejectsSize)
	if errors.Is(err, ErrNone) {
		return page.NotFound("Такого источника нет, или его ещё не читали. Посмотрите в «Источники».")
	}
	if err != nil {
		return err
	}
	link := "/rejects/" + url.PathEscape(name) + "?"
	if reason != "" {
		link += "reason=" + url.QueryEscape(reason) + "&"
	}
	return s.pages.Render(w, r, "rejects", view("Непрочитанное: "+found.Title, rejectsOf(found, reason, pager{found.Pages, link + "page="})))
}

func (s *section) sources(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.Sources(r.Context())
	if err != nil {
		return err
	}
	v := view("Источники", all)
	v.Wide = true
	return s.pages.Render(w, r, "sources", v)
}

func (s *section) source(w http.ResponseWriter, r *http.Request) error {
	card, err := s.desk.Source(r.Context(), r.PathValue("name"))
	if errors.Is(err, ErrNone) {
		return page.NotFound("Такого источника нет. Посмотрите в «Источники».")
	}
	if err != nil {
		return err
	}
	return s.pages.Render(w, r, "source", view(card.Title, card))
}

func (s *section) firm(w http.ResponseWriter, r *http.Request) error {
	inn, err := company.ParseINN(r.PathValue("inn"))
	if err != nil {
		return page.NotFound("ИНН — это 10 или 12 цифр с верной контрольной суммой. Проверьте адрес страницы.")
	}
	f, err := s.desk.Firm(r.Context(), inn)
	if errors.Is(err, ErrNone) {
		return page.NotFound("Компании с таким ИНН в базе нет: ни один источник её не назвал, или её коды не нужны ни одному сегменту.")
	}
	if err != nil {
		return err
	}
	return s.pages.Render(w, r, "firm", view(f.Name, f))
}
