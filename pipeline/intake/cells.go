package intake

import (
	"strings"
	"unicode"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// readCells understands what the caller filled in. The row's company and what was
// issued are known before.
func (t *taking) readCells(r *reading) {
	var problem string
	if r.outcome, problem = readOutcome(r.cells[heading.TitleResult]); problem != "" {
		r.fail(problem)
	}
	r.comment = commentOf(r.cells[heading.TitleComment])
	if r.consent, problem = readConsent(r.cells[heading.TitleConsent]); problem != "" {
		r.complain(problem)
	}
	if r.amount, problem = readAmount(r.cells[heading.TitleAmount]); problem != "" {
		r.complain(problem)
	}
	dated := t.readNext(r)
	t.readEdits(r)
	if r.consent == store.ConsentRefused && r.outcome != funnel.DoNotCall {
		r.remark("согласие «нет»: компания и её номера внесены в стоп-лист; если согласия не спрашивали, очистите ячейку и попросите снять запрет")
	}
	r.remark(unprovenConsent(r))
	rule, _ := funnel.RuleOf(r.outcome)
	switch {
	case r.outcome == funnel.CallBack && r.next.day == 0 && dated:
		r.remark("«" + funnel.CallBack + "» без даты: впишите её в «" + heading.TitleNext + "»")
	case rule.Order && !r.undated && r.amount == 0 && tidy(r.cells[heading.TitleAmount]) == "":
		r.remark("«" + r.outcome + "» без суммы: впишите её в «" + heading.TitleAmount + "»")
	}
}

// readNext tells false where a date was given and could not be read.
func (t *taking) readNext(r *reading) bool {
	text := tidy(r.cells[heading.TitleNext])
	w, problem := whenReader{today: r.day, days: t.Days}.read(text, r.dates[heading.TitleNext])
	if problem != "" {
		if !r.dates[heading.TitleNext] { // a serial number says nothing to people
			problem = quoted(text) + ": " + problem
		}
		r.complain("«" + heading.TitleNext + "»: " + problem)
		return false
	}
	r.next = w
	r.remark(w.remark)
	if w.doubt != "" {
		r.complain("«" + heading.TitleNext + "» " + quoted(text) + ": " + w.doubt)
	}
	if w.day != 0 && !t.Days.Workday(w.day) {
		r.remark(w.day.Russian() + " — выходной: позвоним " + t.Days.Next(w.day).Russian())
	}
	return true
}

// commentOf is a comment; one without a letter or a digit says nothing.
func commentOf(cell string) string {
	text := tidy(cell)
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return ""
	}
	return text
}

// readEdits tells what the caller put in the place of what was issued.
func (t *taking) readEdits(r *reading) {
	// A number that moves from «Другие телефоны» to «Телефон» is a better one.
	t.readPhones(r, heading.TitlePhone, "")
	t.readPhones(r, heading.TitlePhones, r.issued[heading.TitlePhone]+", "+r.cells[heading.TitlePhone])
	if r.issued[heading.TitlePhone] != "" && tidy(r.cells[heading.TitlePhone]) == "" {
		r.remark("телефон стёрт из строки, но в базе остался: если номера нет, выберите «" + funnel.NoSuchNumber + "»")
	}
	email, problem := newEmail(r.issued[heading.TitleEmail], r.cells[heading.TitleEmail])
	r.complain(problem)
	if t.forgotten(email) {
		r.remark("адрес " + email + " стёрт по требованию: не записан")
		email = ""
	}
	r.email = email
	r.person = changed(r.issued[heading.TitlePerson], r.cells[heading.TitlePerson])
	r.post = changed(r.issued[heading.TitlePost], r.cells[heading.TitlePost])
	if r.issued == nil {
		return
	}
	for _, title := range []string{heading.TitleCompany, heading.TitleCity, "Сайт"} {
		if text := changed(r.issued[title], r.cells[title]); text != "" {
			r.remark("изменён столбец «" + title + "» (" + quoted(text) + "): такие правки не читаются, напишите в «" + heading.TitleComment + "»")
		}
	}
}

// readPhones takes what is new in a column of phones, and in no other.
func (t *taking) readPhones(r *reading, title, others string) {
	added, problem := r.place.newPhones(title, r.issued[title], r.cells[title], others)
	r.complain(problem)
	for _, p := range added {
		if t.forgotten(withoutExt(p)) {
			r.remark("номер " + withoutExt(p) + " стёрт по требованию: не записан")
			continue
		}
		r.phones = append(r.phones, p)
	}
}

// readRefusal reads of a row that is not taken whether somebody asked not to be
// called: that counts all the same.
func (r *reading) readRefusal() {
	r.outcome, _ = readOutcome(r.cells[heading.TitleResult])
	r.consent, _ = readConsent(r.cells[heading.TitleConsent])
	if r.stopReason() == "" {
		r.outcome, r.consent = "", ""
		return
	}
	r.remark("но звонить по этой строке больше не будем: её номера внесены в стоп-лист")
}

// result is what the row says, as the store keeps it.
func (r *reading) result(f *file) store.Result {
	out := store.Result{
		INN: r.inn, Day: r.day, List: f.List, File: f.Digest, Saved: f.Saved, Row: r.row, Manager: r.manager, Origin: r.origin,
		Outcome: r.outcome, Next: r.next.day, NextAt: r.next.at, Comment: r.comment, Consent: r.consent, Amount: r.amount,
		Phones: r.phones, Person: r.person, Post: r.post, Email: r.email,
		FileName: f.Name, By: f.by, Taken: f.at,
	}
	out.Undated = r.byOrigin || r.undated && !f.copied
	if r.entry != nil {
		out.Half = f.list.halves[r.inn]
		out.Dialled = dialled(r)
	} else if len(r.shown) == 1 {
		out.Dialled = r.shown[0]
	}
	return out
}

// dialled is the number that the row showed first.
func dialled(r *reading) string {
	if p, ok := company.PhoneFromValue(r.entry.Row.PhoneLink); ok {
		return p.E164
	}
	if len(r.entry.Phones) > 0 {
		return r.entry.Phones[0]
	}
	return ""
}
