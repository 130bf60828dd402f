package fetch_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// coded answers with a body as if packed.
func coded(coding string, body []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(body)
	})
}

func TestGuestUnpacks(t *testing.T) {
	text := strings.Repeat("<p>подшипник 6205</p>", 3000)
	packed := zipped(t, text)
	wrong := bytes.Clone(packed)
	wrong[len(wrong)-6] ^= 1 // of the checksum
	spoilt := bytes.Clone(packed)
	for i := 20; i < 60; i++ {
		spoilt[i] ^= 0xff
	}
	for name, c := range map[string]struct {
		answer http.Handler
		body   string
		want   string
		is     error
	}{
		"gzip":                  {coded("gzip", packed), text, "", nil},
		"by its old name":       {coded("X-GZip", packed), text, "", nil},
		"in two members":        {coded("gzip", append(bytes.Clone(packed), packed...)), text + text, "", nil},
		"something behind":      {coded("gzip", append(bytes.Clone(packed), "<!-- x -->"...)), text, "", nil},
		"identity":              {coded("identity", []byte(text)), text, "", nil},
		"empty":                 {coded("gzip", nil), "", "", nil},
		"not packed at all":     {coded("gzip", []byte(text)), "", "broken", pipeline.ErrDamaged},
		"checksum wrong":        {coded("gzip", wrong), text, "broken", pipeline.ErrDamaged},
		"spoilt":                {coded("gzip", spoilt), "", "broken", nil},
		"ends early":            {coded("gzip", packed[:len(packed)/2]), "", "broken", fetch.ErrTruncated},
		"packed as nobody asks": {coded("br", packed), "", "content", fetch.ErrContent},
		"packed twice":          {coded("gzip, gzip", packed), "", "content", fetch.ErrContent},
	} {
		t.Run(name, func(t *testing.T) {
			s := visit(t)
			s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: c.answer})
			for range 2 { // what unpacks is used again
				body, err := s.get(t, fetchtest.URL(firm, "/"))
				if fetch.Outcome(err) != c.want || c.is != nil && !errors.Is(err, c.is) {
					t.Errorf("%v, want %q", err, c.want)
				}
				if (c.want == "" || c.body != "") && body != c.body {
					t.Errorf("%d bytes, want %d", len(body), len(c.body))
				}
			}
		})
	}
}

// told is what an answer says besides its body.
type told struct {
	code            int
	length          int64
	unpacked, empty bool
	header          http.Header
}

func TestGuestAnswers(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Pages: page("x"), Gzip: true})
	s.Put("plain.example", fetchtest.Site{Pages: page("x")})
	ask := func(method, host string, header http.Header) told {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, fetchtest.URL(host, "/"), nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header = header
		resp, err := s.guest.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.Request != req {
			t.Error("the answer to another request")
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		if _, err := resp.Body.Read(make([]byte, 1)); err == nil {
			t.Error("a closed body is read")
		}
		return told{resp.StatusCode, resp.ContentLength, resp.Uncompressed, resp.Body == http.NoBody, resp.Header}
	}
	r := ask(http.MethodGet, firm, http.Header{})
	if r.code != 200 || !r.unpacked || r.length != -1 || r.header.Get("Content-Encoding") != "" || r.header.Get("ETag") != `"1"` {
		t.Errorf("%+v", r)
	}
	r = ask(http.MethodGet, "plain.example", http.Header{"If-None-Match": {`"1"`}})
	if r.code != http.StatusNotModified || !r.empty {
		t.Errorf("%+v", r)
	}
	r = ask(http.MethodHead, "plain.example", http.Header{})
	if r.code != 200 || r.length != 1 || r.unpacked {
		t.Errorf("%+v", r)
	}
}

func TestGuestTypes(t *testing.T) {
	for contentType, want := range map[string]string{
		"text/html": "", "TEXT/HTML; charset=windows-1251": "", "text/html;charset=": "", "application/xhtml+xml": "", "text/plain": "",
		"text/xml": "", "application/xml; charset=utf-8": "", " text/html ": "",
		"application/pdf": "content", "image/svg+xml": "content", "application/octet-stream": "content", "application/json": "content",
		"video/mp4": "content", "text/css": "content", "multipart/x-mixed-replace; boundary=text/html": "content", "text": "content",
	} {
		s := visit(t)
		s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: fetchtest.Text(contentType, "x")})
		if _, err := s.get(t, fetchtest.URL(firm, "/")); fetch.Outcome(err) != want {
			t.Errorf("%q: %v", contentType, err)
		}
	}
}

// TestGuestLimits: at the limit, above it, announced and not, packed and not.
func TestGuestLimits(t *testing.T) {
	const limit = 300 << 10
	words := func(n int) string { // what packs little
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "%x ", i*i*2654435761)
		}
		return b.String()[:n]
	}
	for name, c := range map[string]struct {
		answer http.Handler
		want   string
	}{
		"as much":                  {fetchtest.Text("text/html", words(limit)), ""},
		"too much":                 {fetchtest.Text("text/html", words(limit+1)), "too_large"},
		"as much, unannounced":     {fetchtest.Huge(limit, false), ""},
		"too much, unannounced":    {fetchtest.Huge(limit+1, false), "too_large"},
		"as much, packed":          {coded("gzip", zipped(t, words(limit))), ""},
		"too much, packed":         {coded("gzip", zipped(t, words(limit+1))), "too_large"},
		"too much for its packing": {coded("gzip", zipped(t, strings.Repeat("a", 290<<10))), "too_large"},
		"little, well packed":      {coded("gzip", zipped(t, strings.Repeat("a", 250<<10))), ""},
	} {
		s := visit(t, func(_ *fetch.Options, g *fetch.GuestOptions) { g.Limit = limit })
		s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: c.answer})
		body, err := s.get(t, fetchtest.URL(firm, "/"))
		if fetch.Outcome(err) != c.want || err != nil && !errors.Is(err, pipeline.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if len(body) > limit {
			t.Errorf("%s: %d bytes came", name, len(body))
		}
	}
	s := visit(t, func(_ *fetch.Options, g *fetch.GuestOptions) { g.Limit, g.Packed = limit, 1000 })
	s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_ = http.NewResponseController(w).Flush() // no length is announced
		_, _ = io.WriteString(w, words(2000))
	})})
	if _, err := s.get(t, fetchtest.URL(firm, "/")); fetch.Outcome(err) != "too_large" {
		t.Errorf("on the wire: %v", err)
	}
}

// TestGuestBombStaysSmall: what a bomb unpacks to is never held.
func TestGuestBombStaysSmall(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: fetchtest.Do(fetchtest.Bomb(1<<30), fetchtest.File{})})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := s.get(t, fetchtest.URL(firm, "/"))
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, pipeline.ErrTooLarge) || grown > 16<<20 {
		t.Errorf("%d MiB allocated, %v", grown>>20, err)
	}
}
