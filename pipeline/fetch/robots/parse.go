package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	sitemapsKept  = 16      // per file
	sitemapLength = 2 << 10 // bytes of an address
	ruleLength    = 8 << 10 // bytes of a path; a longer one is no path
	delayMost     = 24 * 365 * time.Hour
)

// Parse reads what a file says to a product token ("obzvon"). Whatever is no
// record of the protocol is passed over; there is no wrong file.
func Parse(file []byte, token string) *Rules {
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	if len(file) > Limit {
		file = file[:Limit]
		file = file[:bytes.LastIndexAny(file, "\r\n")+1] // half a line is another rule
	}
	p := parser{token: token}
	for n := 1; len(file) > 0; n++ {
		var line []byte
		line, file = cutLine(file)
		p.line(string(line), n)
	}
	rules := p.everybody.rules
	if p.named {
		rules = p.ours.rules
	}
	rules.sitemaps = p.sitemaps
	rules.order()
	return &rules
}

// cutLine takes a line that ends with CR, LF or both (RFC 9309, section 2.2).
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 {
		return b, nil
	}
	line, rest = b[:i], b[i+1:]
	if b[i] == '\r' && len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return line, rest
}

// group gathers the rules of all groups for one kind of reader.
type group struct {
	rules Rules
	open  bool // the lines being read belong to it
}

type parser struct {
	token           string
	ours, everybody group
	named           bool // a group for our token has been seen
	closed          bool // a rule has been seen: the next User-agent begins a group
	sitemaps        []string
}

func (p *parser) line(line string, n int) {
	key, value, ok := record(line)
	if !ok {
		return
	}
	switch kind(key) {
	case agentLine:
		p.agent(value)
	case allowLine:
		p.rule(Rule{Allow: true, Path: value, Line: n})
	case disallowLine:
		p.rule(Rule{Path: value, Line: n})
	case delayLine:
		p.delay(value)
	case sitemapLine:
		if value != "" && len(value) <= sitemapLength && len(p.sitemaps) < sitemapsKept {
			p.sitemaps = append(p.sitemaps, value)
		}
	case otherLine: // does not end a group (RFC 9309, section 2.2.4)
	}
}

// record splits a line into its key and value without the comment. As Google's
// parser does, a space may stand for a forgotten colon.
func record(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	if key, value, ok = strings.Cut(line, ":"); ok {
		return strings.TrimSpace(key), strings.TrimSpace(value), true
	}
	words := strings.Fields(line)
	if len(words) != 2 {
		return "", "", false
	}
	return words[0], words[1], true
}

type lineKind int

const (
	otherLine lineKind = iota
	agentLine
	allowLine
	disallowLine
	delayLine
	sitemapLine
)

// kind knows the common misspellings too: a site that meant to forbid forbids.
func kind(key string) lineKind {
	switch strings.ToLower(key) {
	case "user-agent", "useragent", "user agent":
		return agentLine
	case "allow":
		return allowLine
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		return disallowLine
	case "crawl-delay", "crawldelay", "crawl delay":
		return delayLine
	case "sitemap", "site-map":
		return sitemapLine
	default:
		return otherLine
	}
}

func (p *parser) agent(value string) {
	if p.closed {
		p.ours.open, p.everybody.open, p.closed = false, false, false
	}
	switch name := product(value); {
	case name != "" && strings.EqualFold(name, p.token):
		p.ours.open, p.named = true, true
	case value == "*" || strings.HasPrefix(value, "* ") || strings.HasPrefix(value, "*\t"):
		p.everybody.open = true
	}
}

// product is the token that an agent's line begins with (RFC 9309, section
// 2.2.1): "Obzvon/1.0" names obzvon.
func product(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func (p *parser) rule(r Rule) {
	p.closed = true // a rule for others too ends their list of agents
	if r.Path == "" || len(r.Path) > ruleLength || (!p.ours.open && !p.everybody.open) {
		return // an empty path matches nothing (RFC 9309, section 2.2.2)
	}
	r.Path = strings.Clone(r.Path)
	r.pattern = patternOf(r.Path)
	for _, g := range []*group{&p.ours, &p.everybody} {
		if g.open {
			g.rules.rules = append(g.rules.rules, r)
		}
	}
}

func (p *parser) delay(value string) {
	seconds, err := strconv.ParseFloat(strings.ReplaceAll(value, ",", "."), 64)
	if err != nil || !(seconds >= 0) { // not a number is not at least 0
		return
	}
	d := time.Duration(min(seconds, delayMost.Seconds()) * float64(time.Second))
	for _, g := range []*group{&p.ours, &p.everybody} {
		if g.open {
			g.rules.delay = max(g.rules.delay, d)
		}
	}
}
