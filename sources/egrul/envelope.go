package egrul

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// rowsMax bounds the documents of one file.
const rowsMax = 100_000

// envelope is the root element: Файл of the exchange, or EGRUL and EGRIP of
// the subscribers' archives.
type envelope struct {
	exchange bool
	id       string       // ИдФайл of the exchange
	issued   company.Date // ДатаВыг of the archives
	declared int64        // КолДок of the exchange
}

// open checks the root element. КолДок is read first, so that a file refused
// for another reason can still say how many documents are missing.
func (e *envelope) open(root xml.StartElement) error {
	a := attrs(root.Attr)
	switch name := root.Name.Local; name {
	case "EGRUL", "EGRIP":
		e.issued = members.DateOf(a.get("ДатаВыг"))
		return checkVersion(a.get("ВерсФорм"), true)
	case "Файл":
		e.exchange, e.id = true, a.get("ИдФайл")
	default:
		return fmt.Errorf("%w: the root element is %q, not Файл, EGRUL or EGRIP", pipeline.ErrUnknownForm, members.Clip(name, 60))
	}
	kind := strings.TrimSpace(a.get("ТипИнф"))
	if !strings.HasPrefix(kind, "ЕГРЮЛ") && !strings.HasPrefix(kind, "ЕГРИП") {
		return fmt.Errorf("%w: ТипИнф is %q, not of ЕГРЮЛ or ЕГРИП", pipeline.ErrUnknownForm, members.Clip(kind, 60))
	}
	rows := a.get("КолДок") // padded by spaces
	n, err := strconv.ParseInt(strings.TrimSpace(rows), 10, 64)
	switch {
	case err != nil || n < 0:
		return fmt.Errorf("%w: КолДок is %q, not a number of documents", pipeline.ErrDamaged, members.Clip(rows, 60))
	case n > rowsMax:
		return fmt.Errorf("%w: КолДок is %d, %d allowed", pipeline.ErrTooLarge, n, rowsMax)
	}
	e.declared = n
	return checkVersion(a.get("ВерсФорм"), false)
}

// checkVersion wants a structure of the fourth kind; the subscribers' archives
// do not say theirs.
func checkVersion(version string, optional bool) error {
	v := strings.TrimSpace(version)
	if strings.HasPrefix(v, "4.") || v == "" && optional {
		return nil
	}
	return fmt.Errorf("%w: structure version %q, want 4.04 to 4.08", pipeline.ErrUnknownForm, members.Clip(version, 60))
}

// attrs are the attributes of an element.
type attrs []xml.Attr

func (a attrs) get(name string) string {
	for i := range a {
		if a[i].Name.Space == "" && a[i].Name.Local == name {
			return a[i].Value
		}
	}
	return ""
}
