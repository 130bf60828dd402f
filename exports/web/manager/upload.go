package manager

import (
	"cmp"
	"errors"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"

	"obzvon/exports/web/page"
	"obzvon/pipeline/audit"
)

const (
	filesMost  = 20      // of one upload
	memoryMost = 4 << 20 // bytes of an upload that are held in memory; the rest is on disk while it is read
)

type uploadPage struct {
	Head   bool
	Most   int64
	Wrong  string
	Answer *Answer
}

func (p *pages) upload(w http.ResponseWriter, r *http.Request) error {
	return p.showUpload(w, r, http.StatusOK, &uploadPage{})
}

func (p *pages) showUpload(w http.ResponseWriter, r *http.Request, status int, v *uploadPage) error {
	asks := who(r)
	v.Head, v.Most = asks.Head, p.desk.Most()
	if asks.Manager == "" && !asks.Head {
		return page.Forbidden("За вашей учётной записью не закреплён менеджер, поэтому загружать нечего. Попросите администратора назвать его в учётной записи.")
	}
	title := "Загрузить заполненный список"
	if v.Answer != nil {
		title = "Что загружено"
	}
	return p.set.RenderStatus(w, r, status, "upload", page.View{Title: title, Styles: []string{"manager/list.css"}, Data: v})
}

// bring takes files in and answers row by row.
func (p *pages) bring(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseMultipartForm(memoryMost); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			if err := p.kit.Refuse(r, "upload", "too large"); err != nil {
				return err
			}
			return page.TooLarge("За раз принимается не больше "+page.Bytes(p.desk.Most())+". Загрузите файлы по одному; если велик один файл, проверьте, тот ли он.", err)
		}
		return page.Wrong("Файл не дошёл целиком. Выберите его и загрузите ещё раз.", err)
	}
	parts := r.MultipartForm.File["files"]
	switch {
	case len(parts) == 0:
		return p.showUpload(w, r, http.StatusUnprocessableEntity, &uploadPage{Wrong: "Файл не выбран. Нажмите «Выбрать файлы» и укажите заполненный список."})
	case len(parts) > filesMost:
		return p.showUpload(w, r, http.StatusUnprocessableEntity, &uploadPage{Wrong: "Файлов слишком много: за раз принимается до " + page.Number(filesMost) + "."})
	}
	if asks := who(r); asks.Manager == "" && !asks.Head {
		return p.showUpload(w, r, http.StatusForbidden, &uploadPage{})
	}
	return p.take(w, r, parts)
}

func (p *pages) take(w http.ResponseWriter, r *http.Request, parts []*multipart.FileHeader) (err error) {
	uploads := make([]Upload, len(parts))
	for i, part := range parts {
		f, err := part.Open()
		if err != nil {
			return page.Wrong("Файл не прочитался. Выберите его и загрузите ещё раз.", err)
		}
		defer f.Close()
		uploads[i] = Upload{Name: fileName(part.Filename), Content: f, Size: part.Size}
		if err := p.kit.Note(r, "upload", audit.File(uploads[i].Name, ""), 0); err != nil {
			return err
		}
	}
	answer, err := p.desk.Bring(r.Context(), who(r), uploads, r.PostFormValue("password"))
	if err != nil {
		return told(err)
	}
	for i := range answer.Files {
		f := &answer.Files[i]
		if f.Refused != "" {
			err = p.kit.Refuse(r, "upload", audit.File(f.Name, f.Digest))
		} else {
			err = p.kit.Note(r, string(audit.TakenIn), audit.File(f.Name, f.Digest), f.Taken+f.Edited)
		}
		if err != nil {
			return err
		}
	}
	for i := range answer.Files {
		slices.SortStableFunc(answer.Files[i].Lines, func(a, b Line) int { return cmp.Compare(a.care(), b.care()) })
	}
	return p.showUpload(w, r, http.StatusOK, &uploadPage{Answer: answer})
}

// care is the order in which people want to read of rows: what was not taken first,
// then what was not wholly understood.
func (l *Line) care() int {
	switch {
	case l.State == LineProblem:
		return 0
	case len(l.Unread) > 0:
		return 1
	}
	return 2
}

// fileName is the last part of a name that a browser sent, without what no name
// has, of a length that a line shows.
func fileName(sent string) string {
	name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(sent, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1 // controls, and marks that turn the direction of writing
		}
		return r
	}, name)
	if name = cut(name, 100); name == "." || name == "/" || name == "" {
		return "без имени"
	}
	return name
}
