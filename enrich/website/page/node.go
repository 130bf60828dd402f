package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Attr is the value of an attribute, "" where there is none.
func Attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// unread are elements whose content a reader does not see as text, or sees
// struck out.
var unread = map[string]bool{
	"head": true, "script": true, "style": true, "template": true, "svg": true, "math": true, "canvas": true,
	"iframe": true, "object": true, "embed": true, "video": true, "audio": true, "noframes": true, "noembed": true,
	"select": true, "datalist": true, "textarea": true, "map": true, "del": true, "s": true, "strike": true,
}

// blocks are elements that begin and end lines.
var blocks = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "body": true, "button": true, "caption": true,
	"center": true, "dd": true, "details": true, "dialog": true, "dir": true, "div": true, "dl": true, "dt": true,
	"fieldset": true, "figcaption": true, "figure": true, "footer": true, "form": true, "h1": true, "h2": true,
	"h3": true, "h4": true, "h5": true, "h6": true, "header": true, "hgroup": true, "hr": true, "html": true,
	"legend": true, "li": true, "main": true, "menu": true, "nav": true, "ol": true, "p": true, "pre": true,
	"search": true, "section": true, "summary": true, "table": true, "tbody": true, "td": true, "tfoot": true,
	"th": true, "thead": true, "tr": true, "ul": true, "marquee": true, "noscript": true,
}

// hidden tells what its own tag hides; style sheets are not read.
func hidden(n *html.Node) bool {
	if hasAttr(n, "hidden") {
		return true
	}
	style := Attr(n, "style")
	if style == "" {
		return false
	}
	style = plainStyle(style)
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// backwards tells a text that is shown in reverse, a disguise of e-mails.
func backwards(n *html.Node) bool {
	if n.Data == "bdo" && strings.EqualFold(Attr(n, "dir"), "rtl") {
		return true
	}
	style := Attr(n, "style")
	if !strings.Contains(style, "bidi") {
		return false
	}
	style = plainStyle(style)
	return strings.Contains(style, "bidi-override") && strings.Contains(style, "direction:rtl")
}

func plainStyle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// icon tells the name of a picture in an icon font («phone», «mail_outline»),
// which is drawn and not read.
func icon(n *html.Node) bool {
	if n.Data != "i" && n.Data != "span" && n.Data != "em" || n.FirstChild == nil || n.FirstChild != n.LastChild ||
		n.FirstChild.Type != html.TextNode {
		return false
	}
	class := strings.ToLower(Attr(n, "class"))
	if !strings.Contains(class, "icon") && !strings.Contains(class, "material-symbols") {
		return false
	}
	name := strings.TrimSpace(n.FirstChild.Data)
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
