// Package page turns the bytes of a web page into lines of text as a reader
// sees them, with what stands behind them: links, tables, cards, headings,
// the part of the page. Nothing is fetched and no script is run.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Bounds on one page. What lies beyond them is cut off: contacts stand in the
// header, the footer and on short pages.
const (
	MaxBytes = 4 << 20 // of the body, as sent
	maxTags  = 100_000
	maxLines = 20_000
	maxText  = 4 << 20 // bytes of all lines
)

// ErrNotHTML is a body that is no text: an archive, a picture, a program.
var ErrNotHTML = errors.New("not a page")

// ErrTooDeep is a page whose elements stand in one another deeper than any
// reader shows.
var ErrTooDeep = errors.New("page nested too deep")

// Page is one page as it was found.
type Page struct {
	URL   *url.URL // where it was found at last
	Base  *url.URL // what its links are relative to: <base href>, else URL
	Title string
	// Doc is the whole tree, its texts and attributes without controls. E-mails
	// that Cloudflare, Joomla or a simple script hide are written out in it.
	Doc   *goquery.Document
	Lines []Line
	Data  []any // JSON-LD objects (map[string]any, numbers as json.Number); lists and @graph opened
}

// Part is the part of a page in which something stands.
type Part uint8

// The parts. The innermost decides: a form in the footer is Form.
const (
	Main Part = iota
	Header
	Nav
	Footer
	Aside
	Form
)

// Bold is the Heading of a line that is no heading but all bold.
const Bold = 7

// Line is what a reader sees as one line or paragraph: the text of one block,
// or of a part of it between two <br>. Scripts, styles, comments, templates,
// lists to choose from, and what is hidden or struck out are left out.
type Line struct {
	// Text has single spaces, no breaks, and entities decoded; controls, soft
	// hyphens and marks without width are gone. It is "" only for a line that
	// consists of icons with links.
	Text    string
	Heading int  // 1..6, Bold, 0 = plain
	Part    Part // of the page
	// Box is the number, from 1, of the smallest container that repeats and
	// holds more than this line: a card, a column, a list item, a table row (or
	// cell, where cells are cards). 0 = none. Lines of one Box follow each
	// other, but for boxes inside it.
	Box      int
	Row, Col int        // of the innermost table, from 1, columns with spans counted; 0 = not in one
	Table    int        // number of that table, from 1; 0 = not in one
	Node     *html.Node // the innermost element that holds the whole line
	Links    []Link     // those in or across this line
}

// Link is a link, or that part of it which stands in one line.
type Link struct {
	Text     string // Line.Text[From:To]
	Href     string // as written, white space trimmed; see Page.Resolve
	From, To int    // bytes of Line.Text
	Node     *html.Node
}

// Parse reads a page. The charset is that of the byte order mark, then what
// the bytes say for themselves (UTF-8 is never met by chance), then the one
// declared in contentType (a Content-Type header, may be ""), in <meta>, and
// at last the likeliest of the Russian ones.
func Parse(u *url.URL, body []byte, contentType string) (*Page, error) {
	if len(body) > MaxBytes {
		body = body[:MaxBytes]
	}
	text := decode(body, contentType)
	if i := bytes.IndexByte(text, 0); i >= 0 && i < sniff {
		return nil, fmt.Errorf("read %s: %w", u, ErrNotHTML)
	}
	root, err := html.ParseWithOptions(bytes.NewReader(cutTags(text)), html.ParseOptionEnableScripting(false))
	if err != nil {
		// The bytes are in memory: the only thing to go wrong is depth.
		return nil, fmt.Errorf("read %s: %w: %w", u, ErrTooDeep, err)
	}
	scrub(root)
	p := &Page{URL: u, Base: u}
	p.Doc = goquery.NewDocumentFromNode(root)
	p.setBase()
	p.Doc.Url = p.Base
	p.Title = collapse(p.Doc.Find("title").First().Text())
	w := walker{page: p}
	w.walk(root, state{})
	w.flush()
	p.Data = readData(root)
	return p, nil
}

// Resolve makes a link of the page absolute, without its fragment. It is not
// ok for what is no address of a page: other schemes, broken ones.
func (p *Page) Resolve(href string) (*url.URL, bool) {
	u, err := url.Parse(strings.Map(dropControls, strings.TrimSpace(href)))
	if err != nil {
		return nil, false
	}
	u = p.Base.ResolveReference(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, false
	}
	u.Fragment, u.RawFragment = "", ""
	return u, true
}

// setBase takes the first <base> that has an address.
func (p *Page) setBase() {
	p.Doc.Find("base[href]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		href, _ := s.Attr("href")
		u, ok := p.Resolve(href)
		if ok && strings.TrimSpace(href) != "" {
			p.Base = u
			return false
		}
		return true
	})
}

// cutTags cuts a page off after a number of tags.
func cutTags(text []byte) []byte {
	if bytes.Count(text, []byte("<")) <= maxTags {
		return text
	}
	at := 0
	for range maxTags {
		at += bytes.IndexByte(text[at:], '<') + 1
	}
	return text[:at-1]
}

// dropControls drops line breaks and tabs, which browsers drop from addresses.
func dropControls(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}
