package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/fetch/disk"
)

// DiskShelf keeps answers as files of a folder, each with the moment in its first
// line. They may name people: whoever erases searches them as text, so letters that
// JSON may write as numbers are written as letters.
type DiskShelf struct {
	Dir  string // made when needed
	Now  func() time.Time
	Disk disk.Disk
}

func (s *DiskShelf) path(name string) string { return filepath.Join(s.Dir, filepath.FromSlash(name)) }

// Find implements Shelf.
func (s *DiskShelf) Find(_ context.Context, name string, since time.Time) ([]byte, error) {
	data, err := os.ReadFile(s.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a kept answer: %w", err)
	}
	kept, answer, ok := dated(data)
	if !ok || kept.Before(since) {
		return nil, nil
	}
	return answer, nil
}

// Keep implements Shelf.
func (s *DiskShelf) Keep(_ context.Context, name string, answer []byte) error {
	path := s.path(name)
	if err := s.Disk.MakeDir(filepath.Dir(path)); err != nil {
		return fmt.Errorf("make a folder for answers: %w", err)
	}
	head := s.Now().UTC().Format(time.RFC3339) + "\n"
	if err := s.Disk.WriteFile(path, append([]byte(head), legible(answer)...)); err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	return nil
}

// Sweep removes what was kept before a moment, and what is no answer, and tells how
// many files that were.
func (s *DiskShelf) Sweep(ctx context.Context, before time.Time) (int, error) {
	n := 0
	err := filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if kept, _, ok := dated(data); ok && !kept.Before(before) {
			return nil
		}
		n++
		return os.Remove(path)
	})
	if err != nil {
		return n, fmt.Errorf("sweep kept answers: %w", err)
	}
	return n, nil
}

// dated takes the moment off a kept answer.
func dated(data []byte) (time.Time, []byte, bool) {
	head, answer, ok := bytes.Cut(data, []byte("\n"))
	at, err := time.Parse(time.RFC3339, string(head))
	return at, answer, ok && err == nil
}

// legible is an answer as it is searched: of JSON and of pages. Anything else stays as it
// came.
func legible(answer []byte) []byte {
	switch {
	case json.Valid(answer):
		return lettered(answer)
	case bytes.HasPrefix(bytes.TrimSpace(answer), []byte("<")):
		return reference.ReplaceAllFunc(answer, referred)
	}
	return answer
}

// reference is a letter of a page that is written as a number, as pages hide addresses
// from programs.
var reference = regexp.MustCompile(`&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});`)

// referred is the letter, or the reference as it was where it is a sign of the markup.
func referred(ref []byte) []byte {
	text := html.UnescapeString(string(ref))
	if r, _ := utf8.DecodeRuneInString(text); r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("@.-_+", r) {
		return ref
	}
	return []byte(text)
}

// lettered writes \u0430 as the letter it is, where it is none of ASCII, and \u0040 as @.
func lettered(text []byte) []byte {
	if !bytes.Contains(text, []byte(`\u`)) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 >= len(text) {
			out = append(out, text[i])
			continue
		}
		if r, ok := escaped(text[i:]); ok {
			out, i = utf8.AppendRune(out, r), i+5
			continue
		}
		out, i = append(out, text[i], text[i+1]), i+1
	}
	return out
}

// escaped reads \uXXXX of "@", or of a letter beyond ASCII that is no half of a pair.
func escaped(text []byte) (rune, bool) {
	if len(text) < 6 || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	r := rune(n)
	return r, err == nil && (r > 0x9f || r == '@') && utf8.ValidRune(r)
}
