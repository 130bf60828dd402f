package dump

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Listings tell what a directory's export was made of.
type Listings struct {
	Rows      int
	WithINN   int // the ИНН of a wanted firm, and a phone
	SamePhone int // another sign under the phone of such a firm
	SameName  int // name and town of a wanted firm, without an ИНН
}

// WriteListings writes a directory's export of the given number of rows as
// CSV with the titles of the generic preset. A tenth names a wanted legal
// entity by ИНН, a tenth shares a phone with one of those, two fifths have
// name and town of one, the others are firms that the registry does not know.
// A release of few wanted firms gives fewer of the first three kinds.
func (g *Generator) WriteListings(w io.Writer, rows int) (Listings, error) {
	out := csv.NewWriter(w)
	out.Comma = ';'
	l := &lister{out: out, words: wordsTable(), stats: Listings{}}
	l.row("Название", "ИНН", "Город", "Адрес", "Телефон", "E-mail", "Сайт", "Рубрика")
	m := g.maker()
	var pcg rand.PCG
	r := g.draws(&pcg, drawListing, 0)
	with, same := rows/10, 2*rows/5
	for i := 0; i < g.opt.Docs && l.stats.WithINN+l.stats.SameName < with+same; i++ {
		f := m.firm(scatter(i, stride(g.opt.Docs), 0, g.opt.Docs))
		if !f.wanted || f.kind != kindFirm || f.town == "" || f.noShort {
			continue
		}
		name := l.words.formsShort[f.form] + ` "` + string(f.name) + `"`
		if l.stats.WithINN >= with {
			l.firm(r, name, "", f.town)
			l.stats.SameName++
			continue
		}
		phone := l.firm(r, name, string(f.inn), f.town)
		l.stats.WithINN++
		l.place(r, l.invented(r), "", f.town, phone)
		l.stats.SamePhone++
	}
	for l.stats.Rows < rows {
		p := g.drawPlace(r)
		town := "Москва"
		if len(p.towns) > 0 {
			town = pick(r, p.towns)
		}
		l.firm(r, l.invented(r), "", town)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return l.stats, fmt.Errorf("write listings: %w", err)
	}
	return l.stats, nil
}

// stride has no divisor in common with n, so that steps of it visit all.
func stride(n int) int {
	for s := n*5/8 + 1; ; s++ {
		a, b := s, n
		for b != 0 {
			a, b = b, a%b
		}
		if a == 1 {
			return s
		}
	}
}

// lister writes rows; the writer keeps the first error.
type lister struct {
	out   *csv.Writer
	words words
	stats Listings
}

func (l *lister) row(cells ...string) { _ = l.out.Write(cells) } // the error stays in out

// firm writes a listing with a phone of its own, which it returns.
func (l *lister) firm(r *rand.Rand, name, inn, town string) string {
	// Mobiles of 907 with the running number: nobody has two.
	phone := fmt.Sprintf("+7 907 %03d-%02d-%02d", l.stats.Rows/10_000, l.stats.Rows/100%100, l.stats.Rows%100)
	l.place(r, name, inn, town, phone)
	return phone
}

func (l *lister) place(r *rand.Rand, name, inn, town, phone string) {
	n := strconv.Itoa(l.stats.Rows)
	mail, site := "", ""
	if r.Float64() < 0.6 {
		mail = "zakupki@firma" + n + ".example"
	}
	if r.Float64() < 0.4 {
		site = "https://firma" + n + ".example"
	}
	address := town + ", ул. Примерная, " + strconv.Itoa(1+r.IntN(120))
	l.row(name, inn, town, address, phone, mail, site, pick(r, []string{"Автозапчасти", "Авторемонт", "Подшипники", "Строительство", "Сельхозтехника"}))
	l.stats.Rows++
}

// invented is a name that no firm of the registry has: a sign of two nouns.
func (l *lister) invented(r *rand.Rand) string {
	root := []rune(strings.ToLower(pick(r, l.words.stems)))
	root[0] -= 'а' - 'А'
	return string(root) + "-" + strings.ToLower(pick(r, l.words.roots)+pick(r, l.words.roots))
}
