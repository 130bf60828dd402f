package rsmp

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// letters are put together to names and other texts.
var letters = []string{
	"А", "Б", "Я", "Ё", "а", "п", "р", "я", "ё", " ", " ", "-", "'", "’", ".", "—", "\u00a0", "\u2003", "\u3000", "\n", "\r\n", "\r", "\t",
	"«", "»", "№", "“", "x", "Z", "é", "І", "&quot;", "&amp;", "&#32;", "&#160;", "&#x41;", "1",
}

func randomText(r *rand.Rand, from []string, n int) string {
	var b strings.Builder
	for range r.IntN(n + 1) {
		b.WriteString(from[r.IntN(len(from))])
	}
	return b.String()
}

// TestAppendLineAndCalm: the quick ways give what the plain ones do.
func TestAppendLineAndCalm(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	for range 30_000 {
		text := randomText(r, letters[:r.IntN(len(letters))+1], 12)
		meant := value(text).text()
		if got, want := string(appendLine([]byte("x "), value(text))), "x "+members.Line(meant); got != want {
			t.Fatalf("line of %q: %q, want %q", text, got, want)
		}
		if got, want := string(appendCalm([]byte("x "), value(text))), "x "+calm(meant); got != want {
			t.Fatalf("calm of %q: %q, want %q", text, got, want)
		}
	}
	// Of the greatest size a document can have, so that no way through it may be
	// longer than the text.
	const many = elementMax / len("&amp;")
	if got := string(appendText(nil, []byte(strings.Repeat("&amp;", many)), true)); got != strings.Repeat("&", many) {
		t.Errorf("%d of %d references", len(got), many)
	}
	if got := string(appendText(nil, []byte(strings.Repeat("\r", elementMax)), true)); got != strings.Repeat("\n", elementMax) {
		t.Errorf("%d of %d ends of lines", len(got), elementMax)
	}
	long := strings.Repeat("ДЛИННОЕ ИМЯ ", 1000)
	if got := string(appendLine(nil, value(long))); got != members.Line(long) || len(got) > members.TextMax+len("…") {
		t.Errorf("%d bytes of a long name", len(got))
	}
	if got := string(appendCalm(nil, value(long))); got != calm(long) {
		t.Errorf("%d bytes of a long name", len(got))
	}
}

// TestFactsComeSorted: observations are as Sort would leave them, though it is
// called for few.
func TestFactsComeSorted(t *testing.T) {
	var docs []string
	g := newGenerator(11)
	for range 400 {
		g.b.Reset()
		g.document()
		docs = append(docs, g.b.String())
	}
	r := rand.New(rand.NewPCG(2, 2))
	for i := range 200 { // codes in any order and twice, licences and products
		doc := docs[i]
		var add strings.Builder
		for range r.IntN(6) {
			add.WriteString(pick(r, `<СвОКВЭДДоп КодОКВЭД="45.20"/>`, `<СвОКВЭДДоп КодОКВЭД="01.1"/>`, `<СвОКВЭДДоп КодОКВЭД="01.11"/>`, `<СвОКВЭДДоп КодОКВЭД="99"/>`))
		}
		doc = strings.Replace(doc, "</СвОКВЭД>", add.String()+"</СвОКВЭД>", 1)
		add.Reset()
		for range r.IntN(4) {
			add.WriteString(pick(r, `<СвПрод КодПрод="01.11" НаимПрод="Б"/>`, `<СвПрод КодПрод="01.11" НаимПрод="А"/>`, `<СвПрод КодПрод="01.1" НаимПрод="А"/>`,
				`<СвЛиценз НомЛиценз="2"><НаимЛицВД>Перевозка</НаимЛицВД></СвЛиценз>`, `<СвЛиценз НомЛиценз="1"><НаимЛицВД>Перевозка</НаимЛицВД><НаимЛицВД>Аптека</НаимЛицВД></СвЛиценз>`))
		}
		docs = append(docs, strings.Replace(doc, "</Документ>", add.String()+"</Документ>", 1))
	}
	text := []byte(registry(docs...))
	got, _, err := scanned(text, pipeline.Request{}, chunkSize)
	if err != nil || len(got.Observations) < 400 {
		t.Fatalf("%d observations, %v", len(got.Observations), err)
	}
	for _, o := range got.Observations {
		sorted := o
		sorted.Facts = slices.Clone(o.Facts)
		sorted.Sort()
		if !reflect.DeepEqual(sorted, o) {
			t.Errorf("%s: %v, sorted %v", o.Key, facts(o), facts(sorted))
		}
	}
	compare(t, text, pipeline.Request{}, 1000)
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// TestWindowsOfAnySize: where a chunk ends is of no consequence.
func TestWindowsOfAnySize(t *testing.T) {
	text := []byte(strings.Replace(registry(firm(1, "45.20"), licensed, firm(2, "01.11"), firm(3, "45.31")), "<СвЛиценз", "<!-- - --><![CDATA[]]]]><?x y?><СвЛиценз", 1))
	for size := 1; size < 3000; size += 1 + size/32 {
		for _, req := range requests() {
			compare(t, text, req, size)
		}
	}
}

// TestMutations goes through every kind of change by itself and by pairs.
func TestMutations(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 12))
	files := seeds(t)
	for i := range 2000 {
		steps := []byte{byte(i), 0, 0, 0, 0, byte(i / len(mutations)), 0, 0, 0, 0, 16}
		for j := range steps {
			if steps[j] == 0 {
				steps[j] = byte(r.Uint32())
			}
		}
		data := mutate(files[i%len(files)], steps)
		req := requests()[r.IntN(4)]
		compare(t, data, req, 50+r.IntN(3000))
	}
}
