package intake

import (
	"slices"
	"strings"
	"unicode"
)

// saysClient tells an «Источник» that says itself that the company is a client:
// «клиент», «Действующий клиент, 1С», «наш постоянный клиент». A competitor's is
// none.
func saysClient(origin string) bool {
	words := strings.FieldsFunc(plain(origin), func(r rune) bool { return !unicode.IsLetter(r) })
	begins := func(word string, with ...string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(word, w) })
	}
	if slices.ContainsFunc(words, func(w string) bool { return begins(w, "конкурент", "потенциальн", "бывш") }) {
		return false
	}
	for i, word := range words {
		switch {
		case word == "клиент" || word == "клиенты":
			return true
		case begins(word, "действующ"):
			return i+1 == len(words) || begins(words[i+1], "клиент", "покупател", "заказчик", "контрагент", "партнер")
		case !begins(word, "наш", "постоянн", "текущ", "существующ", "стар", "давн"):
			return false
		}
	}
	return false
}
