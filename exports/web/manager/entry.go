package manager

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// entryForm is the form of one row.
type entryForm struct {
	Entry // as it is being told

	Row        *Row
	Save       string // address it is sent to
	List       string // address of the list
	From       string // "card" if it was opened there
	Mends      bool   // a result stands
	Options    []leading
	Leads      string       // what the result leads to
	First      company.Date // the earliest day to agree on
	ConsentBy  string
	ConsentDay string
	Wrong      []string // why nothing was taken
}

// leading is a result with what it leads to.
type leading struct {
	Title, Leads string
	Chosen       bool
}

// AsksNext tells that the day of the next call belongs to the result.
func (f *entryForm) AsksNext() bool {
	return slices.Contains([]string{funnel.CallBack, funnel.Interest, funnel.OfferSent}, f.Outcome)
}

// AsksAmount tells that money belongs to the result.
func (f *entryForm) AsksAmount() bool {
	rule, _ := funnel.RuleOf(f.Outcome)
	return rule.Order || f.Outcome == funnel.OfferSent
}

// AsksPerson tells that whom to ask for belongs to the result.
func (f *entryForm) AsksPerson() bool { return f.Outcome == funnel.NotDecider }

// NextDay is the day of Entry.Next, for the field of a date.
func (f *entryForm) NextDay() string { day, _, _ := strings.Cut(f.Next, " "); return day }

// NextHour is its hour, "" = any.
func (f *entryForm) NextHour() string { _, at, _ := strings.Cut(f.Next, " "); return at }

// form shows the form of a row.
func (p *pages) form(w http.ResponseWriter, r *http.Request) error {
	f, err := p.entryOf(r)
	if err != nil {
		return err
	}
	f.fill(f.Row.Result)
	if place, err := strconv.Atoi(r.FormValue("o")); err == nil && place > 0 && place <= len(funnel.Outcomes()) {
		f.choose(funnel.Outcomes()[place-1])
	}
	f.Token = rand.Text()
	return p.showForm(w, r, http.StatusOK, f)
}

// entryOf is the empty form of the row that a request names, if its user may fill
// it in.
func (p *pages) entryOf(r *http.Request) (*entryForm, error) {
	day, err := dayOf(r)
	if err != nil {
		return nil, err
	}
	inn, err := innOf(r)
	if err != nil {
		return nil, err
	}
	manager, err := p.managerOf(r)
	if err != nil {
		return nil, err
	}
	row, err := p.desk.RowOf(r.Context(), day, inn)
	if err == nil && manager == "" {
		manager = row.ManagerID
	}
	if err == nil && row.ManagerID != manager {
		err = ErrNoRow // whose it is, is not told
	}
	if err != nil {
		return nil, told(err)
	}
	f := &entryForm{Row: row, Mends: row.Result != nil && row.Result.Outcome != "", Entry: Entry{Day: day, INN: inn, Manager: manager}}
	f.From = r.FormValue("from")
	f.Save = fmt.Sprintf("/lists/%s/rows/%s", day, inn)
	f.List = "/lists/" + day.String() + managerQuery(who(r), manager)
	return f, nil
}

// fill shows what stands, so that it is kept when something is mended.
func (f *entryForm) fill(r *Result) {
	if r == nil {
		return
	}
	f.Outcome, f.Comment, f.Consent = r.Outcome, r.Comment, r.Consent
	f.Person, f.Post, f.Phone, f.Email = r.Person, r.Post, r.Phone, r.Email
	if r.Next.Known() {
		f.Next = r.Next.String()
		if r.At > 0 {
			f.Next += " " + hour(r.At)
		}
	}
	if r.Amount > 0 {
		f.Amount = strconv.FormatInt(r.Amount, 10)
	}
}

// choose takes another result. The day and the money belonged to the one before.
func (f *entryForm) choose(outcome string) {
	if f.Outcome != outcome {
		f.Outcome, f.Next, f.Amount = outcome, "", ""
	}
}

