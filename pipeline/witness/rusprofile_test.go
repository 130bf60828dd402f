package witness

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"obzvon/pipeline/company"
	"obzvon/pipeline/realfiles"
)

// A directory that is known to answer robots with cards that are made up: the title may
// be that of the company asked for, and the body of one that does not exist, or the card
// is that of a decoy. Its lists are honest.

// card is what a page prints, place by place.
type card struct {
	titleINN, titleOGRN, titleName string
	bodyINN, bodyOGRN, bodyName    string
	region                         string // code
	textINN                        []string
}

func (c card) said() Said {
	s := Said{Name: c.bodyName, Region: c.region, INNs: append([]string{c.titleINN, c.bodyINN}, c.textINN...)}
	for _, n := range []string{c.titleOGRN, c.bodyOGRN} {
		if n != "" {
			s.OGRNs = append(s.OGRNs, n)
		}
	}
	return s
}

var (
	titlePattern = regexp.MustCompile(`^(.*?)(?:, [^,(]*)? \(ИНН (\d+), ОГРН (\d+)\)$`)
	textPattern  = regexp.MustCompile(`ИНН (\d{10})\D+ОГРН`)
)

func readCard(t *testing.T, text string) card {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	read := func(selector string) string { return strings.TrimSpace(page.Find(selector).First().Text()) }
	var c card
	if m := titlePattern.FindStringSubmatch(read("title")); m != nil {
		c.titleName, c.titleINN, c.titleOGRN = m[1], m[2], m[3]
	}
	c.bodyINN, c.bodyOGRN, c.bodyName = read("#clip_inn"), read("#clip_ogrn"), read("[itemprop=legalName]")
	if r, ok := company.FindRegion(read("[itemprop=addressRegion]")); ok {
		c.region = r.Code
	}
	described, _ := page.Find("[data-description]").Attr("data-description")
	for _, m := range textPattern.FindAllStringSubmatch(described+" "+page.Find("p").Text(), -1) {
		c.textINN = append(c.textINN, m[1])
	}
	return c
}

// registered derives a company as registries hold it.
func registered(inn, ogrn, name, region string) *company.Company {
	o := company.Observation{Source: "registry", Key: inn, INN: company.INN(inn), Date: company.NewDate(2026, time.November, 1)}
	o.Add(company.FieldNameFull, name)
	o.Add(company.FieldOGRN, ogrn)
	o.Add(company.FieldRegion, region)
	o.Sort()
	c := company.Derive(o.INN, []company.Observation{o}, nil)
	return &c
}

// listed reads the companies of an honest list.
func listed(t *testing.T, text string) (all []*company.Company) {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	page.Find("div.company-item").Each(func(_ int, item *goquery.Selection) {
		said := map[string]string{}
		item.Find("dl").Each(func(_ int, dl *goquery.Selection) {
			said[strings.TrimSpace(dl.Find("dt").Text())] = strings.TrimSpace(dl.Find("dd").Text())
		})
		if _, err := company.ParseINN(said["ИНН"]); err != nil {
			t.Errorf("a list holds %q: %v", said["ИНН"], err)
			return
		}
		region := ""
		if r, ok := company.FindRegion(strings.Join(strings.Fields(item.Find("address").Text()), " ")); ok {
			region = r.Code
		}
		all = append(all, registered(said["ИНН"], said["ОГРН"], strings.TrimSpace(item.Find(".company-item__title").Text()), region))
	})
	return all
}

