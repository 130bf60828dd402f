package page

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Cloudflare's places for a hidden address.
const (
	cfAttr = "data-cfemail"
	cfPath = "/cdn-cgi/l/email-protection#"
)

// joomlaID is how the id of an element begins that waits for Joomla's script.
const joomlaID = "cloak"

// undisguise writes out the e-mail that an element hides, in the tree.
func undisguise(n *html.Node) {
	if n.Data == "joomla-hidden-mail" {
		if mail, ok := joomlaMail(n); ok {
			replaceText(n, mail)
		}
		return
	}
	if n.Data == "span" && strings.HasPrefix(Attr(n, "id"), joomlaID) {
		replaceText(n, "") // «защищён от спам-ботов»: its script writes beside it
		return
	}
	if code := Attr(n, cfAttr); code != "" {
		if mail, ok := cloudflareMail(code); ok {
			replaceText(n, mail)
			if n.Data == "a" {
				setAttr(n, "href", "mailto:"+mail)
			}
		}
		return
	}
	if n.Data != "a" {
		return
	}
	if _, code, ok := strings.Cut(Attr(n, "href"), cfPath); ok {
		if mail, ok := cloudflareMail(code); ok {
			setAttr(n, "href", "mailto:"+mail)
		}
	}
}

// cloudflareMail decodes hexadecimal bytes, all but the first of them combined
// with the first by exclusive or.
func cloudflareMail(code string) (string, bool) {
	if len(code) > 1000 {
		return "", false
	}
	b, err := hex.DecodeString(strings.TrimSpace(code))
	if err != nil || len(b) < 2 {
		return "", false
	}
	for i := range b[1:] {
		b[i+1] ^= b[0]
	}
	mail := string(b[1:])
	return mail, utf8.ValidString(mail) && strings.Contains(mail, "@")
}

// joomlaMail puts the two halves of Joomla's element together, which stand in
// base64.
func joomlaMail(n *html.Node) (string, bool) {
	first, err1 := base64.StdEncoding.DecodeString(Attr(n, "first"))
	last, err2 := base64.StdEncoding.DecodeString(Attr(n, "last"))
	if err1 != nil || err2 != nil || len(first) == 0 || len(last) == 0 {
		return "", false
	}
	mail := string(first) + "@" + string(last)
	return mail, utf8.ValidString(mail)
}

func replaceText(n *html.Node, text string) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: clean(text)})
}

func setAttr(n *html.Node, name, value string) {
	value = clean(value)
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}
