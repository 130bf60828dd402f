package twogis

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// ErrCursor is a cursor that this source did not give out, or gave out for other
// questions.
var ErrCursor = errors.New("not a cursor of these questions")

// separator stands between the parts of a cursor: rubric, place, page done, pages there
// are: "9041|32|2|5".
const separator = "|"

func (q question) unit(page int) string {
	return q.rubric.id + separator + q.place.text + separator + strconv.Itoa(page)
}

func (q question) cursor(page, of int) string { return q.unit(page) + separator + strconv.Itoa(of) }

// begin is the question and the page to go on with.
func (s *Source) begin(cursor string, questions []question) (first, page int, err error) {
	if cursor == "" {
		return 0, 1, nil
	}
	parts := strings.Split(cursor, separator)
	if len(parts) != 4 {
		return 0, 0, fmt.Errorf("%q: %w", cursor, ErrCursor)
	}
	done, _ := strconv.Atoi(parts[2])
	of, _ := strconv.Atoi(parts[3])
	for i, q := range questions {
		if done < 1 || of < done || q.cursor(done, of) != cursor {
			continue
		}
		if done < of {
			return i, done + 1, nil
		}
		return i + 1, 1, nil
	}
	return 0, 0, fmt.Errorf("%q: %w", cursor, ErrCursor)
}

// cut bounds the copy of a rejected row.
func cut(raw string) string { return members.Clip(raw, pipeline.RawLimit-len("…")) }
