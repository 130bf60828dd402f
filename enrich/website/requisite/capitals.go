package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostWords  = 6
	mostPerson = 4 // «Фамилия Имя Отчество оглы»
)

// notInName are the words in capitals with which a page goes on behind a name
// that has no quotes, in small letters.
var notInName = map[string]bool{
	"инн": true, "кпп": true, "огрн": true, "огрнип": true, "бик": true, "окпо": true, "адрес": true, "юридический": true,
	"фактический": true, "почтовый": true, "юр": true, "тел": true, "телефон": true, "все": true, "россия": true, "рф": true,
	"политика": true, "контакты": true, "реквизиты": true, "директор": true, "генеральный": true, "банк": true, "сайт": true,
	"email": true, "e-mail": true, "город": true, "расчетный": true, "расчётный": true, "лицензия": true, "copyright": true,
	"дата": true, "права": true, "разработка": true, "создание": true, "пользовательское": true, "согласие": true, "полное": true, "сокращенное": true,
	"ооо": true, "оао": true, "зао": true, "пао": true, "ао": true, "ип": true, "г": true, "свидетельство": true, "работаем": true,
}

// capitalsEnd is where the words in capitals behind a place end; the place
// itself if there are none.
func capitalsEnd(text string, at int) int {
	end, words := at, 0
	for i := at; words < mostWords; words++ {
		from, to := nextWord(text, i)
		if from < 0 || strings.Trim(text[i:from], " ") != "" && text[i:from] != " & " {
			break
		}
		w := text[from:to]
		r, _ := utf8.DecodeRuneInString(w)
		if notInName[lower(w)] || !unicode.IsUpper(r) && !unicode.IsDigit(r) && (w != "и" || words == 0) {
			break
		}
		if unicode.IsDigit(r) && (words == 0 || len(w) > 4) {
			break
		}
		if w != "и" {
			end = to
		}
		i = to
	}
	return end
}

// personEnd is where the name of an entrepreneur ends: two to four words in
// capitals, or a surname with initials. «ИП» may be followed by a name in
// quotes, which is no legal name.
func personEnd(text string, at int) int {
	end, words, initials := at, 0, 0
	for i := at; words+initials < mostPerson; {
		from, to := nextWord(text, i)
		if from < 0 || strings.Trim(text[i:from], " .:-–—") != "" || len(text[i:from]) > 5 {
			break
		}
		w := text[from:to]
		r, n := utf8.DecodeRuneInString(w)
		low := lower(w)
		initial := n == len(w) && to < len(text) && text[to] == '.' && unicode.IsUpper(r)
		switch {
		case low == "оглы" || low == "кызы":
			words++
		case initial && words == 1 && initials < 2: // «Вихров А.Г.»: no town
			initials++
			to++
		case notInName[low] || !unicode.IsUpper(r):
			return personDone(at, end, words, initials)
		case initial:
			initials++
			to++
		case n == len(w):
			return personDone(at, end, words, initials)
		default:
			words++
		}
		end, i = to, to
	}
	return personDone(at, end, words, initials)
}

func personDone(at, end, words, initials int) int {
	if words >= 2 || words == 1 && initials >= 1 {
		return end
	}
	return at
}

// nextWord is the next run of letters, digits and inner hyphens.
func nextWord(text string, at int) (from, to int) {
	from = -1
	for i := at; i < len(text); {
		word, n := wordByte(text[i], from >= 0), 1
		switch c := text[i]; {
		case (c == 0xD0 || c == 0xD1) && i+1 < len(text) && text[i+1]&0xC0 == 0x80: // U+0400..U+047F, all letters
			word, n = true, 2
		case c >= utf8.RuneSelf:
			var r rune
			r, n = utf8.DecodeRuneInString(text[i:])
			word = unicode.IsLetter(r) || unicode.IsDigit(r) || from >= 0 && r == '’'
		}
		switch {
		case word && from < 0:
			from = i
		case !word && from >= 0:
			return from, i
		}
		i += n
	}
	return from, len(text)
}

// wordByte tells letters and digits, and the hyphens of a word that has begun.
func wordByte(c byte, begun bool) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) || begun && (c == '-' || c == '\'')
}
