package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// shape is how a word is written.
type shape uint8

const (
	other   shape = iota // not Cyrillic, or mixed
	small                // small letters
	capital              // «Иванов»
	caps                 // «ИВАНОВ»
	initial              // «И.»
)

// word is a run of letters in a text.
type word struct {
	low      string // folded
	from, to int    // bytes; an initial without its point
	class    class
	shape    shape
	loose    bool // something other than a space stands before it
	part     bool // may be a part of a name
}

// splitWords finds the words of a text. A small letter before a Russian capital
// ends a word: «директорИванов» are two that lost their space, «WhatsApp» is one.
func splitWords(text string) []word {
	low, same := foldSame(text)
	if !same {
		low = ""
	}
	return appendWords(make([]word, 0, len(text)/12+2), text, low)
}

// appendWords appends what splitWords finds; low is the text folded, "" if its
// letters do not keep their places. What lists say of a word is looked up here
// and nowhere else.
func appendWords(out []word, text, low string) []word {
	s := splitter{text: text, low: low, start: -1, known: dictionary()}
	last := runeKind(0)
	for i, r := range text {
		k := kindOf(r)
		switch {
		case k&letter != 0:
			if s.start >= 0 && last&lower != 0 && k&upper != 0 && k&cyrillic != 0 {
				out = s.flush(out, i)
			}
			if s.start < 0 {
				s.start, s.letters = i, letters{}
			}
			s.letters.add(k)
		case s.start < 0:
		case (r == '-' || r == '\'' || r == '’') && letterAt(text, i+utf8.RuneLen(r)):
		case unicode.IsDigit(r):
			s.letters.digit = true
		default:
			out = s.flush(out, i)
		}
		last = k
	}
	if s.start >= 0 {
		out = s.flush(out, len(text))
	}
	return out
}

// splitter is a text on its way into words.
type splitter struct {
	text    string
	low     string // folded, byte for byte; "" if that is not possible
	known   map[string]class
	start   int // of the word that is being read, -1 = none
	end     int // of what belongs to the word before
	letters letters
}

// letters counts those of a word.
type letters struct {
	cyrillic, latin, upper, lower int
	digit                         bool
}

func (l *letters) add(k runeKind) {
	if k&cyrillic != 0 {
		l.cyrillic++
	} else {
		l.latin++
	}
	if k&upper != 0 {
		l.upper++
	} else if k&lower != 0 {
		l.lower++
	}
}

// flush appends the word that ends at a place.
func (s *splitter) flush(out []word, to int) []word {
	w := word{from: s.start, to: to, loose: strings.Trim(s.text[min(s.end, s.start):s.start], " ") != ""}
	if s.low != "" {
		w.low = s.low[w.from:to]
	} else {
		w.low = fold(s.text[w.from:to])
	}
	s.shape(&w)
	w.class = classOf(s.known, w.low)
	w.part = namePart(&w)
	s.end, s.start = to, -1
	if to < len(s.text) && s.text[to] == '.' {
		s.end++
	}
	return append(out, w)
}

// shape tells how a word is written; one with digits, or without a Cyrillic
// letter, is other.
func (s *splitter) shape(w *word) {
	l := &s.letters
	if l.digit || l.cyrillic == 0 || l.latin > 1 {
		return
	}
	t := s.text[w.from:w.to]
	if l.latin > 0 { // «Cтепнов» with a Latin letter
		w.low = strings.Join(company.FoldWords(t), "-")
	}
	switch {
	case l.upper+l.lower == 1 && l.upper == 1 && (w.to < len(s.text) && s.text[w.to] == '.' || s.secondInitial(w)):
		w.shape = initial
	case l.upper == 0:
		w.shape = small
	case l.lower == 0 && l.upper > 1:
		w.shape = caps
	case l.upper == 1 || l.upper == 2 && strings.Contains(t, "-"):
		if first, _ := utf8.DecodeRuneInString(t); isUpper(first) {
			w.shape = capital
		}
	}
}

// secondInitial tells the last letter of «Вихров П.С», whose point was left out.
func (s *splitter) secondInitial(w *word) bool {
	front, ok := strings.CutSuffix(s.text[:w.from], ".")
	if !ok {
		return false
	}
	r, n := utf8.DecodeLastRuneInString(front)
	return isUpper(r) && strings.HasSuffix(front[:len(front)-n], " ")
}

// nameEnd is where a name ends whose last word is given: behind the point of an
// initial.
func nameEnd(text string, last *word) int {
	if last.shape == initial && last.to < len(text) && text[last.to] == '.' {
		return last.to + 1
	}
	return last.to
}
