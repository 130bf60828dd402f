package main

import (
	"cmp"
	"context"
	"strings"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/company"
)

// operatorAudit implements operator.Audit.
type operatorAudit struct{ *operatorDesk }

// auditAction is what was done, with all by which the log calls it, and what the
// beginning of its details means. The log itself is in latin letters, so that it can
// hold nothing of those who are called.
type auditAction struct {
	title string
	ids   []audit.Action // the first stands for it on the page
	says  map[string]string
}

func auditActions() []auditAction {
	more := map[string]string{"more": "перед этим таких же не записано:"}
	return []auditAction{
		{title: "вход", ids: []audit.Action{audit.Login, audit.LoginRefused}, says: more},
		{title: "выход", ids: []audit.Action{audit.Logout}},
		{title: "смена своего пароля", ids: []audit.Action{audit.Password}},
		{title: "скачивание", ids: []audit.Action{audit.Download}},
		{title: "загрузка", ids: []audit.Action{audit.Upload}, says: map[string]string{"too large": "слишком большой файл"}},
		{title: "принято из файла", ids: []audit.Action{audit.TakenIn}},
		{title: "результат звонка", ids: []audit.Action{audit.Result}},
		{title: "кто кому звонит, ТОП-20", ids: []audit.Action{audit.Change}, says: map[string]string{
			"assign give": "отдана", "assign pin": "закреплена", "assign free": "освобождена", "assign all of": "переданы все от",
			"targets add": "в ТОП-20", "targets release": "снята с ТОП-20",
		}},
		{title: "совпадения", ids: []audit.Action{"match"}, says: map[string]string{"yes": "да", "no": "нет"}},
		{title: "стоп-лист", ids: []audit.Action{audit.Stop}, says: map[string]string{"add": "добавлено", "remove": "снято"}},
		{title: "стирание", ids: []audit.Action{audit.Forget}},
		{title: "люди", ids: []audit.Action{audit.User}, says: map[string]string{
			"add": "заведён", "roles": "другие роли", "block": "вход закрыт", "unblock": "вход открыт", "renew": "новый одноразовый пароль",
			"remove": "удалён", "end": "выход везде",
		}},
		{title: "ночь", ids: []audit.Action{audit.Run}, says: map[string]string{"start": "начата", "stop": "остановлена"}},
		{title: "резервная копия", ids: []audit.Action{audit.Backup}},
		{title: "чужая карточка", ids: []audit.Action{"card"}},
		{title: "чужой список", ids: []audit.Action{"list"}},
		{title: "страница не его роли", ids: []audit.Action{"page"}, says: map[string]string{"GET": "открыть", "POST": "отправить"}},
		{title: "запрос с чужой страницы", ids: []audit.Action{"forged request"}, says: more},
		{title: "строка журнала испорчена", ids: []audit.Action{audit.Unreadable}},
	}
}

// byCommand is how the lines of those begin who changed something beside the server.
const byCommand = "command line: "

// detail puts the beginning of what a line says into words.
func (a *auditAction) detail(what string) string {
	if rest, ok := strings.CutPrefix(what, byCommand); ok {
		return "командой: " + a.detail(rest)
	}
	if day, err := company.ParseDate(what); err == nil && day.Known() {
		return "список на " + day.Russian()
	}
	best := ""
	for english := range a.says {
		if (what == english || strings.HasPrefix(what, english+" ")) && len(english) > len(best) {
			best = english
		}
	}
	if best == "" {
		return what // a file's name, say
	}
	return a.says[best] + strings.NewReplacer(" to ", " к ", " as ", ", роль: ").Replace(strings.TrimPrefix(what, best))
}

func (operatorAudit) Actions() []operator.Reason {
	var out []operator.Reason
	for _, a := range auditActions() {
		out = append(out, operator.Reason{ID: string(a.ids[0]), Title: a.title})
	}
	return out
}

func (d operatorAudit) Last(ctx context.Context, f operator.Filter, skip, most int) ([]operator.Entry, error) {
	pick := audit.Filter{Who: f.Who, Refused: f.Refused}
	known := map[audit.Action]auditAction{}
	for _, a := range auditActions() {
		for _, id := range a.ids {
			known[id] = a
		}
		if f.Action == string(a.ids[0]) {
			pick.Actions = a.ids
		}
	}
	if f.Action != "" && pick.Actions == nil {
		pick.Actions = []audit.Action{audit.Action(f.Action)}
	}
	entries, err := d.audit.Last(ctx, skip+most, pick)
	if err != nil {
		return nil, err
	}
	var out []operator.Entry
	for _, e := range entries[min(skip, len(entries)):] {
		a := known[e.Action]
		out = append(out, operator.Entry{
			At: e.At, Who: e.Who, Address: e.Address, Action: cmp.Or(a.title, string(e.Action)), What: a.detail(e.What), Rows: e.Rows,
			Refused: e.Refused || e.Action == audit.LoginRefused,
		})
	}
	return out, nil
}
