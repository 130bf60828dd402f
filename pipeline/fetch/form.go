package fetch

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
)

// readHead reads enough of a body to tell that it is a zip.
func readHead(resp *answer) ([]byte, error) {
	if e := resp.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return nil, fmt.Errorf("%w: want a zip archive as it is, not packed as %q", pipeline.ErrUnknownForm, e)
	}
	head := make([]byte, archive.SniffLen)
	n, err := io.ReadFull(resp.Body, head)
	head = head[:n]
	switch form := archive.Sniff(head); {
	case form == archive.FormZip && n >= 4:
		return head, nil // what is wrong after it shows when it is read
	case err != nil && !errors.Is(err, io.EOF) && (!errors.Is(err, io.ErrUnexpectedEOF) || resp.ContentLength > int64(n)):
		return nil, fmt.Errorf("%w: after %d bytes: %w", ErrTruncated, n, err)
	case form == archive.FormEmpty:
		return nil, fmt.Errorf("%w: want a zip archive", pipeline.ErrEmpty)
	case form == archive.FormHTML:
		return nil, fmt.Errorf("%w: want a zip archive, it is %s%s", pipeline.ErrUnknownForm, form, titleOf(head))
	default:
		return nil, fmt.Errorf("%w: want a zip archive, it looks like %s", pipeline.ErrUnknownForm, form)
	}
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title`)

// titleOf finds what an HTML page calls itself, as a note for an error: " of
// the title …".
func titleOf(head []byte) string {
	m := pageTitle.FindSubmatch(head)
	if m == nil {
		return ""
	}
	const limit = 80
	title := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(string(m[1]), "")), " "))
	if len(title) > limit {
		title = append(title[:limit], '…')
	}
	if len(title) == 0 {
		return ""
	}
	return fmt.Sprintf(" of the title %q", string(title))
}

// contentRange reads "bytes 5-9/10", "bytes 5-9/*" and "bytes */10" (RFC 9110,
// section 14.4). What is not said is -1.
func contentRange(text string) (from, to, total int64, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "bytes ")
	if !ok {
		return 0, 0, 0, false
	}
	span, whole, ok := strings.Cut(rest, "/")
	if !ok {
		return 0, 0, 0, false
	}
	from, to, total = -1, -1, -1
	if whole != "*" {
		if total, ok = number(whole); !ok {
			return 0, 0, 0, false
		}
	}
	if span == "*" {
		return from, to, total, total >= 0
	}
	first, last, _ := strings.Cut(span, "-")
	from, okFrom := number(first)
	to, okTo := number(last)
	ok = okFrom && okTo && from <= to && (total < 0 || to < total)
	return from, to, total, ok
}

func number(s string) (int64, bool) {
	n, err := strconv.ParseUint(s, 10, 63)
	return int64(n), err == nil
}
