package zakupki

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

func envelopeText(content string) string {
	return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:getDocsByOrgRegionResponse xmlns:ns2="http://zakupki.gov.ru/fz44/get-docs-ip/ws"><index><id>1</id></index><dataInfo>` + content + `</dataInfo></ns2:getDocsByOrgRegionResponse></soap:Body></soap:Envelope>`
}

func faultText(said string) string {
	return `<soap:Envelope xmlns:soap="x"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>` + said + `</faultstring></soap:Fault></soap:Body></soap:Envelope>`
}

// question as the service reads it.
type asked struct {
	Token  string `xml:"Header>individualPerson_token"`
	Region string `xml:"Body>getDocsByOrgRegionRequest>selectionParams>orgRegion"`
	Type44 string `xml:"Body>getDocsByOrgRegionRequest>selectionParams>documentType44"`
	T223   string `xml:"Body>getDocsByOrgRegionRequest>selectionParams>documentType223"`
	Day    string `xml:"Body>getDocsByOrgRegionRequest>selectionParams>periodInfo>exactDate"`
}

const archivePath = "/dstore/mis2/download/file.zip"

// docsService has an archive of two notices for region 77 on 22.11.2026, one of each law.
func docsService(t testing.TB) http.HandlerFunc {
	inn := innOf(254001576)
	zips := map[string][]byte{
		"44": sourcetest.Zip(t, "epNotificationEF2020_1_1_A.xml", notice44Text(number, "Подшипники", "CU", inn, "28.15.10", "x", ""), "epNotificationEF2020_1_1_A.xml.sig", "AAAA",
			"epNotificationEF2020_2_1_B.xml", notice44Text("0320100007626000015", "Бумага", "CU", inn, "17.12", "Бумага", "")),
		"223":    sourcetest.Zip(t, "purchaseNotice_3.xml", notice223Text("", "Подшипники", inn, inn), "purchaseNotice_4.xml", "<cut"),
		"broken": []byte("PK\x03\x04 and no more"),
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == archivePath {
			if r.Header[http.CanonicalHeaderKey(tokenHeader)] == nil {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			_, _ = w.Write(zips[r.URL.Query().Get("ticket")])
			return
		}
		var q asked
		if err := xml.NewDecoder(r.Body).Decode(&q); err != nil || q.Token != "token/of&1" && q.Token != "token" {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, faultText("Token is invalid"))
			return
		}
		base := "http://" + r.Host
		if r.Host == "" { // without a network
			base = "https://" + r.URL.Host
		}
		content := "<noData>true</noData>"
		switch {
		case q.Region == "77" && q.Day == "2026-11-22" && q.Type44 != "":
			content = `<archiveUrl><![CDATA[` + base + archivePath + `?ticket=44]]></archiveUrl><archiveUrl>` + base + archivePath + `?ticket=broken</archiveUrl>`
		case q.Region == "77" && q.Day == "2026-11-22" && q.T223 != "":
			content = `<archiveUrl>` + base + archivePath + `?ticket=223</archiveUrl>`
		}
		_, _ = io.WriteString(w, envelopeText(content))
	}
}

func docsOptions() Options {
	o := withMode(ModeDocs)
	o.Regions = o.Regions[:2]
	return o
}

func TestDocs(t *testing.T) {
	v := servicetest.New(t, docsService(t))
	began := v.Clock.Now()
	o := docsOptions()
	o.Regions[1] = "25" // that of the customer's address
	got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now})
	if got.err != nil || len(got.batches) != 2*2*2 {
		t.Fatalf("%d batches, %v", len(got.batches), got.err)
	}
	first := got.batches[0]
	if first.Cursor != "2026-11-23|2026-11-22|PRIZ/epNotificationEF2020|77" || first.Counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, NotWanted: 1}) || len(first.Gaps) != 1 {
		t.Errorf("%+v", first)
	}
	second := got.batches[2]
	if second.Counts != (pipeline.Counts{Declared: 2, Read: 2, NotWanted: 1, Quarantined: 1}) || second.Rejects[0].Reason != pipeline.ReasonFormat {
		t.Errorf("one of another region and one that is cut: %+v", second)
	}
	log := v.Asked()
	if len(log) != 8+3 {
		t.Fatalf("asked %d times", len(log))
	}
	if d := v.Clock.Now().Sub(began); d < 10*docsPace-time.Second {
		t.Errorf("11 calls took %v", d)
	}
	for _, a := range log {
		if strings.Join(a.Header[http.CanonicalHeaderKey(tokenHeader)], "") != "token/of&1" {
			t.Errorf("%s %s without the token", a.Method, a.Path)
		}
	}
	body := log[0].Body
	for i, part := range []string{"<index><id>", "<createDateTime>", "<mode>PROD</mode></index><selectionParams><orgRegion>77</orgRegion><subsystemType>PRIZ</subsystemType><documentType44>epNotificationEF2020</documentType44><periodInfo><exactDate>2026-11-22</exactDate></periodInfo></selectionParams>"} {
		at := strings.Index(body, part)
		if at < 0 {
			t.Fatalf("%d: no %q in %s", i, part, body)
		}
		body = body[at:]
	}
	if !strings.Contains(log[0].Body, "<individualPerson_token>token/of&amp;1</individualPerson_token>") {
		t.Error("the token is not in the header of the envelope")
	}
}

func TestDocsFaults(t *testing.T) {
	for name, c := range map[string]struct {
		code  int
		body  string
		want  error
		asked int
	}{
		"wrong token":       {500, faultText("Token is invalid"), ErrToken, 1},
		"a fault":           {500, faultText("Internal"), service.ErrDown, 3},
		"the limit":         {200, envelopeText(`<errorInfo><code>7</code><message>Превышен лимит</message></errorInfo>`), service.ErrLimit, 1},
		"slow down":         {429, "", service.ErrLimit, 1},
		"forbidden":         {403, "", service.ErrKey, 1},
		"a page":            {200, "<html><title>Вход</title></html>", ErrBlocked, 1},
		"no envelope":       {200, "<a/>", service.ErrLayout, 1},
		"neither":           {200, envelopeText(""), service.ErrLayout, 1},
		"cut":               {200, envelopeText("")[:100], service.ErrBroken, 1},
		"archive elsewhere": {200, envelopeText(`<archiveUrl>https://elsewhere.example/a.zip</archiveUrl>`), errElsewhere, 1},
	} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.body)
		}))
		got := pullAll(t, over(t, v, docsOptions(), nil), pipeline.Request{Now: now})
		if !errors.Is(got.err, c.want) || len(v.Asked()) != c.asked || len(got.batches) != 0 {
			t.Errorf("%s: %v, asked %d times", name, got.err, len(v.Asked()))
		}
		if got.err != nil && strings.Contains(got.err.Error(), "token/of") {
			t.Errorf("%s: the token stands in %v", name, got.err)
		}
	}
}

