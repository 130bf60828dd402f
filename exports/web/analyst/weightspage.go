package analyst

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"

	"obzvon/config"
	"obzvon/exports/web/page"
)

// weightsPage is what its template gets.
type weightsPage struct {
	Weights    *Weights
	Form       form
	Filled     bool // with what calls suggest
	Complaints []Complaint
	Preview    *previewPart
	May        bool // take the file along
}

// previewPart is the answer to a what-if.
type previewPart struct {
	Preview    *Preview
	Sent       string // name of the file that was tried; "" = the form
	Unchanged  bool
	Complaints []Complaint     // of the form
	File       []fileComplaint // of the file that was sent
}

func (s *section) showWeights(w http.ResponseWriter, r *http.Request) error {
	now, err := s.desk.Weights(r.Context())
	if err != nil {
		return err
	}
	data := weightsPage{Weights: now, Form: formOf(now)}
	if r.URL.Query().Get("from") == "outcomes" {
		if err := s.suggest(r, &data); err != nil {
			return err
		}
	}
	return s.renderWeights(w, r, http.StatusOK, data)
}

// toWeights is for who comes back to the address of an answer.
func toWeights(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, "/weights", http.StatusSeeOther)
	return nil
}

// suggest fills the form with what calls suggest.
func (s *section) suggest(r *http.Request, data *weightsPage) error {
	o, err := s.desk.Outcomes(r.Context())
	if err != nil {
		return err
	}
	if o.Learned == nil {
		return page.NotFound("Звонков пока мало, баллы не предлагаются. Что уже известно, сказано на странице «Что говорят звонки».")
	}
	data.Form.fill(o.Learned.Numbers)
	data.Filled = true
	return nil
}

func (s *section) renderWeights(w http.ResponseWriter, r *http.Request, status int, data weightsPage) error {
	data.May = page.UserOf(r).Has(page.Analyst)
	v := view("Веса", data, "whatif.js")
	v.Wide = true
	return s.pages.RenderStatus(w, r, status, "weights", v)
}

// preview answers a what-if: the form, or a file. A script gets the part alone.
func (s *section) preview(w http.ResponseWriter, r *http.Request) error {
	now, err := s.desk.Weights(r.Context())
	if err != nil {
		return err
	}
	data := weightsPage{Weights: now, Form: formOf(now)}
	data.Preview = &previewPart{}
	trial, err := s.trial(r, &data)
	if err != nil {
		return err
	}
	if trial != nil {
		if err := s.try(r, *trial, &data); err != nil {
			return err
		}
	}
	if r.Header.Get("X-Part") != "" {
		return s.pages.Part(w, "weights", "preview", data.Preview)
	}
	status := http.StatusOK
	if len(data.Complaints)+len(data.Preview.File) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.renderWeights(w, r, status, data)
}

// trial reads what is to be tried; nil when nothing can or need be.
func (s *section) trial(r *http.Request, data *weightsPage) (*Trial, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" && r.URL.Query().Get("file") != "" {
		return s.sentFile(r, data)
	}
	sent, err := postForm(r)
	if err != nil {
		return nil, err
	}
	var change config.Numbers
	data.Form, change = readForm(sent, data.Weights)
	data.complain()
	if len(data.Complaints) > 0 {
		return nil, nil
	}
	if data.Preview.Unchanged = change.Empty(); data.Preview.Unchanged {
		return nil, nil
	}
	return &Trial{Change: change}, nil
}

func (d *weightsPage) complain() {
	d.Complaints = d.Form.complaints(d.Weights)
	if d.Preview != nil {
		d.Preview.Complaints = d.Complaints
	}
}

func postForm(r *http.Request) (url.Values, error) {
	err := r.ParseMultipartForm(sentMost)
	if errors.Is(err, http.ErrNotMultipart) {
		err = r.ParseForm()
	}
	if err != nil {
		return nil, unread(err)
	}
	return r.PostForm, nil
}

// unread says why a form could not be read; one that is too large the frame knows.
func unread(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return page.Wrong("Форма не прочиталась. Вернитесь назад и отправьте её ещё раз.", err)
}

// sentFile reads a segments file that somebody sent.
func (s *section) sentFile(r *http.Request, data *weightsPage) (*Trial, error) {
	if err := r.ParseMultipartForm(sentMost); err != nil {
		return nil, unread(err)
	}
	f, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, page.Wrong("Файл не выбран. Выберите изменённый segments.yaml и отправьте снова.", err)
	}
	if err != nil {
		return nil, unread(err)
	}
	defer f.Close()
	if head.Size > sentMost {
		return nil, page.TooLarge("Файл сегментов не бывает больше "+page.Bytes(sentMost)+". Проверьте, тот ли это файл.", nil)
	}
	text, err := io.ReadAll(io.LimitReader(f, sentMost))
	if err != nil {
		return nil, fmt.Errorf("read the file that was sent: %w", err)
	}
	data.Preview.Sent = shownName(head.Filename)
	return &Trial{Sent: text, Name: data.Preview.Sent}, nil
}

// shownName is the name of a file from a stranger's machine as it may be shown.
func shownName(path string) string {
	name := []rune(filepath.Base(filepath.ToSlash(path)))
	return string(name[:min(len(name), 80)])
}

// try asks what would change.
func (s *section) try(r *http.Request, trial Trial, data *weightsPage) error {
	p, err := s.desk.Preview(r.Context(), trial)
	if errors.Is(err, ErrUnscored) {
		return page.Busy("Сравнивать пока не с чем: балл считает ночной запуск, а его ещё не было или правила с тех пор сменились. Дождитесь ближайшей ночи.", err)
	}
	if err == nil {
		data.Preview.Preview = p
		return nil
	}
	return s.refuse(err, trial.Sent != nil, data)
}

// refuse puts what is wrong with the new values where it belongs.
func (s *section) refuse(err error, file bool, data *weightsPage) error {
	all, ok := fileComplaints(err, data.Weights)
	switch {
	case !ok:
		return err
	case file:
		data.Preview.File = all
		return nil
	}
	for _, c := range all {
		text := c.Text
		if c.field == wholeForm && c.Key != "" {
			text = c.Key + ": " + text
		}
		data.Form.wrong[c.field] = text + "."
	}
	data.complain()
	return nil
}

// file gives the changed segments file.
func (s *section) file(w http.ResponseWriter, r *http.Request) error {
	now, err := s.desk.Weights(r.Context())
	if err != nil {
		return err
	}
	sent, err := postForm(r)
	if err != nil {
		return err
	}
	data := weightsPage{Weights: now}
	var change config.Numbers
	data.Form, change = readForm(sent, now)
	if data.complain(); len(data.Complaints) > 0 {
		return s.renderWeights(w, r, http.StatusUnprocessableEntity, data)
	}
	text, err := s.desk.File(r.Context(), change)
	if err != nil {
		if err := s.refuse(err, false, &data); err != nil {
			return err
		}
		return s.renderWeights(w, r, http.StatusUnprocessableEntity, data)
	}
	if err := s.kit.Note(r, "download", "segments.yaml", 0); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/yaml; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="segments.yaml"`)
	_, _ = w.Write(text) // the reader has gone: nobody is left to tell
	return nil
}
