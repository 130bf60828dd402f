package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"sync"
	"unicode"
)

// errTalkative is a server that says more than anybody wants to hear.
var errTalkative = errors.New("the server said more than 1 MiB")

// line is the connection of one talk. go-mail leaves it open after a refused
// handshake or login, and does not look at its context any more once connected.
type line struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	l.conn = conn
	return &bounded{Conn: conn, left: answerMost}, nil
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.conn != nil {
		_ = l.conn.Close() // twice is no harm
	}
}

// bounded is a connection that gives a bounded number of bytes.
type bounded struct {
	net.Conn
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTalkative
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// textMost bounds what an error repeats of a server's words, in characters.
const textMost = 300

// hide tells an error in one line without the password, as it is and as it goes
// over the line: a server may repeat what it was sent.
func hide(err error, user, password string) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(err.Error(), ""))
	if password != "" {
		for _, secret := range []string{
			base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password)),
			base64.StdEncoding.EncodeToString([]byte(password)), password,
		} {
			text = strings.ReplaceAll(text, secret, "[hidden]")
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > textMost {
		text = string(r[:textMost]) + "…"
	}
	return text
}
