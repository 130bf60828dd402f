package rsmp

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// TestWordsOfTags: what is read as eight bytes are those letters.
func TestWordsOfTags(t *testing.T) {
	for letters, word := range map[string]uint64{
		"СвОК": wordCode, "ВЭДД": wordExtra, "Доку": wordDocument, "ОргВ": wordOrg, "ИПВк": wordSole,
	} {
		if got := binary.LittleEndian.Uint64([]byte(letters)); got != word {
			t.Errorf("%s: %#x, the constant is %#x", letters, got, word)
		}
	}
}

// TestFilterAgreesWithWanted holds the compiled codes against Wanted.Any, with
// prefixes of any length and kind.
func TestFilterAgreesWithWanted(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	shapes := []string{"00", "00.0", "00.00", "00.00.0", "00.00.00"}
	digits := func(shape string) string {
		return strings.Map(func(c rune) rune {
			if c == '0' {
				return '0' + rune(r.IntN(3))
			}
			return c
		}, shape)
	}
	for range 2000 {
		var req pipeline.Request
		for range 1 + r.IntN(4) {
			prefix := digits(shapes[r.IntN(len(shapes))])
			prefix = prefix[:r.IntN(len(prefix)+1)]
			if r.IntN(20) == 0 {
				prefix += "12345"
			}
			req.Wanted.Codes = append(req.Wanted.Codes, company.OKVED(prefix))
		}
		f := newFilter(req)
		for range 20 {
			code := company.OKVED(digits(shapes[r.IntN(len(shapes))]))
			p, ok := packCode([]byte(code))
			if !ok || f.wants(p) != req.Wanted.Any(code) {
				t.Fatalf("%s of %q: %t, packed %t", code, req.Wanted.Codes, f.wants(p), ok)
			}
			if got := string(p.appendTo(nil)); got != string(code) {
				t.Fatalf("%s comes back as %s", code, got)
			}
		}
	}
	if f := newFilter(pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{""}}}); f.everything || f.wants(0) {
		t.Error("an empty code is taken for everything")
	}
}

func TestPackCodeAgreesWithParse(t *testing.T) {
	for _, s := range []string{
		"45", "45.2", "45.20", "45.20.1", "45.20.11", "", "4", "4.5", "45.", "45.2.", "45.200", "45.20.", "45.20.111", "4520", "а5", "45,2", "45.2O", ".5.20",
	} {
		want, err := company.ParseOKVED(s)
		p, ok := packCode([]byte(s))
		if ok != (err == nil) || string(p.appendTo(nil)) != string(want) {
			t.Errorf("%q: %t, %s; want %s, %v", s, ok, p.appendTo(nil), want, err)
		}
	}
}

// TestPackedOrder is the order of texts.
func TestPackedOrder(t *testing.T) {
	texts := []string{"01", "01.1", "01.11", "01.11.1", "01.11.11", "01.11.2", "01.2", "02", "10", "99.00"}
	for i := range texts {
		for j := range texts {
			a, _ := packCode([]byte(texts[i]))
			b, _ := packCode([]byte(texts[j]))
			if (a < b) != (texts[i] < texts[j]) {
				t.Errorf("%s and %s", texts[i], texts[j])
			}
		}
	}
}

// TestValidINN agrees with company.ParseINN on right and wrong numbers.
func TestValidINN(t *testing.T) {
	g := newGenerator(5)
	texts := []string{"", "0", "0000000000", "000000000000", " 5900000010", "5900000010 ", "590000001", "59000000100", "590000001a", "５９0000001"}
	for range 3000 {
		texts = append(texts, g.innOrg(), g.innSole(), string(g.digits(10)), string(g.digits(12)))
	}
	for _, s := range texts {
		inn, err := company.ParseINN(s)
		if got := validINN([]byte(s)); got != (err == nil && string(inn) == s) {
			t.Errorf("%q: %t, want %v", s, got, err)
		}
	}
}

// TestSortKey is the order of the texts of numbers of both lengths.
func TestSortKey(t *testing.T) {
	g := newGenerator(6)
	texts := []string{"0100000000", "010000000000", "9999999999"}
	for range 500 {
		texts = append(texts, g.innOrg(), g.innSole())
	}
	slices.Sort(texts)
	for i := 1; i < len(texts); i++ {
		a, b := sortKey([]byte(texts[i-1])), sortKey([]byte(texts[i]))
		if (a < b) != (texts[i-1] < texts[i]) {
			t.Errorf("%s and %s: %d, %d", texts[i-1], texts[i], a, b)
		}
	}
}

