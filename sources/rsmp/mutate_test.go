package rsmp

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/members"
)

// mutator changes a file in ways that real and hostile ones differ, driven by
// bytes, so that a fuzzer finds its way through them.
type mutator struct {
	text  string
	steps []byte
}

// mutate applies what steps say to a file. The same steps do the same.
func mutate(text []byte, steps []byte) []byte {
	m := &mutator{text: string(text), steps: steps}
	for len(m.steps) > 0 && len(m.text) < 1<<17 {
		mutations[m.next()%len(mutations)](m)
	}
	return []byte(m.text)
}

func (m *mutator) next() int {
	if len(m.steps) == 0 {
		return 0
	}
	n := m.steps[0]
	m.steps = m.steps[1:]
	return int(n)
}

// far is a number large enough to reach any place of a small file.
func (m *mutator) far() int { return m.next()<<8 | m.next() }

var (
	anyTag   = regexp.MustCompile(`<[^<>]*>`)
	startTag = regexp.MustCompile(`<[^<>/!?][^<>]*>`)
	attr     = regexp.MustCompile(`[^\s<>="']+\s*=\s*("[^"<]*"|'[^'<]*')`)
	row      = regexp.MustCompile(`(?s)<Документ .*?</Документ>`)
	count    = regexp.MustCompile(`КолДок="[^"]*"`)
	okved    = regexp.MustCompile(`КодОКВЭД="[^"]*"`)
)

// change picks one match and puts what make says in its place.
func (m *mutator) change(what *regexp.Regexp, change func(string) string) {
	found := what.FindAllStringIndex(m.text, -1)
	if len(found) == 0 {
		return
	}
	at := found[m.far()%len(found)]
	m.text = m.text[:at[0]] + change(m.text[at[0]:at[1]]) + m.text[at[1]:]
}

// pieces are put into files: each of them has broken some parser.
var pieces = []string{
	"<!-- x -->", "<!-- <Документ> </Документ> -->", "<!----", "<!-- -- -->", "<![CDATA[x]]>", "<![CDATA[</Документ>]]>", "]]>",
	"<?note x?>", `<?xml version="1.0"?>`, "<!DOCTYPE x>", "&amp;", "&#1054;", "&#x41F;", "&#0;", "&#xD800;", "&nbsp;", "&", ">", "/>", "<", `"`, "'",
	"\r\n", "\r", "\t", "\x00", "\xff", "\xd0", "\ufeff", "\u00a0", "№", "“", "😀", "\uffff", " ", "=", "/", ":", "ё",
	"<!--/></Документ>-->", "<![CDATA[/></Документ>]]>", "<?x /></Документ>?>", "<Документ><а>x/></а></Документ>",
	"<Документ>", "</Документ>", `<Документ ИдДок="x"/>`, "<СвОКВЭД>", "</СвОКВЭД>", `<СвОКВЭДОсн КодОКВЭД="45.20"/>`,
	`<СвОКВЭДДоп КодОКВЭД="45.31" ВерсОКВЭД="2001"/>`, `<ОргВклМСП ИННЮЛ="5900000010"/>`, `<ИПВклМСП ИННФЛ="540000001050"/>`,
	`<ССЧР ВеличССЧР="7"/>`, "<я:СвОКВЭД>", "<НаимЛицВД>a/></НаимЛицВД>", `<Иное>x"/></Иное>`, `<Иное/>x>`, "</Файл>", "<Файл>",
	` ДатаСост="01.01.2020"`, ` x:КодОКВЭД="45.20"`, ` xmlns:x=""`, ` НаимОрг='"'`, ` НаимОрг=">"`,
}

