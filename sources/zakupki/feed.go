package zakupki

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// feedMost is how many items a feed has at most; what is older is not in it.
const feedMost = 200

// feed is the document as the site writes it. It has no guid, and its title is the same
// for every search.
type feed struct {
	XMLName xml.Name `xml:"rss"`
	Channel *struct {
		Items []feedItem `xml:"item"`
	} `xml:"channel"`
}

type feedItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"` // HTML, with spans that nobody closes
	Published   string `xml:"pubDate"`
	Author      string `xml:"author"`
}

// row is one entry of a list.
type row struct {
	purchase *purchase
	raw      string
}

// parseFeed reads a feed. Errors are ErrBroken for XML that is cut, else ErrLayout.
func parseFeed(body []byte) ([]row, error) {
	var f feed
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	err := d.Decode(&f)
	syntax := (*xml.SyntaxError)(nil)
	switch {
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: %w", service.ErrBroken, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", service.ErrLayout, err)
	case f.Channel == nil:
		return nil, fmt.Errorf("%w: a feed without a channel", service.ErrLayout)
	}
	rows := make([]row, 0, len(f.Channel.Items))
	for i := range f.Channel.Items {
		it := &f.Channel.Items[i]
		rows = append(rows, row{it.purchase(), strings.Join([]string{it.Title, it.Link, it.Description, it.Published, it.Author}, "\n")})
	}
	return rows, nil
}

func (it *feedItem) purchase() *purchase {
	said := labelled(it.Description)
	p := &purchase{
		number: numberIn(it.Link, it.Title), page: pageOf(it.Link),
		subject: subjectOf(said.get("наименование объекта закупки", "наименование закупки", "объект закупки")),
		day:     dayOf(said.get("размещено")), updated: dayOf(said.get("обновлено")),
	}
	if !p.day.Known() {
		if t, err := mail.ParseDate(strings.TrimSpace(it.Published)); err == nil {
			p.day = company.DateOf(t)
		}
	}
	if c := strings.ToLower(said.get("валюта")); c == "" || strings.Contains(c, "рубль") {
		p.roubles = roublesOf(said.get("начальная цена", "начальная (максимальная) цена", "цена"))
	}
	var c customer
	c.full = members.Line(said.get("наименование заказчика", "заказчик"))
	if c.full == "" && said.get("организация, осуществляющая размещение", "наименование организации, осуществляющей") == "" {
		c.full = members.Line(textOf(it.Author))
	}
	c.code, _ = findIKZ(said.get("идентификационный код закупки", "икз"))
	p.customers = []customer{c}
	return p
}

// labels are the values of a description by their labels in lower case, in the order
// in which they stand.
type labels []struct{ label, value string }

// get is the first value whose label begins with one of the texts.
func (l labels) get(begins ...string) string {
	for _, b := range begins {
		for _, x := range l {
			if v := members.Line(x.value); strings.HasPrefix(x.label, b) && v != "" {
				return v
			}
		}
	}
	return ""
}

// labelled takes «<strong>Label: </strong>value<br/>» apart. What marks a word of the
// search stands inside words and parts nothing.
func labelled(description string) labels {
	var out labels
	var label string
	inLabel, inValue := false, false
	z := html.NewTokenizer(strings.NewReader(description))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "strong":
				inLabel, inValue, label = true, false, ""
			case "br":
				inValue = false
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "strong" {
				inLabel = false
				l, ok := strings.CutSuffix(strings.TrimSpace(label), ":")
				if inValue = ok && len(out) < 100; inValue {
					out = append(out, struct{ label, value string }{label: strings.ToLower(members.Line(l))})
				}
			}
		case html.TextToken:
			switch text := string(z.Text()); {
			case inLabel:
				label += html.UnescapeString(text)
			case inValue:
				out[len(out)-1].value += html.UnescapeString(text)
			}
		}
	}
}

// textOf is a text without the tags in it.
func textOf(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return members.Line(b.String())
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Text())))
		}
	}
}

// numberIn finds a notice's number: in the link, else behind № in the title.
func numberIn(link, title string) string {
	if u, err := url.Parse(strings.TrimSpace(link)); err == nil {
		if n := numberOf(u.Query().Get("regNumber")); n != "" {
			return n
		}
	}
	if at := strings.LastIndex(title, "№"); at >= 0 {
		return numberOf(title[at+len("№"):])
	}
	return ""
}
