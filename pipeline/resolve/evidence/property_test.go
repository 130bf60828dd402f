package evidence

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var (
	drawWords = strings.Fields("Белозор Вега Уралтехника Оникс Сервис Авто Плюс Шинный центр Belozor Vega НПО Завод подшипников СМУ-5 Торговый дом М 2000")
	drawForms = []string{"ООО «%s»", "%s", "АО «%s»", "%s, ООО", "ИП %s", "%s (ООО «Ромб»)"}
	drawTowns = []string{"region=59|city=Пермь", "region=59|city=Кунгур", "region=66|city=Екатеринбург", "region=77", "city=Пермь", "region=50|city=Химки", ""}
)

// drawFacts makes facts of a firm or a listing in which much may agree.
func drawFacts(rng *rand.Rand) string {
	var facts []string
	add := func(chance int, format string, args ...any) {
		if rng.IntN(100) < chance {
			facts = append(facts, fmt.Sprintf(format, args...))
		}
	}
	for range 1 + rng.IntN(2) {
		var words []string
		for range 1 + rng.IntN(3) {
			words = append(words, drawWords[rng.IntN(len(drawWords))])
		}
		field := []string{"brand", "short", "full"}[rng.IntN(3)]
		add(90, "%s=%s", field, fmt.Sprintf(drawForms[rng.IntN(len(drawForms))], strings.Join(words, " ")))
	}
	if at := drawTowns[rng.IntN(len(drawTowns))]; at != "" {
		facts = append(facts, at)
	}
	add(20, "short=ИП Вымышленный %s.%s.", []string{"П", "А"}[rng.IntN(2)], []string{"И", "О"}[rng.IntN(2)])
	add(60, "phone=+7907000000%d", rng.IntN(4))
	add(40, "phone=+7342200000%d", rng.IntN(4))
	add(40, "site=https://site%d.example", rng.IntN(3))
	add(40, "email=info@site%d.example", rng.IntN(3))
	add(30, "email=box%d@pochta.example", rng.IntN(3))
	add(50, "address=ул. Ленина, %d", 1+rng.IntN(3))
	add(30, "okved=%s", []string{"45.20", "45.32.1", "42.11"}[rng.IntN(3)])
	add(30, "rubric=%s", []string{"Автосервис", "Автозапчасти для иномарок", "Дорожное строительство"}[rng.IntN(3)])
	add(20, "ogrn=%s", validOGRN(rng.IntN(3)))
	add(20, "printed=%s", validOGRN(rng.IntN(3)))
	add(20, "inn=%s", validINN(rng.IntN(3)))
	return strings.Join(facts, "|")
}

// drawCount counts each token alike however often it is asked.
func drawCount(seed uint64) func(uint64) Count {
	return func(hash uint64) Count {
		h := hashWord(seed, hash)
		c := Count{Firms: 1 + int(h%5), Listings: 1 + int(h>>8%7)}
		if h>>16%10 == 0 {
			c.Firms, c.More = CarrierLimit, true
		}
		return c
	}
}

func sumOf(w Weighed) (sum int64) {
	for _, e := range w.Evidence {
		sum += e.Weight
	}
	return sum
}

func TestPiecesAddUp(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(1, 2))
	kinds := map[string]int{}
	for n := range 20_000 {
		listing, firm := listingOf(m, drawFacts(rng)), firmOf(m, validINN(rng.IntN(3)), drawFacts(rng))
		w := m.Weigh(listing, firm, drawCount(uint64(n)))
		if sumOf(w) != w.Weight {
			t.Fatalf("%d in pieces, %d in all", sumOf(w), w.Weight)
		}
		if w.Evidence[0].Kind != kindPrior {
			t.Fatalf("%s stands first", w.Evidence[0].Kind)
		}
		for i, e := range w.Evidence {
			kinds[e.Kind]++
			if e.Weight == 0 || slices.ContainsFunc(w.Evidence[:i], func(f store.Evidence) bool { return f.Kind == e.Kind && f.Value == e.Value }) {
				t.Fatalf("%+v counts for nothing or twice", e)
			}
		}
		if again := m.Weigh(listing, firm, drawCount(uint64(n))); again.Weight != w.Weight || !slices.Equal(again.Evidence, w.Evidence) {
			t.Fatal("weighed again it weighs another weight")
		}
	}
	for _, k := range []string{
		kindINN, kindOGRN, kindPhone, kindEmail, kindSite, kindName, kindPerson, kindLegal, kindForm, kindTrade, kindRegion, kindCity, kindAddress,
	} {
		if kinds[k] == 0 {
			t.Errorf("no piece of kind %s was ever weighed", k)
		}
	}
}

