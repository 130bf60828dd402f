package fns

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// rowsMax bounds КолДок: a published member has 900 documents, the largest set
// some five million.
const rowsMax = 20_000_000

// kindPrefix begins ТипИнф, the number of the set follows.
const kindPrefix = "ОТКРДАННЫЕ"

// fileNumber is the number of the set in ИдФайл: VO_OTKRDAN3_… until 2020,
// VO_OTKRDAN_3_… later.
var fileNumber = regexp.MustCompile(`^VO_OTKRDAN_?(\d)_`)

// envelope is the root element Файл.
type envelope struct {
	id   string // ИдФайл
	rows int64  // КолДок; 0 until known
}

// open checks the root element. КолДок is read first, so that a file refused
// for another reason can still say how many rows are missing.
func (e *envelope) open(start xml.StartElement, of *set) error {
	if start.Name.Local != "Файл" {
		return fmt.Errorf("%w: the root element is %q, not Файл", pipeline.ErrUnknownForm, members.Clip(start.Name.Local, 60))
	}
	rows := attribute(start.Attr, "КолДок")
	n, err := strconv.ParseInt(strings.TrimSpace(rows), 10, 64)
	known := err == nil && n >= 0 && n <= rowsMax
	if known {
		e.rows = n
	}
	e.id = attribute(start.Attr, "ИдФайл")
	if err := of.checkKind(strings.TrimSpace(attribute(start.Attr, "ТипИнф")), e.id); err != nil {
		return err
	}
	if !known {
		return fmt.Errorf("%w: КолДок is %q, not a number of documents", pipeline.ErrDamaged, members.Clip(rows, 60))
	}
	if version := strings.TrimSpace(attribute(start.Attr, "ВерсФорм")); !strings.HasPrefix(version, "4.") {
		return fmt.Errorf("%w: structure version %q, want 4.01 or a later one of the fourth", pipeline.ErrUnknownForm, members.Clip(version, 60))
	}
	return nil
}

// checkKind holds ТипИнф and ИдФайл against the set. Of a set whose number is
// not known it wants only that the file is of no other one.
func (s *set) checkKind(kind, id string) error {
	number, numbered := strings.CutPrefix(kind, kindPrefix)
	other, taken := setOfNumber(number)
	switch {
	case s.number != "" && (!numbered || number != s.number):
		return fmt.Errorf("%w: ТипИнф is %q, not %s%s", pipeline.ErrUnknownForm, members.Clip(kind, 60), kindPrefix, s.number)
	case s.number == "" && numbered && taken:
		return fmt.Errorf("%w: ТипИнф is %q, that of the set %s", pipeline.ErrUnknownForm, members.Clip(kind, 60), other.id)
	}
	if m := fileNumber.FindStringSubmatch(id); m != nil && numbered && m[1] != number {
		return fmt.Errorf("%w: ТипИнф is %q, but ИдФайл %q", pipeline.ErrUnknownForm, members.Clip(kind, 60), members.Clip(id, 60))
	}
	return nil
}

func setOfNumber(number string) (*set, bool) {
	for i := range sets {
		if sets[i].number != "" && sets[i].number == number {
			return &sets[i], true
		}
	}
	return nil, false
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
		return fmt.Errorf("%w: encoding %q is declared, want UTF-8", pipeline.ErrUnknownForm, members.Clip(name, 60))
	}
	return nil
}
