package rsmp

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
)

// rowsMax bounds КолДок: a published member has 900 documents, the whole
// registry some 6.5 million.
const rowsMax = 20_000_000

// envelope is the root element Файл.
type envelope struct {
	id      string // ИдФайл
	version string // ВерсФорм
	rows    int64  // КолДок; 0 until known
}

// open checks the root element. КолДок is read first, so that a file refused
// for another reason can still say how many rows are missing.
func (e *envelope) open(start xml.StartElement) error {
	if start.Name.Local != "Файл" {
		return fmt.Errorf("%w: the root element is %q, not Файл", pipeline.ErrUnknownForm, clip(start.Name.Local, 60))
	}
	var kind, rows string
	assign(start.Attr, field{"ИдФайл", &e.id}, field{"ВерсФорм", &e.version}, field{"ТипИнф", &kind}, field{"КолДок", &rows})
	n, err := strconv.ParseInt(strings.TrimSpace(rows), 10, 64)
	if kind = strings.TrimSpace(kind); kind != "РЕЕСТРМСП" {
		return fmt.Errorf("%w: ТипИнф is %q, not РЕЕСТРМСП", pipeline.ErrUnknownForm, clip(kind, 60))
	}
	if err != nil || n < 0 || n > rowsMax {
		return fmt.Errorf("%w: КолДок is %q, not a number of documents", pipeline.ErrDamaged, clip(rows, 60))
	}
	e.rows = n
	if !strings.HasPrefix(strings.TrimSpace(e.version), "4.") {
		return fmt.Errorf("%w: structure version %q, want 4.01 to 4.06", pipeline.ErrUnknownForm, clip(e.version, 60))
	}
	return nil
}

// checkEncoding refuses an XML declaration of anything but UTF-8. The decoder
// would overlook one with spaces around the equals sign.
func checkEncoding(declaration []byte) error {
	_, after, ok := strings.Cut(strings.ToLower(string(declaration)), "encoding")
	if !ok {
		return nil // XML's own default is UTF-8
	}
	name := strings.TrimLeft(after, " \t\r\n=\"'")
	if end := strings.IndexAny(name, " \t\r\n\"'?"); end >= 0 {
		name = name[:end]
	}
	if name != "utf-8" && name != "utf8" {
		return fmt.Errorf("%w: encoding %q is declared, want UTF-8", pipeline.ErrUnknownForm, clip(name, 60))
	}
	return nil
}