// TestNotUnderstood: one type that the service does not know does not cost the others.
func TestNotUnderstood(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, envelopeText(`<errorInfo><code>28</code><message>Ошибка валидации</message></errorInfo>`))
	}))
	got := pullAll(t, over(t, v, docsOptions(), nil), pipeline.Request{Now: now})
	if got.err != nil || len(got.batches) != 8 || len(got.batches[0].Gaps) != 1 || !strings.Contains(got.batches[0].Gaps[0].Detail, "28") {
		t.Errorf("%d batches, %v", len(got.batches), got.err)
	}
}

func TestDocsHold(t *testing.T) {
	v := servicetest.New(t, docsService(t))
	s := over(t, v, docsOptions(), nil)
	servicetest.Hold(t, v, func(t *testing.T) error { return pullAll(t, s, pipeline.Request{Now: now}).err })
	saw, err := s.Probe(t.Context())
	if err != nil || !strings.Contains(saw, "the token is accepted: 0 archives of PRIZ/epNotificationEF2020 in region 77 on 2026-11-1") {
		t.Errorf("%q, %v", saw, err)
	}
}

func TestDocsBudget(t *testing.T) {
	v := servicetest.New(t, docsService(t))
	s := over(t, v, docsOptions(), func(so *service.Options) { so.Purse, so.PerDay = &servicetest.Purse{}, 5 })
	req := pipeline.Request{Now: now}
	var all []pipeline.Batch
	for day := 1; ; day++ {
		got := pullAll(t, s, req)
		all = append(all, got.batches...)
		if n := len(v.Asked()); n > 5*day {
			t.Fatalf("asked %d times on %d days", n, day)
		}
		if got.err == nil {
			break
		}
		if !errors.Is(got.err, pipeline.ErrUnfinished) || day > 5 || len(got.batches) == 0 {
			t.Fatalf("day %d: %v", day, got.err)
		}
		req = pipeline.Request{Now: req.Now.Add(24 * time.Hour), Cursor: all[len(all)-1].Cursor}
		v.Clock.Advance(24 * time.Hour)
	}
	units := map[string]bool{}
	for _, b := range all {
		units[b.Unit] = true
	}
	if len(all) != 8 || len(units) != 8 {
		t.Errorf("%d batches of %d units", len(all), len(units))
	}
}

