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

// drawTitle makes a name as firms of a region have them. Popular names come by
// the hundreds, most are put together of two or three words.
func drawTitle(d *draw, t *tables, r *region) title {
	switch d.choose(22, 32, 10, 8, 7, 6, 4, 6, 5) {
	case 0:
		return title{words: []string{t.popular[d.zipf(len(t.popular), 0.8)]}}
	case 1:
		return composed(d, t, t.roots[d.zipf(len(t.roots), 0.55)])
	case 2:
		x := composed(d, t, t.roots[d.zipf(len(t.roots), 0.55)])
		x.words = append([]string{pick(d, t.roots)}, x.words...)
		return x
	case 3:
		return composed(d, t, pick(d, r.stems))
	case 4:
		return title{kind: &t.kinds[d.zipf(len(t.kinds), 0.6)], words: []string{t.popular[d.zipf(len(t.popular), 0.7)]}, glue: " "}
	case 5:
		return descriptive(d, t, r)
	case 6:
		x := title{words: []string{t.popular[d.zipf(len(t.popular), 0.8)]}, tail: "-" + strconv.Itoa(1+d.zipf(99, 0.9))}
		if d.chance(0.3) {
			x.tail = " " + r.code
		}
		return x
	case 7:
		return coined(d, t)
	default:
		return letters(d)
	}
}

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

func coined(d *draw, t *tables) title {
	w := pick(d, t.onsets) + pick(d, t.vowels)
	for range 1 + d.below(2) {
		w += pick(d, t.onsets) + pick(d, t.vowels)
	}
	return title{words: []string{capital(w + pick(d, t.endings))}}
}

func letters(d *draw) title {
	all := []rune(abbreviationLetters)
	var w []rune
	for range 3 + d.zipf(3, 1) {
		w = append(w, pick(d, all))
	}
	return title{words: []string{string(w)}}
}

// drawSign makes what stands over the door of a firm that is called otherwise.
func drawSign(d *draw, t *tables, r *region) title {
	if d.chance(0.45) {
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
