package rsmp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// reference reads a file of the registry by encoding/xml: slowly, with nothing
// skipped. What encoding/xml lets pass and XML forbids it refuses by rules of
// its own, and it takes names as the scanner does: see properName.
type reference struct {
	data []byte
	xml  *xml.Decoder
	file refFile
	rows int64

	open   []string // names of open elements
	inside []string // of those below Документ
	doc    *refDocument
	item   int // where the present item of the first level begins
	at     int // where the present token begins
	closed bool
	begun  func() // called behind the start tag of the root element
}

type refFile struct {
	id, version string
	rows        int64
}

func newReference(data []byte) *reference {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reference{data: data, xml: xml.NewDecoder(bytes.NewReader(data)), begun: func() {}}
	// Which encodings are right is decided on the whole declaration.
	r.xml.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	return r
}

// read calls emit for each document in order.
func (r *reference) read(emit func(row int64, doc *refDocument, raw []byte)) error {
	for {
		r.at = int(r.xml.InputOffset())
		if len(r.open) <= 1 {
			r.item = r.at
		}
		token, err := r.xml.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return r.finish()
		case err != nil:
			return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
		}
		if err := r.step(token, r.data[r.at:r.xml.InputOffset()], emit); err != nil {
			return err
		}
		if int(r.xml.InputOffset())-r.item > elementMax {
			return pipeline.ErrTooLarge
		}
	}
}

func (r *reference) finish() error {
	switch {
	case !r.closed:
		return damaged("no end of the root element")
	case r.rows != r.file.rows:
		return damaged("wrong number of documents")
	default:
		return nil
	}
}

func (r *reference) step(token xml.Token, raw []byte, emit func(int64, *refDocument, []byte)) error {
	if err := refChars(raw); err != nil {
		return err
	}
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t, raw)
	case xml.EndElement:
		return r.end(refName(t.Name), emit)
	case xml.CharData:
		return r.text(t, raw)
	case xml.ProcInst:
		return r.instruction(t)
	case xml.Directive:
		return pipeline.ErrUnknownForm
	}
	return nil
}

// refName is the whole name: one with a prefix is never that of the registry.
func refName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

var surrogate = regexp.MustCompile(`&#(0*(5529[6-9]|55[3-9]\d\d|5[67]\d{3})|x0*[dD][89a-fA-F][0-9a-fA-F]{2});`)

// refChars looks at every character, and for references to half of a pair.
func refChars(raw []byte) error {
	for rest := raw; len(rest) > 0; {
		c, n := utf8.DecodeRune(rest)
		if c == utf8.RuneError && n == 1 || !strings.ContainsRune("\t\n\r", c) && c < ' ' || c == 0xfffe || c == 0xffff {
			return damaged("no character of XML")
		}
		rest = rest[n:]
	}
	if !bytes.HasPrefix(raw, []byte("<!")) && !bytes.HasPrefix(raw, []byte("<?")) {
		for _, m := range surrogate.FindAllSubmatch(raw, -1) {
			if n := refNumber(string(m[1])); n >= 0xd800 && n <= 0xdfff {
				return damaged("half of a surrogate pair")
			}
		}
	}
	return nil
}

func refNumber(s string) int64 {
	base := 10
	if s[0] == 'x' {
		s, base = s[1:], 16
	}
	n, err := strconv.ParseInt(s, base, 64)
	if err != nil {
		return 0
	}
	return n
}

func (r *reference) start(t xml.StartElement, raw []byte) error {
	name := refName(t.Name)
	if !properName([]byte(name)) || len(t.Attr) > attrsMax || len(r.open) == depthMax {
		return damaged("name, attributes or depth")
	}
	var seen []string
	for i, a := range t.Attr {
		n := refName(a.Name)
		if !properName([]byte(n)) || slices.Contains(seen, n) {
			return damaged("an attribute twice, or its name")
		}
		seen = append(seen, n)
		if a.Name.Space != "" {
			t.Attr[i].Name.Local = n // so that it is none of ours
		}
	}
	r.open = append(r.open, name)
	switch {
	case len(r.open) == 1 && r.closed:
		return damaged("a second root element")
	case len(r.open) == 1:
		if err := r.file.open(name, t.Attr); err != nil {
			return err
		}
		r.begun()
	case len(r.open) == 2 && name == "Документ":
		r.doc, r.inside = &refDocument{}, nil
		r.doc.take("", t.Attr)
	case r.doc != nil:
		r.inside = append(r.inside, name)
		r.doc.take("/"+strings.Join(r.inside, "/"), t.Attr)
	}
	return nil
}

func (r *reference) end(name string, emit func(int64, *refDocument, []byte)) error {
	last := len(r.open) - 1
	if last < 0 || r.open[last] != name {
		return damaged("an end tag of another element")
	}
	r.open = r.open[:last]
	switch {
	case last == 0:
		r.closed = true
	case last == 1 && r.doc != nil:
		r.rows++
		emit(r.rows, r.doc, r.data[r.item:r.xml.InputOffset()])
		r.doc = nil
	case r.doc != nil:
		r.inside = r.inside[:len(r.inside)-1]
	}
	return nil
}

