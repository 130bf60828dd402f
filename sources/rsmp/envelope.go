package rsmp

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// rowsMax bounds КолДок: a published member has 900 documents, the whole
// registry some 6.5 million.
const rowsMax = 20_000_000

// envelope is the root element Файл.
type envelope struct {
	name    []byte // as the end tag must have it
	id      string // ИдФайл
	version string // ВерсФорм
	rows    int64  // КолДок; 0 until known
}

// open checks the root element. КолДок is read first, so that a file refused
// for another reason can still say how many rows are missing.
func (e *envelope) open(name []byte, f *file) error {
	if string(name) != "Файл" {
		return fmt.Errorf("%w: the root element is %q, not Файл", pipeline.ErrUnknownForm, members.Clip(string(name), 60))
	}
	e.name = bytes.Clone(name)
	e.id, e.version = f.id.text(), f.version.text()
	kind, rows := strings.TrimSpace(f.kind.text()), f.rows.text()
	n, err := strconv.ParseInt(strings.TrimSpace(rows), 10, 64)
	if kind != "РЕЕСТРМСП" {
		return fmt.Errorf("%w: ТипИнф is %q, not РЕЕСТРМСП", pipeline.ErrUnknownForm, members.Clip(kind, 60))
	}
	if err != nil || n < 0 || n > rowsMax {
		return fmt.Errorf("%w: КолДок is %q, not a number of documents", pipeline.ErrDamaged, members.Clip(rows, 60))
	}
	e.rows = n
	if !strings.HasPrefix(strings.TrimSpace(e.version), "4.") {
		return fmt.Errorf("%w: structure version %q, want 4.01 to 4.06", pipeline.ErrUnknownForm, members.Clip(e.version, 60))
	}
	return nil
}

// checkDeclaration reads what stands between "<?xml" and "?>" and refuses any
// encoding but UTF-8, which is also what XML takes when none is declared.
func checkDeclaration(b []byte) error {
	for b = b[spaces(b):]; len(b) > 0; b = b[spaces(b):] {
		name, v, n, err := readAttr(b)
		if err != nil {
			return damaged("an XML declaration that is not well-formed")
		}
		b = b[n:]
		switch text := strings.ToLower(string(v)); {
		case string(name) == "version" && text == "1.0":
		case string(name) == "standalone" && (text == "yes" || text == "no"):
		case string(name) == "encoding" && (text == "utf-8" || text == "utf8"):
		case string(name) == "encoding":
			return fmt.Errorf("%w: encoding %q is declared, want UTF-8", pipeline.ErrUnknownForm, members.Clip(text, 60))
		default:
			return fmt.Errorf("%w: an XML declaration of %q", pipeline.ErrDamaged, members.Clip(string(name), 60))
		}
	}
	return nil
}
