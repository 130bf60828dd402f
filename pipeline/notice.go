package pipeline

import (
	"context"
	"errors"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// Notice tells an operator who was not there what happened and what to do. All
// texts are plain Russian without personal data, each a line of its own.
type Notice struct {
	Kind   NoticeKind   `json:"kind"`
	Title  string       `json:"title"`
	Lines  []string     `json:"lines"`            // what happened
	Advice []string     `json:"advice,omitempty"` // what to do, with the command to run
	Day    company.Date `json:"day,omitzero"`     // the list's day; 0 = it is of no list
	At     time.Time    `json:"at"`
	Host   string       `json:"host,omitempty"` // the machine it comes from
	Link   string       `json:"link,omitempty"` // a page that tells more
}

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds.
const (
	NoticeFailed NoticeKind = "failed" // a night ended before its end
	NoticeShort  NoticeKind = "short"  // the list is there, something is missing
	NoticeLate   NoticeKind = "late"   // the deadline came first, and nothing else is missing
	NoticeGood   NoticeKind = "good"   // a night without fault
	NoticeBackup NoticeKind = "backup" // a backup was not made
	NoticeDisk   NoticeKind = "disk"   // little room is left
	NoticeConfig NoticeKind = "config" // a changed config cannot be read; the last good one holds
	NoticeLogin  NoticeKind = "login"  // many logins were refused
)

var (
	// ErrNotice is a notice that nobody could make anything of: without a kind or a
	// title.
	ErrNotice = errors.New("empty notice")

	// ErrFinal is a notice that another try would not bring any further: the other
	// side refused it for good, or some readers have it already.
	ErrFinal = errors.New("another try would not help")
)

// Notifier brings a notice to somebody.
type Notifier interface {
	// Notify returns nil once the other side has taken the notice, for all whom
	// it is meant for, and else why not. It keeps nothing: who wants another try
	// calls again, unless it was ErrFinal, and the notice may come twice then. It has a time limit of its
	// own and ends soon after ctx does, with its error. Several goroutines may call
	// at once. One without kind or title is ErrNotice and is not sent. No error
	// names a password, nor more of an address than scheme, host and port.
	Notify(ctx context.Context, n Notice) error
}

// Check returns ErrNotice for a notice that may not be sent.
func (n Notice) Check() error {
	if n.Kind == "" || strings.TrimSpace(n.Title) == "" {
		return ErrNotice
	}
	return nil
}

// Subject is the title on one line, whatever stands in it.
func (n Notice) Subject() string { return strings.Join(strings.Fields(n.Title), " ") }

// Text is the notice without its title as one plain text.
func (n Notice) Text() string {
	var b strings.Builder
	for _, l := range n.Lines {
		b.WriteString(l + "\n")
	}
	if len(n.Advice) > 0 {
		b.WriteString("\nЧто делать:\n")
		for _, l := range n.Advice {
			b.WriteString("– " + l + "\n")
		}
	}
	b.WriteString("\n")
	for _, f := range [][2]string{
		{"Список на", n.Day.Russian()}, {"Сервер", n.Host}, {"Время", n.At.Format("02.01.2006 15:04 -07:00")}, {"Подробнее", n.Link},
	} {
		if f[1] != "" {
			b.WriteString(f[0] + ": " + f[1] + "\n")
		}
	}
	return b.String()
}
