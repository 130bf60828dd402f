package contact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sense is what a piece of a text beside a value is for its label.
type sense uint8

const (
	nothing sense = iota // hours, filling words: the label may be beyond it
	place                // an address: only its title may be beyond it
	title                // of an address: «Склад: ул. Садовая»
	isPhone              // it says that the value is a phone
	isFax
	isBoth
	says // a label
	ends // no label, nor is what is beyond it
)

// label is what a piece says of a value, without the words that say nothing.
func (p piece) label() (string, sense) {
	s := trimNumbering(trim(withoutDigits(p.text)))
	low := strings.ToLower(s)
	words := wordsOf(low)
	if front, behind, ok := strings.Cut(s, ":"); ok && address(wordsOf(strings.ToLower(behind))) {
		if text, v := (piece{text: front}).label(); v == says {
			return text, title
		}
	}
	switch {
	case strings.ContainsAny(s, "@=") || domain(low):
		return "", ends
	case town(words) && !strings.ContainsAny(s, "0123456789"):
		_, s, _ = strings.Cut(s, " ")
		if s = tidy(withoutCall(s)); told(wordsOf(strings.ToLower(s))) {
			return s, says
		}
		return "", place
	case address(words):
		return "", place
	case hourly(words):
		return "", nothing
	case strings.ContainsAny(s, "0123456789"):
		if days(low) || times(low) || !told(words) {
			return "", nothing
		}
		return "", ends
	}
	switch v := means(words); v {
	case says:
	case isFax:
		for _, w := range wordsOf(s) {
			if faxWords[strings.ToLower(w)] {
				return w, v
			}
		}
		return "", nothing
	default:
		return "", v
	}
	if actWords[words[0]] {
		return "", ends
	}
	s = tidy(withoutCall(s))
	words = wordsOf(strings.ToLower(s))
	v := means(words)
	if v == says && (slices.ContainsFunc(words, speaks) || joins[lastWord(s)]) {
		return "", ends
	}
	return s, v
}

func wordsOf(s string) []string { return strings.FieldsFunc(s, letterless) }

// domain tells the name of a site.
func domain(low string) bool {
	if strings.Contains(low, "www.") || strings.Contains(low, "http") {
		return true
	}
	for i := 1; i+2 < len(low); i++ {
		if low[i] == '.' && alnum(low[i-1]) && alnum(low[i+1]) && alnum(low[i+2]) && !digit(low[i+1]) {
			return true
		}
	}
	return false
}

// town tells «г. Пермь» and no more: it may tell branches from each other.
func town(words []string) bool {
	return len(words) > 1 && len(words) <= 3 && (words[0] == "г" || words[0] == "город") && !address(words[1:])
}

// means tells pieces of filling words from those that say something.
func means(words []string) sense {
	telephone, fax := false, false
	for _, w := range words {
		switch {
		case faxWords[w]:
			fax = true
		case leadWords[w]:
			telephone = true
		}
	}
	rest := slices.ContainsFunc(words, func(w string) bool { return !faxWords[w] && !plain(w) && utf8.RuneCountInString(w) > 1 })
	switch {
	case rest:
		return says
	case fax && telephone:
		return isBoth
	case fax:
		return isFax
	case telephone:
		return isPhone
	}
	return nothing
}

// told tells that some word says more than that a phone or a mailbox follows.
func told(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return !plain(w) && utf8.RuneCountInString(w) > 1 })
}

func plain(w string) bool { return leadWords[w] || calls(w) || fillWords[w] || dayWords[w] }

// calls tells words that bid to call or write, and others in that mood.
func calls(w string) bool {
	const short = 7 // letters of the other words that end so: «сайте», «защите»
	if callWords[w] {
		return true
	}
	mood := strings.HasSuffix(w, "йте") || strings.HasSuffix(w, "ьте") || strings.HasSuffix(w, "ите")
	return mood && utf8.RuneCountInString(w) >= short
}

// address tells a place by the words of addresses.
func address(words []string) bool {
	return len(words) > 0 && townWords[words[0]] || slices.ContainsFunc(words, func(w string) bool { return streetWords[w] })
}

// hourly tells days and hours.
func hourly(words []string) bool {
	days := slices.ContainsFunc(words, func(w string) bool { return dayWords[w] })
	return days && !told(words)
}

// speaks tells words by which a text is a sentence to the reader.
func speaks(w string) bool {
	switch w {
	case "мы", "вы", "вас", "вам", "вами", "нас", "нам", "нами", "он", "они", "который", "которые", "чтобы", "если":
		return true
	}
	return strings.HasPrefix(w, "наш") || strings.HasPrefix(w, "ваш")
}

// withoutCall drops a call to action: what it calls to counts, else what it is
// about: «звоните в отдел сбыта», «по вопросам оплаты звоните».
func withoutCall(s string) string {
	from, to := -1, 0
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsLetter(r) {
			at += n
			continue
		}
		w := wordAt(s[at:])
		if calls(strings.ToLower(w)) {
			if from < 0 {
				from = at
			}
			to = at + len(w)
		}
		at += len(w)
	}
	if from < 0 {
		return s
	}
	if after := trimHead(s[to:], true); told(wordsOf(strings.ToLower(after))) {
		return after
	}
	return s[:from]
}

// tidy drops filling words and marks around a label, and brackets that say
// nothing.
func tidy(s string) string {
	for range maxPieces {
		was := s
		s = trim(Balance(trimTail(trimHead(trim(s), false))))
		if in, rest := Remark(s); in != "" && !told(wordsOf(strings.ToLower(in))) {
			s = rest
		} else if in != "" && trim(rest) == "" {
			s = in
		}
		if at := strings.LastIndexByte(s, '('); at > 0 && strings.HasSuffix(s, ")") && means(wordsOf(strings.ToLower(s[at:]))) != says {
			s = s[:at]
		}
		if s == was {
			break
		}
	}
	return s
}

// trimHead drops the words at the beginning that lead to a value; behind a call
// prepositions too.
func trimHead(s string, called bool) string {
	for {
		s = strings.TrimLeftFunc(s, func(r rune) bool { return letterless(r) && !opening(r) && r != '"' })
		w := wordAt(s)
		low := strings.ToLower(w)
		if w == "" || !strings.HasPrefix(s, w) || !leadWords[low] && (!called || !fillWords[low]) {
			return s
		}
		if rest := s[len(w):]; utf8.RuneCountInString(w) == 1 && !strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "-") && !called {
			return s
		}
		s = s[len(w):]
	}
}

// trimTail drops the words at the end that lead to a value, with what joins
// them.
func trimTail(s string) string {
	cut := false
	for {
		t := strings.TrimRightFunc(s, func(r rune) bool { return letterless(r) && !closing(r) && r != '"' })
		w := lastWord(t)
		low := strings.ToLower(w)
		if w == "" || !strings.HasSuffix(t, w) {
			return t
		}
		switch front := t[:len(t)-len(w)]; {
		case leadWords[low] && (utf8.RuneCountInString(w) > 1 || strings.HasSuffix(s, ".")):
			s, cut = front, true
		case faxWords[low] && leadWords[strings.ToLower(lastWord(front))], cut && (low == "по" || low == "и" || low == "на"):
			s = front
		default:
			return t
		}
	}
}

// trimNumbering drops «1.» and «2)» at the beginning.
func trimNumbering(s string) string {
	rest := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(rest); n > 0 && n < 3 && rest != "" && (rest[0] == '.' || rest[0] == ')') && (len(rest) < 2 || !digit(rest[1])) {
		return trim(rest[1:])
	}
	return s
}
