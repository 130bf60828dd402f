package mail_test

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/config"
	"obzvon/exports/mail"
	"obzvon/pipeline"
	"obzvon/pipeline/noticetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	user     = "notices"
	password = "Тайна-7 kept*well"
)

func settings(s *server) config.Mail {
	cfg := config.Mail{
		Server: s.listener.Addr().String(), TLS: s.mode, From: "obzvon@seller.example",
		To: []string{"operator@seller.example", "deputy@seller.example"},
	}
	if s.user != "" {
		cfg.User, cfg.Password = user, password
	}
	return cfg
}

func made(t *testing.T, cfg config.Mail, roots *x509.CertPool) *mail.Mailer {
	t.Helper()
	m, err := mail.New(cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	m.Trust(roots)
	return m
}

// TestPromises holds the mailer to the port's, over each kind of line.
func TestPromises(t *testing.T) {
	secure, roots := certificate(t)
	for _, mode := range []string{config.MailStartTLS, config.MailTLS, config.MailPlain} {
		t.Run(mode, func(t *testing.T) {
			noticetest.Run(t, func(t *testing.T) noticetest.Rig {
				s := &server{mode: mode, secure: secure, user: user, password: password}
				if mode == config.MailPlain {
					s.user = ""
				}
				serve(t, s)
				cfg := settings(s)
				return noticetest.Rig{
					Notifier: made(t, cfg, roots), Taken: func() []noticetest.Taken { return s.read(t) }, Break: s.turn,
					Hanging: s.hanging, Readers: len(cfg.To), Secrets: []string{password},
				}
			})
		})
	}
}

// TestForm: a mail has what RFC 5322 and RFC 3834 want, one for each reader.
func TestForm(t *testing.T) {
	secure, roots := certificate(t)
	s := serve(t, &server{mode: config.MailStartTLS, secure: secure})
	m := made(t, settings(s), roots)
	if err := m.Notify(t.Context(), noticetest.Notice()); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for i, to := range []string{"operator@seller.example", "deputy@seller.example"} {
		got := s.got()[i]
		h := parse(t, got).Header
		if got.to != to || !got.secure || h.Get("To") != "<"+to+">" || h.Get("From") != "<obzvon@seller.example>" {
			t.Errorf("to %s, secure %v, header %v", got.to, got.secure, h)
		}
		if h.Get("Date") != "Mon, 23 Nov 2026 01:58:00 +0000" || h.Get("Auto-Submitted") != "auto-generated" ||
			h.Get("Content-Type") != "text/plain; charset=UTF-8" || h.Get("User-Agent") != "" {
			t.Errorf("header %v", h)
		}
		id := h.Get("Message-Id")
		if ids[id] = true; !strings.HasPrefix(id, "<") || !strings.HasSuffix(id, "@seller.example>") || len(id) < 30 {
			t.Errorf("Message-ID %s", id)
		}
	}
	if len(ids) != 2 {
		t.Errorf("ids %v", ids)
	}
}

// TestWithoutDate: a notice that does not say when is of now.
func TestWithoutDate(t *testing.T) {
	s := serve(t, &server{mode: config.MailPlain})
	m, err := mail.New(settings(s), func() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Notify(t.Context(), pipeline.Notice{Kind: pipeline.NoticeGood, Title: "готов"}); err != nil {
		t.Fatal(err)
	}
	if got := parse(t, s.got()[0]).Header.Get("Date"); got != "Tue, 01 Dec 2026 08:00:00 +0000" {
		t.Errorf("Date %s", got)
	}
}

// TestOneReaderRefused: the others get theirs, and the error says who did not.
func TestOneReaderRefused(t *testing.T) {
	s := serve(t, &server{mode: config.MailPlain, rejects: "operator@seller.example"})
	err := made(t, settings(s), nil).Notify(t.Context(), noticetest.Notice())
	if !errors.Is(err, pipeline.ErrFinal) || !strings.Contains(err.Error(), "operator@seller.example") || !strings.Contains(err.Error(), "5.1.1") {
		t.Errorf("error %v", err)
	}
	if got := s.got(); len(got) != 1 || got[0].to != "deputy@seller.example" {
		t.Errorf("taken %+v", got)
	}
}

// TestLoginRefused: whatever the server repeats of it, no error names the password.
func TestLoginRefused(t *testing.T) {
	secure, roots := certificate(t)
	for _, mode := range []string{config.MailStartTLS, config.MailTLS} {
		s := serve(t, &server{mode: mode, secure: secure, user: user, password: "another", echo: true})
		err := made(t, settings(s), roots).Notify(t.Context(), noticetest.Notice())
		if err == nil || !strings.Contains(err.Error(), "535") || !strings.Contains(err.Error(), s.listener.Addr().String()) {
			t.Fatalf("error %v", err)
		}
		if text := err.Error(); strings.Contains(text, password) || strings.Contains(text, "AG5vdGljZXM") || strings.ContainsAny(text, "\r\n") {
			t.Errorf("error %v", err)
		}
	}
}

// TestNoOpenLine: where TLS is wanted nothing is said without it.
func TestNoOpenLine(t *testing.T) {
	secure, roots := certificate(t)
	tests := []struct {
		name  string
		s     *server
		roots *x509.CertPool
		want  string
	}{
		{"no STARTTLS is offered", &server{mode: config.MailStartTLS, noTLS: true}, roots, "STARTTLS"},
		{"a certificate of nobody", &server{mode: config.MailStartTLS, secure: secure}, x509.NewCertPool(), "certificate"},
		{"a certificate of nobody from the start", &server{mode: config.MailTLS, secure: secure}, x509.NewCertPool(), "certificate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.s.user = user
			serve(t, tt.s)
			err := made(t, settings(tt.s), tt.roots).Notify(t.Context(), noticetest.Notice())
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
			if got := tt.s.got(); len(got) > 0 {
				t.Errorf("taken %+v", got)
			}
		})
	}
}

// TestFlood: a server that never stops greeting is hung up on.
func TestFlood(t *testing.T) {
	s := serve(t, &server{mode: config.MailPlain, flood: true})
	err := made(t, settings(s), nil).Notify(t.Context(), noticetest.Notice())
	if err == nil || !strings.Contains(err.Error(), "more than 1 MiB") {
		t.Errorf("error %v", err)
	}
}

// TestPasswordFile: a file with the password comes before the config's, and is read
// anew each time.
func TestPasswordFile(t *testing.T) {
	secure, roots := certificate(t)
	s := serve(t, &server{mode: config.MailStartTLS, secure: secure, user: user, password: "from-file"})
	cfg := settings(s)
	cfg.Secret = filepath.Join(t.TempDir(), "secret")
	m := made(t, cfg, roots)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(cfg.Secret, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Notify(t.Context(), noticetest.Notice()); err == nil || !strings.Contains(err.Error(), "open the file of the password") {
		t.Errorf("without a file: %v", err)
	}
	for _, text := range []string{"", "\n", "two\nlines", "\x00", strings.Repeat("x", 5000)} {
		write(text)
		if err := m.Notify(t.Context(), noticetest.Notice()); err == nil || !strings.Contains(err.Error(), "want one line") {
			t.Errorf("file of %d bytes: %v", len(text), err)
		}
	}
	write("from-file\r\n")
	if err := m.Notify(t.Context(), noticetest.Notice()); err != nil {
		t.Error(err)
	}
	if got := s.got(); len(got) != 2 {
		t.Errorf("%d taken", len(got))
	}
}

func TestNewRefuses(t *testing.T) {
	good := config.Mail{Server: "smtp.example:587", TLS: config.MailStartTLS, From: "a@seller.example", To: []string{"b@seller.example"}}
	if _, err := mail.New(good, time.Now); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*config.Mail){
		"no port":                   func(m *config.Mail) { m.Server = "smtp.example" },
		"a port by name":            func(m *config.Mail) { m.Server = "smtp.example:smtp" },
		"a port beyond":             func(m *config.Mail) { m.Server = "smtp.example:70000" },
		"a kind of TLS":             func(m *config.Mail) { m.TLS = "maybe" },
		"nobody to write to":        func(m *config.Mail) { m.To = nil },
		"a login over an open line": func(m *config.Mail) { m.TLS, m.User = config.MailPlain, "a" },
	} {
		cfg := good
		change(&cfg)
		if _, err := mail.New(cfg, time.Now); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
