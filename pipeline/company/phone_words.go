package company

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// extension matches «доб. 12», «(доб./ext. 210)», «вн. 5», «ext 7», «#9»,
// ";ext=12" where they begin.
var extension = regexp.MustCompile(`^\(?\s*(?i:(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension)?|добав)[\s./:№]*(?:ext[\s./:]*)?|;ext=|#|\*)\s*(\d{1,6})\)?`)

// extensionAt returns the length of the extension that begins at i, and its
// digits. A letter before it means that the mark is part of a word.
func extensionAt(s string, i int) (int, string) {
	c := s[i]
	if c < utf8.RuneSelf && c != '(' && c != ';' && c != '#' && c != '*' && c != 'e' && c != 'E' {
		return 0, ""
	}
	if r, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsLetter(r) && c != ';' && c != '(' {
		return 0, ""
	}
	m := extension.FindStringSubmatch(s[i:])
	if m == nil {
		return 0, ""
	}
	if rest := s[i+len(m[0]):]; rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return 0, ""
	}
	return len(m[0]), m[1]
}

// Words that say only that a number is a phone.
var phoneLabels = map[string]bool{
	"т": true, "тел": true, "телефон": true, "телефоны": true, "tel": true, "phone": true, "моб": true,
	"мобильный": true, "сот": true, "раб": true, "рабочий": true, "городской": true, "гор": true,
	"контактный": true, "многоканальный": true, "многокан": true, "мобтел": true, "номер": true, "и": true,
	"доб": true, "вн": true, "ext": true,
}

// maxNote bounds a remark, in bytes.
const maxNote = 200

// cleanNote keeps what a remark says beyond "this is a phone".
func cleanNote(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " ()[]{}.,;:-–+~\"'/\\")
	told := false
	for _, w := range FoldWords(s) {
		if !phoneLabels[w] {
			told = true
		}
	}
	if !told {
		return ""
	}
	s, _ = cutAt(s, maxNote)
	return s
}

// cutAt cuts a text after at most n bytes, between two letters.
func cutAt(s string, n int) (head, tail string) {
	if len(s) <= n {
		return s, ""
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], s[n:]
}
