package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// sieveOf is a sieve for the names and domains given.
func sieveOf(space spaceKind, values ...string) *sieve {
	tokens := newInterner()
	for _, v := range values {
		if v != "" { // names without a key are no tokens
			tokens.intern(space, v)
		}
	}
	return newSieve(tokens, newMarks(tokens.len()))
}

func passes(s *sieve, name string) bool {
	var scratch []uint64
	return s.name(name, &scratch)
}

var (
	testWords = strings.Fields(`Альтаир ВЕГА Сёмга ТД УК нпп ПКФ Торговый дом Управляющая компания Научно-производственное предприятие
		Агропромышленный комплекс Строительно-монтажное управление Группа компаний КБ Конструкторское бюро СКФ SKF ВAЗ COPT XK М-5 №7 Д'АРТ
		Электрон-M ООО АО ПК Филиал оп О.О.О. OOO ИП глава КФХ «Ель „Сосна“» "Клён" ''Дуб'' &quot;Ива&quot; (Ясень) (ООО , ; ) » « " ' - – — 24/7 A&amp;B
		Ⅷ Café İstanbul ẞ й ї общество с ограниченной ответственностью акционерное крестьянское (фермерское) хозяйство в г. Пермь, ИК`)
	testForms = []string{
		`%s`, `ООО "%s"`, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "%s"`, `%s, ООО`, `%s ООО`, `ФИЛИАЛ АО «%s» В Г. УФА`, `Знак (%s, УК, ООО)`,
		`%s (ООО "Икс")`, `Торговый дом ООО "%s"`, `%s, ИК, ООО (Y)`, `ПАО ''%s''`, `OOO %s`,
	}
)

// shapedName makes names in the shapes in which they come, whole and broken.
func shapedName(rng *rand.Rand) string {
	var words []string
	for range 1 + rng.IntN(5) {
		words = append(words, testWords[rng.IntN(len(testWords))])
	}
	name := fmt.Sprintf(testForms[rng.IntN(len(testForms))], strings.Join(words, []string{" ", " ", "-", "\u00a0", ""}[rng.IntN(5)]))
	switch rng.IntN(6) {
	case 0:
		name = strings.ToUpper(name)
	case 1:
		name = strings.ToLower(name)
	case 2:
		name = swapScripts(rng, name)
	case 3:
		b := []byte(name)
		b[rng.IntN(len(b))] = byte(rng.IntN(256))
		name = string(b)
	}
	return name
}

// swapScripts writes some letters as ones of the other script that look alike.
func swapScripts(rng *rand.Rand, s string) string {
	const latin, cyrillic = "ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук"
	from, to := []rune(latin+cyrillic), []rune(cyrillic+latin)
	return strings.Map(func(r rune) rune {
		if i := slices.Index(from, r); i >= 0 && rng.IntN(3) == 0 {
			return to[i]
		}
		return r
	}, s)
}

// checkName holds the sieve against the parser: what has a listed key passes.
func checkName(t *testing.T, name string, others ...string) {
	t.Helper()
	key := company.ParseName(name).Key()
	if key == "" {
		return
	}
	if s := sieveOf(spaceName, append(others, key)...); !passes(s, name) {
		t.Errorf("%q is dismissed, though %q is listed", name, key)
	}
}

func TestSieveDismissesNoListedName(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 30_000 {
		checkName(t, shapedName(rng), company.ParseName(shapedName(rng)).Key())
	}
	long := strings.Repeat("Я", 8000) + " ВЕГА"
	for cut := range 300 {
		checkName(t, long[cut:], "вега")
	}
}

// Names that agree in the parser agree in the sieve, however each is spelled.
func TestSievePassesOtherSpellings(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	byKey := map[string][]string{}
	for range 60_000 {
		name := shapedName(rng)
		if key := company.ParseName(name).Key(); key != "" {
			byKey[key] = append(byKey[key], name)
		}
	}
	shared := 0
	for key, names := range byKey {
		s := sieveOf(spaceName, key)
		if shared += len(names) - 1; len(names) == 1 {
			continue
		}
		for _, name := range names {
			if !passes(s, name) {
				t.Errorf("%q is dismissed, though %q is listed", name, key)
			}
		}
	}
	if shared < 2000 {
		t.Errorf("only %d names share a key: they show little", shared)
	}
}

// A description's two spellings are one name to the parser and to the sieve.
func TestSieveKnowsDescriptions(t *testing.T) {
	known := 0
	for long, short := range company.Descriptions() {
		known++
		name := strings.Join(long, " ")
		if key := (company.Name{Core: name}).Key(); key != short {
			t.Errorf("%q has the key %q, not %q", name, key, short)
		}
		for _, key := range []string{short, short + " вега", "вега " + short} {
			s, spelled := sieveOf(spaceName, key), strings.Replace(key, short, name, 1)
			if !passes(s, key) || !passes(s, spelled) {
				t.Errorf("%q is listed: passes %v, %q passes %v", key, passes(s, key), spelled, passes(s, spelled))
			}
		}
	}
	if known == 0 {
		t.Error("there are no descriptions")
	}
}

func FuzzSieveName(f *testing.F) {
	f.Add(`ООО "ВЕГА"`, "вега")
	f.Add(`ТОРГОВЫЙ ДОМ (ООО "CКФ-М")`, "тд")
	f.Add("НПП &quot;Сёмга–M&quot;", "научно")
	f.Fuzz(func(t *testing.T, name, other string) { checkName(t, name, company.ParseName(other).Key()) })
}

func TestSieveDismissesOthers(t *testing.T) {
	r := newRegistry(1000, 0)
	var keys []string
	for n := range 500 {
		keys = append(keys, company.ParseName(string(r.appendName(nil, n))).Key())
	}
	s, passed := sieveOf(spaceName, keys...), 0
	for n := 500; n < 1000; n++ {
		if passes(s, `ООО "`+string(r.appendName(nil, n))+`"`) {
			passed++
		}
	}
	if passed > 250 {
		t.Errorf("%d of 500 names pass that are not listed", passed)
	}
	var scratch []uint64
	name := `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "НИКТО ТАК НЕ ЗОВЁТСЯ"`
	if s.name(name, &scratch) {
		t.Errorf("%s passes", name)
	}
	if n := testing.AllocsPerRun(100, func() { s.name(name, &scratch); s.host("https://www.nobody.ru") }); n != 0 {
		t.Errorf("%v allocations to dismiss a name and a host", n)
	}
}

// A closed name is not looked for any more.
func TestSieveLeavesOutClosedNames(t *testing.T) {
	s := sieveOf(spaceName, "вега", "вега плюс")
	s.closed.add(0)
	if passes(s, "ВЕГА") || !passes(s, "ВЕГА-ПЛЮС") {
		t.Errorf("closed passes: %v, open passes: %v", passes(s, "ВЕГА"), passes(s, "ВЕГА-ПЛЮС"))
	}
}

// The words of a plain text have the hashes of its folded words, whatever
// stands beside a letter.
func TestHashesOutlastFolding(t *testing.T) {
	for r := rune(1); r < 0x2200; r++ {
		for _, around := range []string{"%c", "%cЖЖ", "жж%c", "J%cJ", "Ж-%c", "%c%[1]cо", "ж%[1]c 5"} {
			text := fmt.Sprintf(around, r)
			got, plain := hashWords(nil, text)
			if !plain {
				continue
			}
			var want []uint64
			for _, w := range company.FoldWords(text) {
				want, _ = hashWords(want, w)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q has other hashes than %q", text, company.FoldWords(text))
			}
		}
	}
	for _, text := range []string{"СЁМГА–5 «Ель» №7", "A-Z\x00\x7f", "\u00a0„ё”"} {
		if _, plain := hashWords(nil, text); !plain {
			t.Errorf("%q is not plain", text)
		}
	}
}
