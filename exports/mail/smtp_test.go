package mail_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/noticetest"
)

// server is the smallest SMTP server that a mailer can talk to.
type server struct {
	mode     string // as config.Mail.TLS
	user     string // "" = nobody is asked who he is
	password string
	rejects  string // a reader who is refused
	echo     bool   // repeat a refused login in the answer
	noTLS    bool   // do not offer STARTTLS
	flood    bool   // greet without an end
	secure   *tls.Config
	listener net.Listener
	hanging  chan struct{}

	mu    sync.Mutex
	fault noticetest.Fault
	taken []received
	open  map[net.Conn]bool
	work  sync.WaitGroup
}

// received is a mail that was taken.
type received struct {
	to, data string
	secure   bool
}

func serve(t *testing.T, s *server) *server {
	t.Helper()
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.hanging, s.open = make(chan struct{}, 16), map[net.Conn]bool{}
	s.work.Go(func() {
		for {
			c, err := s.listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.open[c] = true
			s.mu.Unlock()
			s.work.Go(func() { s.talk(c) })
		}
	})
	t.Cleanup(func() {
		_ = s.listener.Close()
		s.mu.Lock()
		for c := range s.open {
			_ = c.Close()
		}
		s.mu.Unlock()
		s.work.Wait()
	})
	return s
}

func (s *server) now() noticetest.Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

func (s *server) turn(f noticetest.Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// talk is one connection to its end.
func (s *server) talk(raw net.Conn) {
	defer func() { _ = raw.Close() }()
	c := raw
	if s.mode == config.MailTLS {
		c = tls.Server(raw, s.secure)
	}
	if s.now() == noticetest.Hangs {
		s.hanging <- struct{}{}
		_, _ = io.Copy(io.Discard, raw)
		return
	}
	for s.flood {
		if _, err := io.WriteString(c, "220-"+strings.Repeat("x", 1000)+"\r\n"); err != nil {
			return
		}
	}
	s.session(c, raw)
}

func (s *server) session(c, raw net.Conn) {
	in := bufio.NewReader(c)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(c, format+"\r\n", args...) }
	say("220 mail.example ready")
	secure, known, to := s.mode == config.MailTLS, s.user == "", ""
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		switch verb = strings.ToUpper(verb); verb {
		case "EHLO":
			say("250-mail.example")
			if s.mode == config.MailStartTLS && !secure && !s.noTLS {
				say("250-STARTTLS")
			}
			say("250-AUTH LOGIN PLAIN")
			say("250 ENHANCEDSTATUSCODES")
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(raw, s.secure)
			in, secure = bufio.NewReader(c), true
		case "AUTH":
			given, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if known = string(given) == "\x00"+s.user+"\x00"+s.password; known {
				say("235 2.7.0 welcome")
			} else if s.echo {
				say("535 5.7.8 no such login: %s, that is %q", rest, given)
			} else {
				say("535 5.7.8 no such login")
			}
		case "MAIL":
			if s.now() == noticetest.Refuses || !known {
				say("550 5.7.1 not from you")
			} else {
				say("250 ok")
			}
		case "RCPT":
			to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
			if to == s.rejects {
				say("550 5.1.1 no such user")
			} else {
				say("250 ok")
			}
		case "DATA":
			say("354 go on")
			data, err := readData(in)
			if err != nil || s.now() == noticetest.Cuts {
				return
			}
			s.mu.Lock()
			s.taken = append(s.taken, received{to, data, secure})
			s.mu.Unlock()
			say("250 2.0.0 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func readData(in *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		text, err := in.ReadString('\n')
		if err != nil || text == ".\r\n" {
			return b.String(), err
		}
		b.WriteString(strings.TrimPrefix(text, "."))
	}
}

// got is what was taken so far.
func (s *server) got() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

// read gives the mails as a person sees them.
func (s *server) read(t *testing.T) (out []noticetest.Taken) {
	for _, r := range s.got() {
		msg := parse(t, r)
		title, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if err != nil {
			t.Error(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
		if err != nil {
			t.Error(err)
		}
		out = append(out, noticetest.Taken{Title: title, Text: string(body)})
	}
	return out
}

func parse(t *testing.T, r received) *mail.Message {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(r.data))
	if err != nil {
		t.Fatalf("%v: %s", err, r.data)
	}
	return msg
}

// certificate is one for 127.0.0.1, and the roots that vouch for it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(made)
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}
