package company

import (
	"strings"
	"unicode"
)

// String is the name as people write it: the form abbreviated, shouting
// capitals calmed, quotes «», inner ones „“: «ООО «Урал Полярный»». A person
// gets no quotes: «ИП Сосновский Пётр Ильич».
func (n Name) String() string {
	person := n.Form == FormIP || n.Form == FormKFH && looksLikePerson(n.Core)
	core := calm(n.Core, person)
	switch {
	case n.Form == "":
		return core
	case core == "":
		return string(n.Form)
	case person:
		return string(n.Form) + " " + core
	}
	return string(n.Form) + " «" + innerQuotes.Replace(core) + "»"
}

var innerQuotes = strings.NewReplacer("«", "„", "»", "“")

// looksLikePerson tells a head of КФХ from the name of a farm: initials or a
// patronymic.
func looksLikePerson(core string) bool {
	words := FoldWords(core)
	for i, w := range words {
		patronymic := i == 2 && len(words) <= 4 && endsWithAny(w, "вич", "вича", "вны", "вна", "ич", "ична", "ичны")
		initials := len(words) == 3 && i == 1 && isLoneLetter(w) && isLoneLetter(words[2])
		if patronymic || initials {
			return true
		}
	}
	return false
}

func endsWithAny(s string, tails ...string) bool {
	for _, t := range tails {
		if strings.HasSuffix(s, t) {
			return true
		}
	}
	return false
}

// calm turns a name of capitals into ordinary spelling. A name that has a
// lower-case letter was spelled by somebody who knew how and is left alone.
func calm(core string, person bool) string {
	if strings.IndexFunc(core, unicode.IsLower) >= 0 {
		return core
	}
	described := strings.Contains(core, "«")
	words := strings.Split(core, " ")
	quoted := false
	for i, w := range words {
		quoted = quoted || strings.Contains(w, "«")
		switch {
		case person:
			words[i] = calmPersonWord(w)
		case i > 0 && i+1 < len(words) && functionWords[strings.ToLower(w)]:
			words[i] = strings.ToLower(w)
		default:
			// Before an inner quotation stands a description: «Завод
			// железобетонных изделий „Арьевский“».
			words[i] = calmWord(w, i > 0 && described && !quoted)
		}
	}
	return strings.Join(words, " ")
}

var functionWords = map[string]bool{
	"и": true, "в": true, "во": true, "на": true, "по": true, "с": true, "со": true, "к": true, "у": true,
	"о": true, "об": true, "от": true, "до": true, "из": true, "за": true, "для": true, "под": true, "при": true,
}

// calmWord calms each part of a hyphenated word.
func calmWord(w string, lower bool) string {
	parts := strings.Split(w, "-")
	for i, p := range parts {
		letters := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
		if letters == "" || isAbbreviation(letters) {
			continue
		}
		if lower {
			parts[i] = strings.ToLower(p)
		} else {
			parts[i] = titleWord(p)
		}
	}
	return strings.Join(parts, "-")
}

func calmPersonWord(w string) string {
	switch w {
	case "ОГЛЫ", "КЫЗЫ", "УГЛИ", "КИЗИ":
		return strings.ToLower(w)
	}
	if strings.Contains(w, ".") {
		return w // initials
	}
	parts := strings.Split(w, "-")
	for i := range parts {
		parts[i] = titleWord(parts[i])
	}
	return strings.Join(parts, "-")
}

// titleWord puts all but the first letter in lower case.
func titleWord(w string) string {
	first := true
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return r
		}
		if first {
			first = false
			return r
		}
		return unicode.ToLower(r)
	}, w)
}

// isAbbreviation guesses whether capitals are an abbreviation: no vowel, or
// at most four letters that do not read as a Russian word. Letters with dots
// or digits between them are one always.
func isAbbreviation(w string) bool {
	runes := []rune(strings.ToUpper(w))
	shape := make([]byte, len(runes))
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			return true
		case strings.ContainsRune("АЕЁИОУЫЭЮЯAEIOUY", r):
			shape[i] = 'v'
		case r == 'Ь' || r == 'Ъ':
			return false // no abbreviation has them
		default:
			shape[i] = 'c'
		}
	}
	if !strings.Contains(string(shape), "v") {
		return true
	}
	switch string(runes) {
	case "НЕ", "МЫ", "ДА", "НО", "АРТ", "МАЯ", "ТРИ", "ДВА", "ДНИ", "СНЫ", "ЭКО", "АВТО", "ЭКСПО":
		return false
	}
	switch len(runes) {
	case 1, 2:
		return true
	case 3:
		// КИТ, ИВА and ЭРА are words; ТЭК, СМУ and АТП are not.
		s := string(shape)
		return s != "vcv" && (s != "cvc" || runes[1] == 'Э')
	case 4:
		s := string(shape)
		return strings.Contains(s, "ccc") || strings.HasSuffix(string(runes), "Ц") && strings.HasSuffix(s, "cc") || s == "vvcc"
	}
	return false
}
