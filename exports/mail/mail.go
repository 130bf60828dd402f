// Package mail brings notices by SMTP (RFC 5321). A password goes over TLS only,
// and stands in no error.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"obzvon/config"
	"obzvon/pipeline"
)

// Bounds of one notice: the whole talk with the server, what the server may say,
// and a file with a password.
const (
	timeMost     = 30 * time.Second
	answerMost   = 1 << 20
	passwordMost = 4 << 10
)

// Mailer is a pipeline.Notifier.
type Mailer struct {
	cfg   config.Mail
	host  string
	port  int
	clock func() time.Time
	roots *x509.CertPool // nil = the system's
}

// New makes a mailer of a checked config with a server.
func New(cfg config.Mail, clock func() time.Time) (*Mailer, error) {
	host, service, err := net.SplitHostPort(cfg.Server)
	if err != nil {
		return nil, fmt.Errorf("mail server %q: %w", cfg.Server, err)
	}
	port, err := strconv.Atoi(service)
	if err != nil || port < 1 || port > 65535 {
		return nil, fmt.Errorf("mail server %q: want a port from 1 to 65535", cfg.Server)
	}
	if !slices.Contains([]string{config.MailStartTLS, config.MailTLS, config.MailPlain}, cfg.TLS) || cfg.From == "" || len(cfg.To) == 0 {
		return nil, fmt.Errorf("mail server %q: tls, from or to is missing", cfg.Server)
	}
	if cfg.User != "" && cfg.TLS == config.MailPlain {
		return nil, fmt.Errorf("mail server %q: no login over an open line", cfg.Server)
	}
	return &Mailer{cfg: cfg, host: cmp.Or(host, "localhost"), port: port, clock: clock}, nil
}

// Notify implements pipeline.Notifier: a mail to each of config.Mail.To, within half
// a minute. The password is read anew each time.
func (m *Mailer) Notify(ctx context.Context, n pipeline.Notice) error {
	if err := n.Check(); err != nil {
		return fmt.Errorf("mail by %s: %w", m.cfg.Server, err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("mail by %s: %w", m.cfg.Server, err)
	}
	password, err := m.password()
	if err != nil {
		return fmt.Errorf("mail by %s: %w", m.cfg.Server, err)
	}
	messages, err := m.messages(n)
	if err != nil {
		return fmt.Errorf("mail by %s: %w", m.cfg.Server, err)
	}
	limited, cancel := context.WithTimeout(ctx, timeMost)
	defer cancel()
	err = m.send(limited, password, messages)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("mail by %s: %w", m.cfg.Server, ctx.Err())
	case limited.Err() != nil:
		return fmt.Errorf("mail by %s: no answer within %s", m.cfg.Server, timeMost)
	}
	said := hide(err, m.cfg.User, password) // what is below may name the password
	if final(messages) {
		return fmt.Errorf("mail by %s: %s: %w", m.cfg.Server, said, pipeline.ErrFinal)
	}
	return fmt.Errorf("mail by %s: %s", m.cfg.Server, said)
}

// final tells that some reader has the notice, or that each was refused for good.
func final(messages []*gomail.Msg) bool {
	refused := 0
	for _, msg := range messages {
		if msg.IsDelivered() {
			return true
		}
		var why *gomail.SendError
		if errors.As(msg.SendError(), &why) && why.ErrorCode() >= 500 { // RFC 5321, 4.2.1
			refused++
		}
	}
	return refused == len(messages)
}

// password is that of the file, else of the config; "" = no login.
func (m *Mailer) password() (string, error) {
	if m.cfg.User == "" || m.cfg.Secret == "" {
		return m.cfg.Password, nil
	}
	f, err := os.Open(m.cfg.Secret)
	if err != nil {
		return "", fmt.Errorf("open the file of the password: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, passwordMost+1))
	if err != nil {
		return "", fmt.Errorf("read the file of the password: %w", err)
	}
	password := string(bytes.TrimRight(data, "\r\n"))
	if password == "" || len(data) > passwordMost || strings.ContainsAny(password, "\r\n\x00") {
		return "", fmt.Errorf("file of the password %s: want one line of at most %d bytes", m.cfg.Secret, passwordMost)
	}
	return password, nil
}

// messages are one mail for each reader: a server that refuses one of them still
// takes the others'.
func (m *Mailer) messages(n pipeline.Notice) ([]*gomail.Msg, error) {
	_, domain, _ := strings.Cut(m.cfg.From, "@")
	at := n.At
	if at.IsZero() {
		at = m.clock()
	}
	out := make([]*gomail.Msg, 0, len(m.cfg.To))
	for _, to := range m.cfg.To {
		msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
		if err := errors.Join(msg.From(m.cfg.From), msg.To(to)); err != nil {
			return nil, fmt.Errorf("address it: %w", err)
		}
		msg.Subject(n.Subject())
		msg.SetDateWithValue(at)
		msg.SetMessageIDWithValue(rand.Text() + "@" + domain)
		msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's holiday answers
		msg.SetBodyString(gomail.TypeTextPlain, n.Text())
		out = append(out, msg)
	}
	return out, nil
}

// send talks to the server once.
func (m *Mailer) send(ctx context.Context, password string, messages []*gomail.Msg) error {
	line := &line{}
	defer line.close()
	stop := context.AfterFunc(ctx, line.close)
	defer stop()
	client, err := gomail.NewClient(m.host, m.options(line, password)...)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	talk, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	err = client.SendWithSMTPClient(talk, messages...)
	_ = talk.Quit() // what the server has taken is delivered however it says goodbye
	return err
}

func (m *Mailer) options(line *line, password string) []gomail.Option {
	secure := &tls.Config{ServerName: m.host, MinVersion: tls.VersionTLS12, RootCAs: m.roots}
	options := []gomail.Option{
		gomail.WithPort(m.port), gomail.WithTimeout(timeMost), gomail.WithTLSConfig(secure), gomail.WithoutRset(), gomail.WithoutNoop(),
	}
	wrap := func(c net.Conn) net.Conn { return c }
	switch m.cfg.TLS {
	case config.MailStartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case config.MailTLS:
		options = append(options, gomail.WithSSL())
		wrap = func(c net.Conn) net.Conn { return tls.Client(c, secure) }
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if m.cfg.User != "" {
		options = append(options, gomail.WithUsername(m.cfg.User), gomail.WithPassword(password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return append(options, gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := line.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return wrap(conn), nil
	}))
}
