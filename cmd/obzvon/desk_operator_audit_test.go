package main

import (
	"slices"
	"testing"

	"obzvon/pipeline/audit"
)

// The log is in latin letters; its page is not.
func TestAuditInWords(t *testing.T) {
	tests := []struct {
		action audit.Action
		what   string
		want   string
	}{
		{audit.Result, "2026-11-20", "список на 20.11.2026"},
		{audit.Change, "assign pin anna", "закреплена anna"},
		{audit.Change, "assign all of anna to boris", "переданы все от anna к boris"},
		{audit.User, "command line: block anna", "командой: вход закрыт anna"},
		{audit.User, "command line: add anna as manager", "командой: заведён anna, роль: manager"},
		{"page", "GET /plan", "открыть /plan"},
		{"match", "yes", "да"},
		{audit.Upload, "list of anna to boris.xlsx", "list of anna to boris.xlsx"},
		{audit.Download, "", ""},
	}
	actions := auditActions()
	for _, test := range tests {
		at := slices.IndexFunc(actions, func(a auditAction) bool { return slices.Contains(a.ids, test.action) })
		if got := actions[at].detail(test.what); got != test.want {
			t.Errorf("%s %q: %q, want %q", test.action, test.what, got, test.want)
		}
	}
}
