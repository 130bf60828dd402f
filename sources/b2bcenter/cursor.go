package b2bcenter

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrCursor is a cursor that this source did not give out, or gave out for other
// keywords.
var ErrCursor = errors.New("not a cursor of these keywords")

const (
	separator = "|"
	ended     = "end"
)

// place is where a keyword's pages have come to: "подшипник|40|3|1f0a…|77e2…" means that
// page 3 begins with notice 40, and by which notices the first page and the last were
// told. After a keyword's last page it is "подшипник|end".
type place struct {
	keyword     string
	from, page  int
	first, last string
	over        bool
}

func (p place) String() string {
	if p.over {
		return p.keyword + separator + ended
	}
	return strings.Join([]string{p.keyword, strconv.Itoa(p.from), strconv.Itoa(p.page), p.first, p.last}, separator)
}

// begin is the keyword to go on with, and where in it.
func (s *Source) begin(cursor string) (int, place, error) {
	if cursor == "" {
		return 0, place{page: 1}, nil
	}
	bad := fmt.Errorf("%q: %w", cursor, ErrCursor)
	parts := strings.Split(cursor, separator)
	i := slices.Index(s.options.Keywords, parts[0])
	switch {
	case i < 0:
		return 0, place{}, bad
	case len(parts) == 2 && parts[1] == ended:
		return i + 1, place{page: 1}, nil
	case len(parts) != 5:
		return 0, place{}, bad
	}
	from, _ := strconv.Atoi(parts[1])
	page, _ := strconv.Atoi(parts[2])
	p := place{keyword: parts[0], from: from, page: page, first: parts[3], last: parts[4]}
	if p.String() != cursor || from < 1 || page < 2 {
		return 0, place{}, bad
	}
	return i, p, nil
}

// told names a page by its notices.
func told(rows []notice) string {
	h := sha256.New()
	for _, n := range rows {
		fmt.Fprintf(h, "%s\n", n.number)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