func saved(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(realfiles.Path(t, "rusprofile/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// trueCard is a card in the same markup that tells the truth of an invented company.
const trueCard = `<html><head><title>ООО &quot;Азимут-Сервис&quot;, Пермь (ИНН 5902000008, ОГРН 1025900000004)</title></head><body>
<div class="company-name" itemprop="legalName">ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;АЗИМУТ-СЕРВИС&quot;</div>
<span id="clip_ogrn">1025900000004</span> <span id="clip_inn">5902000008</span>
<address><span itemprop="addressRegion"> Пермский край</span></address>
<div data-description="ООО “Азимут-Сервис” (Пермь). Организации присвоен ИНН 5902000008, ОГРН 1025900000004."></div></body></html>`

var poisoned = []string{"card-6052167-poisoned-body.html", "card-1018752-decoy.html"}

// TestFalseCardsDoNotGetIn: none of them does, whoever is asked for: the company of the title,
// that of the body as though a registry held all that it says, and every company of the
// honest lists.
func TestFalseCardsDoNotGetIn(t *testing.T) {
	known := append(listed(t, saved(t, "search-list-mga-2.html")), listed(t, saved(t, "search-list-lebjazhe-188535.html"))...)
	if len(known) < 94 {
		t.Fatalf("only %d companies in the lists", len(known))
	}
	asked, other, impossible, silent, valid := 0, 0, 0, 0, 0
	for _, name := range poisoned {
		c := readCard(t, saved(t, name))
		if c.titleINN == "" || c.bodyINN == "" || c.bodyName == "" || c.region == "" || c.titleINN == c.bodyINN {
			t.Fatalf("%s is not read: %+v", name, c)
		}
		if _, err := company.ParseINN(c.bodyINN); err == nil {
			valid++
		}
		all := append([]*company.Company{
			registered(c.titleINN, c.titleOGRN, c.titleName, c.region),
			registered(c.titleINN, c.titleOGRN, c.bodyName, c.region), // even if its name were right
			registered(c.titleINN, "", c.bodyName, c.region),
			registered(c.bodyINN, c.bodyOGRN, c.bodyName, c.region),
			registered(c.bodyINN, "", c.bodyName, c.region),
		}, known...)
		for _, inn := range c.textINN {
			all = append(all, registered(inn, "", c.bodyName, c.region))
		}
		for _, who := range all {
			asked++
			err := Page(who, c.said())
			switch {
			case err == nil:
				t.Errorf("%s is believed of ИНН %s", name, who.INN)
			case errors.Is(err, ErrOther):
				other++
			case errors.Is(err, ErrFalse):
				impossible++
			case errors.Is(err, ErrSilent):
				silent++
			}
		}
	}
	t.Logf("%d cards, of which %d have a body with a valid ИНН; asked for %d times: 0 believed, %d about another, %d impossible, %d silent",
		len(poisoned), valid, asked, other, impossible, silent)
}

// TestTrueCardGetsIn: and each single lie of the false cards, put into it, is seen.
func TestTrueCardGetsIn(t *testing.T) {
	c := readCard(t, trueCard)
	who := registered("5902000008", "1025900000004", `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "АЗИМУТ-СЕРВИС"`, "59")
	if err := Page(who, c.said()); err != nil || len(c.said().INNs) != 3 || len(c.said().OGRNs) != 2 {
		t.Fatalf("%v: %+v", err, c)
	}
	lies := 0
	for _, name := range poisoned {
		lie := readCard(t, saved(t, name))
		for what, change := range map[string]func(*card){
			"the ИНН of the body":   func(c *card) { c.bodyINN = lie.bodyINN },
			"the ИНН of the title":  func(c *card) { c.titleINN = lie.titleINN },
			"the ОГРН of the body":  func(c *card) { c.bodyOGRN = lie.bodyOGRN },
			"the ОГРН of the title": func(c *card) { c.titleOGRN = lie.titleOGRN },
			"the name":              func(c *card) { c.bodyName = lie.bodyName },
			"the region":            func(c *card) { c.region = lie.region },
			"the ИНН of the text":   func(c *card) { c.textINN = []string{lie.bodyINN} },
		} {
			spoilt := c
			change(&spoilt)
			if lies++; Page(who, spoilt.said()) == nil {
				t.Errorf("%s of %s is believed", what, name)
			}
		}
	}
	t.Logf("a true card is believed; with one of %d lies it is not", lies)
}
