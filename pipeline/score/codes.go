package score

import (
	"obzvon/config"
	"obzvon/pipeline/company"
)

// codeTree holds the segments' codes. The dotted form of a code is a path, so
// the tree is a map of paths: a code is looked up by its own path, then by
// each shorter one, and the longest decides for each segment (45.20.3 weak
// beats 45.20 core).
type codeTree map[company.OKVED][]codeRule

type codeRule struct {
	segment int
	level   Level
	second  bool // this very code needs a second sign
}

func (t codeTree) add(segment int, s *config.Segment) {
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
			t[c.OKVED()] = append(t[c.OKVED()], codeRule{segment, l.level, second[c]})
		}
	}
}

// find calls found once for each segment the code belongs to. Second tells
// that the code is a default code which alone proves nothing; codes below it
// are more than a default and need no second sign.
func (t codeTree) find(code company.OKVED, found func(segment int, level Level, second bool)) {
	var done uint32
	for path := code; path != ""; path = parentCode(path) {
		for _, r := range t[path] {
			if done&(1<<r.segment) == 0 {
				done |= 1 << r.segment
				found(r.segment, r.level, r.second && path == code)
			}
		}
	}
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