func (p *pages) showForm(w http.ResponseWriter, r *http.Request, status int, f *entryForm) error {
	guide := p.desk.Guide(f.Day)
	f.First, f.Leads = guide.NextDay, guide.Leads[f.Outcome]
	for _, o := range funnel.Outcomes() {
		f.Options = append(f.Options, leading{Title: o, Leads: guide.Leads[o], Chosen: o == f.Outcome})
	}
	if r.FormValue("part") != "" && status == http.StatusOK {
		return p.set.Part(w, "entry", "entryform", f)
	}
	return p.set.RenderStatus(w, r, status, "entry", page.View{
		Title: "Результат: " + f.Row.Company, Scripts: []string{"manager/list.js"}, Styles: []string{"manager/list.css"}, Data: f,
	})
}

// save puts down what came of a call.
func (p *pages) save(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return page.Wrong("Форма не прочиталась. Вернитесь к списку и выберите результат ещё раз.", err)
	}
	f, err := p.entryOf(r)
	if err != nil {
		return err
	}
	f.read(r.PostForm)
	if err := p.kit.Note(r, "result", f.Day.String(), 1); err != nil {
		return err
	}
	taken, err := p.desk.Take(r.Context(), who(r), f.Entry)
	var refused *RefusedError
	if errors.As(err, &refused) {
		f.Wrong, f.Token = refused.Texts, rand.Text()
		if err := p.kit.Refuse(r, "result", f.Day.String()); err != nil {
			return err
		}
		return p.showForm(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return told(p.kit.NotDone(r, "result", f.Day.String(), err))
	}
	to := f.List + "#r-" + string(f.INN)
	if f.From == "card" {
		to = cardAddress(f.INN, f.Day)
	}
	return p.kit.Back(w, r, to, takenText(taken, f.Day))
}

// read takes what the form sends.
func (f *entryForm) read(sent url.Values) {
	get := func(name string) string { return strings.TrimSpace(sent.Get(name)) }
	e := &f.Entry
	e.Token, e.Outcome, e.Keep = get("token"), get("outcome"), get("quick") != ""
	e.Next = strings.TrimSpace(get("next") + " " + get("hour"))
	e.Comment, e.Consent, e.Amount = get("comment"), get("consent"), get("amount")
	e.Phone, e.Person, e.Post, e.Email = get("phone"), get("person"), get("post"), get("email")
	if proof := proofText(get("consent_by"), get("consent_day")); proof != "" && e.Consent == "да" && !strings.Contains(e.Comment, proof) {
		e.Comment = strings.TrimSpace(e.Comment + "\n" + proof)
	}
	f.ConsentBy, f.ConsentDay = get("consent_by"), get("consent_day")
}

// proofText is who agreed to calls, and when: whoever calls has to prove it (38-ФЗ,
// ст. 18, ч. 1).
func proofText(by, day string) string {
	if by == "" && day == "" {
		return ""
	}
	text := "Согласие"
	if by != "" {
		text += ": " + by
	}
	if d, err := company.ParseDate(day); err == nil && d.Known() {
		text += ", " + d.Russian()
	}
	return text
}

// takenText says what was put down, and what follows.
func takenText(t *Taken, today company.Date) string {
	text := t.Company + ": "
	if t.Outcome == "" {
		text += "записано без результата"
	} else {
		text += "«" + t.Outcome + "», " + nextText(t.Next, t.Day, t.At, today)
	}
	switch {
	case t.Beaten != "":
		return text + ". Но в файле, сохранённом позже (" + t.Beaten + "), записано другое: действует он. Исправьте файл и загрузите его."
	case t.Stopped && t.Numbers > 0:
		text += ": компания и " + page.Plural(t.Numbers, "её номер", "её номера", "её номеров") + " в стоп-листе"
	case t.Stopped:
		text += ": компания в стоп-листе"
	}
	text += "."
	if len(t.Unread) > 0 {
		text += " Не понято: " + strings.Join(t.Unread, "; ") + "."
	}
	if len(t.Remarks) > 0 {
		text += " " + strings.Join(t.Remarks, "; ") + "."
	}
	return cut(text, flashMost)
}

// flashMost keeps what is shown once within a cookie, in letters.
const flashMost = 400
