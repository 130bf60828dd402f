package sourcetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// CheckObservation returns what is wrong with an observation that a source
// made; persons says whether named people may be in it. Fuzz targets of
// adapters call it too.
func CheckObservation(o *company.Observation, persons bool) error {
	if o.Source == "" || o.Key == "" {
		return fmt.Errorf("no source or no key: %q, %q", o.Source, o.Key)
	}
	if o.INN != "" {
		if inn, err := company.ParseINN(string(o.INN)); err != nil || inn != o.INN {
			return fmt.Errorf("ИНН %q is not valid", o.INN)
		}
	}
	sorted := *o
	sorted.Facts = slices.Clone(o.Facts)
	sorted.Sort()
	if len(o.Facts) > 0 && !reflect.DeepEqual(sorted.Facts, o.Facts) {
		return errors.New("facts are not sorted, or repeat")
	}
	singles := map[company.Fact]bool{}
	for _, f := range o.Facts {
		if err := checkFact(f, persons); err != nil {
			return fmt.Errorf("%s %q: %w", f.Field, f.Value, err)
		}
		info, _ := f.Field.Info()
		id := company.Fact{Field: f.Field, Key: f.Key}
		if info.Cardinality != company.Set && singles[id] {
			return fmt.Errorf("%s %q: two values where one is allowed", f.Field, f.Key)
		}
		singles[id] = true
	}
	return nil
}

func checkFact(f company.Fact, persons bool) error {
	info, known := f.Field.Info()
	switch {
	case !known:
		return errors.New("unknown field")
	case f.FirstSeen != 0:
		return errors.New("first-seen day is the store's business")
	case info.Cardinality == company.Keyed && f.Key == "":
		return errors.New("no key")
	case info.Cardinality != company.Keyed && f.Key != "":
		return fmt.Errorf("key %q in a field that has none", f.Key)
	case info.Person && f.Subject != company.SubjectPerson:
		return errors.New("a person's name that is not marked as one")
	case f.Subject == company.SubjectPerson && !persons:
		return errors.New("named people were not asked for")
	case f.Value == "":
		return errors.New("empty value")
	case f.Value != strings.TrimSpace(f.Value):
		return errors.New("stray spaces")
	}
	if err := errors.Join(checkText(f.Value), checkText(f.Note)); err != nil {
		return err
	}
	return checkValue(f)
}

// checkText wants valid UTF-8 that a workbook can hold.
func checkText(s string) error {
	if !utf8.ValidString(s) {
		return errors.New("not UTF-8")
	}
	if strings.ContainsRune(s, 0) {
		return errors.New("a zero byte")
	}
	return nil
}

var errForm = errors.New("not in canonical form")

// checkValue holds a value against the form that its field promises.
func checkValue(f company.Fact) error {
	canonical := true
	switch f.Field {
	case company.FieldOGRN:
		v, err := company.ParseOGRN(f.Value)
		canonical = err == nil && string(v) == f.Value
	case company.FieldKPP:
		v, err := company.ParseKPP(f.Value)
		canonical = err == nil && string(v) == f.Value
	case company.FieldOKVEDMain, company.FieldOKVEDExtra, company.FieldOKVEDReported, company.FieldOKVEDRepExtra:
		v, err := company.ParseOKVED(f.Value)
		canonical = err == nil && string(v) == f.Value
	case company.FieldRegion:
		r, ok := company.RegionByCode(f.Value)
		canonical = ok && r.Code == f.Value
	case company.FieldZone:
		_, err := time.LoadLocation(f.Value)
		canonical = err == nil
	case company.FieldPhone, company.FieldContactPhone:
		p, ok := company.PhoneFromValue(f.Value)
		canonical = ok && p.Value() == f.Value
	case company.FieldPrintedINN:
		v, err := company.ParseINN(f.Value)
		canonical = err == nil && string(v) == f.Value
	case company.FieldPrintedOGRN:
		v, err := company.ParseOGRN(f.Value)
		canonical = err == nil && string(v) == f.Value
	case company.FieldContactDuty:
		canonical = slices.Contains(company.Duties(), company.Duty(f.Value))
	case company.FieldMessenger:
		service, name, ok := strings.Cut(f.Value, ":")
		canonical = ok && name != "" && slices.Contains([]string{"telegram", "whatsapp", "viber", "max", "skype"}, service)
	case company.FieldEmail, company.FieldContactEmail:
		canonical = strings.Count(f.Value, "@") == 1 && f.Value == strings.ToLower(f.Value) && !strings.ContainsFunc(f.Value, unicode.IsSpace)
	case company.FieldSite:
		v, err := company.ParseSite(f.Value)
		canonical = err == nil && v.URL == f.Value
	case company.FieldHeadcount:
		n, err := strconv.ParseInt(f.Value, 10, 64)
		canonical = err == nil && n >= 0 && strconv.FormatInt(n, 10) == f.Value && year(f.Key)
	case company.FieldRevenue, company.FieldProfit:
		n, err := strconv.ParseInt(f.Value, 10, 64)
		canonical = err == nil && strconv.FormatInt(n, 10) == f.Value && year(f.Key)
	case company.FieldSME:
		canonical = f.Value == "1" || f.Value == "2" || f.Value == "3"
	case company.FieldSMESince, company.FieldRegistered:
		d, err := company.ParseDate(f.Value)
		canonical = err == nil && d.String() == f.Value
	case company.FieldStatus:
		canonical = slices.Contains([]company.Status{
			company.StatusActive, company.StatusReorganizing, company.StatusLiquidating, company.StatusLiquidated, company.StatusBankrupt,
		}, company.Status(f.Value))
	}
	if !canonical {
		return errForm
	}
	return nil
}

func year(key string) bool {
	n, err := strconv.Atoi(key)
	return err == nil && len(key) == 4 && n >= 1990
}
