package score

import (
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// codeTree holds the segments' codes. The dotted form of a code is a path, so
// every beginning of a code that stands in the tree speaks for it, and the
// longest decides for each segment (45.20.3 weak beats 45.20 core).
type codeTree struct {
	paths trie
	named map[company.OKVED][]codeRule // until it is sealed
	at    []codeNode
}

type codeRule struct {
	segment int
	level   Level
	second  bool // this very code needs a second sign
}

// codeNode is what holds for a code that ends there and for those below it.
type codeNode struct{ exact, below []codeRule }

func (t *codeTree) add(segment int, s *config.Segment) {
	if t.named == nil {
		t.named = map[company.OKVED][]codeRule{}
	}
	second := map[config.Code]bool{}
	for _, c := range s.SecondSign {
		second[c] = true
	}
	levels := []struct {
		level Level
		codes []config.Code
	}{{LevelCore, s.Codes.Core}, {LevelAdjacent, s.Codes.Adjacent}, {LevelWeak, s.Codes.Weak}, {LevelWeak, s.SecondSign}}
	seen := map[config.Code]bool{}
	for _, l := range levels {
		for _, c := range l.codes {
			if seen[c] {
				continue // named twice: the better level stands
			}
			seen[c] = true
			t.named[c.OKVED()] = append(t.named[c.OKVED()], codeRule{segment, l.level, second[c]})
		}
	}
}

// seal works out for every code that is named, and for all below it, which
// rule holds for each segment.
func (t *codeTree) seal() {
	nodes := map[company.OKVED]int{}
	for code := range t.named {
		nodes[code] = t.paths.add(string(code))
	}
	t.paths.seal()
	t.at = make([]codeNode, t.paths.nodes+1)
	for code, node := range nodes {
		n := &t.at[node]
		for path := code; path != ""; path = parentCode(path) {
			for _, r := range t.named[path] {
				if slices.ContainsFunc(n.exact, func(o codeRule) bool { return o.segment == r.segment }) {
					continue
				}
				// Codes below a default code are more than a default and need no
				// second sign.
				n.exact = append(n.exact, codeRule{r.segment, r.level, r.second && path == code})
				n.below = append(n.below, codeRule{r.segment, r.level, false})
			}
		}
	}
	t.named = nil
}

// find gives a rule for each segment the code belongs to. Second tells that
// the code is a default code which alone proves nothing.
func (t *codeTree) find(code company.OKVED) []codeRule {
	var rules []codeRule
	node := 0
	for i := range len(code) {
		if node = t.paths.step(node, code[i]); node == 0 {
			return rules
		}
		if n := &t.at[node]; n.exact != nil {
			if rules = n.below; i+1 == len(code) {
				rules = n.exact
			}
		}
	}
	return rules
}

// parentCode takes one digit off: 45.20.11 → 45.20.1 → 45.20 → 45.2 → 45 → "".
func parentCode(c company.OKVED) company.OKVED {
	if len(c) <= len("45") {
		return ""
	}
	c = c[:len(c)-1]
	if c[len(c)-1] == '.' {
		c = c[:len(c)-1]
	}
	return c
}