// TestDocsBudgetBelowAQuestion: a day's calls that do not reach for one question and its
// archives leave a gap, and the round goes on.
func TestDocsBudgetBelowAQuestion(t *testing.T) {
	v := servicetest.New(t, docsService(t))
	s := over(t, v, docsOptions(), func(so *service.Options) { so.Purse, so.PerDay = &servicetest.Purse{}, 2 })
	got := pullAll(t, s, pipeline.Request{Now: now})
	if !errors.Is(got.err, pipeline.ErrUnfinished) || len(got.batches) != 1 || got.counts.Read != 2 || len(got.batches[0].Gaps) != 1 {
		t.Fatalf("%d batches, %+v, %v", len(got.batches), got.counts, got.err)
	}
	v.Clock.Advance(24 * time.Hour)
	got = pullAll(t, s, pipeline.Request{Now: now.Add(24 * time.Hour), Cursor: got.batches[0].Cursor})
	if !errors.Is(got.err, pipeline.ErrUnfinished) || len(got.batches) == 0 || len(v.Asked()) != 4 {
		t.Errorf("%d batches after %d calls, %v", len(got.batches), len(v.Asked()), got.err)
	}
}

func TestDocsConform(t *testing.T) {
	h := docsService(t)
	sourcetest.Run(t, sourcetest.Case{
		New: func() pipeline.Source { return withoutNetwork(t, h, docsOptions()) }, Request: pipeline.Request{Now: now},
	})
}

func TestArchiveCall(t *testing.T) {
	for _, c := range []struct {
		base, address, path string
	}{
		{docsBase, "https://int44.zakupki.gov.ru/dstore/file.zip?ticket=a%2Bb", "/dstore/file.zip"},
		{docsBase, " https://int.zakupki.gov.ru/dstore/file.zip?ticket=a%2Bb ", "/dstore/file.zip"},
		{docsBase, "https://zakupki.gov.ru.example/file.zip", ""},
		{docsBase, "https://evil.example/file.zip", ""},
		{"https://mirror.example", "https://int44.zakupki.gov.ru/file.zip", ""},
		{docsBase, "/file.zip", ""},
		{docsBase, "://", ""},
	} {
		call, err := archiveCall(c.base, c.address)
		if call.Path != c.path || (err == nil) != (c.path != "") {
			t.Errorf("%s: %+v, %v", c.address, call, err)
		}
		if err == nil && call.Query.Get("ticket") != "a+b" {
			t.Errorf("%s: %v", c.address, call.Query)
		}
	}
}

// FuzzAnswer: an answer has archives, nothing, or a named fault.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(envelopeText("<noData/>")))
	f.Add([]byte(envelopeText("<archiveUrl><![CDATA[https://a.example/b]]></archiveUrl>")))
	f.Add([]byte(faultText("Token is invalid")))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := parseAnswer(body)
		switch {
		case err != nil && !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken):
			t.Fatalf("an error without a name: %v", err)
		case err == nil && a.fault != nil && len(a.archives) > 0:
			t.Fatal(fmt.Sprint(a))
		}
	})
}
