package people

import (
	"strings"
)

// acting tells how many words at the beginning of a text say that somebody
// stands in for the holder of a post: «И. о.», «Врио», «Временно исполняющая
// обязанности».
func acting(words []word) int {
	n := 0
	has := func(lows ...string) bool {
		for i, low := range lows {
			if n+i >= len(words) || !strings.HasPrefix(words[n+i].low, low) {
				return false
			}
		}
		return true
	}
	is := func(low string) bool { return n < len(words) && words[n].low == low }
	switch {
	case is("врио"), is("ио"):
		return n + 1
	case is("вр"), is("временно"):
		n++
	}
	switch {
	case has("исполняющ", "обязанност"):
		return n + 2
	case is("и") && n+1 < len(words) && words[n+1].low == "о":
		return n + 2
	case is("ио"):
		return n + 1
	}
	return 0
}

// asActing reads the post, in the genitive, of one who stands in for another.
func asActing(text string, words []word, n int) (post, bool) {
	if n >= len(words) {
		return post{}, false
	}
	p, ok := asPost(text[words[n].from:])
	if !ok || acting(words[n:]) > 0 {
		return post{}, false
	}
	p.text, p.person = text[:words[n].from]+p.text, true
	return p, true
}

// ruledFirm tells «Управляющая компания», which is no one's post.
func ruledFirm(words []word) bool {
	for i := range len(words) - 1 {
		if strings.HasPrefix(words[i].low, "управляющ") && hasStem([]string{words[i+1].low}, of("компани", "организаци", "фирм", "обществ")) {
			return true
		}
	}
	return false
}
