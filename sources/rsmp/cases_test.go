package rsmp

import (
	"strings"
	"testing"
)

// TestDifferentialCases holds scanner and reference together on files made by
// hand: each of these would slip through a slightly wrong scanner.
func TestDifferentialCases(t *testing.T) {
	one, two := firm(1, "45.20"), firm(2, "01.11")
	with := func(piece string) string { // inside a wanted and a dismissed document
		return registry(strings.Replace(one, "<СведМН", piece+"<СведМН", 1), strings.Replace(two, "<СведМН", piece+"<СведМН", 1), licensed)
	}
	between := func(piece string) string { return strings.Replace(registry(one, two), two, piece+two, 1) }
	reversed := strings.NewReplacer(`КодОКВЭД="45.20" НаимОКВЭД="Имя" ВерсОКВЭД="2014"/></СвОКВЭД>`,
		`ВерсОКВЭД="2014" КодОКВЭД="45.20"/></СвОКВЭД><СвОКВЭДотч><СвОКВЭДОсн ВерсОКВЭД="2014" КодОКВЭД="45.31"/></СвОКВЭДотч>`)
	for name, text := range map[string]string{
		"plain":                            registry(one, two),
		"names that are none":              with("<-а/>"),
		"a sign in a name":                 with("<а$б/>"),
		"a digit first":                    with("<1а/>"),
		"two prefixes":                     with("<а:б:в/>"),
		"a prefix":                         with("<а:б/>"),
		"a prefix of nothing":              with("<:б/>"),
		"a letter of another alphabet":     with("<é/>"),
		"an attribute that is none":        with(`<а -б="1"/>`),
		"no space between attributes":      with(`<а б="1"в="2"/>`),
		"an attribute without value":       with(`<а б/>`),
		"a value without quotes":           with(`<а б=1/>`),
		"a slash in a tag":                 with(`<а / б="1"/>`),
		"an end tag with a space":          with("<а></а \n>"),
		"an end tag with more":             with("<а></а б>"),
		"another end tag of equal length":  strings.Replace(registry(one, two), "</СвОКВЭД>", "</СвОКВЭЖ>", 1),
		"it in a dismissed document":       registry(one, strings.Replace(two, "</СвОКВЭД>", "</СвОКВЭЖ>", 1), one),
		"an end tag too long":              strings.Replace(registry(one, two), "</СвОКВЭД>", "</СвОКВЭДотч>", 1),
		"CDATA in a kept text":             strings.ReplaceAll(registry(licensed), "Перевозка", "<![CDATA[a & b &amp; <x>]]>\r\nи"),
		"a comment in a kept text":         strings.ReplaceAll(registry(licensed), "Перевозка", "Пере<!-- x -->возка"),
		"an element in a kept text":        strings.ReplaceAll(registry(licensed), "Перевозка", "Пере<а>x</а>возка<НаимЛицВД>y</НаимЛицВД>"),
		"blocks with one code each":        registry(reversed.Replace(one), two),
		"codes outside their blocks":       with(`<СвОКВЭДОсн КодОКВЭД="45.20"/><Иное><СвОКВЭД><СвОКВЭДДоп КодОКВЭД="45.31"/></СвОКВЭД></Иное>`),
		"two blocks of codes":              with(`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="45.31"/><СвОКВЭДОсн КодОКВЭД="x"/></СвОКВЭД>`),
		"a comment that is no UTF-8":       between("<!-- \xff -->"),
		"an instruction that is no UTF-8":  between("<?x \xff?>"),
		"text between documents":           between("text &amp; more"),
		"an unknown entity between":        between("&x;"),
		"]]> between":                      between("]]>"),
		"CDATA between":                    between("<![CDATA[</Файл>]]>"),
		"a control character between":      between("\x01"),
		"two hyphens in a comment":         between("<!-- -- -->"),
		"a comment of nothing":             between("<!---->"),
		"a comment that does not end":      between("<!--->"),
		"a town and an empty one":          strings.ReplaceAll(registry(one, two), `Наим="ПЕРМЬ"/>`, `Наим="ПЕРМЬ"/><Город Тип="г"/>`),
		"ends of lines in a value":         strings.ReplaceAll(registry(one, two), `ИдДок="`, "ИдДок=\"a\r\nb\rc\n&#13;&#10;"),
		"references to no characters":      strings.ReplaceAll(registry(one, two), `ИдДок="`, `ИдДок="&#1;`),
		"a reference to half of a pair":    strings.ReplaceAll(registry(one, two), `ИдДок="`, `ИдДок="&#xD800;`),
		"a reference without a number":     strings.ReplaceAll(registry(one, two), `ИдДок="`, `ИдДок="&#;`),
		"a capital X in a reference":       strings.ReplaceAll(registry(one, two), `ИдДок="`, `ИдДок="&#X41;`),
		"a reference in the date":          strings.ReplaceAll(registry(one, two), `"10.07.2026"`, `"&#49;0.07.2026"`),
		"an ИНН with spaces":               registry(one, strings.Replace(two, string(firmINN(2)), " "+string(firmINN(2))+" ", 1)),
		"an ИНН by references":             registry(one, strings.Replace(two, string(firmINN(2)), "&#53;"+string(firmINN(2))[1:], 1)),
		"a root of nothing":                strings.Replace(root(0), `<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`, "</Файл>", 1),
		"an empty root element":            strings.Replace(strings.Replace(root(0), `<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`, "", 1), ">", "/>", 1),
		"a root with a prefix":             strings.NewReplacer("<Файл", "<x:Файл", "</Файл", "</x:Файл").Replace(registry(one)),
		"a document with a prefix":         strings.NewReplacer("<Документ", "<x:Документ", "</Документ", "</x:Документ").Replace(registry(one, two)),
		"a space before the declaration":   " " + registry(one),
		"a declaration of 1.1":             strings.Replace(registry(one), `"1.0"`, `"1.1"`, 1),
		"a mark in the middle":             between("\ufeff"),
		"two marks":                        "\ufeff\ufeff" + registry(one),
		"a mark behind the root":           registry(one) + "\ufeff",
		"nothing":                          "",
		"a mark and nothing":               "\ufeff",
		"half of a mark":                   "\xef\xbb",
		"a tag of nothing":                 between("<>"),
		"the last bytes":                   registry(one) + "<",
		"a comment behind the root":        registry(one) + "<!-- x -->\n",
		"CDATA behind the root":            registry(one) + "<![CDATA[ ]]>",
		"a document twice, the same ИНН":   registry(one, one, strings.Replace(one, "45.20", "45.31", 1)),
		"an attribute twice":               strings.Replace(registry(one), `НаимОКВЭД="Имя"`, `НаимОКВЭД="Имя" НаимОКВЭД="Имя"`, 1),
		"an attribute twice, one prefixed": strings.Replace(registry(one), `НаимОКВЭД="Имя"`, `НаимОКВЭД="Имя" x:НаимОКВЭД="Имя"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			for _, req := range requests() {
				for _, size := range []int{5, 64, 333, chunkSize} {
					compare(t, []byte(text), req, size)
				}
			}
		})
	}
}
