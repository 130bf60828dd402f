package company

import (
	"slices"
	"strings"
)

// outermost takes away the quotations that stand around the whole name.
func outermost(tokens []nameToken) []nameToken {
	least := -1
	for _, t := range tokens {
		if t.kind == tokenWord && (least < 0 || t.depth < least) {
			least = t.depth
		}
	}
	out := slices.Clone(tokens)
	for i := range out {
		out[i].depth = max(0, out[i].depth-least)
		if out[i].depth == 0 {
			out[i].group = 0
		}
	}
	return out
}

// renderCore writes a name with its inner quotations as «», however deep.
func renderCore(tokens []nameToken) string {
	var b strings.Builder
	depth, group, comma := 0, 0, false
	for _, t := range outermost(tokens) {
		if t.kind != tokenWord {
			comma = comma || t.kind == tokenComma && b.Len() > 0
			continue
		}
		if depth > t.depth || depth == t.depth && group != t.group {
			closeTo := min(t.depth, depth-1)
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
		b.WriteString(strings.Repeat("«", t.depth-depth))
		b.WriteString(t.text)
		depth, group = t.depth, t.group
	}
	b.WriteString(strings.Repeat("»", depth))
	return strings.Trim(b.String(), " ,")
}

// innermost returns the words of the deepest quotation, the first of several.
func innermost(tokens []nameToken) string {
	tokens = outermost(tokens)
	var deepest nameToken
	for _, t := range tokens {
		if t.kind == tokenWord && t.depth > deepest.depth {
			deepest = t
		}
	}
	var within []nameToken
	for _, t := range tokens {
		inside := t.kind == tokenWord && t.depth == deepest.depth && t.group == deepest.group
		if inside || t.kind == tokenComma && len(within) > 0 {
			within = append(within, t)
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
