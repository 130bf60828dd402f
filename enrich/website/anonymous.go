package website

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// anonymize takes out what names people, or may: only departments, posts and
// their numbers stay, in words that are known to name nobody, and mailboxes and
// messengers that are nobody's own. The legal name of a sole proprietor stays: it
// is that of the firm.
func anonymize(f *finding.Page) {
	who := newNamed(f)
	for i := range f.Phones {
		f.Phones[i].Label = unlessNames(f.Phones[i].Label)
	}
	f.Emails = slices.DeleteFunc(f.Emails, func(e finding.Email) bool { return who.mail(e.Value) })
	for i := range f.Emails {
		f.Emails[i].Label = unlessNames(f.Emails[i].Label)
	}
	f.Messengers = slices.DeleteFunc(f.Messengers, who.messenger)
	f.Hours = unlessNames(f.Hours)
	f.Names = slices.DeleteFunc(f.Names, func(s string) bool { return who.text(s) && !company.ParseName(s).Form.Person() })
	f.Addresses = slices.DeleteFunc(placesOnly(f.Addresses), who.text)
	for i := range f.People {
		p := &f.People[i]
		p.Name, p.Post = "", unlessNames(p.Post)
		p.Emails = slices.DeleteFunc(p.Emails, who.mail)
	}
	f.People = slices.DeleteFunc(f.People, func(p finding.Person) bool { return p.Post == "" && p.Duty == "" })
}

// unlessNames is the text if it can name nobody, else "".
func unlessNames(s string) string {
	if impersonal(s) {
		return s
	}
	return ""
}

// named is who a page names, and what is the firm's own for certain.
type named struct {
	sounds []string        // of the parts of names, long ones only
	words  map[string]bool // parts of names, folded
	phones map[string]bool // numbers beside a name
	firm   firmWords
}

func newNamed(f *finding.Page) *named {
	n := &named{words: map[string]bool{}, phones: map[string]bool{}, firm: firmWordsOf(f.URL)}
	for i := range f.People {
		p := &f.People[i]
		if p.Name == "" {
			continue
		}
		for _, w := range wordsOf(p.Name) {
			if utf8.RuneCountInString(w) < 3 {
				continue
			}
			n.words[w] = true
			if s := sound(w); len(s) >= leastSound {
				n.sounds = append(n.sounds, s)
			}
		}
		for _, s := range p.Phones {
			n.phones[s] = true
		}
	}
	return n
}

// text tells one that has a part of a name.
func (n *named) text(s string) bool {
	return slices.ContainsFunc(wordsOf(s), func(w string) bool { return n.words[w] })
}

// mail tells a mailbox that bears a name: by its shape, or one that the page
// names.
func (n *named) mail(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	return personal(address) || n.text(local) || !n.firm.own(local) && n.heard(local)
}

func (n *named) heard(text string) bool {
	s := sound(text)
	return slices.ContainsFunc(n.sounds, func(name string) bool { return strings.Contains(s, name) })
}

// messenger tells one that is not certain to be the firm's: a number beside a
// name, or a nick that is not made of the firm's own name.
func (n *named) messenger(value string) bool {
	_, nick, _ := strings.Cut(value, ":")
	if strings.HasPrefix(nick, "+") {
		return n.phones[nick]
	}
	return !n.firm.own(nick)
}

// firmWords are the parts of the name of a firm's host.
type firmWords []string

// leastFirm is how long a word must be to tell a firm, in bytes.
const leastFirm = 4

func firmWordsOf(address string) firmWords {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	s, ok := siteOf(u)
	if !ok {
		return nil
	}
	label, _, _ := strings.Cut(s.Domain, ".")
	words := strings.FieldsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return append(firmWords{strings.Join(words, "")}, words...)
}