func (r *reference) text(t xml.CharData, raw []byte) error {
	switch {
	case len(r.open) == 0 && strings.Trim(string(raw), " \t\r\n") != "":
		return damaged("text outside the root element")
	case r.doc != nil && "/"+strings.Join(r.inside, "/") == refTextAt:
		r.doc.text(t)
	}
	return nil
}

func (r *reference) instruction(t xml.ProcInst) error {
	switch {
	case !properName([]byte(t.Target)):
		return damaged("the name of an instruction")
	case t.Target == "xml" && r.at > 0:
		return damaged("a declaration in the middle")
	case t.Target == "xml":
		return checkDeclaration(t.Inst)
	default:
		return nil
	}
}

func (e *refFile) open(name string, attrs []xml.Attr) error {
	var kind, rows string
	refAssign(attrs, refField{"ИдФайл", &e.id}, refField{"ВерсФорм", &e.version}, refField{"ТипИнф", &kind}, refField{"КолДок", &rows})
	n, err := strconv.ParseInt(strings.TrimSpace(rows), 10, 64)
	switch {
	case name != "Файл" || strings.TrimSpace(kind) != "РЕЕСТРМСП":
		return pipeline.ErrUnknownForm
	case err != nil || n < 0 || n > rowsMax:
		return damaged("КолДок")
	}
	e.rows = n
	if !strings.HasPrefix(strings.TrimSpace(e.version), "4.") {
		return pipeline.ErrUnknownForm
	}
	return nil
}

// unread is what is compared of a file that is refused: how many rows it declares.
func unread(rows int64) pipeline.Batch {
	return pipeline.Batch{Counts: pipeline.Counts{Declared: rows, Unread: rows}}
}

// refBatch is what a pull must make of one file.
func refBatch(source, unit string, data []byte, req pipeline.Request) (pipeline.Batch, error) {
	r := newReference(data)
	b := pipeline.Batch{Unit: unit, Release: pipeline.Release{ID: unit}}
	date, latest := members.DateIn(unit), company.Date(0)
	index := map[company.INN]int{}
	r.begun = func() {
		if date == 0 {
			date = members.DateIn(r.file.id)
		}
	}
	err := r.read(func(row int64, doc *refDocument, raw []byte) {
		latest = max(latest, members.DateOf(doc.composed))
		inn, err := doc.inn()
		if err != nil {
			reason := pipeline.ReasonINN
			if errors.Is(err, errNoSubject) {
				reason = pipeline.ReasonMissing
			}
			b.Counts.Quarantined++
			b.Rejects = append(b.Rejects, pipeline.Reject{
				Unit: unit, Row: row, Reason: reason, Detail: err.Error(),
				Raw: strings.ToValidUTF8(string(raw[:min(len(raw), pipeline.RawLimit)]), ""),
			})
			return
		}
		a, w := doc.activity(), req.Wanted
		additional := w.Additional && (w.Any(a.extra...) || w.Any(a.reportedExtra...))
		if !w.Any(a.main...) && !w.Any(a.reported...) && !additional && !req.Held.Has(inn) {
			b.Counts.NotWanted++
			return
		}
		b.Counts.Taken++
		o := doc.observe(source, inn, a, date)
		o.Origin = path.Base(unit) + "#" + strconv.FormatInt(row, 10)
		i, seen := index[inn]
		switch {
		case !seen:
			index[inn] = len(b.Observations)
			b.Observations = append(b.Observations, o)
		case newer(&o, &b.Observations[i]):
			b.Observations[i] = o
		}
	})
	if err != nil {
		return unread(r.file.rows), err
	}
	b.Counts.Declared = r.rows
	b.Counts.Read = r.rows
	if b.Release.Date = latest; latest == 0 {
		b.Release.Date = date
	}
	slices.SortFunc(b.Observations, func(x, y company.Observation) int { return strings.Compare(x.Key, y.Key) })
	return b, nil
}

// TestReferenceReadsTheFixture keeps the reference itself from agreeing by
// reading nothing.
func TestReferenceReadsTheFixture(t *testing.T) {
	b, err := refBatch("мсп", "a.xml", []byte(registry(firm(1, "45.20"), firm(2, "01.11"))), pipeline.Request{Wanted: wantCars()})
	if err != nil || b.Counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, NotWanted: 1}) || len(b.Observations[0].Facts) < 5 {
		t.Errorf("%+v, %v", b, err)
	}
	for _, c := range broken() {
		if b, err := refBatch("мсп", "a.xml", []byte(c.text), pipeline.Request{}); err == nil || b.Counts.Unread != c.rows {
			t.Errorf("%s: %v, %d rows", c.name, err, b.Counts.Unread)
		}
	}
}
