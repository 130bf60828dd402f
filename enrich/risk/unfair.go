package risk

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
	"obzvon/pipeline/witness"
)

// entry is a record of the list of unfair suppliers, by its labels.
type entry map[string]string

// Labels of the feed of August 2026.
const (
	labelINN    = "ИНН (аналог ИНН)"
	labelNumber = "Реестровый номер"
	labelLaw    = "Относится к"
	labelSince  = "Включено"
	labelUntil  = "Планируемая дата исключения"
	labelStatus = "Статус записи"
	labelName   = "Наименование(ФИО) недобросовестного поставщика"
)

// judgeUnfair tells a feed from a page in its place. The site hides its refusals behind
// 404.
func judgeUnfair(code int, body []byte) (string, error) {
	if code == http.StatusNotFound {
		return "", ErrRefused
	}
	if err := judgeStatus(code); err != nil {
		return "", err
	}
	_, err := parseEntries(body)
	return "", err
}

// parseEntries reads the feed. Its errors are ErrBlocked, ErrLayout and ErrBroken.
func parseEntries(body []byte) ([]entry, error) {
	if page(body) {
		return nil, ErrBlocked
	}
	var feed struct {
		XMLName xml.Name `xml:"rss"`
		Channel *struct {
			Items []struct {
				Description string `xml:"description"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	if err := d.Decode(&feed); err != nil {
		if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF") {
			return nil, service.ErrBroken
		}
		return nil, service.ErrLayout
	}
	if feed.Channel == nil {
		return nil, service.ErrLayout
	}
	var out []entry
	for _, item := range feed.Channel.Items {
		e, err := entryOf(item.Description)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// entryOf reads «<strong>Label: </strong>value<br/>», again and again. A record that
// does not say whose it is has another form than it had.
func entryOf(description string) (entry, error) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(description))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", service.ErrLayout, err)
	}
	e := entry{}
	doc.Find("strong").Each(func(_ int, s *goquery.Selection) {
		label := strings.TrimSuffix(members.Line(s.Text()), ":")
		var value strings.Builder
		for n := s.Nodes[0].NextSibling; n != nil && n.DataAtom != atom.Br && n.DataAtom != atom.Strong; n = n.NextSibling {
			value.WriteString(goquery.NewDocumentFromNode(n).Text()) // what was searched for may be marked
		}
		if _, twice := e[label]; !twice {
			e[label] = text(value.String()).line()
		}
	})
	if e[labelINN] == "" {
		return nil, fmt.Errorf("%w: a record without %q", service.ErrLayout, labelINN)
	}
	return e, nil
}

func unfairCall(inn company.INN) service.Call {
	return service.Call{Path: "/epz/dishonestsupplier/search/rss", Accept: "application/rss+xml, text/xml", Query: url.Values{
		"searchString": {string(inn)}, "fz94": {"on"}, "fz223": {"on"}, "ppRf615": {"on"}, "dsStatuses": {"0"}, // those in force
		"sortBy": {"UPDATE_DATE"}, "sortDirection": {"false"}, "pageNumber": {"1"}, "recordsPerPage": {"_50"},
	}}
}

// unfair looks for records in force of the very ИНН: the search finds parts of words.
func (e *Enricher) unfair(ctx context.Context, c *company.Company, once bool) ([]company.Fact, error) {
	call := unfairCall(c.INN)
	call.Once = once
	a, err := e.patient(ctx, PartUnfair, call)
	if err != nil {
		return nil, err
	}
	entries, err := parseEntries(a.Body)
	if err != nil {
		return nil, err
	}
	var notes []string
	for _, r := range entries {
		if r[labelINN] != string(c.INN) || strings.Contains(strings.ToLower(r[labelStatus]), "исключ") {
			continue
		}
		if err := witness.Check(c, said(text(r[labelINN]), "", text(r[labelName]))); err != nil {
			return nil, err
		}
		notes = append(notes, r.note())
	}
	if len(notes) == 0 {
		return nil, nil
	}
	slices.Sort(notes)
	return []company.Fact{{Field: company.FieldRisk, Value: string(company.RiskUnfair), Note: members.Line(strings.Join(slices.Compact(notes), "; "))}}, nil
}

// note is «44-ФЗ, запись № 26008859, с 13.08.2026, до 14.08.2028».
func (r entry) note() string {
	parts := []string{r[labelLaw]}
	for _, p := range []struct{ word, label string }{{"запись № ", labelNumber}, {"с ", labelSince}, {"до ", labelUntil}} {
		if r[p.label] != "" {
			parts = append(parts, p.word+r[p.label])
		}
	}
	return joined(parts)
}
