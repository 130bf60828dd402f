package census

import (
	"strconv"
	"strings"
)

// title is a name without its legal form, in parts that spellings differ in.
type title struct {
	kind  *kindWord // «Торговый дом»; nil = none
	words []string  // «Строй», «Сервис»
	glue  string    // between words: "" («Стройсервис»), "-" or " "
	tail  string    // a number or a letter; "" = none
	told  bool      // descriptive: «Пермский завод металлоконструкций»
}

// drawTitle makes a name as firms of a region have them: popular words by the
// hundreds, most put together of two or three stems, many that nobody else has.
//
// The shares were set by reading the names of 628 legal entities in published
// records of ФНС, so that as many pairs of companies share a name as there: 35
// of 196,878, or 1.8 in 10,000 (TestNamesCoincideAsInRegistries).
func drawTitle(d *draw, t *tables, r *region) title {
	switch d.choose(14, 12, 22, 13, 9, 4, 3, 6, 4, 8, 5) {
	case 0:
		return title{words: []string{popular(d, t)}}
	case 1:
		return title{words: []string{vocabulary(t, d.zipf(vocabularySize, 0.5))}}
	case 2:
		return composed(d, t, t.roots[d.zipf(len(t.roots), 0.55)])
	case 3:
		x := composed(d, t, t.roots[d.zipf(len(t.roots), 0.55)])
		x.words = append([]string{pick(d, t.roots)}, x.words...)
		return x
	case 4:
		x := composed(d, t, pick(d, r.stems))
		if d.chance(0.5) {
			x.words = []string{x.words[0], pick(d, t.roots), x.words[1]}
		}
		return x
	case 5:
		return title{kind: &t.kinds[d.zipf(len(t.kinds), 0.6)], words: []string{popular(d, t)}, glue: " "}
	case 6:
		return title{kind: &t.kinds[d.zipf(len(t.kinds), 0.6)], words: []string{coined(d, t)}, glue: " "}
	case 7:
		return descriptive(d, t, r)
	case 8:
		x := title{words: []string{popular(d, t)}, tail: "-" + strconv.Itoa(1+d.zipf(99, 0.9))}
		if d.chance(0.3) {
			x.tail = " " + r.code
		}
		return x
	case 9:
		return title{words: []string{coined(d, t)}}
	default:
		return letters(d)
	}
}

func popular(d *draw, t *tables) string { return t.popular[d.zipf(len(t.popular), 0.6)] }

// vocabularySize is how many words there are beside the most popular ones.
const vocabularySize = 6000

// vocabulary gives one of them. What they look like does not matter, so they
// are made up.
func vocabulary(t *tables, k int) string { return coined(newDraw().of(0, streamWords, k), t) }

func composed(d *draw, t *tables, begin string) title {
	x := title{words: []string{begin, t.tails[d.zipf(len(t.tails), 0.55)]}, glue: pick(d, []string{"", "", "", "-", " "})}
	if d.chance(0.12) {
		x.kind = &t.kinds[d.zipf(len(t.kinds), 0.6)]
	}
	return x
}

func descriptive(d *draw, t *tables, r *region) title {
	begin := r.adj
	if d.chance(0.5) {
		begin = pick(d, t.ranks)
	}
	words := []string{begin}
	if d.chance(0.4) {
		words = append(words, pick(d, t.branches)+"-"+pick(d, t.branches))
	} else {
		words = append(words, pick(d, t.branches))
	}
	return title{words: append(words, t.heads[d.zipf(len(t.heads), 1)]), glue: " ", told: true}
}

// coined is a word that hardly anybody has: «Ларвикон».
func coined(d *draw, t *tables) string {
	var w strings.Builder
	for range 2 + d.below(2) {
		w.WriteString(pick(d, t.onsets) + pick(d, t.vowels))
	}
	return capital(w.String() + pick(d, t.endings))
}

func letters(d *draw) title {
	all := []rune(abbreviationLetters)
	var w []rune
	for range 3 + d.zipf(3, 1) {
		w = append(w, all[d.zipf(len(all), 0.5)])
	}
	return title{words: []string{string(w)}}
}

// drawSign makes what stands over the door of a firm that is called otherwise.
func drawSign(d *draw, t *tables, r *region) title {
	if d.chance(0.4) {
		return drawTitle(d, t, r)
	}
	x := title{words: []string{t.signs[d.zipf(len(t.signs), 0.7)]}}
	switch d.choose(5, 2, 2) {
	case 1:
		x.tail = " " + strconv.Itoa(1+d.below(99))
	case 2:
		x.words, x.glue = append(x.words, pick(d, t.tails)), " "
	}
	return x
}

// body is the name without its kind.
func (x *title) body() string {
	var b strings.Builder
	for i, w := range x.words {
		if i > 0 {
			b.WriteString(x.glue)
			if x.glue == "" {
				w = strings.ToLower(w)
			}
		}
		b.WriteString(w)
	}
	b.WriteString(x.tail)
	return b.String()
}

// kindText is how the kind is written.
func (x *title) kindText(short bool) string {
	switch {
	case x.kind == nil:
		return ""
	case short && x.kind.short != "":
		return x.kind.short
	}
	return x.kind.long
}

// plain is «ТД Вектор».
func (x *title) plain(short bool) string {
	return strings.TrimSpace(x.kindText(short) + " " + x.body())
}

// quoted is «ТОРГОВЫЙ ДОМ "ВЕКТОР"», as registries have it.
func (x *title) quoted(short bool) string {
	if x.kind == nil {
		return x.body()
	}
	return x.kindText(short) + ` "` + x.body()
}

// key is the same for all spellings of the name.
func (x *title) key() uint64 { return sameKey(x.plain(true)) }

// initials is «УЗМК»; "" for a name of fewer than three words.
func (x *title) initials() string {
	var b strings.Builder
	n := 0
	for _, w := range x.words {
		for part := range strings.SplitSeq(w, "-") {
			b.WriteString(strings.ToUpper(first(part)))
			n++
		}
	}
	if n < 3 {
		return ""
	}
	return b.String()
}
