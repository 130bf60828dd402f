package zakupki

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// docsPath is where the service for persons is asked, below its host.
const docsPath = "/eis-integration/services/getDocsIP"

// order is one question of the service: a region, a type of document, a day.
type order struct {
	region, subsystem, kind string
	day                     company.Date
}

// envelope writes the question. Only the root of the request has a namespace, and the
// order of the elements is fixed: else the service answers with error 28.
func (o order) envelope(now time.Time) []byte {
	typeElement := "documentType44"
	if strings.HasSuffix(o.subsystem, "223") {
		typeElement = "documentType223"
	}
	created := now.UTC().Format("2006-01-02T15:04:05Z")
	var b bytes.Buffer
	put := func(name, text string) {
		fmt.Fprintf(&b, "<%s>", name)
		_ = xml.EscapeText(&b, []byte(text)) // to memory, which does not fail
		fmt.Fprintf(&b, "</%s>", name)
	}
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ws="http://zakupki.gov.ru/fz44/get-docs-ip/ws"><soapenv:Header>`)
	put(tokenHeader, tokenPlace)
	b.WriteString(`</soapenv:Header><soapenv:Body><ws:getDocsByOrgRegionRequest><index>`)
	put("id", o.id(created))
	put("createDateTime", created)
	put("mode", "PROD")
	b.WriteString(`</index><selectionParams>`)
	put("orgRegion", o.region)
	put("subsystemType", o.subsystem)
	put(typeElement, o.kind)
	b.WriteString(`<periodInfo>`)
	put("exactDate", o.day.String())
	b.WriteString(`</periodInfo></selectionParams></ws:getDocsByOrgRegionRequest></soapenv:Body></soapenv:Envelope>`)
	return b.Bytes()
}

// id names the question in the form of a UUID (RFC 9562, version 8).
func (o order) id(created string) string {
	h := sha256.Sum256([]byte(o.String() + " " + created))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func (o order) String() string {
	return strings.Join([]string{o.day.String(), o.subsystem + "/" + o.kind, o.region}, separator)
}

// answer is what the service says.
type answer struct {
	archives []string // addresses
	said     string   // the service's own words of what is wrong
	fault    error
}

// parseAnswer reads an answer. An error is that it is none.
func parseAnswer(body []byte) (answer, error) {
	root, err := parseTree(bytes.NewReader(body))
	switch {
	case errors.Is(err, pipeline.ErrDamaged):
		return answer{}, fmt.Errorf("%w: %w", service.ErrBroken, err)
	case err != nil:
		return answer{}, fmt.Errorf("%w: %w", service.ErrLayout, err)
	}
	content := root.child("Body")
	if root.name != "Envelope" || content == nil {
		return answer{}, fmt.Errorf("%w: no SOAP envelope", service.ErrLayout)
	}
	if fault := content.child("Fault"); fault != nil {
		said := fault.find("faultstring", "Text", "message")
		return answer{said: said, fault: faultOf("", said)}, nil
	}
	if info := content.all("errorInfo"); len(info) > 0 {
		code, message := info[0].get("code"), info[0].get("message")
		return answer{said: strings.TrimSpace(code + " " + message), fault: faultOf(code, message)}, nil
	}
	var a answer
	for _, n := range content.all("archiveUrl") {
		if n.text != "" {
			a.archives = append(a.archives, n.text)
		}
	}
	if len(a.archives) == 0 && len(content.all("noData")) == 0 {
		return answer{}, fmt.Errorf("%w: neither archives nor noData", service.ErrLayout)
	}
	return a, nil
}

// faultOf names what the service complains of.
func faultOf(code, said string) error {
	low := strings.ToLower(said)
	switch {
	case strings.Contains(low, "token"), strings.Contains(low, "токен"), strings.Contains(low, "авториз"):
		return ErrToken
	case strings.Contains(low, "лимит"), strings.Contains(low, "превышен"), strings.Contains(low, "too many"):
		return service.ErrLimit
	case code == "":
		return service.ErrDown // a fault without a name is the service's own
	default:
		return service.ErrAsk
	}
}

// errElsewhere is an archive on a host that the token is not for.
var errElsewhere = fmt.Errorf("an archive on a host that the token is not for: %w", service.ErrLayout)

// archiveCall asks for an archive. The token goes to the service's own host only:
// what lies on a sister of it is asked for there.
func archiveCall(base, address string) (service.Call, error) {
	own, err := url.Parse(base)
	if err != nil {
		return service.Call{}, fmt.Errorf("%w: %w", service.ErrAsk, err)
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" {
		return service.Call{}, errElsewhere
	}
	const site = ".zakupki.gov.ru"
	sisters := strings.HasSuffix(own.Hostname(), site) && strings.HasSuffix(u.Hostname(), site)
	if u.Host != own.Host && !sisters {
		return service.Call{}, errElsewhere
	}
	return service.Call{Path: u.Path, Query: u.Query(), Accept: "*/*", Once: true}, nil
}