// A fact of the firm's that the listing gains never speaks against it, nor one
// that both lacked.
func TestAgreeingFactsNeverLowerTheWeight(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(3, 4))
	raised := 0
	for n := range 20_000 {
		inn := validINN(rng.IntN(3))
		ours, theirs := drawFacts(rng), drawFacts(rng)
		facts := strings.Split(theirs, "|")
		gained := facts[rng.IntN(len(facts))]
		switch field, _, _ := strings.Cut(gained, "="); field {
		// Pairs of places; numbers that are not the firm's own; trades, of which
		// one that agrees says less the more there are.
		case "region", "city", "inn", "printed", "okved", "rubric", "":
			continue
		case "brand", "full":
			gained = "short=" + strings.TrimPrefix(strings.TrimPrefix(gained, "brand="), "full=")
		}
		firm, count := firmOf(m, inn, theirs), drawCount(uint64(n))
		before := m.Weigh(listingOf(m, ours), firm, count)
		after := m.Weigh(listingOf(m, ours+"|"+gained), firm, count)
		if after.Weight < before.Weight {
			t.Errorf("%q against %q: %q lowers the weight", ours, theirs, gained)
			logEvidence(t, before)
			logEvidence(t, after)
			return
		}
		if after.Weight > before.Weight {
			raised++
		}
	}
	if raised < 3000 {
		t.Errorf("only %d facts raised a weight: they show little", raised)
	}
}

// The more carry what agrees, the less it says.
func TestCarriersLowerTheWeight(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		listing, firm := listingOf(m, drawFacts(rng)), firmOf(m, validINN(rng.IntN(3)), drawFacts(rng))
		last := Weighed{Weight: math.MaxInt64}
		for _, firms := range []int{1, 2, 8, 63, 64, 65} {
			w := m.Weigh(listing, firm, shared(firms, 1))
			if w.Weight > last.Weight {
				logEvidence(t, last)
				logEvidence(t, w)
				t.Fatalf("%d with %d carriers, %d with fewer", w.Weight, firms, last.Weight)
			}
			last = w
		}
	}
}

func TestOrderOfFactsIsNothing(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(7, 8))
	for range 5000 {
		a, b := obs(drawFacts(rng)), obs(drawFacts(rng))
		one := m.Firm(validINN(1), []company.Observation{a, b})
		c, d := a, b
		c.Facts, d.Facts = slices.Clone(a.Facts), slices.Clone(b.Facts)
		rng.Shuffle(len(c.Facts), func(i, j int) { c.Facts[i], c.Facts[j] = c.Facts[j], c.Facts[i] })
		slices.Reverse(d.Facts)
		two := m.Firm(validINN(1), []company.Observation{d, c})
		if one.Digest() != two.Digest() || !slices.Equal(one.Tokens(), two.Tokens()) {
			t.Fatalf("%+v and %+v in another order make another party", a.Facts, b.Facts)
		}
	}
}

func TestDigestsTellPartiesApart(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(9, 10))
	seen := map[uint64]string{}
	for range 20_000 {
		p := listingOf(m, drawFacts(rng))
		q := *p
		q.digest = 0
		text := fmt.Sprintf("%+v", q)
		if other, ok := seen[p.Digest()]; ok && other != text {
			t.Fatalf("one digest of\n%s\n%s", other, text)
		}
		seen[p.Digest()] = text
	}
	for name, pair := range map[string][2]string{
		"site and mail": {"site=https://vega.example", "email=info@vega.example"},
		"sign and name": {"brand=Вега", "short=Вега"},
		"places":        {"region=59|city=Пермь", "region=59|city=Кунгур"},
	} {
		if listingOf(m, pair[0]).Digest() == listingOf(m, pair[1]).Digest() {
			t.Errorf("%s: one digest", name)
		}
	}
}

// Digests and hashes stand in stores: another value here asks for a new version.
func TestHashesLast(t *testing.T) {
	m := testModel()
	p := listingOf(m, "brand=Белозор|region=59|city=Пермь|phone=+79070000001")
	if got, want := hashOf(KindPhone, "+79070000001"), uint64(0x5c16c4c65ddbf5d5); got != want {
		t.Errorf("the hash of a phone is %#x, was %#x", got, want)
	}
	if got, want := p.Digest(), uint64(0x976523cee2ae893b); got != want {
		t.Errorf("the digest of a party is %#x, was %#x", got, want)
	}
}

func TestTokensAreRisingAndDistinct(t *testing.T) {
	m, rng := testModel(), rand.New(rand.NewPCG(11, 12))
	for range 5000 {
		checkTokens(t, m.Grown(firmOf(m, validINN(1), drawFacts(rng)), listingOf(m, drawFacts(rng)), listingOf(m, drawFacts(rng))))
	}
}

func checkTokens(t *testing.T, p *Party) {
	t.Helper()
	tokens := p.Tokens()
	for i := range tokens {
		if i > 0 && tokens[i-1].Hash >= tokens[i].Hash {
			t.Fatalf("tokens %x and %x", tokens[i-1].Hash, tokens[i].Hash)
		}
		if k := tokens[i].Kind; k < KindNumber || k > KindAddress {
			t.Fatalf("a token of kind %d", k)
		}
	}
	if len(tokens) > maxTokens {
		t.Fatalf("%d tokens", len(tokens))
	}
}
