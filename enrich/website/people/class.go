package people

import (
	"strings"
	"sync"
)

// class tells the lists on which a word stands.
type class uint16

const (
	postWord    class = 1 << iota // makes a text the post of a person
	placeWord                     // makes a text a department or a place
	labelWord                     // leads to a number, see isLabelText
	streetWord                    // of addresses alone
	placeMark                     // of addresses, beside a name in capitals
	hoursWord                     // a day, a time
	notName                       // in capitals beside names
	firstName                     // «Пётр»
	stranger                      // before the name of a street, a firm, an author
	sentence                      // in sentences, menus and forms
	preposition                   // «с», «для»
	leader                        // before the word that names a post
	standIn                       // «исполняющий обязанности»
	contact                       // «контактное лицо»
)

const head = postWord | placeWord

func (w *word) is(c class) bool { return w.class&c != 0 }

// dictionary has the classes of the words that stand on lists as they are.
var dictionary = sync.OnceValue(func() map[string]class {
	m := map[string]class{}
	for _, l := range []struct {
		class class
		words []string
	}{
		{postWord, []string{postWords}},
		{placeWord, []string{placeWords}},
		{labelWord, []string{reachWords, fieldWords, "и для по звонков"}},
		{streetWord, []string{streetWords}},
		{placeMark, []string{placeMarks}},
		{hoursWord, []string{hoursWords}},
		{notName, []string{notNames}},
		{stranger, []string{strangers}},
		{sentence, []string{sentenceWords}},
		{leader, []string{leaders}},
		{contact, []string{"контактное"}},
		{preposition, []string{prepositions}},
		{firstName, []string{fold(maleNames), fold(femaleNames)}},
	} {
		for _, list := range l.words {
			for w := range strings.FieldsSeq(list) {
				m[w] |= l.class
			}
		}
	}
	return m
})

// classOf looks a word up, and the beginnings of heads.
func classOf(known map[string]class, low string) class {
	return known[low] | headClass(low)
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
