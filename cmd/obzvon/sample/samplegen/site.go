package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// webKind is what a firm's site is like: first the styles of sites that say
// something, then those from which nothing is to be had.
type webKind int

const (
	webPlain   webKind = iota // UTF-8, tel: links, a page of contacts
	webTable                  // windows-1251, departments in a table, a page of requisites
	webMarked                 // JSON-LD, cloaked mail
	webMoved                  // refreshes to a page inside, numbers in running text
	webOnePage                // everything in the footer
	webStyles  = int(iota)
)

const (
	webForbids webKind = iota + 100 // robots.txt forbids all
	webBroken                       // answers 503
	webEmpty                        // a parked domain
	webForeign                      // prints another firm's ИНН
	webGone                         // no such host
	webNone                         // the firm has none
)

// giveSite decides what the site of an ordinary firm is like: one domain in
// eleven leads nowhere.
func (f *firm) giveSite() {
	switch {
	case f.site == "":
		f.web = webNone
	case f.special:
	case f.number%11 == 5:
		f.web = webGone
	default:
		f.web = webKind(f.number % webStyles)
	}
	f.desk = fmt.Sprintf("907005%04d", f.number)
	f.direct = fmt.Sprintf("907007%04d", f.number)
}

// sitesArchive writes the sites, a folder for each host. A file that begins
// with "HTTP " is a whole answer.
func sitesArchive(firms []*firm) ([]byte, error) {
	pages := map[string]string{}
	for _, f := range firms {
		for path, text := range f.pages() {
			pages[f.site+"/"+path] = text
		}
	}
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	packed := gzip.NewWriter(&out)
	w := tar.NewWriter(packed)
	for _, name := range names {
		text := pages[name]
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text)), ModTime: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	err := errors.Join(w.Close(), packed.Close())
	return out.Bytes(), err
}

// pages are the files of a firm's site by path.
func (f *firm) pages() map[string]string {
	switch f.web {
	case webPlain:
		return map[string]string{"index.html": f.home("/kontakty/"), "kontakty/index.html": f.contacts()}
	case webTable:
		return f.in1251(map[string]string{"index.html": f.home("contacts.html"), "contacts.html": f.table(), "rekvizity.html": f.requisitesPage()})
	case webMarked:
		return map[string]string{"index.html": f.home("/about/contacts"), "about/contacts.html": f.marked()}
	case webMoved:
		return map[string]string{
			"index.html":    `<html><head><meta http-equiv="refresh" content="0; url=/ru/"></head></html>`,
			"ru/index.html": f.home("kontaktnaya-informatsiya"), "ru/kontaktnaya-informatsiya.html": f.running(),
		}
	case webOnePage:
		return map[string]string{"index.html": page(f.called(), f.lead()+f.footer())}
	case webForbids:
		return map[string]string{"robots.txt": "User-agent: *\nDisallow: /\n", "index.html": f.home("/kontakty/"), "kontakty/index.html": f.contacts()}
	case webBroken:
		return map[string]string{"index.html": "HTTP 503\nRetry-After: 3600\n\nсайт на обслуживании"}
	case webEmpty:
		return map[string]string{"index.html": page("Домен припаркован", "<p>Этот домен зарегистрирован и ждёт своего владельца.</p>")}
	case webForeign:
		other := *f
		other.core, other.inn, other.ogrn = "Чужой Образец", companyINN("77", 9_999), companyOGRN("77", 2003, 9_999)
		return map[string]string{"index.html": page(other.core, other.lead()+other.footer())}
	case webGone, webNone:
	}
	return nil
}

func (f *firm) in1251(pages map[string]string) map[string]string {
	for path, text := range pages {
		encoded, err := charmap.Windows1251.NewEncoder().String(strings.Replace(text, "utf-8", "windows-1251", 1))
		if err != nil {
			panic(path + ": " + err.Error())
		}
		pages[path] = encoded
	}
	return pages
}