// TestGlance tells what is dismissed without a closer look, so that the
// published form cannot fall out of it unseen.
func TestGlance(t *testing.T) {
	f := newFilter(pipeline.Request{Wanted: wantCars(), Held: heldOnly(firmINN(9))})
	plain := firm(1, "01.11")
	counted := strings.Replace(plain, "<ОргВклМСП", `<ССЧР ВеличССЧР="120"/><ОргВклМСП`, 1)
	for _, c := range []struct {
		name, doc string
		want      bool
	}{
		{"as published", plain, true},
		{"with texts", licensed, true},
		{"headcount first", counted, true},
		{"wanted", firm(1, "45.20.1"), false},
		{"held", firm(9, "01.11"), false},
		{"wrong ИНН", strings.Replace(plain, string(firmINN(1)), "5900000011", 1), false},
		{"another order of attributes", strings.Replace(plain, `КодОКВЭД="01.11" НаимОКВЭД="Имя"`, `НаимОКВЭД="Имя" КодОКВЭД="01.11"`, 1), false},
		{"a comment", strings.Replace(plain, "<СвОКВЭД>", "<!-- --><СвОКВЭД>", 1), false},
		{"raw < in a value", strings.Replace(plain, "Имя", "a < b", 1), false},
		{"raw < and a letter in a value", strings.Replace(plain, "Имя", "a <Имя b", 1), false},
		{"a raw end tag in a value", strings.Replace(plain, "Имя", "a </Имя> b", 1), false},
		{"a tag not ended", strings.Replace(plain, "</СвОКВЭД>", "", 1), false},
		{"another document in it", strings.Replace(plain, "<СвОКВЭД>", plain+"<СвОКВЭД>", 1), false},
		{"the end in a comment", strings.Replace(plain, "<СвОКВЭД>", "<!--/></Документ>--><СвОКВЭД>", 1), false},
		{"the end in CDATA", strings.Replace(plain, "<СвОКВЭД>", "<![CDATA[/></Документ>]]><СвОКВЭД>", 1), false},
		{"the end in an instruction", strings.Replace(plain, "<СвОКВЭД>", "<?x /></Документ>?><СвОКВЭД>", 1), false},
		{"text like the end of a tag in another document in it", strings.Replace(plain, "<СвОКВЭД>", "<Документ><а>x/></а></Документ><СвОКВЭД>", 1), false},
		{"an empty document", strings.Replace(plain, `ПризНовМСП="2">`, `ПризНовМСП="2"/>`, 1), false},
		{"an empty document and text", strings.Replace(plain, `ПризНовМСП="2">`, `ПризНовМСП="2"/>x>`, 1), false},
		{"a person and a company", strings.Replace(plain, "<ОргВклМСП", `<ИПВклМСП ИННФЛ="540000001050"/><ОргВклМСП`, 1), false},
		{"two companies", strings.Replace(plain, "<СведМН", `<ОргВклМСП ИННЮЛ="7700000030"/><СведМН`, 1), false},
		{"two subjects", strings.Replace(plain, "<СведМН", `<ИПВклМСП ИННФЛ="540000001050"/><СведМН`, 1), false},
	} {
		b := []byte(c.doc + plain + plain)
		n, composed := f.glance(b)
		if (n > 0) != c.want || n > 0 && (n != len(c.doc) || string(composed) != "10.07.2026") {
			t.Errorf("%s: %d bytes of %d, %q", c.name, n, len(c.doc), composed)
		}
	}
	text := newGenerator(7).member(500)
	r := newFilter(wantShare(0.12))
	to := &glances{}
	s := scanner{filter: r}
	if err := s.scan(strings.NewReader(text), chunkSize, to); err != nil || to.dismissed < 400 {
		t.Errorf("%+v, %v", to, err)
	}
}

// glances counts.
type glances struct{ dismissed, looked int }

func (*glances) begin(*envelope) {}

func (g *glances) dismiss([]byte) { g.dismissed++ }

func (g *glances) document(int64, *document, []byte) bool { g.looked++; return true }

func (g *glances) String() string {
	return fmt.Sprintf("%d dismissed, %d looked at", g.dismissed, g.looked)
}
