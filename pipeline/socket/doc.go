// Package socket carries a command to the process that can do it: whoever holds a
// folder listens on a Unix socket there, and a second process that wants the same
// folder has its command done by the first. The command's output comes back as it is
// written, its standard input and the files that it names are read and written by
// the caller, in bounded pieces, so it behaves as if it were done there. The package
// knows nothing of what commands do.
//
// A connection is one command. The caller says what it wants and which version it
// is, the host welcomes or refuses it, the caller begins. From then on the host
// writes output and asks for files, the caller answers, until the host sends the
// exit code. Nothing is begun before the caller has heard the welcome: whoever gives
// up before that may do the command in another way.
package socket

import (
	"errors"
	"fmt"
	"time"
)

// Name is the socket's, in the folder of the host.
const Name = "obzvon.sock"

// Errors of a call that callers tell apart.
var (
	ErrNoHost   = errors.New("nobody listens") // the command was not begun
	ErrHostGone = errors.New("the process that did this command is gone")
	ErrVersion  = errors.New("another version")
	ErrTooLong  = errors.New("the folder's path is too long for a socket")
)

// Causes with which the context of a command ends in the host.
var (
	ErrCancelled  = errors.New("the caller was stopped")
	ErrCallerGone = errors.New("the caller is gone")
)

// VersionError is a host of another version. It is ErrVersion.
type VersionError struct{ Host, Caller string }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the server runs version %s, this is %s: restart it", e.Host, e.Caller)
}

// Is makes errors.Is(err, ErrVersion) hold.
func (e *VersionError) Is(target error) bool { return target == ErrVersion }

// Request is what the caller wants done.
type Request struct {
	Version  string   // of the caller's program
	Args     []string // without the program's name
	Environ  []string // "NAME=value", those that matter
	Dir      string   // the caller's working directory
	User     string   // as the caller calls itself
	Terminal bool     // standard error is one
}

const (
	// handshake is how long either side waits for the other before a command begins.
	handshake = 5 * time.Second
	// farewell is how long a host keeps a connection after the exit code was sent.
	farewell = time.Second
	// grace is how long a stopped caller waits for the host to end its command.
	grace = 30 * time.Second
	// most is how many commands a host does at once; others wait for their turn.
	most = 64
)
