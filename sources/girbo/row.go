package girbo

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// row is a company in a page of a search, as it stands there.
type row struct {
	ID         text   `json:"id"`
	INN        text   `json:"inn"`
	ShortName  text   `json:"shortName"`
	OGRN       text   `json:"ogrn"`
	Index      text   `json:"index"`
	Region     text   `json:"region"`
	District   text   `json:"district"`
	City       text   `json:"city"`
	Settlement text   `json:"settlement"`
	Street     text   `json:"street"`
	House      text   `json:"house"`
	Building   text   `json:"building"`
	Office     text   `json:"office"`
	OKVED      code   `json:"okved2"`
	Status     text   `json:"statusCode"`
	Report     report `json:"bfo"`
}

// report is a year's report: in a row the last one, and each of the list of them.
type report struct {
	ID      text     `json:"id"`
	Period  text     `json:"period"`        // the year
	Given   text     `json:"actualBfoDate"` // the day on which it was handed in
	Revenue *float64 `json:"gainSum"`       // line 2110, thousands of roubles
}

// text is a string, a number as it is written, or nothing.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
		return nil
	}
	var n *json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	if n != nil {
		*t = text(*n)
	}
	return nil
}

// code is an ОКВЭД as a string, or as an object whose id it is.
type code string

// UnmarshalJSON implements json.Unmarshaler.
func (c *code) UnmarshalJSON(b []byte) error {
	var t text
	if len(b) > 0 && b[0] == '{' {
		var o struct {
			ID text `json:"id"`
		}
		if err := json.Unmarshal(b, &o); err != nil {
			return err
		}
		t = o.ID
	} else if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	*c = code(t)
	return nil
}

// highlight marks what was searched for.
var highlight = strings.NewReplacer("<strong>", "", "</strong>", "")

// line is a text without marks, on one line.
func (t text) line() string {
	return members.Line(strings.ReplaceAll(highlight.Replace(string(t)), "\x00", ""))
}

// year is a period that is a year.
func (t text) year() (string, bool) {
	s := strings.TrimSpace(string(t))
	n, err := strconv.Atoi(s)
	return s, err == nil && len(s) == 4 && n >= 1990 && n <= 2100
}

// roubles turns thousands into whole roubles; false for what no company has.
func roubles(thousands *float64) (string, bool) {
	if thousands == nil || math.IsNaN(*thousands) || math.Abs(*thousands) >= 1e12 {
		return "", false
	}
	return strconv.FormatInt(int64(math.Round(*thousands*1000)), 10), true
}

// gatherer makes the batch of one page.
type gatherer struct {
	source *Source
	req    pipeline.Request
	prefix string
	batch  *pipeline.Batch
	seen   map[string]bool // keys
}

// row counts a row and takes it if it is wanted. The search finds the prefix anywhere
// in an ИНН: what does not begin with it comes under its own prefix, if at all.
func (g *gatherer) row(n int64, raw json.RawMessage) {
	var r row
	if err := json.Unmarshal(raw, &r); err != nil {
		g.reject(n, pipeline.ReasonFormat, err, raw)
		return
	}
	inn, err := company.ParseINN(r.INN.line())
	key := r.ID.line()
	switch {
	case err != nil:
		g.reject(n, pipeline.ReasonINN, err, raw)
	case key == "":
		g.reject(n, pipeline.ReasonMissing, fmt.Errorf("no id of company %s", inn), raw)
	case g.seen[key]:
		g.reject(n, pipeline.ReasonConflict, fmt.Errorf("company %s twice on a page", key), raw)
	case !strings.HasPrefix(string(inn), g.prefix) || !g.wanted(&r):
		g.batch.Counts.NotWanted++
	default:
		g.batch.Counts.Taken++
		g.batch.Observations = append(g.batch.Observations, g.source.observe(&r, inn, key, g.req, g.batch.Unit))
	}
	g.seen[key] = g.seen[key] || key != ""
}

// wanted decides by the code, by the revenue, and that there is somebody to call.
func (g *gatherer) wanted(r *row) bool {
	if statusOf(r.Status) == company.StatusLiquidated {
		return false
	}
	if from := g.source.options.RevenueFrom; from > 0 && (r.Report.Revenue == nil || *r.Report.Revenue*1000 < float64(from)) {
		return false
	}
	okved, err := company.ParseOKVED(string(r.OKVED))
	if err != nil {
		return g.req.Wanted.Any()
	}
	return g.req.Wanted.Any(okved)
}

func (g *gatherer) reject(n int64, reason pipeline.Reason, err error, raw []byte) {
	g.batch.Counts.Quarantined++
	g.batch.Rejects = append(g.batch.Rejects, pipeline.Reject{Unit: g.batch.Unit, Row: n, Reason: reason, Detail: err.Error(), Raw: cut(raw)})
}
