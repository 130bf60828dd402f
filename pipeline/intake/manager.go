package intake

import (
	"strings"

	"obzvon/pipeline/intake/heading"
)

// readManager finds out who called: whose file it is, else whose row. In the
// whole book the head may give a row to somebody else.
func (t *taking) readManager(f *file, r *reading) {
	mark := f.src.List
	written := tidy(r.cells[heading.TitleManager])
	moved := changed(r.issued[heading.TitleManager], written) != ""
	id, known := t.managerOf(f.list, written)
	switch {
	case mark.Manager != "":
		r.manager = mark.Manager
		if moved && id != mark.Manager {
			r.remark("менеджера меняет руководитель в общей книге: столбец «" + heading.TitleManager + "» здесь не читается")
		}
		return
	case r.entry != nil:
		r.manager = r.entry.Row.ManagerID
	default:
		r.manager = id
	}
	switch {
	case !moved:
	case !known:
		r.complain("менеджера " + quoted(written) + " нет в настройках: есть " + t.managerNames())
	case id != r.manager || r.entry == nil:
		r.give = id
	}
}

// managerOf finds a manager by name or id: among those of today, else of the list.
func (t *taking) managerOf(list *issuedList, written string) (id string, known bool) {
	word := plain(written)
	if word == "" {
		return "", false
	}
	for _, m := range t.Managers {
		if word == plain(m.Name) || word == plain(m.ID) {
			return m.ID, true
		}
	}
	if list != nil {
		id = list.names[word]
	}
	return id, false
}

func (t *taking) managerNames() string {
	names := make([]string, len(t.Managers))
	for i, m := range t.Managers {
		names[i] = "«" + m.Name + "»"
	}
	return strings.Join(names, ", ")
}
