package evidence

import (
	"strings"
	"sync"

	"obzvon/pipeline/company"
)

// trades is a set of what firms live by, as coarse as a code of ОКВЭД and a
// directory's rubric can agree on.
type trades uint32

// tradeKinds are the codes (by their beginnings) and the beginnings of words in
// rubrics and descriptions that tell each trade, with how many of a hundred
// firms are of it. The firms are those that a supplier of spare parts collects,
// so the shares are of their trades.
var tradeKinds = []struct {
	codes, stems string
	share        float64
}{
	{"45.2 45.40.5", "автосервис авторемонт автомойк шиномонтаж сто кузовн техобслуж автостекл детейлинг тюнинг развал схожден акпп мкпп автоэлектр стартер", 0.14},
	{"45.1 45.3 45.4", "автозапчаст запчаст автотовар автоаксессуар автомагазин автокомпонент автодетал автомасл мотомасл аккумулятор шины шин диски автоэмал автосалон мотозапчаст", 0.14},
	{"46.1 46.6", "подшипник оборудован станки станк спецтехник инструмент насос редуктор электродвигател резинотехн ремни сельхозтехник", 0.12},
	{"46.72 46.73 46.74", "металлопрокат металлобаз стройматериал строительн крепеж метиз сантех кровл пиломатериал сплав нержаве труб утеплит", 0.1},
	{"46.71 47.30", "азс заправочн нефтепродукт топлив гсм бензин нефтебаз", 0.02},
	{"01 02 03", "сельск сельхоз растениевод животновод птицевод птицефабрик фермер крестьянск агро зернов посев молочн лесозаготов рыбовод теплиц", 0.08},
	{"10 11", "пищев мукомол мельниц комбикорм хлеб пекарн мясо молоко кондитер напит", 0.04},
	{"05 06 07 08 09", "добыч добыва карьер щебень песок уголь угольн рудник руд горно нерудн шахт золото недр скважин бурени буров", 0.03},
	{"24 25 28 29 30 33", "металлообработ литейн машиностро станкостро токарн фрезер металлоконструк завод механическ мехобработ сварочн ремонтно автокомплект промышленн электродвигател", 0.1},
	{"16 17 31", "лесопил пиломатериал деревообраб мебел бумаг картон фанер столяр", 0.04},
	{"41 42 43", "строительств строительн монтаж дорожн землян асфальт отделоч благоустр подряд кровл фундамент генподряд мостов", 0.13},
	{"23", "бетон жби железобетон кирпич цемент раствор плитк стеклозавод", 0.02},
	{"35 36 37 38 39", "котельн тепло теплов теплоснаб водоснаб электростанц энерго электросет энергоснаб водоканал газоснаб отход мусор утилизац", 0.03},
	{"49 50 51 52 53", "грузоперевоз перевозк логист транспортн склад складск эвакуатор экспедиц терминал такси пассажирск доставк", 0.1},
	{"77", "аренд прокат лизинг", 0.03},
	{"19 20 21 22", "пластмасс полимер резинов химич химия лакокрас упаковк пластиков пленк", 0.03},
	{"26 27", "электротехн электрощит приборостро светотехник кабель трансформатор", 0.02},
}

// maxTradeText is how much of a rubric or description is read, in bytes.
const maxTradeText = 300

type tradeStems map[string][]tradeStem // by the first two letters

type tradeStem struct {
	stem string
	of   trades
}

var tradeIndex = sync.OnceValue(func() tradeStems {
	m := tradeStems{}
	for i, kind := range tradeKinds {
		for stem := range strings.FieldsSeq(kind.stems) {
			at := stem[:tradeKey]
			m[at] = append(m[at], tradeStem{stem, 1 << i})
		}
	}
	return m
})

const tradeKey = len("аб")

// tradesOf reads a rubric, a description, or what stands beside a name.
func tradesOf(text string) (t trades) {
	text = text[:min(len(text), maxTradeText)]
	var stack [2 * maxTradeText]byte
	folded := company.AppendFolded(stack[:0], text)
	index := tradeIndex()
	for len(folded) > 0 {
		w := folded
		folded = nil
		for i, c := range w {
			if c == ' ' {
				w, folded = w[:i], w[i+1:]
				break
			}
		}
		if len(w) < tradeKey {
			continue
		}
		for _, s := range index[string(w[:tradeKey])] {
			if len(w) >= len(s.stem) && string(w[:len(s.stem)]) == s.stem && (len(s.stem) > len("сто") || len(w) == len(s.stem)) {
				t |= s.of
			}
		}
	}
	return t
}

// tradeOfCode reads a code of ОКВЭД.
func tradeOfCode(code string) (t trades) {
	for i, kind := range tradeKinds {
		for begin := range strings.FieldsSeq(kind.codes) {
			if rest, ok := strings.CutPrefix(code, begin); ok && (rest == "" || rest[0] == '.' || strings.Contains(begin, ".")) {
				t |= 1 << i
			}
		}
	}
	return t
}

// share is how many of a hundred firms are of one of the trades.
func (t trades) share() (sum float64) {
	for i := range tradeKinds {
		if t&(1<<i) != 0 {
			sum += tradeKinds[i].share
		}
	}
	return min(1, sum)
}

// title names the first of the trades by its beginning in the classifier.
func (t trades) title() string {
	for i := range tradeKinds {
		if t&(1<<i) != 0 {
			code, _, _ := strings.Cut(tradeKinds[i].codes, " ")
			return code
		}
	}
	return ""
}

// findTrade compares what a directory files the listing under with the main
// code of the firm. Many firms live by something else than their main code, so
// that it says little, and further codes only keep it from speaking against.
func (c *comparison) findTrade() finding {
	f := finding{kind: kindTrade}
	ours, main, further := c.listing.trades, c.firm.trades, c.firm.further
	if ours == 0 || main == 0 {
		return f
	}
	f.value = main.title()
	switch {
	case ours&main != 0:
		f.agrees, f.weight, f.odds = true, max(0, weight(sameTrade.m, ours.share())), sameTrade.odds()
	case ours&further == 0:
		f.weight, f.odds = weight(otherTrade.m, max(1-ours.share(), otherTrade.m)), otherTrade.odds()
	}
	return f
}
