package tell_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"obzvon/pipeline"
)

func TestOfTheServer(t *testing.T) {
	says(t, teller().Backup(errors.New("open /backups: permission denied")), pipeline.NoticeBackup, "Резервная копия не сделана", "Причина: open /backups: permission denied.", "backups.dir", "obzvon backup")
	says(t, teller().Disk("/var/lib/obzvon", 300<<20, 5<<30/2), pipeline.NoticeDisk, "Мало места на диске", "свободно 300 МБ, а нужно 2,5 ГБ", "backups.keep", "obzvon compact", "obzvon doctor")
	says(t, teller().Disk("/var/lib/obzvon", 300<<10, 0), pipeline.NoticeDisk, "Мало места на диске", "свободно 300 КБ")
	says(t, teller().Config(errors.New("obzvon.yaml:7: web.lisen: unknown key")), pipeline.NoticeConfig, "Ошибка в настройках, действуют прежние", "не читается: obzvon.yaml:7: web.lisen: unknown key.", "obzvon doctor")
	says(t, teller().Logins(40, 10*time.Minute), pipeline.NoticeLogin, "Много неудачных входов", "40 за 10 мин", "obzvon user password")
}

// TestNobodyIsNamed: what in an error may be a person's does not go out.
func TestNobodyIsNamed(t *testing.T) {
	tests := []struct{ given, want string }{
		{"row 5: +7 907 000-00-01 is no phone", "row 5: [номер] is no phone"},
		{"8 (907) 000-00-01", "[номер]"},
		{"+79070000001", "[номер]"},
		{"8-907-000-00-01,", "[номер],"},
		{"ИНН 590200000812", "ИНН [номер]"},
		{"write to buyer@firm.example: refused", "write to [e-mail]: refused"},
		{"закупки@фирма.example", "[e-mail]"},
		{"data-20261022-structure-20181120.zip, 2026-11-23 01:30:00", "data-20261022-structure-20181120.zip, 2026-11-23 01:30:00"},
		{"line one\r\nline\ttwo\x00\u202e.", "line one line two"},
		{"bad \xff byte", "bad byte"},
		{strings.Repeat("а", 500), strings.Repeat("а", 400) + "…"},
	}
	for _, tt := range tests {
		if got := teller().Backup(errors.New(tt.given)).Lines[0]; got != "Причина: "+tt.want+"." {
			t.Errorf("%q: %q, want %q", tt.given, got, tt.want)
		}
	}
}

// FuzzNobodyIsNamed: whatever an error says, a line stays a line, short, and
// without an address or a long number.
func FuzzNobodyIsNamed(f *testing.F) {
	f.Add("dial tcp: lookup x@y: 89070000001\n")
	f.Add("\u2028+7(907)000 00 01 ...")
	f.Fuzz(func(t *testing.T, text string) {
		got := teller().Backup(errors.New(text)).Lines[0]
		run := 0
		for _, r := range got {
			if run++; r < '0' || r > '9' {
				run = 0
			}
			if run >= 10 || r == '\n' || r == '\r' {
				t.Fatalf("%q gives %q", text, got)
			}
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 420 {
			t.Fatalf("%q gives %q", text, got)
		}
	})
}
