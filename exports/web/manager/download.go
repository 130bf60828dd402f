package manager

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"obzvon/exports/web/page"
	"obzvon/pipeline/audit"
)

// download gives a manager's list.
func (p *pages) download(w http.ResponseWriter, r *http.Request) error {
	f, err := p.fileOf(r)
	if err != nil {
		return err
	}
	return p.give(w, r, f)
}

// locked gives it with a password.
func (p *pages) locked(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return page.Wrong("Форма не прочиталась. Введите пароль ещё раз.", err)
	}
	f, err := p.fileOf(r)
	if err != nil {
		return err
	}
	if err := p.desk.Lock(f, r.PostForm.Get("password")); err != nil {
		return told(err)
	}
	return p.give(w, r, f)
}

func (p *pages) fileOf(r *http.Request) (*File, error) {
	day, err := dayOf(r)
	if err != nil {
		return nil, err
	}
	manager, err := p.managerOf(r)
	if err != nil {
		return nil, err
	}
	if manager == "" {
		sheet, err := p.desk.Sheet(r.Context(), day, "")
		if err != nil {
			return nil, told(err)
		}
		manager = sheet.Manager.ID
	}
	f, err := p.desk.Workbook(r.Context(), day, manager)
	if err != nil {
		return nil, told(err)
	}
	return f, nil
}

// book gives the whole book, with a password if one is sent. It is sent as a form
// since making it settles what the list rests on.
func (p *pages) book(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return page.Wrong("Форма не прочиталась. Попробуйте ещё раз.", err)
	}
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	f, err := p.desk.Book(r.Context(), day, who(r))
	if err != nil {
		return told(err)
	}
	if password := r.PostForm.Get("password"); password != "" {
		if err := p.desk.Lock(f, password); err != nil {
			return told(err)
		}
	}
	return p.give(w, r, f)
}

// give notes a download and sends it.
func (p *pages) give(w http.ResponseWriter, r *http.Request, f *File) error {
	if err := p.kit.Note(r, "download", audit.File(f.Name, ""), f.Rows); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", disposition(f.Name))
	h.Set("Content-Length", strconv.Itoa(len(f.Data)))
	_, _ = w.Write(f.Data) // the reader has gone: nobody is left to tell
	return nil
}

// disposition names a file for browsers of any age (RFC 6266, 4.3; RFC 5987): in
// ASCII, and as it is.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, strings.ReplaceAll(name, "ОБРАЗЕЦ", "SAMPLE"))
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + url.PathEscape(name)
}
