package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"obzvon/pipeline/account"
)

// secretFlags say where a password comes from.
type secretFlags struct{ stdin, oneTime bool }

const fromStdin = "password-stdin"

func (s *secretFlags) add(c *cobra.Command) {
	c.Flags().BoolVar(&s.stdin, fromStdin, false, "read the password from the first line of standard input")
	c.Flags().BoolVar(&s.oneTime, "one-time", false, "make a password and print it; it must be changed at the first login")
}

// secret reads the password for an account, "" for one that is to be made. It is read
// before the store is opened, which nobody should wait for, and put back as standard
// input: whoever holds the store may do the whole command, and has no terminal.
func (a *app) secret(ctx context.Context, name string, from secretFlags) (password string, err error) {
	switch {
	case from.stdin && from.oneTime:
		return "", usage(errors.New("--password-stdin and --one-time exclude each other"))
	case from.oneTime:
		return "", nil
	case from.stdin:
		password, err = firstLine(a.io.in)
	default:
		password, err = a.askTwice(ctx, name)
		a.args = append(a.args, "--"+fromStdin)
	}
	if err != nil {
		return "", err
	}
	if err := account.CheckPassword(name, password); err != nil {
		return "", usage(err)
	}
	a.io.in = strings.NewReader(password + "\n")
	return password, nil
}

// lineMost is more bytes than any password may have.
const lineMost = 4 << 10

func firstLine(in io.Reader) (string, error) {
	if in == nil {
		in = strings.NewReader("")
	}
	line, err := bufio.NewReader(io.LimitReader(in, lineMost)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (a *app) askTwice(ctx context.Context, name string) (string, error) {
	f, ok := a.io.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", usage(errors.New("standard input is no terminal: want --password-stdin or --one-time"))
	}
	password, err := a.ask(ctx, f, "password of "+name+": ")
	if err != nil {
		return "", err
	}
	again, err := a.ask(ctx, f, "once more: ")
	if err != nil {
		return "", err
	}
	if password != again {
		return "", usage(errors.New("the two passwords differ"))
	}
	return password, nil
}

// ask reads a line from a terminal that does not show it. When the context ends the
// terminal shows again what is typed; what still reads ends with the process.
func (a *app) ask(ctx context.Context, f *os.File, prompt string) (string, error) {
	shown, err := term.GetState(int(f.Fd()))
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	type answer struct {
		line []byte
		err  error
	}
	fmt.Fprint(a.io.err, prompt)
	answered := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(int(f.Fd()))
		answered <- answer{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(int(f.Fd()), shown))
	case got := <-answered:
		fmt.Fprintln(a.io.err)
		if got.err != nil {
			return "", fmt.Errorf("read the password: %w", got.err)
		}
		return string(got.line), nil
	}
}