var mutations = []func(*mutator){
	func(m *mutator) { // another order of attributes
		m.change(startTag, func(s string) string {
			found := attr.FindAllString(s, -1)
			if len(found) < 2 {
				return s
			}
			i, j := m.next()%len(found), m.next()%len(found)
			return strings.NewReplacer(found[i], found[j], found[j], found[i]).Replace(s)
		})
	},
	func(m *mutator) { // an attribute twice
		m.change(attr, func(s string) string { return s + " " + s })
	},
	func(m *mutator) { // the other quotes
		m.change(attr, func(s string) string { return strings.NewReplacer(`"`, `'`, `'`, `"`).Replace(s) })
	},
	func(m *mutator) { // spaces around the equals sign
		m.change(attr, func(s string) string { return strings.Replace(s, "=", " \n= ", 1) })
	},
	func(m *mutator) { // a letter as a reference
		m.change(attr, func(s string) string {
			name, v, _ := strings.Cut(s, "=")
			for i, r := range v {
				if i > 0 && i < len(v)-1 && r != '&' && r != ';' && r != '#' && r != utf8.RuneError {
					return name + "=" + v[:i] + fmt.Sprintf("&#%d;", r) + v[i+len(string(r)):]
				}
			}
			return s
		})
	},
	func(m *mutator) { // something between two tags
		m.change(anyTag, func(s string) string { return s + pieces[m.next()%len(pieces)] })
	},
	func(m *mutator) { // something in a value
		m.change(attr, func(s string) string {
			at := 1 + strings.IndexAny(s, `"'`)
			return s[:at] + pieces[m.next()%len(pieces)] + s[at:]
		})
	},
	func(m *mutator) { // something behind an attribute
		m.change(attr, func(s string) string { return s + pieces[m.next()%len(pieces)] })
	},
	func(m *mutator) { // something anywhere
		at := m.far() % (len(m.text) + 1)
		m.text = m.text[:at] + pieces[m.next()%len(pieces)] + m.text[at:]
	},
	func(m *mutator) { // a tag is lost
		m.change(anyTag, func(string) string { return "" })
	},
	func(m *mutator) { // a tag comes twice
		m.change(anyTag, func(s string) string { return s + s })
	},
	func(m *mutator) { // an empty element is written out, or the reverse
		m.change(startTag, func(s string) string {
			inner := strings.TrimSuffix(strings.TrimSuffix(s[1:], ">"), "/")
			if strings.HasSuffix(s, "/>") {
				name, _, _ := strings.Cut(inner, " ")
				return "<" + inner + "></" + name + ">"
			}
			return "<" + inner + "/>"
		})
	},
	func(m *mutator) { // around an element
		m.change(startTag, func(s string) string {
			if !strings.HasSuffix(s, "/>") {
				return s
			}
			around := []string{"Документ", "Иное", "СвОКВЭД", "СвОКВЭДотч", "х:у"}[m.next()%5]
			return "<" + around + ">" + s + "</" + around + ">"
		})
	},
	func(m *mutator) { // a document twice, or in a comment, CDATA, another one
		m.change(row, func(s string) string {
			switch m.next() % 5 {
			case 0:
				return s + s
			case 1:
				return "<!--" + s + "-->"
			case 2:
				return "<![CDATA[" + s + "]]>"
			case 3:
				return strings.Replace(s, "</Документ>", s+"</Документ>", 1)
			default:
				return "<Документ2>" + s + "</Документ2>"
			}
		})
	},
	func(m *mutator) { // another code
		codes := []string{"45.20.1", "45.31", "45", "45.2", "01.11", "4", "45.20.10", "", " 45.20 ", "99.9", "45.2O"}
		m.change(okved, func(string) string { return `КодОКВЭД="` + codes[m.next()%len(codes)] + `"` })
	},
	func(m *mutator) { // another count
		m.change(count, func(string) string { return fmt.Sprintf(`КолДок="%d"`, m.next()%8) })
	},
	func(m *mutator) { // the right count of what there is
		n := newReference([]byte(m.text))
		_ = n.read(func(int64, *refDocument, []byte) {})
		m.text = count.ReplaceAllLiteralString(m.text, fmt.Sprintf(`КолДок="%d"`, n.rows))
	},
	func(m *mutator) { // cut
		m.text = m.text[:m.far()%(len(m.text)+1)]
	},
	func(m *mutator) { // a byte order mark, another encoding
		switch m.next() % 4 {
		case 0:
			m.text = "\ufeff" + m.text
		case 1:
			m.text = strings.Replace(m.text, "UTF-8", "windows-1251", 1)
		case 2:
			m.text = strings.Replace(m.text, `encoding="UTF-8"`, `encoding = 'utf8'`, 1)
		default:
			m.text = strings.TrimPrefix(m.text, declaration)
		}
	},
	func(m *mutator) { // a prefix
		m.change(startTag, func(s string) string { return "<x:" + s[1:] })
	},
	func(m *mutator) { // many of something
		piece, n := pieces[m.next()%len(pieces)], m.next()
		m.change(anyTag, func(s string) string { return s + strings.Repeat(piece, n) })
	},
}

// repaired puts bare documents in the place of those that were dismissed at a
// glance: what may be wrong inside them is gone.
func repaired(data []byte, dismissed []span) []byte {
	var out bytes.Buffer
	at := 0
	for _, s := range dismissed {
		out.Write(data[at:s.from])
		fmt.Fprintf(&out, `<Документ ДатаСост="%s"><ОргВклМСП ИННЮЛ="7700000030"/></Документ>`, members.DateOf(value(s.composed).text()))
		at = s.to
	}
	out.Write(data[at:])
	return out.Bytes()
}
