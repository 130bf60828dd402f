package main

import (
	"context"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/audit"
)

// operatorAudit implements operator.Audit.
type operatorAudit struct{ *operatorDesk }

// auditAction is what was done, with all by which the log calls it.
type auditAction struct {
	title string
	ids   []audit.Action // the first stands for it on the page
}

func auditActions() []auditAction {
	return []auditAction{
		{"вход", []audit.Action{audit.Login, audit.LoginRefused}},
		{"выход", []audit.Action{audit.Logout}},
		{"смена своего пароля", []audit.Action{audit.Password}},
		{"скачивание", []audit.Action{audit.Download}},
		{"загрузка", []audit.Action{audit.Upload}},
		{"результат звонка", []audit.Action{audit.Result}},
		{"изменение", []audit.Action{audit.Change}},
		{"стоп-лист", []audit.Action{audit.Stop}},
		{"стирание", []audit.Action{audit.Forget}},
		{"люди", []audit.Action{audit.User}},
		{"ночь", []audit.Action{audit.Run}},
		{"резервная копия", []audit.Action{audit.Backup}},
		{"страница не его роли", []audit.Action{"page"}},
		{"запрос с чужой страницы", []audit.Action{"forged request"}},
		{"строка журнала испорчена", []audit.Action{audit.Unreadable}},
	}
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
	titles := map[audit.Action]string{}
	for _, a := range auditActions() {
		for _, id := range a.ids {
			titles[id] = a.title
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
		title := titles[e.Action]
		if title == "" {
			title = string(e.Action)
		}
		out = append(out, operator.Entry{
			At: e.At, Who: e.Who, Address: e.Address, Action: title, What: e.What, Rows: e.Rows,
			Refused: e.Refused || e.Action == audit.LoginRefused,
		})
	}
	return out, nil
}
