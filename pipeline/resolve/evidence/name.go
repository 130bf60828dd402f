package evidence

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// wordClass tells what a word of a name does.
type wordClass uint8

const (
	telling wordClass = iota // tells this firm from others
	generic                  // a trade, a kind of firm, a word that holds others together
	number                   // of digits, with or without a letter
)

// word is a word of a name as it sounds.
type word struct {
	sound string
	hash  uint64 // of the sound; a region makes it a token
	class wordClass
}

// name is a name of a firm in comparable form.
type name struct {
	text     string // folded, for people
	key      uint64 // the KindName token: all words as they sound, without gaps
	joined   string // what the key is of
	words    []word
	initials string // of three words and more, as they sound; else ""
	tells    bool   // has a telling word
	own      int    // sounds that are not of stems which many names are made of
	legal    bool   // a legal name; else a sign over a door
	brought  bool   // by a joined listing
	hung     bool   // known to be what people call the firm
}

// maxWords is how many words of a name are compared.
const maxWords = 12

// newName takes folded words apart; nothing is left of some.
func (m *Model) newName(text string, legal bool) (name, bool) {
	var stack [maxWords]string
	words := m.abbreviate(splitWords(stack[:0], text))
	if len(words) == 0 {
		return name{}, false
	}
	var soundStack [256]byte
	sounds := soundStack[:0]
	var ends [maxWords]int
	for i, w := range words {
		sounds = appendSound(sounds, w)
		ends[i] = len(sounds)
	}
	n := name{text: text, legal: legal, hung: !legal, joined: string(sounds), words: make([]word, 0, len(words))}
	if n.joined == "" {
		return name{}, false
	}
	n.key = hashOf(KindName, n.joined)
	from := 0
	for i, w := range words {
		s := n.joined[from:ends[i]]
		from = ends[i]
		if s == "" {
			continue
		}
		c := classOf(w, s)
		if c == telling {
			n.tells = true
			n.own += ownSounds(s)
		}
		n.words = append(n.words, word{s, hashOf(KindWord, s), c})
	}
	n.initials = initialsOf(words)
	return n, true
}

func splitWords(to []string, text string) []string {
	for w := range strings.FieldsSeq(text) {
		if len(to) == maxWords {
			break
		}
		to = append(to, w)
	}
	return to
}

func classOf(w, s string) wordClass {
	if c := w[0]; '0' <= c && c <= '9' {
		return number
	}
	if utf8.RuneCountInString(w) < 2 || genericSounds()[s] {
		return generic
	}
	return telling
}

// abbreviate writes usual descriptions as company.Name.Key does.
func (m *Model) abbreviate(words []string) []string {
	for i := 0; i < len(words); i++ {
		for _, d := range m.descriptions[words[i]] {
			if i+len(d.long) <= len(words) && slices.Equal(words[i:i+len(d.long)], d.long) {
				words[i] = d.short
				words = append(words[:i+1], words[i+len(d.long):]...)
				break
			}
		}
	}
	return words
}

// description is a usual one, spelled out and abbreviated.
type description struct {
	long  []string
	short string
}

// usualDescriptions finds them by their first word.
func usualDescriptions() map[string][]description {
	m := map[string][]description{}
	for long, short := range company.Descriptions() {
		m[long[0]] = append(m[long[0]], description{long, short})
	}
	return m
}

// initialsOf is «узп» of «Уральский завод подшипников», as it sounds.
func initialsOf(words []string) string {
	if len(words) < 3 {
		return ""
	}
	var letters [4 * maxWords]byte
	b := letters[:0]
	for _, w := range words {
		if _, n := utf8.DecodeRuneInString(w); len(w) > n {
			b = append(b, w[:n]...)
		}
	}
	var sounds [64]byte
	s := appendSound(sounds[:0], string(b))
	if len(s) < minInitials {
		return ""
	}
	return string(s)
}

// minInitials is from how many sounds on initials can be a name.
const minInitials = 3

// mostTelling gives up to two telling words, the longest first: the longer a
// word, the fewer firms have it.
func (n *name) mostTelling() (first, second *word) {
	for i := range n.words {
		w := &n.words[i]
		switch {
		case w.class != telling:
		case first == nil || len(w.sound) > len(first.sound):
			first, second = w, first
		case second == nil || len(w.sound) > len(second.sound):
			second = w
		}
	}
	return first, second
}
