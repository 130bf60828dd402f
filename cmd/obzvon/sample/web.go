package sample

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/textproto"
	"path"
	"strconv"
	"strings"
	"time"
)

// Web answers for the sample's sites from sites.tar.gz, so that visits can be
// shown without a network: a folder for each host, index.html for a folder,
// "page" for page.html. A file that begins with "HTTP " is a whole answer; a
// host without a folder does not exist.
type Web struct{ hosts map[string]map[string]file }

// file is a page as it lies in the archive.
type file struct {
	name string
	body []byte
	date time.Time
}

// NewWeb reads the sites.
func NewWeb() (*Web, error) {
	data, err := fs.ReadFile(FS(), "sites.tar.gz")
	if err != nil {
		return nil, fmt.Errorf("sample sites: %w", err)
	}
	plain, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("sample sites: %w", err)
	}
	w := &Web{hosts: map[string]map[string]file{}}
	for r := tar.NewReader(plain); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return w, nil
		}
		if err != nil {
			return nil, fmt.Errorf("sample sites: %w", err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("sample site %s: %w", head.Name, err)
		}
		host, name, _ := strings.Cut(head.Name, "/")
		if w.hosts[host] == nil {
			w.hosts[host] = map[string]file{}
		}
		w.hosts[host]["/"+name] = file{head.Name, body, head.ModTime.UTC().Truncate(time.Second)}
	}
}

// RoundTrip implements http.RoundTripper.
func (w *Web) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		_ = req.Body.Close() // nothing is sent
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	host := strings.TrimPrefix(strings.ToLower(req.URL.Hostname()), "www.")
	pages, ok := w.hosts[host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host in the sample", Name: host, IsNotFound: true}
	}
	f, ok := find(pages, req.URL.Path)
	if !ok {
		return answer(req, http.StatusNotFound, nil, nil), nil
	}
	if rest, ok := bytes.CutPrefix(f.body, []byte("HTTP ")); ok {
		return whole(req, rest)
	}
	header := http.Header{"Last-Modified": {f.date.Format(http.TimeFormat)}, "Content-Type": {contentType(f.name)}}
	if since, err := http.ParseTime(req.Header.Get("If-Modified-Since")); err == nil && !f.date.After(since) {
		return answer(req, http.StatusNotModified, header, nil), nil
	}
	return answer(req, http.StatusOK, header, f.body), nil
}

func find(pages map[string]file, at string) (file, bool) {
	at = path.Clean("/" + at)
	for _, name := range []string{at, path.Join(at, "index.html"), at + ".html"} {
		if f, ok := pages[name]; ok {
			return f, true
		}
	}
	return file{}, false
}

// contentType leaves the charset to the page, as many servers do.
func contentType(name string) string {
	kind, _, _ := mime.ParseMediaType(mime.TypeByExtension(path.Ext(name)))
	if kind == "" {
		kind = "text/plain"
	}
	return kind
}

// whole reads an answer as it is written: status, headers, an empty line, body.
func whole(req *http.Request, text []byte) (*http.Response, error) {
	status, rest, _ := bytes.Cut(text, []byte("\n"))
	code, err := strconv.Atoi(string(bytes.TrimSpace(status)))
	if err != nil {
		return nil, fmt.Errorf("sample answer: %w", err)
	}
	head, body, _ := bytes.Cut(rest, []byte("\n\n"))
	header, err := textproto.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader(head), strings.NewReader("\n\n")))).ReadMIMEHeader()
	if err != nil {
		return nil, fmt.Errorf("sample answer: %w", err)
	}
	return answer(req, code, http.Header(header), body), nil
}

func answer(req *http.Request, code int, header http.Header, body []byte) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: code, Status: http.StatusText(code), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req,
	}
}
