package operator

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"obzvon/exports/web/page"
)

// stopsPage is the stop list, or what came of a change.
type stopsPage struct {
	Query   string
	Stops   StopPage
	Reasons []Reason
	Wrong   string // Russian: why nothing was added
	Text    string // that was not added
	Added   *Added
	Removed *Removed
}

const (
	stopsShown = 200
	queryMost  = 120
	noteMost   = 300
)

func (s *section) stops(w http.ResponseWriter, r *http.Request) error {
	return s.showStops(w, r, http.StatusOK, stopsPage{Query: strings.TrimSpace(r.URL.Query().Get("q"))})
}

func (s *section) showStops(w http.ResponseWriter, r *http.Request, status int, data stopsPage) error {
	if len(data.Query) > queryMost {
		return page.Wrong("Слишком длинный запрос. Хватит номера, ИНН или слова из пометки.", nil)
	}
	var err error
	if data.Stops, err = s.Stops.List(r.Context(), data.Query, stopsShown); err != nil {
		return fmt.Errorf("read the stop list: %w", err)
	}
	data.Reasons = s.Stops.Reasons()
	return s.set.RenderStatus(w, r, status, "stops", s.view("Стоп-лист", data))
}

func (s *section) addStops(w http.ResponseWriter, r *http.Request) error {
	text, err := stopText(r)
	if err != nil {
		return err
	}
	reason, note := r.PostFormValue("reason"), strings.TrimSpace(r.PostFormValue("note"))
	switch {
	case !slices.ContainsFunc(s.Stops.Reasons(), func(o Reason) bool { return o.ID == reason }):
		return page.Wrong("Выберите причину из списка.", nil)
	case len(note) > noteMost:
		return page.Wrong("Пометка слишком длинная: хватит одной строки.", nil)
	case strings.TrimSpace(text) == "":
		return page.Wrong("Впишите ИНН, телефон, e-mail или домен, каждый с новой строки, или выберите файл.", nil)
	}
	if err := s.kit.Note(r, "stop", "add", strings.Count(strings.TrimSpace(text), "\n")+1); err != nil {
		return err
	}
	added, err := s.Stops.Add(r.Context(), page.UserOf(r).Name, strings.NewReader(text), reason, note)
	if err != nil {
		err = s.kit.NotDone(r, "stop", "add", err)
	}
	if refused, ok := asRefused(err); ok {
		return s.showStops(w, r, http.StatusUnprocessableEntity, stopsPage{Wrong: refused.Text, Text: text})
	}
	if err != nil {
		return told(err)
	}
	return s.showStops(w, r, http.StatusOK, stopsPage{Added: &added})
}

// stopText is what was typed, and behind it what a file holds.
func stopText(r *http.Request) (string, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		if err := form(r); err != nil {
			return "", err
		}
		return r.PostForm.Get("text"), nil
	}
	if err := readForm(r.ParseMultipartForm(importMost)); err != nil {
		return "", err
	}
	text := r.PostFormValue("text")
	f, _, err := r.FormFile("file")
	if err != nil {
		return text, nil // none was chosen
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	return strings.TrimSpace(text + "\n" + strings.TrimPrefix(string(data), "\ufeff")), nil
}

func (s *section) removeStop(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	id := StopID{Kind: r.PostForm.Get("kind"), Value: r.PostForm.Get("value"), Reason: r.PostForm.Get("reason")}
	if err := s.kit.Note(r, "stop", "remove", 1); err != nil {
		return err
	}
	removed, err := s.Stops.Remove(r.Context(), page.UserOf(r).Name, id, r.PostForm.Get("phones") != "")
	if err != nil {
		return told(s.kit.NotDone(r, "stop", "remove", err))
	}
	return s.showStops(w, r, http.StatusOK, stopsPage{Removed: &removed})
}
