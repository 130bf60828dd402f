package website

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html/charset"
)

// Bounds on maps of a site (sitemaps.org).
const (
	maxMaps     = 3 // fetched in one visit
	maxMapBytes = 8 << 20
	maxPlaces   = 50_000 // addresses looked at
)

// mapper is a Web that knows which maps robots.txt names.
type mapper interface {
	Sitemaps(u *url.URL) []string
}

// sitemap looks for pages in the maps of the site, for a home page that leads
// nowhere.
func (v *visit) sitemap() {
	home, err := url.Parse(v.out.home)
	if err != nil {
		return
	}
	maps := []string{home.JoinPath("sitemap.xml").String()}
	if m, ok := v.browser.hop.web.(mapper); ok {
		if named := m.Sitemaps(home); len(named) > 0 {
			maps = named
		}
	}
	seen := map[string]bool{}
	for fetched := 0; fetched < maxMaps && len(maps) > 0; {
		u, err := home.Parse(maps[0])
		maps = maps[1:]
		if err != nil || seen[u.String()] || !v.scope.has(u) || !fits(u) || strings.HasSuffix(u.Path, ".gz") {
			continue // packed files are none of the types that are fetched
		}
		seen[u.String()] = true
		fetched++
		a, err := v.browser.get(u, nil, fits)
		if err != nil {
			v.out.cut = v.out.cut || errors.Is(err, errSpent) || passing(err)
			continue
		}
		pages, more := placesOf(a.body)
		maps = append(maps, more...)
		for _, place := range pages {
			v.place(home, place)
		}
	}
}

// place puts a page that a map names on the frontier if its address speaks for
// it.
func (v *visit) place(home *url.URL, place string) {
	u, err := home.Parse(place)
	if err != nil || !v.scope.has(u) || !worth(u) {
		return
	}
	u.Fragment, u.RawFragment = "", ""
	if t, weight := topicOf("", "", u); weight > 0 {
		v.follow(link{url: u, topic: t, weight: weight}, step{}, v.out.pages[0].Found.URL, nil)
	}
}

// placesOf lists the addresses in a map and the further maps that it names. What cannot be read ends the list.
func placesOf(body []byte) (pages, maps []string) {
	d := xml.NewDecoder(io.LimitReader(bytes.NewReader(body), maxMapBytes))
	d.Strict = false
	d.CharsetReader = charset.NewReaderLabel
	parent := ""
	for len(pages)+len(maps) < maxPlaces {
		t, err := d.Token()
		if err != nil {
			return pages, maps
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := start.Name.Local; name {
		case "url", "sitemap":
			parent = name
		case "loc":
			text, err := textOf(d)
			switch {
			case err != nil:
				return pages, maps
			case parent == "sitemap":
				maps = append(maps, text)
			case parent == "url":
				pages = append(pages, text)
			}
		}
	}
	return pages, maps
}

var errLongPlace = errors.New("an address too long")

// textOf reads the text of the element that has just begun.
func textOf(d *xml.Decoder) (string, error) {
	const most = 2048 // bytes, by the protocol
	text := ""
	for {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if len(text)+len(t) > most {
				return "", errLongPlace
			}
			text += string(t)
		case xml.EndElement:
			return strings.TrimSpace(text), nil
		}
	}
}
