package zakupki

import (
	"cmp"
	"context"
	"fmt"

	"obzvon/pipeline"
)

// Probe implements pipeline.Prober.
func (s *Source) Probe(ctx context.Context) (string, error) {
	switch s.options.Mode {
	case ModeFiles:
		return fmt.Sprintf("%d files in paths", len(s.inputs)), nil
	case ModeDocs:
		return s.probeDocs(ctx)
	}
	q := s.questions()[0]
	path := cmp.Or(map[string]string{ModeRSS: feedPath}[s.options.Mode], listPath)
	c := s.call(path, q, 0, 0)
	c.Once = true
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return "", err
	}
	if s.options.Mode == ModeRSS {
		rows, err := parseFeed(a.Body)
		return fmt.Sprintf("the feed answers: %d notices of «%s» by law %s", len(rows), q.word, q.law), err
	}
	r, err := parsePage(a.Body)
	return fmt.Sprintf("the site answers: %d notices of «%s» by law %s, %d on the first page", r.total, q.word, q.law, len(r.rows)), err
}

var _ pipeline.Prober = (*Source)(nil)