// own tells a nick that says the firm's name, and beside it nothing but words
// and figures that any firm may put there.
func (f firmWords) own(nick string) bool {
	rest := squeeze(nick)
	for _, w := range f {
		if len(w) < leastFirm || !strings.Contains(rest, w) {
			continue
		}
		left := strings.FieldsFunc(strings.Replace(rest, w, " ", 1), func(r rune) bool { return r == ' ' || unicode.IsDigit(r) })
		if !slices.ContainsFunc(left, func(s string) bool { return !nickWords[s] }) {
			return true
		}
	}
	return false
}

// squeeze leaves the letters and digits, in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

var nickWords = setOf(`ru rf com su bot shop info sale sales opt official office support help manager market store zavod ooo tk td gk pk
	group company channel chat news online snab zakaz order msk spb ekb nsk perm ural russia rus trade service servis`)

// personal tells a mailbox that bears a person's name by its shape: an initial
// and a surname, a first name, a surname by its ending.
func personal(address string) bool {
	emails, _ := company.ParseEmails(address)
	if len(emails) != 1 {
		return false
	}
	switch emails[0].Role {
	case company.RolePerson:
		return true
	case company.RoleGeneral, company.RoleFree:
	default:
		return false // of a department
	}
	local, domain, _ := strings.Cut(emails[0].Address, "@")
	if label, _, _ := strings.Cut(domain, "."); squeeze(local) == squeeze(label) || generalBox[local] {
		return false
	}
	return slices.ContainsFunc(strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) }), nameOfBox)
}

// generalBox are mailboxes of towns and things whose names end as surnames do.
var generalBox = setOf("saratov rostov tambov pskov serov azov kirov korolev lvov kiev rybinsk berlin dublin magazin admin kamaz spasskaya zakazov metallurgov")

// nameOfBox tells a word of a mailbox's name that is a first name, or ends as
// surnames do in Latin or Cyrillic letters.
func nameOfBox(w string) bool {
	w = strings.ReplaceAll(strings.ToLower(w), "ё", "е")
	if generalBox[w] {
		return false
	}
	const short = 5 // letters: less may be a word
	return firstNames[w] || utf8.RuneCountInString(w) >= short && slices.ContainsFunc(boxEnds, func(e string) bool { return strings.HasSuffix(w, e) })
}

var boxEnds = []string{
	"ov", "ova", "off", "ev", "eva", "eff", "ovich", "evich", "ovna", "evna", "enko", "chuk", "shvili", "idze", "adze", "skiy", "skii", "skij", "sky", "skaya", "skaja", "tskiy", "yan", "kin", "kina", "nin", "nina", "shin", "hin", "hina",
	"ов", "ова", "ев", "ева", "ович", "евич", "овна", "евна", "енко", "чук", "швили", "идзе", "адзе", "ский", "ская", "цкий", "цкая", "ян", "кин", "кина", "нин", "нина", "шин", "хин", "хина",
}

//go:embed data/firstnames.txt
var firstNameList string

// firstNames in Latin letters, as mailboxes have them.
var firstNames = setOf(firstNameList)

// leastSound is how many consonants of a name must be met.
const leastSound = 3

// sound is the consonants of a word, alike in Russian and in any of the usual
// ways to write it in Latin letters.
func sound(s string) string {
	s = latinSounds.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("bvgdzklmnprstfhc", r) {
			return r
		}
		return -1
	}, s)
}

var latinSounds = strings.NewReplacer(
	"shch", "s", "sch", "s", "tch", "c", "sh", "s", "zh", "z", "ch", "c", "kh", "h", "ts", "c", "tz", "c", "ph", "f", "ks", "ks", "x", "ks", "w", "v", "q", "k",
	"б", "b", "в", "v", "г", "g", "д", "d", "ж", "z", "з", "z", "кс", "ks", "к", "k", "л", "l", "м", "m", "н", "n", "п", "p", "р", "r", "тс", "c", "с", "s",
	"т", "t", "ф", "f", "х", "h", "ц", "c", "ч", "c", "ш", "s", "щ", "s",
)
