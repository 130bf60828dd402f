package score

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// Latin spellings of Russian words vary (zapchasti, zapchasty; h, kh), and
// short ones stand in anything. So both sides are brought to one plain
// spelling, a word must have domainPrefix letters to be looked for at the
// beginning of a part of a domain, and domainInside to be looked for anywhere.
const (
	domainPrefix = 5
	domainInside = 7
)

// spelling brings words to plain Latin letters.
type spelling struct {
	letters *strings.Replacer
}

func newSpelling() spelling {
	return spelling{strings.NewReplacer(
		"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z",
		"и", "i", "й", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r",
		"с", "s", "т", "t", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch",
		"ъ", "", "ы", "i", "ь", "", "э", "e", "ю", "u", "я", "a")}
}

// append appends the plain spelling of a word.
func (s spelling) append(b []byte, word string) []byte {
	if strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf || 'A' <= r && r <= 'Z' }) >= 0 {
		word = s.letters.Replace(strings.ToLower(word))
	}
	start := len(b)
	for i := 0; i < len(word); {
		to, n := plainSound(word[i:])
		b = append(b, to...)
		i += n
	}
	return b[:start+tidy(b[start:])]
}

// plainSound gives the plain spelling of the letters that begin the text, and
// how many of them it stands for.
func plainSound(s string) (plain string, n int) {
	next := byte(0)
	if len(s) > 1 {
		next = s[1]
	}
	switch s[0] {
	case 's':
		if strings.HasPrefix(s, "shch") {
			return "sch", 4
		}
	case 'k':
		if next == 'h' {
			return "h", 2
		}
	case 't':
		if next == 's' || next == 'c' {
			return "c", 2
		}
	case 'y', 'j':
		switch next {
		case 'u':
			return "u", 2
		case 'a':
			return "a", 2
		case 'o':
			return "e", 2
		}
		return "i", 1
	case 'w':
		return "v", 1
	case 'x':
		return "ks", 1
	}
	return s[:1], 1
}

// tidy makes one letter of iu, ia and ii, in place, and gives the new length.
func tidy(b []byte) int {
	n := 0
	for i := 0; i < len(b); i++ {
		if b[i] == 'i' && i+1 < len(b) && (b[i+1] == 'u' || b[i+1] == 'a' || b[i+1] == 'i') {
			i++
		}
		b[n] = b[i]
		n++
	}
	return n
}

// domainWords finds the segments' words in Latin domain names.
type domainWords struct {
	spelling spelling
	words    trie
	named    map[int][]int // whose words end at a node, until it is sealed
	at       [][]int       // the same by node
}

func newDomainWords() *domainWords {
	return &domainWords{spelling: newSpelling(), named: map[int][]int{}}
}

func (d *domainWords) add(owner int, entries []string) {
	for _, e := range entries {
		words := company.FoldWords(e)
		if len(words) != 1 {
			continue // a phrase is not written as one in an address
		}
		if p := d.spelling.append(nil, words[0]); len(p) >= domainPrefix {
			node := d.words.add(string(p))
			d.named[node] = append(d.named[node], owner)
		}
	}
}

func (d *domainWords) seal() {
	d.words.seal()
	d.at = make([][]int, d.words.nodes+1)
	for node, owners := range d.named {
		d.at[node] = owners
	}
	d.named = nil
}

// find looks at all labels but the last («ru»), in the memory of plain, which
// it gives back.
func (d *domainWords) find(plain []byte, host string, found func(owner int)) []byte {
	labels, _, ok := cutLast(host)
	if !ok {
		return plain
	}
	for start := 0; start < len(labels); {
		end := start + partEnd(labels[start:])
		plain = d.spelling.append(plain[:0], labels[start:end])
		for i := range plain {
			d.findAt(plain[i:], i > 0, found)
		}
		start = end + 1
	}
	return plain
}

// partEnd is the length of a label or of a part of it up to a hyphen.
func partEnd(s string) int {
	for i := range len(s) {
		if s[i] == '-' || s[i] == '.' {
			return i
		}
	}
	return len(s)
}

// findAt finds the words that begin the text.
func (d *domainWords) findAt(text []byte, inside bool, found func(owner int)) {
	node := 0
	for i := range text {
		if node = d.words.step(node, text[i]); node == 0 {
			return
		}
		if !inside || i+1 >= domainInside {
			for _, owner := range d.at[node] {
				found(owner)
			}
		}
	}
}

func cutLast(host string) (labels, last string, ok bool) {
	i := strings.LastIndexByte(host, '.')
	if i < 0 {
		return "", "", false
	}
	return host[:i], host[i+1:], true
}

func isLatin(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Cyrillic, r) {
			return false
		}
	}
	return true
}
