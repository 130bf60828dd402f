package head

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"obzvon/exports/web/page"
)

// assignPage is who calls whom.
type assignPage struct {
	Query      string
	Everywhere bool
	Found      *Found // nil = nothing was asked for
	Settled    []Firm
	Managers   []Manager
	Back       string // where a change leads back to
}

// queryMost is as long as a name that anybody types.
const queryMost = 120

func (s *section) assignments(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	data := assignPage{Query: strings.TrimSpace(q.Get("q")), Everywhere: q.Get("all") != "", Back: r.URL.RequestURI()}
	if len(data.Query) > queryMost {
		return page.Wrong("Слишком длинный запрос. Хватит ИНН или двух слов названия.", nil)
	}
	var err error
	if data.Query != "" {
		found, err := s.desk.Search(r.Context(), data.Query, data.Everywhere)
		if err != nil {
			return fmt.Errorf("search for a company: %w", err)
		}
		data.Found = &found
	}
	if data.Settled, err = s.desk.Settled(r.Context()); err != nil {
		return fmt.Errorf("list what was settled: %w", err)
	}
	if data.Managers, err = s.desk.Managers(r.Context()); err != nil {
		return fmt.Errorf("list managers: %w", err)
	}
	return s.set.Render(w, r, "assignments", s.view("Кто кому звонит", data))
}

// What the head does with one company.
const (
	actGive = "give"
	actPin  = "pin"
	actFree = "free"
)

func (s *section) settle(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	inn, err := innOf(r)
	if err != nil {
		return err
	}
	who, act, manager := page.UserOf(r).Name, r.PostForm.Get("act"), r.PostForm.Get("manager")
	var do func() error
	said := ""
	switch act {
	case actGive:
		do, said = func() error { return s.desk.Assign(r.Context(), who, inn, manager, false) }, "отдана: в списке нового менеджера со следующего дня"
	case actPin:
		do, said = func() error { return s.desk.Assign(r.Context(), who, inn, manager, true) }, "закреплена: останется у менеджера, что бы ни случилось"
	case actFree:
		do, said = func() error { return s.desk.Free(r.Context(), who, inn) }, "свободна: менеджера выберет следующий список"
	default:
		return page.Wrong("Непонятно, что сделать с компанией. Вернитесь и нажмите одну из кнопок.", nil)
	}
	what := strings.TrimSpace("assign " + act + " " + known(manager))
	if err := s.kit.Note(r, "change", what, 1); err != nil {
		return err
	}
	if err := do(); err != nil {
		return settled(s.kit.NotDone(r, "change", what, err))
	}
	return s.kit.Back(w, r, back(r, "/assignments"), "Компания с ИНН "+string(inn)+" "+said+".")
}

// known keeps what is no id of a manager out of the audit log.
func known(id string) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-_"
	if len(id) > 64 || strings.Trim(id, letters) != "" {
		return "?"
	}
	return id
}

// settled puts what the desk refuses into words.
func settled(err error) error {
	var pinned *PinnedError
	switch {
	case errors.As(err, &pinned):
		return page.Busy("Компания закреплена за менеджером «"+pinned.Manager+"». Сначала освободите её или закрепите за другим.", err)
	case errors.Is(err, ErrUnknown):
		return page.NotFound("Компании с таким ИНН нет ни в одном источнике: звонить некому.")
	case errors.Is(err, ErrManager):
		return page.Wrong("Такого менеджера в настройках нет. Выберите другого.", err)
	case errors.Is(err, ErrNothing):
		return page.NotFound("Эту компанию никому не отдавали и ни за кем не закрепляли.")
	case errors.Is(err, ErrChanged):
		return page.Busy("Пока вы смотрели, компании изменились. Вернитесь и посмотрите число ещё раз.", err)
	}
	return err
}

// back is where a form leads back to, if that is a page below the given one.
func back(r *http.Request, base string) string {
	to, err := url.Parse(r.PostForm.Get("back"))
	if err != nil || to.Host != "" || to.Path != base {
		return base
	}
	if to.RawQuery == "" {
		return base
	}
	return base + "?" + to.Query().Encode()
}

// movePage is all companies of one manager on their way to another.
type movePage struct {
	Managers []Manager
	From, To string
	Move     *Move // nil = not asked for yet
}

func (s *section) askMove(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	data := movePage{From: q.Get("from"), To: q.Get("to")}
	var err error
	if data.Managers, err = s.desk.Managers(r.Context()); err != nil {
		return fmt.Errorf("list managers: %w", err)
	}
	if data.From != "" && data.To != "" {
		if data.From == data.To {
			return page.Wrong("Выбран один и тот же менеджер. Выберите, кому передать.", nil)
		}
		m, err := s.desk.Count(r.Context(), data.From, data.To)
		if err != nil {
			return settled(err)
		}
		data.Move = &m
	}
	return s.set.Render(w, r, "move", s.view("Передать компании", data))
}

func (s *section) move(w http.ResponseWriter, r *http.Request) error {
	if err := form(r); err != nil {
		return err
	}
	from, to, pinned := r.PostForm.Get("from"), r.PostForm.Get("to"), r.PostForm.Get("pinned") != ""
	m, err := s.desk.Count(r.Context(), from, to)
	if err != nil {
		return settled(err)
	}
	if m.Mark != r.PostForm.Get("mark") {
		return settled(ErrChanged)
	}
	n := m.Free
	if pinned {
		n += m.Pinned
	}
	what := "assign all of " + known(m.From.ID) + " to " + known(m.To.ID)
	if err := s.kit.Note(r, "change", what, n); err != nil {
		return err
	}
	if err := s.desk.MoveAll(r.Context(), page.UserOf(r).Name, m, pinned); err != nil {
		return settled(s.kit.NotDone(r, "change", what, err))
	}
	return s.kit.Back(w, r, "/assignments", fmt.Sprintf("Передано от «%s» к «%s»: %s. Завтрашний список это учтёт, выданные останутся как есть.",
		m.From.Name, m.To.Name, page.Plural(n, "компания", "компании", "компаний")))
}

// Label is a company in one line, for buttons that are heard and not seen.
func (f Firm) Label() string {
	if f.Name == "" {
		return "ИНН " + string(f.INN)
	}
	return f.Name
}
