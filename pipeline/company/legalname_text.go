package company

import (
	"iter"
	"slices"
	"strings"
)

// leastDepth is how many quotations stand around the whole name.
func leastDepth(tokens []nameToken) int {
	least := -1
	for i := range tokens {
		if t := &tokens[i]; t.kind == tokenWord && (least < 0 || t.depth < least) {
			least = t.depth
		}
	}
	return max(0, least)
}

// within tells where a word stands once those quotations are taken away.
func (t *nameToken) within(least int) (depth, group int) {
	if t.depth <= least {
		return 0, 0
	}
	return t.depth - least, t.group
}

// outermost takes away the quotations that stand around the whole name.
func outermost(tokens []nameToken) []nameToken {
	out := slices.Clone(tokens)
	least := leastDepth(tokens)
	for i := range out {
		out[i].depth, out[i].group = out[i].within(least)
	}
	return out
}

// renderCore writes a name with its inner quotations as «», however deep.
func renderCore(tokens []nameToken) string {
	if len(tokens) == 0 {
		return ""
	}
	size := 0
	for i := range tokens {
		size += len(tokens[i].text) + 1
	}
	var b strings.Builder
	b.Grow(size)
	least := leastDepth(tokens)
	depth, group, comma := 0, 0, false
	for i := range tokens {
		t := &tokens[i]
		if t.kind != tokenWord {
			comma = comma || t.kind == tokenComma && b.Len() > 0
			continue
		}
		toDepth, toGroup := t.within(least)
		if depth > toDepth || depth == toDepth && group != toGroup {
			closeTo := min(toDepth, depth-1)
			b.WriteString(strings.Repeat("»", depth-closeTo))
			depth = closeTo
		}
		if comma { // behind the quotation that ends here
			b.WriteByte(',')
			comma = false
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.Repeat("«", toDepth-depth))
		b.WriteString(t.text)
		depth, group = toDepth, toGroup
	}
	b.WriteString(strings.Repeat("»", depth))
	return strings.Trim(b.String(), " ,")
}

// innermost returns the words of the deepest quotation, the first of several.
func innermost(tokens []nameToken) string {
	least := leastDepth(tokens)
	deepest, itsGroup := 0, 0
	for i := range tokens {
		if depth, group := tokens[i].within(least); tokens[i].kind == tokenWord && depth > deepest {
			deepest, itsGroup = depth, group
		}
	}
	within := make([]nameToken, 0, len(tokens))
	for i := range tokens {
		t := &tokens[i]
		depth, group := t.within(least)
		inside := t.kind == tokenWord && depth == deepest && group == itsGroup
		if inside || t.kind == tokenComma && len(within) > 0 {
			within = append(within, *t)
		}
	}
	return renderCore(within)
}

// description is a usual one that has one abbreviation and one only: «СК» may
// be a строительная or a страховая компания and is left alone.
type description struct {
	long  []string
	short string
}

var usualDescriptions = []description{
	{[]string{"управляющая", "компания"}, "ук"},
	{[]string{"торговый", "дом"}, "тд"},
	{[]string{"научно", "производственное", "объединение"}, "нпо"},
	{[]string{"научно", "производственное", "предприятие"}, "нпп"},
	{[]string{"научно", "производственная", "фирма"}, "нпф"},
	{[]string{"производственно", "коммерческая", "фирма"}, "пкф"},
	{[]string{"торгово", "производственная", "компания"}, "тпк"},
	{[]string{"строительно", "монтажное", "управление"}, "сму"},
	{[]string{"ремонтно", "строительная", "компания"}, "рск"},
	{[]string{"конструкторское", "бюро"}, "кб"},
	{[]string{"агропромышленный", "комплекс"}, "апк"},
	{[]string{"группа", "компаний"}, "гк"},
	{[]string{"машинно", "технологическая", "станция"}, "мтс"},
}

// Descriptions yields the usual descriptions of a name: the words of the long
// spelling and the abbreviation that Name.Key writes for it. The words are the
// caller's own.
func Descriptions() iter.Seq2[[]string, string] {
	return func(yield func([]string, string) bool) {
		for _, d := range usualDescriptions {
			if !yield(slices.Clone(d.long), d.short) {
				return
			}
		}
	}
}

// abbreviate replaces usual descriptions by their abbreviation.
func abbreviate(words []string) []string {
	for i := 0; i < len(words); i++ {
		for _, d := range usualDescriptions {
			if i+len(d.long) <= len(words) && slices.Equal(words[i:i+len(d.long)], d.long) {
				words = slices.Replace(words, i, i+len(d.long), d.short)
			}
		}
	}
	return words
}
