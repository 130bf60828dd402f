package zakupki

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// wanted decides whether a purchase is one of bearings. What the site filtered is
// looked at again: its filter by code is ignored without a word, and its text search
// also finds what stands in attached files.
//
//   - A position whose ОКПД2 is within the codes is wanted, whatever it is called.
//   - A text is wanted if it speaks of one of the words: all parts of it, each at the
//     beginning or end of a word («шарикоподшипников»).
//   - A text that speaks of work («ремонт», «услуги») is not, though the word is in it,
//     unless it speaks of supplying too: «Ремонт подшипников», «Подшипниковый узел
//     насоса в сборе, ремонт» are work; «Подшипники для ремонта насосов» and «Поставка
//     подшипников для ремонта» are goods. So what stands behind the noun is its use,
//     and beside the adjective alone it is the thing itself.
//   - Of a notice that has no subject (the site prints «null») and no positions, the
//     group of the ИКЗ decides.
type wanted struct {
	phrases [][]string // stems of each phrase
	codes   []string
}

func newWanted(words, codes []string) wanted {
	w := wanted{codes: codes}
	for _, word := range words {
		if p := stems(word); len(p) > 0 {
			w.phrases = append(w.phrases, p)
		}
	}
	return w
}

// nounEndings are those of a noun of the second declension; what is longer is
// another word made of it.
var nounEndings = []string{"", "а", "у", "ом", "е", "и", "ы", "ов", "ам", "ами", "ах"}

var (
	workStems   = []string{"ремонт", "обслужив", "диагностик", "монтаж", "демонтаж", "восстановлен", "балансировк", "услуг", "работ", "замен", "переборк"}
	supplyStems = []string{"поставк", "приобретен", "покупк", "снабжен"}
)

// stems folds a phrase and takes the endings off its words.
func stems(phrase string) []string {
	var out []string
	for _, w := range company.FoldWords(phrase) {
		s := strings.TrimRight(w, "аеиоуыэюяйь")
		if utf8.RuneCountInString(s) < 3 {
			s = w
		}
		out = append(out, s)
	}
	return out
}

// purchase tells whether a purchase is wanted, and names the position by which it is
// if the subject does not say so itself.
func (w *wanted) purchase(p *purchase) (by string, ok bool) {
	if w.text(p.subject) {
		return "", true
	}
	for i := range p.positions {
		if w.position(&p.positions[i]) {
			return p.positions[i].name, true
		}
	}
	if p.subject != "" || len(p.positions) > 0 {
		return "", false
	}
	return "", slices.ContainsFunc(p.customers, func(c customer) bool { return w.group(c.code.group) })
}

func (w *wanted) position(p *position) bool {
	return slices.ContainsFunc(p.codes, w.code) || w.text(p.name)
}

// code tells whether an ОКПД2 or КТРУ code is within one of the codes. Every level
// adds digits at the end, so a beginning of the text is one in the tree.
func (w *wanted) code(code string) bool {
	return slices.ContainsFunc(w.codes, func(c string) bool { return strings.HasPrefix(code, c) })
}

// group tells whether a group of ОКПД2 holds one of the codes.
func (w *wanted) group(group string) bool {
	return group != "" && slices.ContainsFunc(w.codes, func(c string) bool { return strings.HasPrefix(c, group) })
}

func (w *wanted) text(text string) bool {
	words := company.FoldWords(text)
	return slices.ContainsFunc(w.phrases, func(phrase []string) bool { return speaksOf(words, phrase) })
}

func speaksOf(words, phrase []string) bool {
	noun, at := false, len(words)
	for _, stem := range phrase {
		found := -1
		for i, w := range words {
			before, ending, ok := strings.Cut(w, stem)
			if !ok || before != "" && ending != "" && !slices.Contains(nounEndings, ending) {
				continue
			}
			if found < 0 {
				found = i
			}
			noun = noun || slices.Contains(nounEndings, ending)
		}
		if found < 0 {
			return false
		}
		at = min(at, found)
	}
	if mentions(words, supplyStems) {
		return true
	}
	if noun {
		words = words[:at]
	}
	return !mentions(words, workStems)
}

// mentions tells whether one of the words begins with one of the stems.
func mentions(words, stems []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(w, s) })
	})
}
