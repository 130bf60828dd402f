package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/bearing"
	"obzvon/pipeline/company"
)

func (c *checker) segment(path string, s *Segment) {
	c.text(path+".title", s.Title)
	c.text(path+".hook", s.Hook)
	c.between(path+".priority", s.Priority, 1, 3)
	c.codes(path, s)
	c.texts(path+".words", s.Words)
	c.texts(path+".rubrics", s.Rubrics)
	c.texts(path+".bearings", s.Bearings)
	c.bearings(path+".bearings", s.Bearings)
	codes := len(s.Codes.Core) + len(s.Codes.Adjacent) + len(s.Codes.Weak)
	c.need(codes+len(s.Words)+len(s.Rubrics) > 0, path, nil, "want codes, words or rubrics: this segment fits nobody")
	if s.Size != nil {
		c.need(s.Size.From >= 0, path+".size.from", number(s.Size.From), "want a number, 0 or more")
		c.need(s.Size.To == 0 || s.Size.To >= max(s.Size.From, 1), path+".size.to", number(s.Size.To), "want 0 (open) or a number not less than from")
	}
	c.need(s.BranchesFrom >= 0, path+".branches_from", s.BranchesFrom, "want a whole number, 0 or more")
	for i, month := range s.Season {
		at := fmt.Sprintf("%s.season[%d]", path, i)
		c.between(at, month, 1, 12)
		c.need(!slices.Contains(s.Season[:i], month), at, month, "stands here twice")
	}
}

func (c *checker) codes(path string, s *Segment) {
	var taken []Code
	for _, level := range []struct {
		key   string
		codes []Code
	}{{"core", s.Codes.Core}, {"adjacent", s.Codes.Adjacent}, {"weak", s.Codes.Weak}} {
		for i, code := range level.codes {
			at := fmt.Sprintf("%s.codes.%s[%d]", path, level.key, i)
			c.okved(at, code)
			c.need(!slices.Contains(taken, code), at, code, "stands in this segment twice")
			taken = append(taken, code)
		}
	}
	for i, code := range s.SecondSign {
		at := fmt.Sprintf("%s.second_sign[%d]", path, i)
		c.need(slices.Contains(taken, code), at, code, "want one of the segment's codes")
	}
	if len(s.SecondSign) > 0 {
		c.need(len(s.Words)+len(s.Rubrics) > 0, path+".second_sign", nil, "want words or rubrics too: without them there is no second sign")
	}
}

// bearings holds pairs such as "6306-2RS (180306)" against the table. What the
// table does not know, such as a hub unit, stands as it is written.
func (c *checker) bearings(path string, all []string) {
	for i, text := range all {
		_, err := bearing.ParsePair(text)
		at := fmt.Sprintf("%s[%d]", path, i)
		c.need(!errors.Is(err, bearing.ErrUnclear), at, text, "means one bearing by ГОСТ and another by ISO: want its pair in parentheses, or ISO or ГОСТ before it")
		c.need(!errors.Is(err, bearing.ErrDisagree), at, text, "want the same bearing in parentheses: "+unpaired(text))
	}
}

// unpaired says what the table has for the first of a pair.
func unpaired(text string) string {
	first, _, _ := strings.Cut(text, "(")
	found, _ := bearing.Parse(first)
	var pairs []string
	for _, b := range found {
		for _, r := range b.Readings() {
			if pair := r.Pair(); pair != "" {
				pairs = append(pairs, pair)
			}
		}
	}
	if len(pairs) == 0 {
		return "the table has no pair of " + strings.TrimSpace(first)
	}
	return "the table has " + strings.Join(pairs, ", ")
}

// texts checks words that names and rubrics are compared with: not empty, not
// so short that they fit by chance, each once.
func (c *checker) texts(path string, words []string) {
	for i, w := range words {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.need(len([]rune(strings.TrimSpace(w))) >= 2, at, w, "want a text of two characters or more")
		c.need(!slices.Contains(words[:i], w), at, w, "stands here twice")
	}
}

func (c *checker) vetoes(v *Vetoes) {
	for i, code := range v.MakerCodes {
		c.okved(fmt.Sprintf("vetoes.maker_codes[%d]", i), code)
	}
	c.texts("vetoes.competitor_words", v.CompetitorWords)
	c.texts("vetoes.competitor_rubrics", v.CompetitorRubrics)
	c.texts("vetoes.not_ours_words", v.NotOursWords)
	for i, inn := range v.CompetitorINNs {
		_, err := company.ParseINN(string(inn))
		c.need(err == nil, fmt.Sprintf("vetoes.competitor_inns[%d]", i), inn, "want "+wanted(innType)+" with a right checksum")
	}
}
