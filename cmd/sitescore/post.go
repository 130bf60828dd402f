package main

import (
	"slices"
	"strings"
)

// samePost tells that two posts or departments have the same words: each word
// of the one, up to a comma or a bracket, stands somewhere in the other. What
// follows says where or for what, and is printed or not. A label without a
// post does not say.
func samePost(label, found string) bool {
	if strings.TrimSpace(label) == "" {
		return true
	}
	core := postWords(firstPart(label))
	return len(core) > 0 && within(core, postWords(found)) && within(postWords(firstPart(found)), postWords(label))
}

func firstPart(s string) string {
	if i := strings.IndexAny(s, ",(;:/—–"); i > 0 {
		s = s[:i]
	}
	for _, sep := range [...]string{". ", " в ", " во "} { // a part of the department, a town
		if i := strings.Index(s, sep); i >= leastPart {
			s = s[:i]
		}
	}
	return s
}

const leastPart = 10 // bytes before a full stop that shortens no word

// smallWords tell nothing of a post.
var smallWords = map[string]bool{"по": true, "на": true, "из": true, "от": true, "для": true, "над": true, "при": true, "наш": true, "наша": true}

func postWords(s string) []string {
	return slices.DeleteFunc(words(s), func(w string) bool { return len([]rune(w)) < 2 || smallWords[w] })
}

func within(some, all []string) bool {
	for _, w := range some {
		if !slices.ContainsFunc(all, func(v string) bool { return sameWord(w, v) }) {
			return false
		}
	}
	return true
}

// shortened are beginnings of words for which pages and labels write a dot.
var shortened = []string{"гл", "зам", "нач", "ген", "тех", "зав", "пом", "дир", "инж", "исп", "упр", "спец", "бух"}

// sameWord tells one word in two of its forms: they differ in their ends by no
// more than an ending, or one is the other shortened.
func sameWord(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		a, b, x, y = b, a, y, x
	}
	if slices.Contains(shortened, a) && strings.HasPrefix(b, a) {
		return true
	}
	same := 0
	for same < len(x) && x[same] == y[same] {
		same++
	}
	if len(x) < 4 {
		return same == len(x) && len(y)-len(x) <= 1
	}
	return same >= max(min(4, len(x)-1), len(x)-2) && len(y)-same <= 4
}
